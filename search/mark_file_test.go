package search

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// fileItems is a store of files alone.
type fileItems struct {
	federation.Readable
	files []federation.File
	asked []string
}

func (s *fileItems) ItemFiles(_ context.Context, ids []string) ([]federation.File, error) {
	s.asked = append(s.asked, ids...)
	return s.files, nil
}

func act(id, title string, files ...federation.Attachment) Found {
	return Found{Item: federation.Item{ID: id, Type: federation.Decision, Title: title, Attachments: files}}
}

func TestMarkFiles(t *testing.T) {
	pdf := federation.Attachment{URL: "https://a.example/d/plan%20un.pdf?x=1#top", Type: "application/pdf"}
	docx := federation.Attachment{URL: "https://a.example/avis.docx", Title: "Avis"}
	pages := []string{"loi communale", "la piscine est fermée", "piscine et patinoire fermées"}
	for _, tt := range []struct {
		name, words string
		forms       []string
		item        Found
		files       []federation.File
		want        *MarkedFile
	}{
		{"the page that says most", "piscine patinoire", []string{"piscine", "patinoire"}, act("1", "Règlement", pdf),
			[]federation.File{{Item: "1", URL: pdf.URL, Paged: true, Pages: pages}},
			&MarkedFile{Title: "plan un.pdf", URL: "https://a.example/d/plan%20un.pdf?x=1#page=3", Page: 3, Snippet: "<mark>piscine</mark> et <mark>patinoire</mark> fermées"}},
		{"the first of equal pages", "piscine", []string{"piscine"}, act("1", "Règlement", pdf),
			[]federation.File{{Item: "1", URL: pdf.URL, Paged: true, Pages: pages}},
			&MarkedFile{Title: "plan un.pdf", URL: "https://a.example/d/plan%20un.pdf?x=1#page=2", Page: 2, Snippet: "la <mark>piscine</mark> est fermée"}},
		{"no page where the file has none", "piscine", []string{"piscine"}, act("1", "Règlement", docx),
			[]federation.File{{Item: "1", URL: docx.URL, Pages: pages[2:]}},
			&MarkedFile{Title: "Avis", URL: docx.URL, Snippet: "<mark>piscine</mark> et patinoire fermées"}},
		{"the item says it itself", "piscine", []string{"piscine"}, act("1", "Piscine", pdf),
			[]federation.File{{Item: "1", URL: pdf.URL, Pages: pages}}, nil},
		{"the file says no more than the item", "piscine tarif", []string{"piscine", "tarif"}, act("1", "Piscine", pdf),
			[]federation.File{{Item: "1", URL: pdf.URL, Pages: pages[1:2]}}, nil},
		{"another item's file", "piscine", []string{"piscine"}, act("1", "Règlement", pdf),
			[]federation.File{{Item: "2", URL: pdf.URL, Pages: pages}}, nil},
		{"markup in a file is text", "piscine", []string{"piscine"}, act("1", "Règlement", docx),
			[]federation.File{{Item: "1", URL: docx.URL, Pages: []string{`<script>alert(1)</script> piscine "x"`}}},
			&MarkedFile{Title: "Avis", URL: docx.URL, Snippet: "&lt;script&gt;alert(1)&lt;/script&gt; <mark>piscine</mark> &#34;x&#34;"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &Service{reader: &federation.Reader{Held: &fileItems{files: tt.files}}}
			found := []Found{tt.item}
			if err := s.markFiles(t.Context(), tt.words, tt.forms, found); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, found[0].Marked.File); diff != "" {
				t.Errorf("markFiles(%q) (-want +got):\n%s", tt.words, diff)
			}
		})
	}
}

// TestMarkFilesIsBounded: files of the greatest size on every row cost a row's
// bound, and the answer's.
func TestMarkFilesIsBounded(t *testing.T) {
	long := strings.Repeat("mot ", maxFileMarked/4) + "piscine"
	a := federation.Attachment{URL: "https://a.example/a.pdf"}
	items := &fileItems{files: []federation.File{{Item: "1", URL: a.URL, Pages: []string{"un", long, "piscine"}}}}
	found := []Found{act("1", "Un", a)}
	if err := (&Service{reader: &federation.Reader{Held: items}}).markFiles(t.Context(), "piscine", []string{"piscine"}, found); err != nil {
		t.Fatal(err)
	}
	if f := found[0].Marked.File; f != nil {
		t.Errorf("markFiles looked beyond %d bytes: %+v", maxFileMarked, f)
	}
}

// TestMarkFilesAsksForFew: files are read for those items alone that link some
// and do not say themselves what was asked.
func TestMarkFilesAsksForFew(t *testing.T) {
	a := federation.Attachment{URL: "https://a.example/a.pdf"}
	items := &fileItems{}
	found := []Found{act("1", "Piscine", a), act("2", "Patinoire", a), act("3", "Sans")}
	s := &Service{reader: &federation.Reader{Held: items}}
	for _, words := range []string{"piscine", ""} {
		if err := s.markFiles(t.Context(), words, []string{"piscine"}, found); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"2"}, items.asked); diff != "" {
		t.Errorf("files asked for (-want +got):\n%s", diff)
	}
}
