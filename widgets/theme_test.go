package widgets

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestDeclarations(t *testing.T) {
	const want = "color-scheme:light;--ca-accent:#b3123a;--ca-accent-text:#ffffff;--ca-text:#1b1f24;--ca-muted:#59626d;" +
		"--ca-surface:#ffffff;--ca-raised:#f6f7f9;--ca-border:#889098;--ca-focus:#b3123a;" +
		"--ca-font:'Open Sans', serif;--ca-radius:0;--ca-pad:.6em"
	theme := federation.Theme{Accent: "#b3123a", Font: "'Open Sans', serif", Radius: "0", Density: "compact"}
	if got := Declarations(theme); got != want {
		t.Errorf("Declarations(%+v) =\n%s\nwant\n%s", theme, got, want)
	}
}

func TestDeclarationsOfAutoHoldBothSchemes(t *testing.T) {
	got := Declarations(federation.Theme{Scheme: "auto"})
	for _, want := range []string{"color-scheme:light dark;", "--ca-text:light-dark(#1b1f24,#f0f2f5);"} {
		if !strings.Contains(got, want) {
			t.Errorf("Declarations(auto) = %s, lacks %s", got, want)
		}
	}
}

func TestDeclarationsDropWhatIsNoToken(t *testing.T) {
	const evil = "x;}*{background:url(//evil.example)"
	var theme federation.Theme
	for _, tok := range theme.Tokens() {
		*tok.Value = evil
	}
	got := Declarations(theme)
	if strings.Contains(got, "evil") || strings.ContainsAny(got, "{}") {
		t.Errorf("Declarations(%q everywhere) = %s", evil, got)
	}
}
