package dila

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/read"
)

var corpus = formattest.Corpus{
	URL: "https://flux.example/vosdroits-latest.zip#xml/",
	Small: func(title string) string {
		return `<Publication ID="F1" type="Fiche"><dc:title>` + title + `</dc:title><Texte><Paragraphe>x</Paragraphe></Texte></Publication>`
	},
	Seeds: []string{"<Publication ID='F1'><Texte>\xe9t\xe9<Liste>x<Cellule/></Liste><Paragraphe><Tableau><Branche/></Tableau></Paragraphe></Texte></Publication>"},
	Claims: func(path string, sure int) bool {
		return sure == 0 || strings.Contains(path, "dila") || strings.Contains(path, "lpdc")
	},
	Check: func(t testing.TB, name string, d federation.Decoded) {
		for _, it := range d.Items {
			if it.Title == "" {
				t.Errorf("%s: item %q has no title", name, it.OriginID)
			}
		}
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, Format(), corpus) }

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
