package federation_test

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestCredit: what a document says of itself is told as its word, in the
// language of the reader; the operator's sentence stands as it is.
func TestCredit(t *testing.T) {
	for _, tt := range []struct {
		p    federation.Provenance
		lang string
		want string
	}{
		{federation.Provenance{}, "fr", ""},
		{federation.Provenance{Given: true}, "fr", ""},
		{federation.Provenance{Attribution: "Ville officielle"}, "fr", "Selon la source\u00a0: Ville officielle"},
		{federation.Provenance{Attribution: "Ville officielle"}, "fr-BE", "Selon la source\u00a0: Ville officielle"},
		{federation.Provenance{Attribution: "Ville officielle"}, "nl", "Volgens de bron: Ville officielle"},
		{federation.Provenance{Attribution: "Ville officielle"}, "de-AT", "Laut Quelle: Ville officielle"},
		{federation.Provenance{Attribution: "Ville officielle"}, "", "According to the source: Ville officielle"},
		{federation.Provenance{Attribution: "SAMBRE"}, "nl", "SAMBRE"},
		{federation.Provenance{Attribution: "Sambre et la Région"}, "nl", "Volgens de bron: Sambre et la Région"},
		{federation.Provenance{Attribution: "© Région", Given: true}, "nl", "© Région"},
	} {
		if got := tt.p.Credit(tt.lang, "Samb", "Sambre"); got != tt.want {
			t.Errorf("%+v.Credit(%q) = %q, want %q", tt.p, tt.lang, got, tt.want)
		}
	}
}
