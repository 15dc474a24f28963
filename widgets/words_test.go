package widgets

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func TestEveryLanguageHasEverySentence(t *testing.T) {
	var want []string
	for _, lang := range federation.Languages {
		b, err := localeFiles.ReadFile("locales/active." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		messages := map[string]string{}
		if err := json.Unmarshal(b, &messages); err != nil {
			t.Fatal(err)
		}
		got := slices.Sorted(maps.Keys(messages))
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sentences of %s (-want +got):\n%s", lang, diff)
		}
	}
}
