package portal

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jba/templatecheck"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

func TestTemplatesFitTheirViews(t *testing.T) {
	h := newHub(t)
	for name, view := range map[string]any{
		"home": homeView{}, "results": resultsView{}, "item": itemView{}, "member": memberView{},
		"channel": channelView{}, "source": sourceView{}, "statement": statementView{}, "stats": statsView{}, "error": errorView{}, "frame-error": errorView{},
	} {
		if err := templatecheck.CheckHTML(h.portal.templates.Lookup(name), view); err != nil {
			t.Errorf("template %q: %v", name, err)
		}
	}
}

func TestLocalesAgree(t *testing.T) {
	sentences := map[string]map[string]any{}
	for _, lang := range federation.Languages {
		sentences[lang] = localeOf(t, lang)
	}
	first := sentences[federation.Languages[0]]
	for _, lang := range federation.Languages {
		if diff := cmp.Diff(slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(sentences[lang]))); diff != "" {
			t.Errorf("keys of %s (-%s +%s):\n%s", lang, federation.Languages[0], lang, diff)
		}
		for key, value := range sentences[lang] {
			if diff := cmp.Diff(openings(first[key]), openings(value)); diff != "" {
				t.Errorf("%s: %s leaves open (-%s +%s):\n%s", lang, key, federation.Languages[0], lang, diff)
			}
		}
	}
	used := usedKeys(t)
	for key := range first {
		family, _, _ := strings.Cut(key, "_")
		if !used[key] && !used[family+"_"] {
			t.Errorf("nothing uses the sentence %q", key)
		}
	}
}

// localeOf are the sentences of a language that people read: those of the pages,
// and those of the health of sources.
func localeOf(t *testing.T, lang string) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, folder := range []string{"locales/", "../../federation/health/locales/"} {
		b, err := os.ReadFile(folder + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatalf("%s%s: %v", folder, lang, err)
		}
		for key, value := range m {
			if other, twice := all[key]; twice && !cmp.Equal(other, value) {
				t.Errorf("%s: %q is said in two ways", lang, key)
			}
			all[key] = value
		}
	}
	return all
}

// openings lists what each form of a sentence leaves open; an empty form is
// listed as such.
func openings(value any) []string {
	var out []string
	forms, ok := value.(map[string]any)
	if !ok {
		forms = map[string]any{"other": value}
	}
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		s, _ := forms[name].(string)
		if strings.TrimSpace(s) == "" {
			out = append(out, name+" is empty")
		}
		names := regexp.MustCompile(`{{\.\w+}}`).FindAllString(s, -1)
		slices.Sort(names)
		out = append(out, name+strings.Join(names, ""))
	}
	return out
}

// usedKeys are the sentences that templates and code name, with the prefix of
// those they put together.
func usedKeys(t *testing.T) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	var files []string
	for _, pattern := range []string{"*.go", "templates/*.html", "../../federation/health/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, names...)
	}
	call := regexp.MustCompile(`\.[TN]\(? ?"([a-z_]+)"`)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
		}
	}
	return used
}

func TestMemberColoursCanBeRead(t *testing.T) {
	for _, accent := range []string{"", "#000000", "#ffffff", "#ffff00", "#808080", "#f00", "#b3123a", "nonsense"} {
		light, dark := accents(accent)
		for _, tc := range []struct {
			colours widgets.Colours
			grounds []string
		}{{light, []string{lightSurface, lightRaised}}, {dark, []string{darkSurface, darkRaised}}} {
			for _, ground := range tc.grounds {
				if r := ratio(t, tc.colours.Accent, ground); r < 4.5 {
					t.Errorf("accent %q is %s on %s: %.2f", accent, tc.colours.Accent, ground, r)
				}
			}
			if r := ratio(t, tc.colours.AccentText, tc.colours.Accent); r < 4.5 {
				t.Errorf("text on accent %q is %s on %s: %.2f", accent, tc.colours.AccentText, tc.colours.Accent, r)
			}
		}
	}
}

func TestGroundsAreThoseOfTheSheet(t *testing.T) {
	h := newHub(t)
	css := string(h.portal.assets["portal.css"].body)
	for _, want := range []string{"--raised: " + lightRaised, "--card: " + lightSurface, "--raised: " + darkRaised, "--card: " + darkSurface} {
		if !strings.Contains(css, want+";") {
			t.Errorf("portal.css lacks %q, which colours.go corrects for", want)
		}
	}
}

func TestAssets(t *testing.T) {
	h := newHub(t)
	sheets := h.portal.page(mustVisit(t, h, "/"), "").Sheets
	for _, name := range append(sheets, h.portal.assets["bell.svg"].url()) {
		w := h.get(name)
		if w.Code != 200 || w.Header().Get("Cache-Control") != web.ForEver || w.Body.Len() == 0 {
			t.Errorf("GET %s = %d, %q, %d bytes", name, w.Code, w.Header().Get("Cache-Control"), w.Body.Len())
		}
		if again := h.get(name, "If-None-Match: "+w.Header().Get("ETag")); again.Code != 304 {
			t.Errorf("GET %s again = %d, want 304", name, again.Code)
		}
	}
	if w := h.get("/assets/portal.OLDHASH.css"); w.Code != 200 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("GET of an old name = %d, %q; want the present sheet for a short time", w.Code, w.Header().Get("Cache-Control"))
	}
	if body := h.get(sheets[1]).Body.String(); !strings.Contains(body, ".m-bellerive{--accent:#") {
		t.Errorf("the members' sheet is %q", body)
	}
}
