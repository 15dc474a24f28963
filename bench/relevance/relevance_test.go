package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNDCG(t *testing.T) {
	for _, tt := range []struct {
		name   string
		ranked string
		grades map[string]int
		want   float64
	}{
		{"first", "a b", map[string]int{"a": 1}, 1},
		{"second", "b a", map[string]int{"a": 1}, 0.63093},
		{"nothing", "b c", map[string]int{"a": 1}, 0},
		{"no results", "", map[string]int{"a": 1}, 0},
		{"two of two", "b a", map[string]int{"a": 1, "b": 1}, 1},
		{"one of two", "b c", map[string]int{"a": 1, "b": 1}, 0.61315},
		{"the lesser first", "a b", map[string]int{"a": 1, "b": 3}, 0.79671},
		{"eleventh", "1 2 3 4 5 6 7 8 9 0 a", map[string]int{"a": 1}, 0},
	} {
		if got := ndcg(strings.Fields(tt.ranked), tt.grades); math.Abs(got-tt.want) > 1e-4 {
			t.Errorf("%s: ndcg(%q, %v) = %.5f, want %.5f", tt.name, tt.ranked, tt.grades, got, tt.want)
		}
	}
}

// TestMistype: one error each, always the same, never in a function word.
func TestMistype(t *testing.T) {
	changed := 0
	for i := range 2000 {
		q := query{ID: fmt.Sprint(i), Q: "Pourquoi mes déchets verts sont-ils restés ?"}
		got := mistype(q, "fr")
		if again := mistype(q, "fr"); again != got {
			t.Fatalf("mistype(%v) = %q, then %q", q, got, again)
		}
		if got != q.Q {
			changed++
		}
		words, before := strings.Fields(got), strings.Fields(q.Q)
		if len(words) != len(before) {
			t.Fatalf("mistype(%v) = %q, which has other words", q, got)
		}
		differ := 0
		for j, w := range before {
			if words[j] != w {
				differ++
			}
			if (j < 2 || j == 4) && words[j] != w {
				t.Fatalf("mistype(%v) = %q changes %q", q, got, w)
			}
		}
		if differ != 1 {
			t.Fatalf("mistype(%v) = %q changes %d words, want 1", q, got, differ)
		}
	}
	if changed != 2000 {
		t.Errorf("%d of 2000 queries changed", changed)
	}
	for _, q := range []string{"où ?", "", "12 345", "le bus"} {
		if got := mistype(query{Q: q}, "fr"); got != q {
			t.Errorf("mistype(%q) = %q, want it as it is", q, got)
		}
	}
}

// TestFicheSets: the question itself stands in no document, and the same
// package makes the same set.
func TestFicheSets(t *testing.T) {
	dir := t.TempDir()
	for _, audience := range []string{"particuliers", "professionnels", "associations"} {
		if err := os.Mkdir(filepath.Join(dir, audience), 0o700); err != nil {
			t.Fatal(err)
		}
		kind := map[string]string{"particuliers": "Fiche Question-réponse"}[audience]
		if kind == "" {
			kind = "Fiche d'information"
		}
		title := "Quels travaux faut-il déclarer avant de construire une véranda ?"
		text := fmt.Sprintf(`{"children":[{"name":"Publication","attributes":{"ID":"F%s","type":%q},"children":[
			{"name":"dc:title","children":[{"type":"text","text":%q}]},
			{"name":"DossierPere","children":[{"name":"Titre","children":[{"type":"text","text":"Urbanisme"}]}]},
			{"name":"Introduction","children":[{"type":"text","text":"Vous devez déclarer des travaux avant de les commencer en mairie. Ensuite tout va."}]},
			{"name":"Texte","children":[{"name":"Paragraphe","children":[{"type":"text","text":%q}]},{"name":"Paragraphe","children":[{"type":"text","text":"Oui."}]}]}]}]}`,
			audience, kind, title, title)
		if err := os.WriteFile(filepath.Join(dir, audience, "F1.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sets, err := ficheSets(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []doc{{"Fparticuliers", "Urbanisme", "Vous devez déclarer des travaux avant de les commencer en mairie. Ensuite tout va.  Oui."}}
	if diff := cmp.Diff(want, sets[0].docs); diff != "" {
		t.Errorf("question sheets (-want +got):\n%s", diff)
	}
	if len(sets[1].docs) != 2 || strings.Contains(sets[1].docs[0].Text, "mairie") {
		t.Errorf("information sheets: %+v, want two without their introduction", sets[1].docs)
	}
	if again, _ := ficheSets(dir); !cmp.Equal(sets[0].queries, again[0].queries) || len(sets[0].queries) != 1 || sets[0].queries[0].Q == "" {
		t.Errorf("queries %v, then %v", sets[0].queries, again[0].queries)
	}
	if _, err := ficheSets(t.TempDir()); !os.IsNotExist(err) && !strings.Contains(err.Error(), "not exist") {
		t.Errorf("ficheSets of an empty folder = %v, want that it is not there", err)
	}
}
