package csv

import (
	"strings"
	"testing"
)

// TestHeadersMeanOneThing: recognise would else choose by chance.
func TestHeadersMeanOneThing(t *testing.T) {
	of := map[string]string{}
	for field, list := range usual {
		for name := range strings.FieldsSeq(list) {
			if of[name] != "" {
				t.Errorf("the header %q is that of %s and %s", name, of[name], field)
			}
			of[name] = field
			if normal(name) != name {
				t.Errorf("the header %q of %s is not in normal form, %q", name, field, normal(name))
			}
		}
	}
	for _, field := range fields {
		if usual[field] == "" {
			t.Errorf("no header is recognised for %s", field)
		}
	}
}

func TestTongueOf(t *testing.T) {
	for headers, want := range map[string]string{
		"Titre;Date de début;Lieu;Adresse":   "fr",
		"Naam;Straat;Huisnummer;Gemeente":    "nl",
		"Bezeichnung;Straße;PLZ;Ort":         "de",
		"Name;Start date;Address;Post code":  "",
		"nis;x;y":                            "",
		"titel;datum":                        "", // nl and de
		"Intitulé;Catégorie;Téléphone;Email": "fr",
	} {
		if got := tongueOf(strings.Split(headers, ";")); got != want {
			t.Errorf("tongueOf(%s) = %q, want %q", headers, got, want)
		}
	}
}

func TestDegrees(t *testing.T) {
	for s, want := range map[string]float64{"50.5": 50.5, "50,5": 50.5, " -4,25° ": -4.25, "+4": 4} {
		if got, ok := degrees(s); !ok || got != want {
			t.Errorf("degrees(%q) = %v, %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "x", "1,000.5", "1e5", "0x10", "NaN", "Inf", "50°26'"} {
		if got, ok := degrees(s); ok {
			t.Errorf("degrees(%q) = %v, want none", s, got)
		}
	}
	for s, want := range map[string][2]string{"50.1, 4.2": {"50.1", "4.2"}, "50.1,4.2": {"50.1", "4.2"}, "50,1; 4,2": {"50,1", " 4,2"}, "(50.1 4.2)": {"50.1", "4.2"}, "x": {}} {
		if lat, lon := pair(s); lat != want[0] || lon != want[1] {
			t.Errorf("pair(%q) = %q, %q, want %q", s, lat, lon, want)
		}
	}
}
