package dila

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/read"
)

var update = formattest.Update

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[xj]*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sheets in testdata: %v", err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		at := "https://flux.example/vosdroits-latest.zip#xml/" + filepath.Base(file)
		d, err := Format().Decode(federation.Document{URL: at, Body: body})
		if err != nil {
			t.Errorf("Decode(%s): %v", file, err)
			continue
		}
		got, golden := printed(d), strings.TrimSuffix(file, filepath.Ext(file))+".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("Decode(%s) mismatch (-want +got):\n%s", file, diff)
		}
	}
}

// printed writes a result one field or block per line, for review.
func printed(d federation.Decoded) string {
	var b strings.Builder
	fmt.Fprintf(&b, "source: %s, %s, %s\n", d.Title, d.SiteURL, d.Language)
	for _, i := range d.Items {
		fmt.Fprintf(&b, "id: %s\ntype: %s\nurl: %s\ntitle: %s\nsummary: %s\nlanguage: %s\nupdated: %s\ncategories: %q\nlicense: %s\nattribution: %s\n",
			i.OriginID, i.Type, i.URL, i.Title, i.Summary, i.Language, i.Updated.Format("2006-01-02"), i.Categories,
			i.Provenance.License, i.Provenance.Attribution)
		if len(i.Replaces) > 0 {
			fmt.Fprintf(&b, "replaces: %q\n", i.Replaces)
		}
		if i.Place != nil {
			fmt.Fprintf(&b, "place: %s | %s | %s", i.Place.Name, i.Place.Address, i.Place.PostalCode)
			if i.Place.Point != nil {
				fmt.Fprintf(&b, " | %v", *i.Place.Point)
			}
			b.WriteByte('\n')
		}
		b.WriteString(strings.NewReplacer("<section", "\n<section", "<h", "\n<h", "<p", "\n<p", "<ul", "\n<ul", "<li", "\n<li", "<div", "\n<div",
			"<table", "\n<table", "<tr", "\n<tr", "<dl", "\n<dl", "<dt", "\n<dt", "</section", "\n</section").Replace(i.Content.String()))
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "\nwarning: %s", w)
	}
	return b.String() + "\n"
}

func TestDecodeRefuses(t *testing.T) {
	deep := strings.Repeat("<Texte>", 101)
	tests := []struct{ name, body, want string }{
		{"empty", "", "it holds no element"},
		{"no XML", "bonjour", "it holds no element"},
		{"HTML", "<html><head></head></html>", "not a service-public sheet"},
		{"no office", "<Organismes><Organisme/></Organismes>", "not a service-public sheet"},
		{"JSON of another kind", `{"service": "x", "nom": 1}`, "no entry"},
		{"an empty export", `{"service": []}`, "no entry"},
		{"deep JSON", `{"service": ` + strings.Repeat("[", read.MaxDepth+1), "deep"},
		{"a tree without a sheet", `{"children": [{"name": "Publication"}]}`, "no number"},
		{"no number", "<Publication/>", "no number"},
		{"cut short", "<Publication ID='F1'>\n<Texte>abc", "stops inside <Texte>"},
		{"cut in a tag", "<Publication ID='F1'>\n<Tex", "line 2: it stops inside"},
		{"crossed tags", "<Publication ID='F1'><Texte></Publication>", "</Publication> closes <Texte>"},
		{"closed too often", "<Publication ID='F1'/></Texte>", "closes nothing"},
		{"two documents", "<Publication ID='F1'/><Publication ID='F2'/>", "a second document"},
		{"too deep", "<Publication ID='F1'>" + deep, "more than 100 deep"},
		{"own entity", `<!DOCTYPE x [<!ENTITY a "aaaa">]><Publication ID='F1'>&a;</Publication>`, "entity &a; is not known"},
	}
	for _, test := range tests {
		d, err := Format().Decode(federation.Document{Body: []byte(test.body)})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: Decode = %d items, error %v; want error with %q", test.name, len(d.Items), err, test.want)
		}
	}
}

func TestSniff(t *testing.T) {
	tests := []struct {
		body string
		want int
	}{
		{`<Publication ID="F1">`, 95},
		{"\ufeff<?xml version='1.0'?>\n<!-- a > b -->\n<ServiceComplementaire type='x' ID='R1'>", 95},
		{`<Publication xmlns:dc="http://purl.org/dc/elements/1.1/">`, 80},
		{`<Publication>`, 20},
		{`<Publications ID="F1">`, 0},
		{`<rss><channel><Publication ID="F1">`, 0},
		{`<html>`, 0},
		{`<Organisme id="msa-1" codeInsee="01053" pivotLocal="msa">`, 95},
		{`{"service":[{"id":"a","plage_ouverture":[],"ancien_code_pivot":""`, 90},
		{`{"id":"F930","children":[{"type":"element","name":"Publication"`, 90},
		{`{"version":"https://jsonfeed.org/version/1.1","items":[]}`, 0},
		{`<Arborescence><Item ID="N1"><Item ID="F2"/>`, 30},
		{`<catalog><book id="1"/>`, 0},
		{``, 0},
	}
	for _, test := range tests {
		if got := Format().Sniff(federation.Document{Body: []byte(test.body)}); got != test.want {
			t.Errorf("Sniff(%q) = %d, want %d", test.body, got, test.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.[xj]*")
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte("<Publication ID='F1'><Texte>\xe9t\xe9<Liste>x<Cellule/></Liste><Paragraphe><Tableau><Branche/></Tableau></Paragraphe></Texte></Publication>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		doc := federation.Document{Body: body}
		if s := Format().Sniff(doc); s < 0 || s > 100 {
			t.Fatalf("Sniff = %d", s)
		}
		d, err := Format().Decode(doc)
		if err != nil {
			if len(d.Items) > 0 {
				t.Fatalf("error %v and %d items", err, len(d.Items))
			}
			return
		}
		if d.Listed < len(d.Items) {
			t.Fatalf("listed %d of %d items", d.Listed, len(d.Items))
		}
		seen := map[string]bool{}
		for _, i := range d.Items {
			if i.OriginID == "" || i.Title == "" || seen[i.OriginID] {
				t.Fatalf("item %q %q, known before: %v", i.OriginID, i.Title, seen[i.OriginID])
			}
			seen[i.OriginID] = true
			for _, s := range append([]string{i.OriginID, i.URL, i.Title, i.Summary, i.Provenance.Attribution, i.Content.Text()}, i.Categories...) {
				if !utf8.ValidString(s) {
					t.Fatalf("not UTF-8: %q", s)
				}
			}
		}
	})
}
