package feed

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// namespaces gives each vocabulary that is read one prefix, whatever prefix a
// document uses. The empty prefix is the format's own. Names are compared
// without case, scheme, "www." and closing "/" or "#", which publishers vary.
var namespaces = map[string]string{
	"purl.org/rss/1.0":                         "",
	"channel.netscape.com/rdf/simple/0.9":      "",
	"my.netscape.com/rdf/simple/0.9":           "",
	"my.netscape.com/publish/formats/rss-0.9":  "",
	"my.netscape.com/publish/formats/rss-0.91": "",
	"backend.userland.com/rss":                 "",
	"backend.userland.com/rss2":                "",
	"backend.userland.com/rss091":              "",
	"blogs.law.harvard.edu/tech/rss":           "",
	"cyber.law.harvard.edu/rss/rss.html":       "",
	"purl.org/net/rss1.1":                      "",
	"w3.org/2005/atom":                         "atom",
	"purl.org/atom/ns":                         "atom",
	"purl.org/rss/1.0/modules/content":         "content",
	"purl.org/dc/elements/1.1":                 "dc",
	"purl.org/dc/elements/1.0":                 "dc",
	"purl.org/dc/terms":                        "dcterms",
	"w3.org/1999/xhtml":                        "xhtml",
	"search.yahoo.com/mrss":                    "media",
	"itunes.com/dtds/podcast-1.0.dtd":          "itunes",
	"itunes.apple.com/dtds/podcast-1.0.dtd":    "itunes",
	"example.com/dtds/podcast-1.0.dtd":         "itunes",
	"georss.org/georss":                        "georss",
	"opengis.net/gml":                          "gml",
	"w3.org/2003/01/geo/wgs84_pos":             "geo",
	"purl.org/rss/1.0/modules/syndication":     "sy",
	"purl.org/rss/1.0/modules/event":           "ev",
	"purl.org/rss/modules/event":               "ev",
	"xmlns/xcal":                               "xcal",
	"urn:ietf:params:xml:ns:xcal":              "xcal",
	"purl.org/atompub/tombstones/1.0":          "at",
	"w3.org/1999/02/22-rdf-syntax-ns":          "rdf",
	"purl.org/syndication/history/1.0":         "fh",
	"w3.org/xml/1998/namespace":                "xml",
	"webmaster.yahoo.com/media/rss":            "media",
	"podcastindex.org/namespace/1.0":           "podcast",
	"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
	"georss.org/georss/10":                                    "georss",
	"opengis.net/gml/3.2":                                     "gml",
	"postneo.com/icbm":                                        "icbm",
	"w3.org/2002/12/cal/ical":                                 "xcal",
	"w3.org/2002/12/cal":                                      "xcal",
	"schemas.google.com/g/2005":                               "gd",
	"backend.userland.com/creativecommonsrssmodule":           "creativecommons",
	"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
	"web.resource.org/cc":                                     "cc",
	"creativecommons.org/ns":                                  "cc",
	"incident.com/cap/1.0":                                    "cap",
	"urn:oasis:names:tc:emergency:cap:1.0":                    "cap",
	"urn:oasis:names:tc:emergency:cap:1.1":                    "cap",
	"urn:oasis:names:tc:emergency:cap:1.2":                    "cap",
	"w3.org/2000/09/xmldsig":                                  "dsig",
}

// canonical returns the prefix of a namespace name, or the name itself when no
// vocabulary here has it.
func canonical(uri string) string {
	uri = strings.ToLower(strings.TrimSpace(uri))
	if _, rest, ok := strings.Cut(uri, "://"); ok {
		uri = rest
	}
	uri = strings.TrimRight(strings.TrimPrefix(uri, "www."), "/#")
	if p, ok := namespaces[uri]; ok {
		return p
	}
	return uri
}

// A scope is what an element says for itself and what is in it: the meaning of
// prefixes, the base of addresses, the language.
type scope struct {
	outer    *scope
	prefixes map[string]string // as declared here; nil = none
	address  string            // of the document
	own      string            // the prefix that is the document's own vocabulary
	base     string            // from xml:base, resolved; "" = none was given
	lang     string            // from xml:lang
}

// within returns the scope inside an element with the raw attributes.
func (s *scope) within(attrs string) *scope {
	if !strings.Contains(attrs, "xml") {
		return s
	}
	in := &scope{outer: s, address: s.address, own: s.own, base: s.base, lang: s.lang}
	for name, value := range read.Attributes(attrs) {
		switch {
		case name == "xml:base":
			in.base = resolve(cmp.Or(s.base, s.address), value)
		case name == "xml:lang":
			in.lang = strings.TrimSpace(value)
		case name == "xmlns":
			in.declare("", value)
		case strings.HasPrefix(name, "xmlns:"):
			in.declare(name[len("xmlns:"):], value)
		}
	}
	return in
}

func (s *scope) declare(prefix, uri string) {
	if s.prefixes == nil {
		s.prefixes = map[string]string{}
	}
	s.prefixes[prefix] = canonical(uri)
}

// vocabulary returns the canonical prefix of a name as written and its local
// part. A prefix that is not declared means what it usually means: feeds that
// are quoted from elsewhere lose their declarations.
func (s *scope) vocabulary(name string) (prefix, local string) {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	v := s.lookup(prefix)
	if v == s.own {
		v = ""
	}
	return v, local
}

func (s *scope) lookup(prefix string) string {
	for in := s; in != nil; in = in.outer {
		if v, ok := in.prefixes[prefix]; ok {
			return v
		}
	}
	switch p := strings.ToLower(prefix); p {
	case "rss", "rss1", "rss10":
		return ""
	case "atom10", "atom03", "a10":
		return "atom"
	case "dct":
		return "dcterms"
	default:
		return p
	}
}
