package restapi

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// maxContent is how much of a text the sanitiser reads.
const maxContent = 512 << 10

// reading is one object on its way to an item.
type reading struct {
	item     *federation.Item
	base     *url.URL // the object's own address
	api      string   // see APIPath
	lang     string   // of labels and dates
	home     Home
	src      federation.Source
	imio     bool
	warnings []string
}

func (r *reading) warn(message string) { r.warnings = append(r.warnings, message) }

// Outcome is what an object of a portal type becomes.
type Outcome struct {
	Item     federation.Item
	Versions []federation.Item // the same in other languages (title_nl, text_nl …)
	Children []Object          // that the object holds beside its pictures and files
	Warnings []string          // sentences about the item
}

// ReadItem reads a whole object. Addresses are resolved against base, and
// what the object does not say of itself is taken from src.
func ReadItem(o Object, base *url.URL, src federation.Source) Outcome {
	return readItem(o, base, APIPath(base), src)
}

func readItem(o Object, base *url.URL, api string, src federation.Source) Outcome {
	r := start(o, base, api, src)
	r.lead(o)
	children := r.children(o)
	r.files(o)
	r.place(o)
	r.item.Event = o.event(r.home)
	raw := r.content(o)
	if len(raw) > maxContent {
		r.warn("is longer than 512 KiB; the rest of its text was left out")
	}
	r.item.Content = Readable(raw, r.base, r.api)
	r.link(o)
	r.item.Same = r.translated(o)
	out := Outcome{Children: children, Versions: r.versions(o)}
	out.Item = *r.item
	out.Warnings = r.warnings
	return out
}

// ReadSummary reads what a list says of an object: title, description, dates.
func ReadSummary(o Object, base *url.URL, src federation.Source) federation.Item {
	r := start(o, base, APIPath(base), src)
	r.item.Event = o.event(r.home)
	r.addPicture(r.summaryPicture(o), "")
	return *r.item
}

// start reads what an object and its summary have in common.
func start(o Object, base *url.URL, api string, src federation.Source) *reading {
	r := &reading{item: &federation.Item{}, base: base, api: api, src: src, imio: IsIMio(o)}
	r.item.URL = r.resolve(o.Raw("@id"))
	if u, err := url.Parse(r.item.URL); err == nil && r.item.URL != "" {
		r.base = u
	}
	r.item.OriginID = ID(o)
	r.item.Type = typeOf(o, src)
	r.item.Language = language(o)
	if r.imio && r.item.Language == "" && src.Language == "" {
		r.item.Language = "fr" // imio.*.core: the fields without a suffix are the French ones
	}
	r.lang = cmp.Or(r.item.Language, src.Tongue())
	r.home = HomeOf(r.lang, src)
	r.item.Title = o.Text("title")
	r.item.Summary = r.summary(o.Text("description"))
	r.item.Updated = o.When("modified", r.home)
	if r.item.Updated.IsZero() {
		r.item.Updated = o.When("modification_date", r.home)
	}
	if r.item.Published = o.When("effective", r.home); r.item.Published.IsZero() {
		r.item.Published = o.When("created", r.home)
	}
	r.item.Expires = o.When("expires", r.home)
	r.item.Categories = categories(o)
	if o.Raw("@type") != "Publication" { // those are an authority's, written by its agents
		r.item.Authors = unique(append(o.Texts("creators"), o.Texts("contributors")...))
	}
	if rights := o.Text("rights"); strings.HasPrefix(rights, "http") && !strings.Contains(rights, " ") {
		r.item.Provenance.License = rights
	} else {
		r.item.Provenance.Attribution = rights
	}
	return r
}

// ID is the identity of an object: its UID, which it keeps when it is moved,
// else its path.
func ID(o Object) string {
	if uid := o.Text("UID"); uid != "" && len(uid) <= 200 {
		return uid
	}
	if IsIMio(o) && uid.MatchString(Slug(o)) { // imio.*.core names its objects by their UID
		return Slug(o)
	}
	id := o.Text("@id")
	if u, err := url.Parse(id); err == nil && u.Path != "" {
		id = u.Path
	}
	return cmp.Or(id, o.Text("id"))
}

func language(o Object) string {
	lang := o.Raw("language")
	if term := o.Object("language"); term != nil {
		lang = term.Raw("token")
	}
	lang = strings.ReplaceAll(lang, "_", "-")
	if !federation.ValidLanguage(lang) {
		return ""
	}
	return lang
}

// summary is a description on one line; iMio's have bold marked as in
// Markdown.
func (r *reading) summary(s string) string {
	if r.imio {
		s = strings.ReplaceAll(s, "**", "")
	}
	return s
}

// link gives a Link the address it stands for.
func (r *reading) link(o Object) {
	if to := r.resolve(o.Raw("remoteUrl")); to != "" {
		r.item.URL = to
	}
}

// files reads the file of a File or a publication.
func (r *reading) files(o Object) {
	f := o.Object("file")
	if f == nil {
		return
	}
	a := r.file(f)
	if a.URL == "" && f.Raw("data") != "" {
		r.warn("has a file that is in the document itself; it has no address and was left out")
	}
	r.attach(a)
}

// categories are subjects, categories, topics and audiences, by their titles
// where the object gives them.
func categories(o Object) []string {
	out := o.Texts("subjects")
	out = append(out, o.Texts("Subject")...)
	for _, key := range []string{"category", "local_category"} {
		title := o.Text(key + "_title")
		out = append(out, cmp.Or(title, strings.Join(o.Texts(key), "\n")))
	}
	for _, key := range []string{"topics", "iam", "taxonomy_contact_category", "taxonomy_event_public", "keywords"} {
		out = append(out, o.Texts(key)...)
	}
	return unique(out)
}

func unique(list []string) []string {
	seen := map[string]bool{"": true}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
