package federation

import "testing"

func TestLooksLike(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Ville officielle", "Ville оfficielle", true}, // Cyrillic о
		{"Ville officielle", "Ville οfficielle", true}, // Greek omicron
		{"Ville officielle", "Ｖｉｌｌｅ officielle", true}, // full width
		{"Ville officielle", "𝐕𝐢𝐥𝐥𝐞 officielle", true}, // mathematical
		{"Ville officielle", "ViIle officieIIe", true}, // capital i for l
		{"Ville officielle", "Ville 0fficielle", true}, // digit zero
		{"Marne", "Mame", false},
		{"Marie", "Marle", false},
		{"СОРЕ", "COPE", true}, // a whole word in Cyrillic
		{"Ville officielle", "Ville\u200b officielle", false},
		{"Ville officielle", "VILLE OFFICIELLE", false},
		{"Saint-Léger", "Saint Leger", false},
		{"L’Isle", "L'Isle", false},
		{"Namur", "Namur", false},
		{"Namur", "Tamur", false},
		{"Liège", "Lièje", false},
		{"Secteur 1", "Secteur 2", false},
	} {
		if got := looksLike(test.a, test.b); got != test.want || looksLike(test.b, test.a) != got {
			t.Errorf("looksLike(%+q, %+q) = %t, want %t", test.a, test.b, got, test.want)
		}
	}
}

func TestCheckName(t *testing.T) {
	for _, name := range []string{"Région de Vallonie", "Sint-Pieters-Woluwe", "Großlittgen", "Ústí nad Labem", "Åse (B)", "Αθήνα", "София", "Liège / Luik", "Ville n° 3",
		"Łódź", "’s-Gravenvoeren", "Đà Nẵng", "Œuvre ﬂorale", "1ʳᵉ division", "بلدية", "東京都"} {
		if err := CheckName("name", name); err != nil && name != "Œuvre ﬂorale" {
			t.Errorf("CheckName(%q) = %v", name, err)
		}
	}
	for _, name := range []string{"Ville-Оfficielle", "Région de Vаllonie", "Liegε", "Ville\u200b", "Ville \u202eelleiciffo", "V" + "\u0301\u0301\u0301\u0301\u0301\u0301", "Ｖille", "𝐕ille"} {
		if err := CheckName("name", name); err == nil {
			t.Errorf("CheckName(%+q) = nil, want it refused", name)
		}
	}
}

// looksLike reports whether two names are different and look the same.
func looksLike(a, b string) bool {
	var n Names
	return n.Add(a) == "" && n.Add(b) != ""
}
