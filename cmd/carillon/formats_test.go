package main

import (
	"bytes"
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester"
)

// refusedKind stands for documents that no format reads.
const refusedKind = ""

// kinds says what auto takes the documents of the shared data for. Of the
// rules that match a file the last one counts; name is the end of its path.
var kinds = []struct{ folder, name, format string }{
	{"atom-council/", ".xml", "feed"},
	{"atom-municipal-news/", "", "feed"},
	{"cap/", ".cap", "cap"},
	{"cap/", ".atom", "feed"}, // an index of alerts is a feed of them
	{"cap/", ".rss", "feed"},
	{"communes/", ".csv", "csv"},
	{"dila-annuaire/", "", "dila"},
	{"dila-comarquage-xml/", "", "dila"},
	{"dila-fiches-json/", "", "dila"},
	{"feed-edge-cases/", ".xml", "feed"},
	{"feeds/", ".tsv", "csv"},
	{"feeds/encodings/", ".xml", "feed"},
	{"feeds/ical/", ".ics", "ics"},
	{"feeds/parser/", "", "feed"},
	{"feeds/parser/gofeed/", ".json", refusedKind}, // what gofeed makes of the document beside it
	{"feeds/real/", "", "feed"},
	{"feeds/real/misc/feed-rs/", ".serde.json", refusedKind}, // what feed-rs makes of the document beside it
	{"feeds/series/", ".zip", "feed"},
	{"feeds/sitemap/", "", "sitemap"},
	{"feeds/validator/", "", "feed"},
	{"feeds/validator/opml/", "", refusedKind},
	{"ics/", "", "ics"},
	{"imio-rest/", "", "plone"},
	{"oparl/", "", "oparl"},
	{"oparl-karlsruhe/", "", "oparl"},
	{"plone-restapi/", "", "plone"},
	{"plonemeeting/", "", "plonemeeting"},
	// Each of these is one file that differs from its folder, and why.
	{"feeds/SOURCES.md", "", refusedKind},
	{"feed-edge-cases/version_json_11.json", "", refusedKind},                    // its version is "1.1", not the address that makes a JSON Feed
	{"feeds/encodings/miniflux-xml/iso88591", ".xml", refusedKind},               // <note>
	{"feeds/encodings/miniflux-xml/iso88591_utf8_mismatch.xml", "", refusedKind}, // <note>
	{"feeds/ical/icalendar/example.ics", "", refusedKind},                        // an alarm alone
	{"feeds/ical/icalendar/fuzz_testcase_0_char_in_component_name.ics", "", refusedKind},
	{"feeds/ical/icalendar/fuzz_testcase_invalid_month.ics", "", refusedKind},
	{"feeds/ical/icalendar/issue_178_custom_component_contains_other.ics", "", refusedKind}, // BEGIN:MYCOMPTOO
	{"feeds/ical/icalendar/rfc_7953_1.ics", "", refusedKind},                                // office hours alone
	{"feeds/ical/icalendar/rfc_7953_2.ics", "", refusedKind},
	{"feeds/parser/rss-bridge-formats/feed.", ".json", refusedKind}, // what the bridge makes feeds of
	{"feeds/parser/rss-bridge-formats/feed.common.json", "", "feed"},
	{"feeds/parser/yarr/json/basic.jsonc", "", refusedKind},          // JSON has no comments
	{"feeds/real/misc/feed-rs/xml/xml_iso8859.xml", "", refusedKind}, // <description> alone
	{"feeds/validator/atom/must/feed_missing2.xml", "", refusedKind}, // a web page
	{"feeds/validator/rss/must/missing_rss2.xml", "", refusedKind},   // a web page
	{"feeds/validator/ext/app/", "", refusedKind},                    // service documents (RFC 5023, 8)
	{"feeds/validator/ext/app/feed-collection.xml", "", "feed"},
	{"feeds/validator/ext/app/invalid-draft.xml", "", "feed"},
	{"feeds/validator/ext/app/invalid-edited.xml", "", "feed"},
	{"feeds/validator/opml/rss/twittergram.xml", "", "feed"},
	{"oparl/mst-amtzell_", "", refusedKind}, // what a scraper collected, in a form of its own
	{"plone-restapi/navigation_tree.resp", "", refusedKind},
	{"plone-restapi/site_get.resp", "", refusedKind},
	{"plone-restapi/translations_get.resp", "", refusedKind},
	{"plone-restapi/workflow_get.resp", "", refusedKind},
	// Pages that tell of an article, an event or a place in JSON-LD.
	{"feeds/html-discovery/caktusgroup.com.django.html", "", "jsonld"},
	{"feeds/html-discovery/kulu-media.com.meta-outage.html", "", "jsonld"},
	{"feeds/html-discovery/otto.de.twoforfashion.html", "", "jsonld"},
	{"feeds/html-discovery/pt-coimbra-jsonld-broken-quotes.html", "", "jsonld"},
	{"feeds/html-extract/de-karlsruhe/", ".html", "jsonld"},
	{"feeds/html-extract/readability/lazy-image-1/source.html", "", "jsonld"},
	{"feeds/html-extract/readability/schema-org-context-object/source.html", "", "jsonld"},
}

// kindOf is the format that auto takes a file for.
func kindOf(name string) (format string) {
	for _, k := range kinds {
		if strings.HasPrefix(name, k.folder) && strings.HasSuffix(name, k.name) {
			format = k.format
		}
	}
	return format
}

// unsure are the documents that a format may take with less than 60: they have
// no mark of their own, and nothing else claims them.
var unsure = []struct{ folder, format string }{
	{"feeds/parser/feedparser/wellformed/cdf/", "feed"}, // CHANNEL without more
	{"feeds/parser/feedparser/wellformed/base/cdf_", "feed"},
	{"feeds/parser/georss/xml_parser_simple_3.xml", "feed"}, // <channel> alone
	{"feeds/validator/rss/must/missing_rss.xml", "feed"},
	{"feeds/validator/rss11/", "feed"}, // RSS 1.1, with <Channel> for root
}

// ahead says which of two formats that both claim a document is meant: what
// PloneMeeting answers is an answer of Plone.
var ahead = [][2]string{{"plonemeeting", "plone"}}

// TestAuto gives every file of the shared data to a hub that is told nothing of
// its format.
func TestAuto(t *testing.T) {
	hub := harvester.New(testLog(t), nil, nil, formats())
	read, refused := map[string]int{}, 0
	for _, s := range specimens(t) {
		checkClaims(t, s)
		src := federation.Source{Member: "m", Slug: "s", URL: "file:" + s.file(t)}
		found, failed := hub.Check(t.Context(), src)
		switch want := kindOf(s.name); {
		case want == refusedKind && failed == nil:
			t.Errorf("%s is read as %s with %d items, want it refused", s.name, found.Format, len(found.Items))
		case want == refusedKind:
			refused++
			if failed.Message == "" || failed.Advice == "" || jargon.MatchString(failed.Message+failed.Advice) {
				t.Errorf("%s is refused with %+v, want a plain sentence and advice", s.name, *failed)
			}
		case failed != nil:
			t.Errorf("%s is refused (%s), want it read as %s", s.name, failed.Message, want)
		case found.Format != want:
			t.Errorf("%s is read as %s, want %s", s.name, found.Format, want)
		default:
			read[found.Format]++
		}
	}
	t.Logf("read as %v, %d refused", read, refused)
}

// checkClaims holds that one format claims a document, or that it is known
// which of several is meant.
func checkClaims(t *testing.T, s specimen) {
	t.Helper()
	type claim struct {
		format string
		sure   int
	}
	var claims []claim
	for _, f := range formats() {
		if sure := f.Sniff(s.document(federation.Source{})); sure > 0 {
			claims = append(claims, claim{f.Name, sure})
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(b.sure, a.sure) })
	if len(claims) == 0 {
		return
	}
	best := claims[0]
	if want := kindOf(s.name); best.sure < 60 && want != refusedKind && !slices.ContainsFunc(unsure, func(u struct{ folder, format string }) bool {
		return strings.HasPrefix(s.name, u.folder) && u.format == best.format
	}) {
		t.Errorf("%s: the surest is %s with %d, want at least 60", s.name, best.format, best.sure)
	}
	for _, other := range claims[1:] {
		switch {
		case other.sure == best.sure:
			t.Errorf("%s: %s and %s are equally sure (%d)", s.name, best.format, other.format, best.sure)
		case other.sure >= 60 && !slices.Contains(ahead, [2]string{best.format, other.format}):
			t.Errorf("%s is claimed by %s (%d) and %s (%d); which is meant?", s.name, best.format, best.sure, other.format, other.sure)
		}
	}
}

// TestPages reads the web pages of the shared data as a source with a rule for
// pages does: each is a page, whatever else it holds.
func TestPages(t *testing.T) {
	hub := harvester.New(testLog(t), nil, nil, formats())
	n := 0
	for _, s := range specimens(t) {
		if filepath.Ext(s.name) != ".html" || filepath.Base(s.name) == "expected.html" || !bytes.Contains(s.body, []byte("<head")) {
			continue // expected.html and others without a head are parts of pages
		}
		n++
		src := federation.Source{Member: "m", Slug: "s", URL: "file:" + s.file(t), Page: &federation.PageRule{}}
		found, failed := hub.Check(t.Context(), src)
		if failed != nil || found.Format != "page" || len(found.Items) != 1 {
			t.Errorf("%s with a rule for pages: %s with %d items, %+v; want one page", s.name, found.Format, len(found.Items), failed)
		}
	}
	if n < 18 {
		t.Errorf("%d pages were read, want at least 18", n)
	}
}

// specimen is one document of the shared data.
type specimen struct {
	name string // path below the data folder, with /
	path string // on this machine
	body []byte // without the header that a recorded answer has
	raw  bool   // body is what the file holds
}

// document is the specimen as a decoder gets it, told nothing of it.
func (s specimen) document(src federation.Source) federation.Document {
	return federation.Document{URL: "https://origin.example/" + filepath.Base(s.path), Body: s.body, Source: src}
}

// file is where the body lies on disk.
func (s specimen) file(t testing.TB) string {
	t.Helper()
	if s.raw {
		return filepath.ToSlash(s.path)
	}
	path := filepath.Join(t.TempDir(), filepath.Base(s.path))
	if err := os.WriteFile(path, s.body, 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(path)
}

// specimens are all files of the shared data.
func specimens(t testing.TB) (all []specimen) {
	t.Helper()
	root := shareddata.Dir(t)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && slices.Contains([]string{filepath.Join(root, "trials"), filepath.Join(root, "search")}, path) {
			return fs.SkipDir // they say what becomes of them, in tests of their own
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		s := specimen{name: filepath.ToSlash(name), path: path, body: body, raw: true}
		if filepath.Ext(path) == ".resp" { // status line and header, as recorded
			if _, rest, ok := bytes.Cut(bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n")), []byte("\n\n")); ok {
				s.body, s.raw = rest, false
			}
		}
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
