package feed

// version notes an alternate of an entry in a language (RFC 4287, 4.2.7.4). Two
// in one language are a list of something else, which SameOf refuses.
func (e *entry) version(lang, href string) {
	if lang == "" {
		return
	}
	if e.versions == nil {
		e.versions = map[string]string{}
	}
	if e.versions[lang] != "" && e.versions[lang] != href {
		href = ""
	}
	e.versions[lang] = href
}

// versionsFrom are the versions with their addresses made absolute.
func (e *entry) versionsFrom(base string) map[string]string {
	if len(e.versions) < 2 {
		return nil
	}
	out := make(map[string]string, len(e.versions))
	for lang, href := range e.versions {
		out[lang] = resolve(base, href)
	}
	return out
}
