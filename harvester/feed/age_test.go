package feed_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
)

// notice is an entry of a feed as RSS, Atom and JSON Feed write it; "" leaves
// out what it stands for.
type notice struct{ id, title, link, text, day string }

var dialects = map[string]func(list []notice) string{
	"rss": func(list []notice) string {
		var b strings.Builder
		for _, n := range list {
			b.WriteString("<item>" + element("guid", n.id) + element("title", n.title) + element("link", n.link) + element("description", n.text))
			if n.day != "" {
				b.WriteString("<pubDate>" + n.day + " Nov 2026 08:00:00 GMT</pubDate>")
			}
			b.WriteString("</item>")
		}
		return "<rss version='2.0'><channel><title>T</title><link>https://v.example/</link><description>d</description>" + b.String() + "</channel></rss>"
	},
	"json": func(list []notice) string {
		var items []string
		for _, n := range list {
			parts := []string{fmt.Sprintf(`"content_text":%q`, n.text)}
			for key, v := range map[string]string{"id": n.id, "title": n.title, "url": n.link} {
				if v != "" {
					parts = append(parts, fmt.Sprintf("%q:%q", key, v))
				}
			}
			if n.day != "" {
				parts = append(parts, fmt.Sprintf(`"date_published":"2026-11-%sT08:00:00Z"`, n.day))
			}
			items = append(items, "{"+strings.Join(parts, ",")+"}")
		}
		return `{"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://v.example/","items":[` + strings.Join(items, ",") + `]}`
	},
}

func element(name, text string) string {
	if text == "" {
		return ""
	}
	return "<" + name + ">" + text + "</" + name + ">"
}

func read(t *testing.T, dialect string, list []notice) map[string]string {
	t.Helper()
	d, err := feed.Format().Decode(federation.Document{URL: "https://v.example/feed", Body: []byte(dialects[dialect](list))})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, it := range d.Items {
		out[it.OriginID] = it.Published.Format("02") + " " + it.Title + it.Content.Text()
	}
	if len(out) != len(d.Items) {
		t.Errorf("%s: %d ids for %d items", dialect, len(out), len(d.Items))
	}
	return out
}

// TestOrderIsNotAge: what is kept, and by which id, depends on what entries say
// and when, never on where they stand.
func TestOrderIsNotAge(t *testing.T) {
	for _, test := range []struct {
		name string
		list []notice
		want []string // sorted
	}{
		{"an update of one guid", []notice{{"r", "Route fermée jusqu'au 20 (mise à jour)", "https://v.example/r", "20", "04"}, {"r", "Route fermée jusqu'au 10", "https://v.example/r", "10", "02"}},
			[]string{"04 Route fermée jusqu'au 20 (mise à jour)20"}},
		{"two notices of one guid", []notice{{"g", "Coupure rue Haute", "https://v.example/p", "Demain.", "04"}, {"g", "Foire aux plantes", "https://v.example/p", "Samedi.", "02"}, {"h", "Autre", "https://v.example/a", "x", "03"}},
			[]string{"02 Foire aux plantesSamedi.", "03 Autrex", "04 Coupure rue HauteDemain."}},
		{"a notice again", []notice{{"", "", "", "Collecte demain.", "16"}, {"", "", "", "Collecte demain.", "09"}, {"", "", "", "Parc fermé.", "08"}},
			[]string{"08 Parc fermé.", "09 Collecte demain.", "16 Collecte demain."}},
		{"the state of a net", []notice{{"", "Réseau", "https://v.example/etat", "Rétabli.", "05"}, {"", "Réseau", "https://v.example/etat", "Coupure.", "04"}, {"", "Réseau", "https://v.example/etat", "Rétabli.", "03"}, {"", "Réseau", "https://v.example/etat", "Coupure.", "02"}},
			[]string{"02 RéseauCoupure.", "03 RéseauRétabli.", "04 RéseauCoupure.", "05 RéseauRétabli."}},
		{"the very same twice", []notice{{"", "A", "https://v.example/a", "x", "02"}, {"", "A", "https://v.example/a", "x", "02"}}, []string{"02 Ax"}},
	} {
		for dialect := range dialects {
			if dialect == "json" && test.list[0].title == "" && test.list[0].id == "" && test.list[0].link == "" {
				continue // an item without any of them is no item of JSON Feed
			}
			got := read(t, dialect, test.list)
			var texts []string
			for _, s := range got {
				texts = append(texts, s)
			}
			slices.Sort(texts)
			if diff := cmp.Diff(test.want, texts); diff != "" {
				t.Errorf("%s as %s (-want +got):\n%s", test.name, dialect, diff)
			}
			turned := slices.Clone(test.list)
			slices.Reverse(turned)
			if diff := cmp.Diff(got, read(t, dialect, turned)); diff != "" {
				t.Errorf("%s as %s, turned round (-want +got):\n%s", test.name, dialect, diff)
			}
			more := append([]notice{{"", "Réseau", "https://v.example/etat", "Coupure.", "20"}}, test.list...)
			for id, s := range read(t, dialect, more) {
				if was, ok := got[id]; ok && was != s {
					t.Errorf("%s as %s: %s was %q and is %q after an entry came", test.name, dialect, id, was, s)
				}
			}
		}
	}
}
