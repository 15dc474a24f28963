package jsonld_test

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/jsonld"
)

var script = regexp.MustCompile(`(?is)<script[^>]*ld\+json[^>]*>(.*?)</script>`)

// wanted walks the JSON of a page by itself: the titles of its content.
func wanted(body []byte) (titles []string) {
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			types, _ := json.Marshal(v["@type"])
			if regexp.MustCompile(`"(NewsArticle|Article|BlogPosting|\w*Event)"`).Match(types) {
				for _, k := range []string{"headline", "name"} {
					if s, ok := v[k].(string); ok {
						titles = append(titles, s)
						break
					}
				}
			}
			walk(v["@graph"])
		}
	}
	for _, m := range script.FindAllSubmatch(body, -1) {
		text := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(m[1])), "<![CDATA["), "]]>")
		var v any
		if json.Unmarshal([]byte(text), &v) == nil {
			walk(v)
		}
	}
	return titles
}

// TestSharedPages reads every page of the shared data that has JSON-LD.
func TestSharedPages(t *testing.T) {
	root := shareddata.Dir(t, "feeds")
	pages, with := 0, 0
	for _, pattern := range []string{"html-discovery/*.html", "html-extract/*/*.html", "html-extract/*/*/source.html"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			pages++
			want := wanted(body)
			d, err := jsonld.Format().Decode(federation.Document{URL: "https://www.site.example/page", Body: body})
			if len(want) == 0 {
				continue
			}
			with++
			if err != nil {
				t.Errorf("Decode(%s): %v", name, err)
				continue
			}
			for _, title := range want {
				plain := markup.Text(title)
				if !slices.ContainsFunc(d.Items, func(it federation.Item) bool { return it.Title == plain }) {
					t.Errorf("Decode(%s) has no item %q", name, plain)
				}
			}
			for _, it := range d.Items {
				if it.Published.IsZero() || it.URL == "" || it.OriginID == "" {
					t.Errorf("Decode(%s): item %q lacks its date, address or id: %+v", name, it.Title, it)
				}
			}
		}
	}
	t.Logf("%d pages, %d with content in JSON-LD", pages, with)
	if with < 5 {
		t.Errorf("only %d of %d pages have content in JSON-LD, want 5 or more", with, pages)
	}
}

// TestSharedKarlsruhe holds the fields of a real page of a city.
func TestSharedKarlsruhe(t *testing.T) {
	dir := shareddata.Dir(t, "feeds", "html-extract", "de-karlsruhe")
	body, err := os.ReadFile(filepath.Join(dir, "gemeinderat-kommt-zur-februarsitzung-zusammen.html"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "gemeinderat-kommt-zur-februarsitzung-zusammen.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := jsonld.Format().Decode(federation.Document{URL: "https://www.karlsruhe.de/x", Body: body})
	if err != nil || len(d.Items) != 1 {
		t.Fatalf("Decode = %d items, %v, want one", len(d.Items), err)
	}
	it := d.Items[0]
	for _, c := range []struct{ field, got, want string }{
		{"Type", string(it.Type), "news"},
		{"URL", it.URL, "https://www.karlsruhe.de/stadt-rathaus/aktuelles/meldungen/gemeinderat-kommt-zur-februarsitzung-zusammen"},
		{"Title", it.Title, "Gemeinderat kommt zur Februarsitzung zusammen"},
		{"Language", it.Language, "de-DE"},
		{"Published", formattest.When(it.Published), "2026-02-19T12:00:00+01:00"},
		{"Authors", strings.Join(it.Authors, ","), "Presse- und Informationsamt"},
		{"Categories", strings.Join(it.Categories, ","), "Gemeinderat"},
		{"Image", it.Image.URL, "https://www.karlsruhe.de/fileadmin/user_upload/gemeiderat_einbringung_doppelhaushalt-1771333343.jpeg"},
		{"Content", letters(it.Content.Text()), letters(string(text))},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.field, c.got, c.want)
		}
	}
}

// letters leaves the letters and digits of a text.
func letters(s string) string {
	return regexp.MustCompile(`[^\pL\pN]+`).ReplaceAllString(html.UnescapeString(s), "")
}

// TestSharedBroken reads the page of Coimbra, whose JSON-LD is not JSON.
func TestSharedBroken(t *testing.T) {
	body, err := os.ReadFile(shareddata.Dir(t, "feeds", "html-discovery", "pt-coimbra-jsonld-broken-quotes.html"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := jsonld.Format().Decode(federation.Document{URL: "http://www.coimbraconvento.pt/pt/agenda/", Body: body})
	if err != nil || len(d.Items) != 1 || len(d.Warnings) == 0 {
		t.Fatalf("Decode = %+v, %v, want one item and a warning", d, err)
	}
	it := d.Items[0]
	if it.Title != "A Voz do Mundo II" || it.Event == nil || it.Event.Start.Format("2006-01-02T15:04") != "2022-07-27T15:00" ||
		it.Event.End.Format("2006-01-02T15:04") != "2022-09-04T15:00" || it.Place == nil ||
		it.Place.Address != "Avenida da Guarda Inglesa, nº 1A 3040 193 Santa Clara, Coimbra" ||
		!strings.Contains(it.Content.Text(), "Serviço Educativo do Jazz ao Centro Clube") || !strings.Contains(it.Content.Text(), "© DR") {
		t.Errorf("Decode = %s", formattest.Render(d))
	}
}

// TestSharedOtherVocabularies refuses what is linked data of another kind.
func TestSharedOtherVocabularies(t *testing.T) {
	for _, elem := range [][]string{
		{"cpsv-ap", "example-rdf_public_service.jsonld"}, {"cpsv-ap", "cpsv-ap-3.2.0.context.jsonld"},
		{"lpdc", "concept-from-ldes-stream.jsonld"}, {"lpdc", "instance-published.json"}, {"lpdc", "ipdc-lpdc-im.context.jsonld"},
		{"dcat", "catalog_pod.jsonld"},
	} {
		body, err := os.ReadFile(shareddata.Dir(t, elem...))
		if err != nil {
			t.Fatal(err)
		}
		doc := federation.Document{URL: "https://www.site.example/data", ContentType: "application/ld+json", Body: body}
		if s := jsonld.Format().Sniff(doc); s > 5 {
			t.Errorf("Sniff(%v) = %d, want 5 or less", elem, s)
		}
		if d, err := jsonld.Format().Decode(doc); err == nil {
			t.Errorf("Decode(%v) = %d items, want a refusal", elem, len(d.Items))
		} else {
			t.Logf("%v: %v", elem, err)
		}
	}
}
