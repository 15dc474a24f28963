package federation_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func TestThemeValidate(t *testing.T) {
	good := []federation.Theme{
		{},
		{Accent: "#b3123a", Surface: "#FFF", Font: "Marianne, sans-serif", HeadingFont: `"Open Sans", 'Noto Sans', system-ui, -apple-system`,
			Size: "16px", Scale: "1.25", Weight: "700", Radius: "0", Gap: "1.5em", Line: "1px", Density: "airy", Scheme: "dark",
			Logo: "https://vallonie.example/logo.svg?v=2&x=%20"},
		{Font: "Été Grotesque"},
	}
	for _, theme := range good {
		if err := theme.Validate(); err != nil {
			t.Errorf("Validate(%+v) = %v", theme, err)
		}
	}
}

// TestThemeRefusesCSS puts into every token what would leave its declaration,
// its string, its comment or its style sheet.
func TestThemeRefusesCSS(t *testing.T) {
	attacks := []string{
		"red;}", "#fff;color:red", "#fff}", "#fff/*", "*/x", "url(https://evil.example/)", "expression(alert(1))",
		"</style><script>", "<", "x\ny", "x\x00y", "#fff\n", "\\3b", "var(--x)", "!important", "@import 'x'", "'", `"`, `"a`, `a"`, `'a"`,
		`"a' , b"`, "a,", ",a", "a,,b", "javascript:alert(1)", "data:image/svg+xml,x", "https://x.example/a'b", `https://x.example/a"b`,
		"https://x.example/a)b", "https://x.example/a b", "https://x.example/a;b", "https://x.example/{", "https://x.example/*", "//x.example/logo.svg",
		"https://", strings.Repeat("a", 1001), "https://x.example/" + strings.Repeat("a", 1000), "99999px", "-1px", "1px 1px", "calc(1px)", "16", "0x10", "#ggg", "#ffff",
	}
	var names federation.Theme
	for i, tok := range names.Tokens() {
		for _, attack := range attacks {
			var theme federation.Theme
			*theme.Tokens()[i].Value = attack
			err := theme.Validate()
			var invalid *federation.InvalidError
			if err == nil && harmless(tok.Name, attack) {
				continue
			}
			if !errors.As(err, &invalid) || invalid.Field != "theme."+tok.Name {
				t.Errorf("Validate with %s = %.40q: %v, want it refused by name", tok.Name, attack, err)
			}
		}
	}
}

// harmless has the attacks on one token that are proper values of another.
func harmless(token, value string) bool {
	font := strings.HasSuffix(token, "font")
	return font && (value == "16" || value == "0x10" || value == "99999px" || value == "-1px" || value == "1px 1px")
}

// TestThemeTokens holds that no field of Theme is without its token.
func TestThemeTokens(t *testing.T) {
	var theme federation.Theme
	tokens := theme.Tokens()
	if fields := reflect.TypeFor[federation.Theme]().NumField(); len(tokens) != fields {
		t.Errorf("Tokens has %d, Theme has %d fields", len(tokens), fields)
	}
	seen := map[*string]bool{}
	for _, tok := range tokens {
		if seen[tok.Value] {
			t.Errorf("Tokens: %s is the value of another", tok.Name)
		}
		seen[tok.Value] = true
	}
}

func TestThemeOver(t *testing.T) {
	base := federation.Theme{Accent: "#111", Font: "serif"}
	top := federation.Theme{Accent: "#222", Gap: "4px"}
	if diff := cmp.Diff(federation.Theme{Accent: "#222", Font: "serif", Gap: "4px"}, top.Over(base)); diff != "" {
		t.Errorf("Over (-want +got):\n%s", diff)
	}
	if base.Accent != "#111" || top.Font != "" {
		t.Errorf("Over changed its operands: %+v, %+v", base, top)
	}
}
