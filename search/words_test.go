package search_test

import (
	"errors"
	"net/url"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestNothingToLookFor: signs alone, and words to leave out alone, are no query.
func TestNothingToLookFor(t *testing.T) {
	service, _ := stage(t)
	for _, c := range []struct {
		words string
		bad   bool
	}{
		{`"`, true}, {"-", true}, {"-a -b", true}, {`""`, true}, {`"""`, true}, {"«»", true}, {"*", true}, {"?", true}, {"- - -", true}, {"--", true},
		{`-"rue de la gare"`, true}, {`-„alte Tonne“`, true}, {`-«vieux parc»`, true}, {"+ & |", true}, {"()", true}, {"-fête", true}, {"... !!!", true}, {`"-"`, true},
		{"fête", false}, {"fête -foire", false}, {"- fête", false}, {"co-voiturage", false}, {`"fête"`, false}, {`"fête`, false}, {"NOT fête", false}, {"-foire fête", false}, {"4", false}, {"日本", false}, {"🎄", false},
	} {
		_, err := service.Search(t.Context(), ask(t, "q="+url.QueryEscape(c.words)))
		var invalid *federation.InvalidError
		if got := errors.As(err, &invalid); got != c.bad || c.bad && invalid.Field != "q" {
			t.Errorf("Search(q=%s) = %v, want it refused: %v", c.words, err, c.bad)
		}
	}
}
