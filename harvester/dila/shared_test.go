package dila

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// sharedSheets returns the real documents, by "particuliers/F930.xml".
func sharedSheets(t testing.TB) map[string][]byte {
	dir := shareddata.Dir(t, "dila-comarquage-xml")
	sheets := map[string][]byte{}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sheets in %s: %v", dir, err)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sheets[filepath.Base(filepath.Dir(f))+"/"+filepath.Base(f)] = body
	}
	return sheets
}

func TestSharedSheets(t *testing.T) {
	for name, body := range sharedSheets(t) {
		t.Run(name, func(t *testing.T) {
			doc := federation.Document{Body: body}
			if got := Format().Sniff(doc); got < 90 {
				t.Errorf("Sniff = %d, want 90 or more", got)
			}
			d, err := Format().Decode(doc)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Items) != 1 || d.Listed != 1 {
				t.Fatalf("Decode gave %d items and listed %d, want 1 and 1", len(d.Items), d.Listed)
			}
			for _, w := range d.Warnings {
				t.Errorf("warning: %s", w)
			}
			item := d.Items[0]
			if want := strings.TrimSuffix(name, ".xml"); item.OriginID != want {
				t.Errorf("OriginID = %q, want %q", item.OriginID, want)
			}
			if item.Type != federation.Service || item.Title == "" || item.Updated.IsZero() || len(item.Categories) == 0 || item.Language != "fr" {
				t.Errorf("type %q, title %q, updated %v, categories %q, language %q: one is missing",
					item.Type, item.Title, item.Updated, item.Categories, item.Language)
			}
			if item.Summary == "" || item.Content.IsZero() {
				t.Errorf("summary %q or content (%d bytes) is empty", item.Summary, len(item.Content.String()))
			}
			if !strings.HasSuffix(item.URL, "/"+filepath.Base(item.OriginID)) {
				t.Errorf("URL = %q", item.URL)
			}
		})
	}
}

// TestNothingLost walks the XML by itself, knowing only which elements are the
// sheet's text, and looks for each piece in the item.
func TestNothingLost(t *testing.T) {
	for name, body := range sharedSheets(t) {
		d, err := Format().Decode(federation.Document{Body: body})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		item := d.Items[0]
		text := squeeze(item.Title + item.Summary + item.Content.Text())
		pieces, addresses := walk(t, body)
		if len(pieces) == 0 {
			t.Errorf("%s: the walk found no text", name)
		}
		for _, p := range pieces {
			if !strings.Contains(text, squeeze(p)) {
				t.Errorf("%s: text lost: %q", name, p)
			}
		}
		html := item.Content.String()
		for _, a := range addresses {
			if u, err := url.Parse(a); err == nil && !strings.Contains(html, "://"+u.Host) {
				t.Errorf("%s: no link to %s", name, a)
			}
		}
	}
}

// walk returns what a reader must find: each Paragraphe as a whole, every run of
// text inside a Texte, titles and codes outside the sheet's navigation, and the
// addresses of links.
func walk(t *testing.T, body []byte) (pieces, addresses []string) {
	head := map[string]bool{"FilDAriane": true, "DossierPere": true, "SousThemePere": true, "SousDossierPere": true}
	whole := map[string]bool{"Paragraphe": true, "Titre": true, "PivotLocal": true, "Complement": true, "Source": true}
	var path []string
	var collecting strings.Builder
	depth, inHead, inText := 0, 0, 0 // of the element collected, of the head, of Texte
	dec := xml.NewDecoder(bytes.NewReader(body))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return pieces, addresses
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			path = append(path, tok.Name.Local)
			if inHead == 0 && (head[tok.Name.Local] || tok.Name.Local == "Theme" && len(path) == 2) {
				inHead = len(path)
			}
			if inText == 0 && tok.Name.Local == "Texte" {
				inText = len(path)
			}
			if inHead == 0 && depth == 0 && whole[tok.Name.Local] {
				depth = len(path)
				collecting.Reset()
			}
			for _, a := range tok.Attr {
				if a.Name.Local == "URL" {
					addresses = append(addresses, a.Value)
				}
			}
		case xml.CharData:
			if depth > 0 {
				collecting.Write(tok)
			} else if s := string(tok); inHead == 0 && (inText > 0 || path != nil && path[len(path)-1] == "Fiche") && strings.TrimSpace(s) != "" {
				pieces = append(pieces, s)
			}
		case xml.EndElement:
			if depth == len(path) {
				if s := collecting.String(); strings.TrimSpace(s) != "" {
					pieces = append(pieces, s)
				}
				depth = 0
			}
			if inHead == len(path) {
				inHead = 0
			}
			if inText == len(path) {
				inText = 0
			}
			if path = path[:len(path)-1]; len(path) == 0 {
				path = nil
			}
		}
	}
}

// squeeze removes white space, which the two sides place differently.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func BenchmarkDecode(b *testing.B) {
	sheets := sharedSheets(b)
	var size int64
	for _, body := range sheets {
		size += int64(len(body))
	}
	b.SetBytes(size)
	for b.Loop() {
		for _, body := range sheets {
			if _, err := Format().Decode(federation.Document{Body: body}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
