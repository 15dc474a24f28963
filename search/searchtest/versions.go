package searchtest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// inLanguages are the versions of one document of a member, named "name-fr" and
// so on; the first is the one that the others are named after.
func inLanguages(member, name string, languages ...string) []federation.Item {
	var out []federation.Item
	for _, lang := range languages {
		it := from(member, name+"-"+lang, "Avis "+name, "Texte "+lang)
		it.Language = lang
		out = append(out, it)
		out[len(out)-1].Same = out[0].ID
	}
	return out
}

// testVersions: of a document in several languages a list shows the reader's,
// else the main one, and counts it once; a language that is asked for is found.
func testVersions(t *testing.T, h *harness) {
	wind := inLanguages("alba", "wind", "fr", "nl")
	rain := inLanguages("alba", "rain", "de", "nl-BE", "fr")
	h.put(slices.Concat(wind, rain, inLanguages("alba", "snow", "fr"))...)
	h.put(from("brume", "other", "Avis", "Sans langues"))
	for _, c := range []struct {
		reader string
		want   []string
	}{
		{"fr", []string{"other", "rain-fr", "snow-fr", "wind-fr"}},
		{"nl", []string{"other", "rain-nl-BE", "snow-fr", "wind-nl"}},
		{"de", []string{"other", "rain-de", "snow-fr", "wind-fr"}},
		{"en", []string{"other", "rain-de", "snow-fr", "wind-fr"}},
		{"", []string{"other", "rain-de", "snow-fr", "wind-fr"}},
	} {
		for _, s := range []string{"", "sort=oldest", "type=news", "q=avis", "sort=severity"} {
			q := h.query(s)
			q.Language = c.reader
			h.wantQuerySet(q, c.want...)
		}
	}
	h.wantSet("lang=nl", "rain-nl-BE", "wind-nl")
	h.wantSet("lang=nl,de", "rain-de", "wind-nl")
	h.want("q=texte nl&member=alba&lang=nl-BE", "rain-nl-BE")
	q := h.query("lang=fr")
	q.Language = "nl"
	h.wantQuerySet(q, "other", "rain-fr", "snow-fr", "wind-fr")

	q = h.query("")
	q.Facets = search.Facets
	facets := h.find(q).Facets
	want := map[search.Facet][]search.Count{
		search.ByMember:   {{Value: "alba", Count: 3}, {Value: "brume", Count: 1}},
		search.ByType:     {{Value: "news", Count: 4}},
		search.ByLanguage: {{Value: "fr", Count: 4}, {Value: "nl", Count: 2}, {Value: "de", Count: 1}},
		search.ByCategory: nil,
	}
	for f, counts := range want {
		if !slices.Equal(counts, facets[f]) {
			t.Errorf("facet %s = %v, want %v", f, facets[f], counts)
		}
	}

	h.apply(search.Batch{Delete: []string{rain[0].ID}})
	q = h.query("q=avis rain")
	h.oneOf(q, []string{"rain-nl-BE", "rain-fr"})
	q.Language = "fr"
	h.wantQuery(q, "rain-fr")
}

// testVersionsInPages: every document once, whatever the page and the reader,
// also of those that are alike.
func testVersionsInPages(t *testing.T, h *harness) {
	var want []string
	for i := range 40 {
		name := fmt.Sprintf("d%02d", i)
		want = append(want, name)
		versions := inLanguages(fmt.Sprint("m", i%4), name, []string{"fr", "nl", "de"}[:1+i%3]...)
		h.put(versions...)
		if i%5 == 0 { // and a copy of its main version
			alike := grouped(versions[0], from("copier", name+"-xx", "Avis "+name, "Texte fr"))
			h.put(alike...)
		}
	}
	for _, reader := range []string{"", "fr", "nl"} {
		for _, limit := range []int{1, 7, 100} {
			q := h.query(fmt.Sprint("limit=", limit))
			q.Language = reader
			names, total := h.pages(q, func() {})
			documents := map[string]bool{}
			for i, n := range names {
				names[i] = n[:3]
				documents[n[:3]] = true
			}
			slices.Sort(names)
			if reader == "fr" || reader == "" {
				if diff := cmp.Diff(want, names); diff != "" || total != len(want) {
					t.Errorf("reader %q, pages of %d, total %d (-want +got):\n%s", reader, limit, total, diff)
				}
			} else if len(documents) != len(want) {
				t.Errorf("reader %q, pages of %d: %d documents, want %d", reader, limit, len(documents), len(want))
			}
		}
	}
}
