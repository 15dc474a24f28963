package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStems(t *testing.T) {
	want := []string{"fr:travail", "nl:travaux", "de:travaux", "en:travaux", "es:travaux", "eu:travaux"}
	if diff := cmp.Diff(want, Stems("travaux")); diff != "" {
		t.Errorf("Stems(travaux) (-want +got):\n%s", diff)
	}
	if got := Stems(""); got != nil {
		t.Errorf("Stems(\"\") = %v, want nil", got)
	}
	if got := Stem("pt", "travaux"); got != "travaux" {
		t.Errorf("Stem(pt, travaux) = %q, want it unchanged", got)
	}
}

func TestIsStop(t *testing.T) {
	for _, c := range []struct {
		lang, form string
		want       bool
	}{
		{"fr", "les", true}, {"fr", "ete", false}, {"fr", "ecole", false}, {"nl", "het", true}, {"nl", "huis", false},
		{"de", "fur", true}, {"de", "fuer", true}, {"en", "the", true}, {"fr", "the", false}, {"eu", "le", false},
		{"eu", "x", true}, {"fr", "comment", true}, {"fr", "peut", true}, {"de", "wie", true}, {"nl", "hoe", true}, {"es", "como", true},
		{"es", "puedo", true}, {"eu", "non", true}, {"eu", "eta", true}, {"en", "how", true}, {"es", "basura", false}, {"en", "may", false}, {"fr", "5", false}, {"fr", "", false},
	} {
		if got := IsStop(c.lang, c.form); got != c.want {
			t.Errorf("IsStop(%q, %q) = %v, want %v", c.lang, c.form, got, c.want)
		}
	}
	for _, lang := range Langs {
		if IsStop(lang, "ete") {
			t.Errorf("IsStop(%q, ete) = true: été must be findable", lang)
		}
	}
}

func TestMaxTypos(t *testing.T) {
	for form, want := range map[string]int{"": 0, "deux": 0, "trois": 1, "huitante": 1, "neufneufn": 2, "5060": 0,
		"123456789": 0, "19h30": 0, "covid19": 1, "школа": 1} {
		if got := MaxTypos(form); got != want {
			t.Errorf("MaxTypos(%q) = %d, want %d", form, got, want)
		}
	}
}

func TestCompounds(t *testing.T) {
	words := strings.Fields("container park weihnacht markt schule haus gemeente raad lid afval bak kinder kind " +
		"garten platz sport halle stad gemeinde bürger amt")
	has := func(s string) bool { return slices.Contains(words, s) }
	for form, want := range map[string]string{
		"containerpark": "container park", "weihnachtsmarkt": "weihnacht markt", "schulhaus": "schule haus",
		"gemeenteraadslid": "gemeente raad lid", "afvalbak": "afval bak", "kindergarten": "kinder garten",
		"kindergartenplatz": "kinder garten platz", "sporthalle": "sport halle", "stadspark": "stad park",
		"bürgeramt": "bürger amt", "park": "", "xyz": "", "": "", "zzzzpark": "", "5060park": "",
	} {
		if got := strings.Join(Compounds(form, has), " "); got != want {
			t.Errorf("Compounds(%q) = %q, want %q", form, got, want)
		}
	}
	if got := Compounds(strings.Repeat("park", 100), has); got != nil {
		t.Errorf("Compounds of 400 letters = %v, want nil", got)
	}
}
