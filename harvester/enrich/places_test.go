package enrich

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

func at(lat, lon float64) *federation.Point { return &federation.Point{Lat: lat, Lon: lon} }

func communes() []federation.Member {
	return []federation.Member{
		{Slug: "namur", Kind: federation.KindCommune, Name: federation.Text{"fr": "Ville de Namur", "nl": "Namen"}, PostalCodes: []string{"5000", "5100"}, Location: at(50.46, 4.86)},
		{Slug: "spa", Kind: federation.KindCommune, Name: federation.Text{"fr": "Spa"}, PostalCodes: []string{"4900"}, Location: at(50.49, 5.86)},
		{Slug: "fosses", Kind: federation.KindCommune, Name: federation.Text{"fr": "Fosses-la-Ville"}, PostalCodes: []string{"5070"}, Location: at(50.39, 4.69)},
		{Slug: "liege", Kind: federation.KindCommune, Name: federation.Text{"fr": "Liège", "nl": "Luik"}, PostalCodes: []string{"4000"}, Location: at(50.63, 5.57)},
		{Slug: "region", Kind: federation.KindRegion, Name: federation.Text{"fr": "Wallonie"}, Location: at(50, 5)},
	}
}

func TestLocate(t *testing.T) {
	g := newGazetteer(communes())
	place := func(name, address, code string) *federation.Place {
		return &federation.Place{Name: name, Address: address, PostalCode: code}
	}
	tests := []struct {
		name string
		item federation.Item
		want *federation.Point
	}{
		{"postal code", federation.Item{Member: "region", Place: place("Salle", "", "5070")}, at(50.39, 4.69)},
		{"postal code in the address", federation.Item{Member: "region", Place: place("Salle", "Rue Haute 12, 5100 Jambes", "")}, at(50.46, 4.86)},
		{"name in the address", federation.Item{Member: "region", Place: place("Place du Marché, Liège", "", "")}, at(50.63, 5.57)},
		{"name in the title", federation.Item{Member: "region", Title: "Travaux à Fosses-la-Ville dès lundi"}, at(50.39, 4.69)},
		{"name in Dutch, with accents", federation.Item{Member: "region", Title: "Werken in LUIK"}, at(50.63, 5.57)},
		{"no capital", federation.Item{Member: "region", Title: "Un nouveau spa ouvre"}, nil},
		{"two names", federation.Item{Member: "region", Title: "De Namur à Liège en bateau"}, nil},
		{"twice the same", federation.Item{Member: "region", Title: "Namur : la ville de Namur invite"}, at(50.46, 4.86)},
		{"part of another word", federation.Item{Member: "region", Title: "Namurois et Spadois"}, nil},
		{"of a commune", federation.Item{Member: "spa", Title: "Excursion à Liège"}, nil},
		{"coordinates of its own", federation.Item{Member: "region", Title: "Namur", Place: &federation.Place{Point: at(1, 2)}}, at(1, 2)},
		{"unknown code", federation.Item{Member: "region", Place: place("X", "1000 Bruxelles", "")}, nil},
		{"empty", federation.Item{}, nil},
	}
	for _, test := range tests {
		it := test.item
		g.locate(&it)
		got := it.Point()
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("%s: point %v, want %v", test.name, got, test.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"Le conseil communal se réunit lundi prochain à la maison communale":          "fr",
		"De gemeenteraad vergadert volgende maandag in het gemeentehuis":              "nl",
		"Der Gemeinderat tagt am kommenden Montag im großen Saal des Rathauses":       "de",
		"The municipal council meets next Monday evening in the great hall":           "en",
		"El pleno del ayuntamiento se reúne el próximo lunes en la casa consistorial": "es",
		"Avis":                          "",
		"12345 67890 12345 67890 12345": "",
	} {
		if got := language(ownWords(text, &federation.Item{}, false)); got != want {
			t.Errorf("language(%q) = %q, want %q", text, got, want)
		}
	}
}
