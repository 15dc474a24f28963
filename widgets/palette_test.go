package widgets

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plonegov/carillon/federation"
)

func TestContrastKnownRatios(t *testing.T) {
	// Ratios published by WebAIM and in Understanding SC 1.4.3.
	for _, c := range []struct {
		a, b string
		want string
	}{
		{"#000", "#fff", "21.00"},
		{"#777", "#fff", "4.48"},
		{"#767676", "#ffffff", "4.54"},
		{"#0000ff", "#ffffff", "8.59"},
	} {
		a, _ := parseColour(c.a)
		b, _ := parseColour(c.b)
		if got := fmt.Sprintf("%.2f", contrast(a, b)); got != c.want {
			t.Errorf("contrast(%s, %s) = %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

func TestCorrectKeepsWhatIsReadable(t *testing.T) {
	theme := federation.Theme{Accent: "#b3123a", Text: "#222222", Surface: "#ffffff", Focus: "#b3123a"}
	p, changes := Correct(theme)
	if p.Light.Accent != "#b3123a" || p.Light.Text != "#222222" || len(changes) != 0 {
		t.Errorf("Correct(%+v) = %+v, %+v, want the colours as given", theme, p.Light, changes)
	}
}

func TestCorrectTellsWhatItChanged(t *testing.T) {
	theme := federation.Theme{Accent: "#ffd500"} // yellow on white
	p, changes := Correct(theme)
	if len(changes) != 1 {
		t.Fatalf("Correct(%+v) corrections = %+v, want one", theme, changes)
	}
	got := changes[0]
	got.Ratio = 0
	want := Correction{Scheme: "light", Token: "accent", From: "#ffd500", To: p.Light.Accent, Need: TextContrast}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Correct(%+v) correction (-want +got):\n%s", theme, diff)
	}
	if changes[0].Ratio >= 2 {
		t.Errorf("ratio of yellow on white = %v, want below 2", changes[0].Ratio)
	}
	if p.Dark.Accent != "#ffd500" {
		t.Errorf("dark accent = %s, want the yellow, which can be read on black", p.Dark.Accent)
	}
}

func TestDarkKeepsADarkSurface(t *testing.T) {
	p, _ := Correct(federation.Theme{Scheme: "dark", Surface: "#102030"})
	if p.Dark.Surface != "#102030" {
		t.Errorf("dark surface = %s, want the one given", p.Dark.Surface)
	}
	p, _ = Correct(federation.Theme{Scheme: "auto", Surface: "#fff8e7"})
	if p.Light.Surface != "#fff8e7" || p.Dark.Surface != darkDefaults.Surface {
		t.Errorf("surfaces = %s, %s, want the given one when light and the default when dark", p.Light.Surface, p.Dark.Surface)
	}
}

// TestAnyThemeCanBeRead holds for colours nobody would choose as well.
func TestAnyThemeCanBeRead(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		theme := randomTheme(r)
		p, _ := Correct(theme)
		for _, c := range []Colours{p.Light, p.Dark} {
			if fault := unreadable(c); fault != "" {
				t.Fatalf("Correct(%+v) = %+v: %s", theme, c, fault)
			}
		}
	}
}

func randomTheme(r *rand.Rand) federation.Theme {
	var t federation.Theme
	for _, tok := range t.Tokens()[:8] {
		switch r.IntN(4) {
		case 0: // left out
		case 1:
			*tok.Value = fmt.Sprintf("#%03x", r.IntN(1<<12))
		default:
			*tok.Value = fmt.Sprintf("#%06x", r.IntN(1<<24))
		}
	}
	t.Scheme = []string{"", "light", "dark", "auto"}[r.IntN(4)]
	return t
}

func unreadable(c Colours) string {
	for _, pair := range []struct {
		name, front, back string
		need              float64
	}{
		{"text on surface", c.Text, c.Surface, 4.5}, {"text on raised", c.Text, c.Raised, 4.5},
		{"muted on surface", c.Muted, c.Surface, 4.5}, {"muted on raised", c.Muted, c.Raised, 4.5},
		{"accent on surface", c.Accent, c.Surface, 4.5}, {"accent on raised", c.Accent, c.Raised, 4.5},
		{"accent-text on accent", c.AccentText, c.Accent, 4.5},
		{"border on surface", c.Border, c.Surface, 3}, {"border on raised", c.Border, c.Raised, 3},
		{"focus on surface", c.Focus, c.Surface, 3}, {"focus on raised", c.Focus, c.Raised, 3},
	} {
		front, ok1 := parseColour(pair.front)
		back, ok2 := parseColour(pair.back)
		if got := contrast(front, back); !ok1 || !ok2 || got < pair.need {
			return fmt.Sprintf("%s is %.3f, want %.1f", pair.name, got, pair.need)
		}
	}
	return ""
}

func TestDefaultsFollowTheSurface(t *testing.T) {
	p, changes := Correct(federation.Theme{Surface: "#143d2b"})
	if p.Light.Text != darkDefaults.Text || len(changes) != 0 {
		t.Errorf("on a dark surface text is %s, corrections %v, want %s and none", p.Light.Text, changes, darkDefaults.Text)
	}
}
