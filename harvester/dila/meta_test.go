package dila

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func decodeOne(t *testing.T, xml string) (federation.Item, []federation.Warning) {
	t.Helper()
	d, err := Format().Decode(federation.Document{Body: []byte(xml)})
	if err != nil {
		t.Fatalf("Decode(%q): %v", xml, err)
	}
	return d.Items[0], d.Warnings
}

func TestIdentity(t *testing.T) {
	tests := []struct{ xml, origin, url string }{
		{`<Publication ID="F1" spUrl="https://www.service-public.fr/particuliers/vosdroits/F1"/>`,
			"particuliers/F1", "https://www.service-public.fr/particuliers/vosdroits/F1"},
		{`<Publication ID="F1" spUrl="https://www.service-public.fr/professionnels-entreprises/vosdroits/F1"/>`,
			"professionnels/F1", "https://www.service-public.fr/professionnels-entreprises/vosdroits/F1"},
		{`<Publication ID="F1" spUrl="https://entreprendre.service-public.gouv.fr/vosdroits/F1"/>`,
			"professionnels/F1", "https://entreprendre.service-public.gouv.fr/vosdroits/F1"},
		{`<Publication ID="F1"><Audience>Professionnels</Audience></Publication>`,
			"professionnels/F1", "https://www.service-public.fr/professionnels-entreprises/vosdroits/F1"},
		{`<Publication ID="F1"><FilDAriane><Niveau ID="Associations">Accueil</Niveau></FilDAriane></Publication>`,
			"associations/F1", "https://www.service-public.fr/associations/vosdroits/F1"},
		{`<Publication ID="F1" spUrl="javascript:alert(1)"/>`, "F1", "https://www.service-public.fr/particuliers/vosdroits/F1"},
		{`<Publication xmlns:dc="x"><dc:identifier>R7</dc:identifier></Publication>`, "R7", "https://www.service-public.fr/particuliers/vosdroits/R7"},
	}
	for _, test := range tests {
		item, _ := decodeOne(t, test.xml)
		if item.OriginID != test.origin || item.URL != test.url {
			t.Errorf("Decode(%s) = %q at %q, want %q at %q", test.xml, item.OriginID, item.URL, test.origin, test.url)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ head, updated string }{
		{`<dc:date>modified 2020-01-31</dc:date>`, "2020-01-31"},
		{`<dc:date>created 2019-01-01</dc:date><dc:date> modified 2020-02-29 </dc:date>`, "2020-02-29"},
		{`<dc:date>modified 2020-02-31</dc:date>`, "2018-07-09"},
		{``, "2018-07-09"},
	}
	for _, test := range tests {
		item, _ := decodeOne(t, `<Publication ID="F1" dateDerniereModificationImportante="2018-07-09T00:00:00">`+test.head+`</Publication>`)
		if got := item.Updated.Format(time.DateOnly); got != test.updated {
			t.Errorf("Updated of %q = %s, want %s", test.head, got, test.updated)
		}
	}
}

func TestThemes(t *testing.T) {
	const trail = `<FilDAriane><Niveau ID="Particuliers">Accueil</Niveau><Niveau ID="N1">Famille</Niveau><Niveau ID="F1">Moi</Niveau></FilDAriane>`
	const list = `<FilDAriane><Niveau ID="Particuliers">Accueil</Niveau><Niveau ID="commentFaireSi">Comment faire si</Niveau><Niveau ID="F1">Moi</Niveau></FilDAriane>`
	tests := []struct {
		head string
		want []string
	}{
		{`<Theme><Titre>A</Titre></Theme><SousThemePere>B</SousThemePere><DossierPere><Titre>C</Titre></DossierPere>` + trail, []string{"A", "B", "C"}},
		{`<Theme><Titre>A</Titre></Theme><Theme><Titre>A</Titre></Theme>`, []string{"A"}},
		{trail, []string{"Famille"}},
		{`<dc:subject>Argent, Famille</dc:subject>` + list, []string{"Argent", "Famille"}},
		{list, []string{"Comment faire si"}},
		{``, nil},
	}
	for _, test := range tests {
		item, _ := decodeOne(t, `<Publication ID="F1">`+test.head+`</Publication>`)
		if diff := cmp.Diff(test.want, item.Categories); diff != "" {
			t.Errorf("categories of %s (-want +got):\n%s", test.head, diff)
		}
	}
}

func TestMissingParts(t *testing.T) {
	item, warnings := decodeOne(t, `<Publication ID="F1" type="Dossier"/>`)
	if item.Title != "Dossier F1" || item.Language != "fr" || !item.Updated.IsZero() {
		t.Errorf("title %q, language %q, updated %v", item.Title, item.Language, item.Updated)
	}
	if len(warnings) != 3 {
		t.Errorf("warnings = %v, want one each for title, date and theme", warnings)
	}
}

func TestAttributionHidesLocalPaths(t *testing.T) {
	const sheet = `<Publication ID="F1"><dc:date>modified 2020-01-31</dc:date></Publication>`
	const want = "Service-Public.fr, Direction de l'information légale et administrative (DILA), " +
		"https://www.service-public.fr/particuliers/vosdroits/F1, fichier F1.xml du 31/01/2020, Licence Ouverte 2.0"
	for _, at := range []string{"", "file:///srv/secret/F1.xml", "file:///srv/secret.zip#F1.xml", "https://user:pass@flux.example/F1.xml"} {
		d, err := Format().Decode(federation.Document{URL: at, Body: []byte(sheet)})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Items[0].Provenance.Attribution; got != want {
			t.Errorf("attribution of %q = %q, want %q", at, got, want)
		}
	}
}

// A region may write sheets of its own in the format: they are not DILA's, and
// their licence is the one that the operator gives the source.
func TestAttributionNamesThePublisher(t *testing.T) {
	item, _ := decodeOne(t, `<Publication ID="F1" spUrl="https://www.ornelle.example/F1"><dc:publisher>Pays de l'Ornelle</dc:publisher>
<dc:creator>Service des démarches</dc:creator><dc:date>modified 2026-01-31</dc:date></Publication>`)
	const want = "Pays de l'Ornelle, https://www.ornelle.example/F1, fichier F1.xml du 31/01/2026"
	if got := item.Provenance; got.Attribution != want || got.License != "" {
		t.Errorf("rights of a regional sheet = %q, %q, want %q and no licence", got.Attribution, got.License, want)
	}
}

func TestWrongEncodingIsRepaired(t *testing.T) {
	item, warnings := decodeOne(t, "<?xml version='1.0' encoding='UTF-8'?><Publication ID='F1'><dc:title>D\xe9m\xe9nager</dc:title></Publication>")
	if item.Title != "Déménager" {
		t.Errorf("title = %q, want Déménager", item.Title)
	}
	if len(warnings) == 0 {
		t.Error("no warning of the wrong encoding")
	}
}
