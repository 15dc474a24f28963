package widgets_test

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// TestKindsAreWhole: every row of the table says all that forms, docs and
// checks take from it.
func TestKindsAreWhole(t *testing.T) {
	inFour := func(where string, text federation.Text) {
		t.Helper()
		for _, lang := range federation.Languages {
			if strings.TrimSpace(text[lang]) == "" {
				t.Errorf("%s has no words in %s", where, lang)
			}
		}
	}
	for i, k := range widgets.Kinds {
		if slices.IndexFunc(widgets.Kinds, func(o widgets.Kind) bool { return o.Name == k.Name }) != i || !federation.ValidSlug(k.Name) {
			t.Errorf("kind %q is no name, or one of two kinds", k.Name)
		}
		if len(k.Needs) == 0 || k.Template == "" {
			t.Errorf("kind %s: needs %v, template %q", k.Name, k.Needs, k.Template)
		}
		inFour(k.Name, k.Title)
		for _, o := range k.Options {
			inFour(k.Name+" "+o.Name+" label", o.Label)
			inFour(k.Name+" "+o.Name+" help", o.Help)
			if whole := k.Whole(nil); o.Default != nil {
				if _, err := widgets.Check(k.Name, federation.Options{o.Name: o.Default}, "fr"); err != nil || whole[o.Name] != o.Default {
					t.Errorf("%s: the default %v of %s is not one of its values: %v", k.Name, o.Default, o.Name, err)
				}
			}
		}
	}
}

// check is what an operator writes in a region file.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		kind    string
		options federation.Options
		field   string
	}{
		{"list", nil, ""},
		{"list", federation.Options{"images": true, "summary": false, "heading": 2, "language": "nl", "title": federation.Text{"fr": "À la une"}}, ""},
		{"iframe", nil, "widget"},
		{"", nil, "widget"},
		{"list", federation.Options{"heading": 1}, "options.heading"},
		{"list", federation.Options{"heading": 7}, "options.heading"},
		{"list", federation.Options{"heading": "2"}, "options.heading"},
		{"list", federation.Options{"language": "ja"}, "options.language"},
		{"list", federation.Options{"images": "yes"}, "options.images"},
		{"list", federation.Options{"title": true}, "options.title"},
		{"list", federation.Options{"title": strings.Repeat("x", 201)}, "options.title"},
		{"list", federation.Options{"title": federation.Text{"fr": "a\x00b"}}, "options.title"},
		{"list", federation.Options{"colour": "red"}, "options.colour"},
	} {
		_, err := widgets.Check(c.kind, c.options, "fr")
		var fault *federation.InvalidError
		if got := errors.As(err, &fault); got != (c.field != "") || got && fault.Field != c.field {
			t.Errorf("Check(%q, %v) = %v, want a fault at %q", c.kind, c.options, err, c.field)
		}
	}
	got, err := widgets.Check("list", federation.Options{"title": "Nieuws"}, "nl")
	if diff := cmp.Diff(federation.Options{"title": federation.Text{"nl": "Nieuws"}}, got); diff != "" || err != nil {
		t.Errorf("a title as one string (-want +got):\n%s%v", diff, err)
	}
}

func TestQuery(t *testing.T) {
	list, err := widgets.KindOf("list")
	if err != nil {
		t.Fatal(err)
	}
	placed := federation.Options{"images": true, "title": federation.Text{"fr": "À la une"}}
	for query, want := range map[string]string{
		"":                                  "map[images:true title:map[fr:À la une]] ",
		"images=false&member=huy":           "map[images:false title:map[fr:À la une]] member=huy",
		"summary&heading=&ui=":              "map[images:true summary:true title:map[fr:À la une]] ",
		"ui=nl&title=Nieuws":                "map[images:true language:nl title:map[nl:Nieuws]] ",
		"title=Actus&theme-size=16px":       "map[images:true title:map[de:Actus]] theme-size=16px",
		"heading=4&lang=nl":                 "map[heading:4 images:true title:map[fr:À la une]] lang=nl",
		"heading=9":                         `heading: "9" must be 2 to 6`,
		"images=perhaps":                    `images: "perhaps" must be true or false`,
		"ui=xx":                             `ui: "xx" must be one of fr, nl, de, en`,
		"ui=fr&ui=nl":                       "ui: is given 2 times; once is enough",
		"title=" + strings.Repeat("x", 201): "title: must be at most 200 characters of text",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		before := maps.Clone(values)
		o, rest, err := list.Query(placed, values, "de", true)
		got := fmt.Sprint(map[string]any(o)) + " " + rest.Encode()
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("Query(%q) = %s, want %s", query, got, want)
		}
		if len(placed) != 2 || !maps.EqualFunc(before, values, slices.Equal) {
			t.Fatalf("Query(%q) changed what it was given", query)
		}
	}
	o, _, err := list.Query(nil, url.Values{"title": {"Hello"}, "images": {""}}, "fr", false)
	if diff := cmp.Diff(federation.Options{"images": true}, o); diff != "" || err != nil {
		t.Errorf("of an unsaved widget (-want +got):\n%s%v", diff, err)
	}
}

// TestLoaderPassesEveryOption: what a snippet's attributes say reaches the hub,
// and nothing that means nothing there.
func TestLoaderPassesEveryOption(t *testing.T) {
	found := regexp.MustCompile(`theme\[A-Z\]\\w\*\|([a-z|]+)\)`).FindSubmatch(widgets.Loader())
	if found == nil {
		t.Fatal("the loader has no list of attributes")
	}
	var want []string
	for _, k := range widgets.Kinds {
		for _, o := range k.Options {
			want = append(want, attributeOf(o))
		}
	}
	slices.Sort(want)
	if got := strings.Split(string(found[1]), "|"); !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("the loader passes %q, the options of all kinds are %q", got, want)
	}
}

// attributeOf is the name of an option as an attribute, without "data-".
func attributeOf(o widgets.Option) string {
	for _, name := range []string{o.Attribute, o.Query} {
		if name != "" {
			return name
		}
	}
	return o.Name
}

// TestKindsAreDocumented: docs/widgets.md is the table in words.
func TestKindsAreDocumented(t *testing.T) {
	name := filepath.Join("..", "docs", "widgets.md")
	page := kindsPage()
	if *update {
		if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	held, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(held), page); diff != "" {
		t.Errorf("%s is not what the table says; run this test with -update (-held +table):\n%s", name, diff)
	}
}

func kindsPage() string {
	var b strings.Builder
	b.WriteString(`# Widgets and their options

Written by a test of package widgets from the table of kinds; change that, and run it with ` + "`-update`" + `.

An option stands in the region file under ` + "`options:`" + ` of a placement, in a query (` + "`/embed/samb-actus?heading=2`" + `) and as an attribute
of a [snippet](snippet.md). A query and an attribute come before what the placement says; an empty one says nothing, but a switch without a
value is on.
`)
	for _, k := range widgets.Kinds {
		fmt.Fprintf(&b, "\n## %s: `%s`\n\nNeeds: %s.\n\n| in the region file | in a query | attribute | takes | without it | |\n|---|---|---|---|---|---|\n", k.Title["en"], k.Name, needs[k.Needs[0]])
		for _, o := range k.Options {
			query := o.Query
			if query == "" {
				query = o.Name
			}
			without := ""
			if o.Default != nil {
				without = fmt.Sprintf("`%v`", o.Default)
			}
			help := o.Help["en"]
			if o.Saved {
				help += " Of a saved widget alone."
			}
			fmt.Fprintf(&b, "| `%s` | `%s` | `data-%s` | %s | %s | %s |\n", o.Name, query, attributeOf(o), takes(o), without, help)
		}
	}
	return b.String()
}

var needs = map[widgets.Need]string{widgets.NeedItems: "the items of its selection"}

func takes(o widgets.Option) string {
	switch o.Form {
	case widgets.Switch:
		return "`true` or `false`"
	case widgets.Number:
		return fmt.Sprintf("%d to %d", o.Min, o.Max)
	case widgets.Choice:
		return "`" + strings.Join(o.Among, "` `") + "`"
	}
	return fmt.Sprintf("a text, one for all or one a language, up to %d characters", o.Max)
}

// TestEveryKind renders each kind with many items, long texts and none, in every
// language: whatever it looks like, it tells the same and leads to the hub.
func TestEveryKind(t *testing.T) {
	for _, k := range widgets.Kinds {
		for _, lang := range federation.Languages {
			long := sample(3)
			for i := range long.Entries {
				it := &long.Entries[i].Item
				it.Title, it.Summary = strings.Repeat("Donaudampfschifffahrt ", 100), strings.Repeat("parole ", 1000)
			}
			for state, v := range map[string]widgets.View{"full": agenda(lang), "many": sample(20), "long": long, "empty": sample(0)} {
				v.Kind, v.Language = k.Name, lang
				got := fragment(t, v)
				if strings.Count(got, "</li>") != len(v.Entries) || !strings.Contains(got, `href="`+v.More) || !strings.Contains(got, `lang="`+lang+`"`) {
					t.Errorf("%s, %s, %s: %d entries, want %d and the link to the hub: %.300s", k.Name, lang, state, strings.Count(got, "</li>"), len(v.Entries), got)
				}
				for _, e := range v.Entries {
					if title := strings.TrimSpace(widgets.Spaced(e.Item.Language, e.Item.Title)); !strings.Contains(got, template.HTMLEscapeString(title)) {
						t.Errorf("%s, %s, %s: no title %.60q", k.Name, lang, state, title)
					}
				}
			}
		}
	}
}

// TestPicturesOfCards: cards show pictures unless told not to, a list when told.
func TestPicturesOfCards(t *testing.T) {
	for kind, want := range map[string][3]int{"list": {0, 1, 0}, "cards": {1, 1, 0}} {
		for i, o := range []federation.Options{nil, {"images": true}, {"images": false}} {
			v := agenda("fr")
			v.Kind, v.Options = kind, o
			if got := strings.Count(fragment(t, v), `class="i"`); got != want[i] {
				t.Errorf("%s with %v shows %d pictures, want %d", kind, o, got, want[i])
			}
		}
	}
}
