package dila

import (
	"net/url"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// links makes the addresses of other sheets from what a document says of its
// own: the flow gives numbers only, and its host has changed before.
type links struct {
	audience string // particuliers, professionnels, associations or ""
	self     string // the address the document gives, "" when none
	host     string // scheme and host of the site
	prefix   string // of the sheets of this audience, ending in a slash
}

// paths are the folders of the site that hold an audience's sheets.
var paths = map[string]string{
	"particuliers":   "particuliers",
	"professionnels": "professionnels-entreprises",
	"associations":   "associations",
}

func newLinks(root *read.Node) links {
	l := links{host: "https://www.service-public.fr"}
	u, err := url.Parse(root.Get("spUrl"))
	if err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
		l.self = u.String()
		// The site has moved from service-public.fr to service-public.gouv.fr.
		if i := strings.Index(u.Host, "service-public."); i >= 0 {
			l.host = u.Scheme + "://www." + u.Host[i:]
		}
		if i := strings.LastIndexByte(u.Path, '/'); i > 0 && u.RawQuery == "" {
			l.prefix = u.Scheme + "://" + u.Host + u.Path[:i+1]
		}
		l.audience = audienceOf(u)
	}
	if l.audience == "" {
		l.audience = audience(words(root.Child("Audience")))
	}
	if l.audience == "" {
		l.audience = audience(root.Child("FilDAriane").Child("Niveau").Get("ID"))
	}
	if l.prefix == "" {
		l.prefix = l.folder(l.audience)
	}
	return l
}

// audienceOf reads the audience off an address. Sheets for businesses moved to
// a host of their own in 2021.
func audienceOf(u *url.URL) string {
	if strings.HasPrefix(u.Host, "entreprendre.") {
		return "professionnels"
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	return audience(first)
}

// audience returns the plain name of an audience however it is spelt, "" when
// it is none of the three.
func audience(s string) string {
	s = strings.ToLower(s)
	for name := range paths {
		if strings.HasPrefix(s, name) {
			return name
		}
	}
	return ""
}

func (l links) folder(audience string) string {
	if paths[audience] == "" {
		audience = "particuliers"
	}
	return l.host + "/" + paths[audience] + "/vosdroits/"
}

// sheet returns the address of a sheet for the audience named, or the same
// audience as this document's. It returns "" when id is not a sheet's number.
func (l links) sheet(id, forAudience string) string {
	if !sheetID.MatchString(id) {
		return ""
	}
	if a := audience(forAudience); a != "" && a != l.audience {
		return l.folder(a) + id
	}
	return l.prefix + id
}

// base is what relative addresses in the document are relative to.
func (l links) base() *url.URL {
	u, err := url.Parse(l.prefix)
	if err != nil {
		return nil
	}
	return u
}

// home is the page of the audience.
func (l links) home() string {
	return strings.TrimSuffix(l.prefix, "vosdroits/")
}

func (l links) sourceTitle() string {
	if l.audience == "" {
		return "Service-Public.fr"
	}
	return "Service-Public.fr – " + strings.ToUpper(l.audience[:1]) + l.audience[1:]
}
