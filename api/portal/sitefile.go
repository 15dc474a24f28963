package portal

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/plonegov/carillon/api/web"
)

// file answers with a file that is made for the hub.
func (p *Portal) file(w http.ResponseWriter, v visit, kind string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("X-Content-Type-Options", "nosniff")
	web.Send(w, v.Request, body)
	return nil
}

// fileXML is file for a value as XML.
func (p *Portal) fileXML(w http.ResponseWriter, v visit, kind string, value any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(value); err != nil {
		return err
	}
	return p.file(w, v, kind, b.Bytes())
}

// favicon answers browsers and programs that ask for the icon without looking
// at the page: the bell in two sizes, as an icon directory of PNG images.
func (p *Portal) favicon(w http.ResponseWriter, v visit) error {
	return p.file(w, v, "image/x-icon", icon(map[int][]byte{32: p.assets["bell-32.png"].body, 48: p.assets["bell-48.png"].body}, 32, 48))
}

// icon writes PNG images into one ICO file, in the order of their sizes.
func icon(images map[int][]byte, sizes ...int) []byte {
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&b, binary.LittleEndian, v) // of fixed size, into memory
		}
	}
	put(uint16(0), uint16(1), uint16(len(sizes)))
	at := 6 + 16*len(sizes)
	for _, size := range sizes {
		put(uint8(size), uint8(size), uint16(0), uint16(1), uint16(32), uint32(len(images[size])), uint32(at))
		at += len(images[size])
	}
	for _, size := range sizes {
		b.Write(images[size])
	}
	return b.Bytes()
}

// webManifest is what a browser needs to put the portal among its programs
// (Web Application Manifest).
type webManifest struct {
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	Lang       string         `json:"lang"`
	ID         string         `json:"id"`
	StartURL   string         `json:"start_url"`
	Scope      string         `json:"scope"`
	Display    string         `json:"display"`
	Theme      string         `json:"theme_color"`
	Background string         `json:"background_color"`
	Icons      []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Src   string `json:"src"`
	Sizes string `json:"sizes"`
	Type  string `json:"type,omitempty"`
}

func (p *Portal) manifest(w http.ResponseWriter, v visit) error {
	brand := v.brand()
	light, _ := accents(v.cat.Hub.Theme.Accent)
	m := webManifest{Name: brand.Name.Text, ShortName: short(brand.Name.Text, 12), Lang: v.Lang, ID: "/", StartURL: v.link("/", ""), Scope: "/",
		Display: "minimal-ui", Theme: light.Accent, Background: lightSurface,
		Icons: []manifestIcon{
			{p.assets["bell-192.png"].url(), "192x192", "image/png"}, {p.assets["bell-512.png"].url(), "512x512", "image/png"},
			{p.assets["bell.svg"].url(), "any", "image/svg+xml"},
		}}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept-Language")
	return p.file(w, v, "application/manifest+json", body)
}

// searchDescription tells browsers how to search here (OpenSearch 1.1).
type searchDescription struct {
	XMLName     xml.Name    `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string      `xml:"ShortName"` // at most 16 characters
	LongName    string      `xml:"LongName"`  // at most 48
	Description string      `xml:"Description"`
	URLs        []searchURL `xml:"Url"`
	Image       searchImage `xml:"Image"`
	Language    string      `xml:"Language"`
	Encoding    string      `xml:"InputEncoding"`
}

type searchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

type searchImage struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	Type   string `xml:"type,attr"`
	URL    string `xml:",chardata"`
}

func (p *Portal) openSearch(w http.ResponseWriter, v visit) error {
	name := v.brand().Name.Text
	d := searchDescription{ShortName: short(name, 16), LongName: short(name, 48), Description: short(v.T("search_label"), 1024),
		URLs: []searchURL{
			{"text/html", "results", p.publicURL + v.link("/search", "q={searchTerms}")},
			{"application/atom+xml", "results", p.publicURL + v.link("/feed.atom", "q={searchTerms}")},
			{"application/opensearchdescription+xml", "self", p.publicURL + v.link("/opensearch.xml", "")},
		},
		Image: searchImage{32, 32, "image/x-icon", p.publicURL + "/favicon.ico"}, Language: v.Lang, Encoding: "UTF-8"}
	w.Header().Add("Vary", "Accept-Language")
	return p.fileXML(w, v, "application/opensearchdescription+xml", d)
}

// short cuts a name at a word, to at most n characters. What is left does not
// end in an article or a preposition, which lead to what was cut.
func short(name string, n int) string {
	runes := []rune(name)
	if len(runes) <= n {
		return name
	}
	cut := string(runes[:n+1])
	if i := strings.LastIndexAny(cut, " \u00a0"); i > 0 {
		cut = cut[:i]
		for j := strings.LastIndexAny(cut, " \u00a0"); j > 0 && len(strings.TrimLeft(cut[j:], " \u00a0")) <= 3; j = strings.LastIndexAny(cut, " \u00a0") {
			cut = cut[:j]
		}
		return cut
	}
	return string(runes[:n])
}
