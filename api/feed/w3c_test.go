package feed_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation/shareddata"
)

// verdict is what the W3C validator said of one file.
type verdict struct {
	Events []struct{ Class, Level string }
}

// w3cVerdicts are those of the validator's own cases for RSS 2.0 and Atom.
func w3cVerdicts(t *testing.T) map[string]verdict {
	t.Helper()
	f, err := os.Open(shareddata.Dir(t, "feeds", "golden", "w3c-validator.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]verdict
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(all, func(name string, _ verdict) bool {
		return !strings.HasPrefix(name, "validator/atom/") && !strings.HasPrefix(name, "validator/rss20/") &&
			!strings.HasPrefix(name, "validator/rss/")
	})
	return all
}

// beyond are the cases where lint and the W3C validator differ on purpose.
var beyond = map[string]string{
	"validator/atom/1.2/wrong-namespace.xml":                     "a root that we never write",
	"validator/atom/3.1.1.3/xhtml_named_entity.xml":              "a document type, which we never write",
	"validator/atom/4.1.1/duplicate-entries-all.xml":             "the validator sums many equal ids up as DuplicateIds",
	"validator/atom/4.1.1/misplaced-metadata.xml":                "order of elements, which our structs fix",
	"validator/atom/4.2.2.2/category-scheme-rel-iri.xml":         "category schemes, which we never write",
	"validator/atom/4.2.7.2/link-rel-iana.xml":                   "relations written as addresses, which we never do",
	"validator/atom/6.1/license-entry-invaliduri.xml":            "the address of a license link, tested as one of ours",
	"validator/atom/6.1/license-feed-invaliduri.xml":             "the address of a license link, tested as one of ours",
	"validator/rss20/data-types-datetime/pubdate_a.xml":          "lint is stricter: one form of date only",
	"validator/rss20/data-types-datetime/pubdate_mst.xml":        "lint is stricter: one form of date only",
	"validator/rss20/data-types-datetime/pubdate_no_seconds.xml": "lint is stricter: one form of date only",
	"validator/rss20/namespace-elements-atom-link/noself.xml":    "lint is stricter: one form of date only",
}

// foreign are parts of names of cases about what we never write: elements,
// modules, tag URIs, document types, namespaces declared wrongly.
var foreign = []string{"docs", "skipdays", "skiphours", "textinput", "invalid_image_text", "id_tag_", "id_not_tag", "id-not-uri",
	"blogchannel", "_sy_", "trackback", "ulcc_", "system_entity", "missing_namespace_attr_only"}

// ours reports whether a file of the W3C validator is of a kind that we write.
func ours(name string, body []byte) bool {
	lower := strings.ToLower(name)
	return beyond[name] == "" && (strings.HasPrefix(name, "validator/atom/") || bytes.Contains(body, []byte(`<rss version="2.0"`))) &&
		!slices.ContainsFunc(foreign, func(element string) bool { return strings.Contains(lower, element) })
}

// TestLintAgreesWithW3C holds our linter to the validator's own cases, in both
// directions, for every rule that concerns an element we write. Without it a
// linter that finds nothing would prove our feeds.
func TestLintAgreesWithW3C(t *testing.T) {
	verdicts := w3cVerdicts(t)
	cases := make(map[string]int)
	files := 0
	for _, name := range slices.Sorted(maps.Keys(verdicts)) {
		b, err := os.ReadFile(shareddata.Dir(t, append([]string{"feeds"}, strings.Split(name, "/")...)...))
		if err != nil {
			t.Fatal(err)
		}
		if !ours(name, b) {
			continue
		}
		files++
		found := lint(b)
		said := make(map[string]bool)
		for _, e := range verdicts[name].Events {
			said[e.Class] = true
		}
		for _, rule := range lintRules {
			if said[rule] {
				cases[rule]++
			}
			if said[rule] != found[rule] {
				t.Errorf("%s: %s is %v, the W3C validator says %v", name, rule, found[rule], said[rule])
			}
		}
	}
	for _, rule := range lintRules {
		if cases[rule] == 0 {
			t.Errorf("no case shows %s; it proves nothing", rule)
		}
	}
	if files < 300 {
		t.Errorf("%d files judged, want 300 at least", files)
	}
	t.Logf("%d files, cases by rule: %v", files, cases)
}

func TestOurFeedsAreValid(t *testing.T) {
	empty := sample()
	empty.Entries = nil
	for name, f := range map[string]feed.Feed{"sample": sample(), "empty": empty} {
		for _, format := range feed.Formats[:2] {
			if found := lint(write(t, format, f)); len(found) > 0 {
				t.Errorf("%s as %s: %v", name, format.Extension, slices.Sorted(maps.Keys(found)))
			}
		}
	}
}
