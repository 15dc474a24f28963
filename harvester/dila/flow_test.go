package dila

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
)

// TestIndex is about the files beside the sheets: they hold no items, and are
// not taken for what nobody knows.
func TestIndex(t *testing.T) {
	const part = "https://lecomarquage.service-public.gouv.fr/vdd/3.5/part/zip/vosdroits-latest.zip"
	tests := []struct {
		name, url, body string
		gone            []string
	}{
		{"arborescence.xml", part, `<Arborescence><Item ID="N19810" type="Theme"><Titre>Papiers</Titre><Item ID="F1"/></Item></Arborescence>`, nil},
		{"menu.xml", part, `<Menu><Theme ID="N19810"><Titre>Papiers</Titre></Theme></Menu>`, nil},
		{"idxDateModifImp.xml", part, `<Liste><P ID="F1" date="2026-01-02"/><P ID="F2" date="2026-01-02"/></Liste>`, nil},
		{"redirections.xml", part, `<Redirections><Redirection ancien="F1" nouveau="F2"/><Redirection nouveau="F2" ancien="F3"/></Redirections>`,
			[]string{"particuliers/F1", "particuliers/F3"}},
		{"redirections.xml", part, `<Redirections><R><Source>F1</Source><Cible>F2</Cible></R><R ID="F9" URL="https://www.service-public.fr/particuliers/vosdroits/F2"/></Redirections>`,
			[]string{"particuliers/F1", "particuliers/F9"}},
		{"pro/redirections.xml", "", `<Redirections><R ID="F7" LienPublication="F7"/><R ID="F1" LienPublication="F2" date="2026-01-02"/></Redirections>`,
			[]string{"professionnels/F1"}},
		{"redirections.xml", "", `<Redirections><R ID="F1" LienPublication="F2"/></Redirections>`,
			[]string{"particuliers/F1", "professionnels/F1", "associations/F1"}},
		{"", "", `<Redirections><R audience="Associations" ID="F1" LienPublication="F2"/></Redirections>`, []string{"associations/F1"}},
	}
	for _, test := range tests {
		doc := federation.Document{Name: test.name, URL: test.url, Body: []byte(test.body)}
		d, err := Format().Decode(doc)
		if err != nil || len(d.Items) != 0 || d.Listed != 0 || !d.Complete {
			t.Errorf("Decode(%s) = %d items, %d listed, complete %v, %v; want none, complete", test.body, len(d.Items), d.Listed, d.Complete, err)
		}
		var gone []string
		for _, g := range d.Gone {
			gone = append(gone, g.OriginID)
		}
		if diff := cmp.Diff(test.gone, gone); diff != "" {
			t.Errorf("Decode(%s): gone (-want +got):\n%s", test.body, diff)
		}
	}
}

// TestTrees reads the real sheets in their JSON form: the same as in XML.
func TestTrees(t *testing.T) {
	dir := shareddata.Dir(t, "dila-fiches-json")
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sheets in %s: %v", dir, err)
	}
	sheets := sharedSheets(t)
	compared := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if s := Format().Sniff(federation.Document{Body: body}); s < 90 {
			t.Errorf("Sniff(%s) = %d", file, s)
		}
		got, err := Format().Decode(federation.Document{Body: body})
		if err != nil {
			t.Errorf("Decode(%s): %v", file, err)
			continue
		}
		name := filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(filepath.Base(file), ".json") + ".xml"
		if sheets[name] == nil {
			continue
		}
		compared++
		want, err := Format().Decode(federation.Document{Body: sheets[name]})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s reads otherwise than %s (-xml +json):\n%s", file, name, diff)
		}
	}
	t.Logf("%d trees read, %d compared", len(files), compared)
	if compared == 0 {
		t.Error("none of the trees has a sheet to compare with")
	}
}

func TestSharedOffice(t *testing.T) {
	body, err := os.ReadFile(shareddata.Dir(t, "dila-annuaire", "msa-01053-01.xml"))
	if err != nil {
		t.Fatal(err)
	}
	doc := federation.Document{Body: body}
	d, err := Format().Decode(doc)
	if err != nil || len(d.Items) != 1 || len(d.Warnings) != 0 || Format().Sniff(doc) != 95 {
		t.Fatalf("Decode = %d items, warnings %v, %v; Sniff = %d", len(d.Items), d.Warnings, err, Format().Sniff(doc))
	}
	it := d.Items[0]
	got := fmt.Sprint(it.OriginID, "|", it.Type, "|", it.Title, "|", it.Place.Address, "|", it.Place.PostalCode, "|", *it.Place.Point, "|", it.Categories, "|", it.Updated.Format("2006-01-02"))
	want := "msa-01053-01|place|Mutualité sociale agricole (MSA) Ain-Rhône - accueil de Bourg-en-Bresse|15 avenue du Champ-de-Foire, 01059 Bourg-en-Bresse Cedex 9|01059|{46.2069614 5.2306651}|[Mutualité sociale agricole (MSA), réseau local]|2017-09-11"
	if got != want {
		t.Errorf("office:\n got %s\nwant %s", got, want)
	}
	text := it.Content.Text()
	for _, s := range []string{"35-37 rue du Plat", "BP 2612", "69232 Lyon Cedex 2", "04 74 45 99 00", "http://www.msa01-69.fr", "Vendredi",
		"Du lundi au mercredi", "08:30 – 12:00", "Après-midi sur rendez-vous exclusivement. Jeudi sur rendez-vous exclusivement."} {
		if !strings.Contains(text, s) {
			t.Errorf("text lost: %q\n%s", s, text)
		}
	}
}

func TestNextPage(t *testing.T) {
	body := []byte(`{"total_count": 3, "results": [{"id": "a", "nom": "A"}, {"id": "b", "nom": "B"}]}`)
	at := "https://api-lannuaire.example/records?limit=2"
	d, err := Format().Decode(federation.Document{URL: at, Body: body})
	if err != nil || d.Next != "https://api-lannuaire.example/records?limit=2&offset=2" || !d.Complete {
		t.Errorf("Decode: next %q, complete %v, %v", d.Next, d.Complete, err)
	}
	if d, _ = Format().Decode(federation.Document{URL: at + "&offset=1", Body: body}); d.Next != "" {
		t.Errorf("Decode of the last page: next %q", d.Next)
	}
}

// TestHostile gives the readers XML made to hurt inside a sheet: it is not made
// more of.
func TestHostile(t *testing.T) {
	for name, body := range formattest.Cases(t, "xml/entity-attacks") {
		d, _ := formattest.Check(t, Format(), corpus, name, []byte(`<Publication ID="F1"><Texte>`+string(body)+`</Texte></Publication>`))
		for _, it := range d.Items {
			if len(it.Content.String()) > 20*len(body)+2000 {
				t.Errorf("%s: %d bytes became %d", name, len(body), len(it.Content.String()))
			}
		}
	}
}
