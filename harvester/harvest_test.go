package harvester

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestFiftyMembers has fifty members that publish equal ids at once: each keeps
// its own (DESIGN.md 8.4).
func TestFiftyMembers(t *testing.T) {
	const members, each = 50, 20
	w := newTestHub(t, newStore(t))
	var sources []federation.Source
	for i := range members {
		var body strings.Builder
		body.WriteString(`{"feed":"News"}` + "\n")
		for j := range each {
			fmt.Fprintf(&body, "{\"id\":\"%d\",\"title\":\"member %d\"}\n", j, i)
		}
		url := fmt.Sprintf("http://m%d.example/rss", i%7) // several of one host
		url += fmt.Sprint(i)
		w.ok(url, body.String())
		sources = append(sources, w.source(federation.Source{Member: fmt.Sprintf("m%d", i), Slug: "rss", URL: url}))
	}
	for name, out := range w.harvestAll(false, sources...) {
		if out.New != each || out.Items != each {
			t.Errorf("%s: %+v, want %d new", name, out, each)
		}
	}
	ids := map[string]bool{}
	_, err := w.store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		ids[it.ID] = true
		if it.Source != it.Member+"/rss" || it.Title != "member "+it.Member[1:] || it.ID != federation.NewItemID(it.Source, it.OriginID) {
			t.Errorf("item %s of %s in %s says %q", it.OriginID, it.Member, it.Source, it.Title)
		}
		return nil
	})
	if err != nil || len(ids) != members*each {
		t.Errorf("%d items, %v, want %d", len(ids), err, members*each)
	}
	var cursor federation.Cursor
	w.changes(&cursor)
	for name, out := range w.harvestAll(true, sources...) {
		if out.Result != Fetched || out.New+out.Changed+out.Withdrawn != 0 {
			t.Errorf("%s by force again: %+v, want nothing changed", name, out)
		}
	}
	if rows := w.changes(&cursor); len(rows) != 0 {
		t.Errorf("harvesting the same again wrote %d rows", len(rows))
	}
}

func TestVersions(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	for _, title := range []string{"One", "Two", "Two", "Three"} {
		w.ok("http://a.example/rss", `{"id":"1","title":"`+title+`"}`+"\n"+strings.Repeat(" ", len(w.look())))
		w.one(src)
		w.pass(time.Hour)
	}
	id := federation.NewItemID("a/rss", "1")
	versions, err := w.store.Versions(t.Context(), id)
	if err != nil || len(versions) != 3 {
		t.Fatalf("Versions = %v, %v, want 3", versions, err)
	}
	it, err := w.store.Item(t.Context(), id)
	if err != nil || it.Version != 3 || !it.FirstSeen.Equal(noon) || !it.Provenance.Fetched.Equal(noon.Add(3*time.Hour)) {
		t.Errorf("Item = %+v, %v, want version 3, first seen at noon, fetched three hours later", it, err)
	}
	last := sha256.Sum256([]byte(`{"id":"1","title":"Three"}` + "\n "))
	if it.Provenance.Hash != hex.EncodeToString(last[:]) || it.Provenance.SourceURL != src.URL {
		t.Errorf("Provenance = %+v", it.Provenance)
	}
}

// TestSettingsChange has a source that gets another type: the same bytes, for
// which its site says 304, are read again.
func TestSettingsChange(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.answer(src.URL, "HTTP/1.1 200 OK\nETag: \"1\"\n\n"+`{"id":"1","title":"One"}`)
	w.one(src)
	src.Type = federation.Notice
	src = w.source(src)
	if out := w.one(src); out.Changed != 1 || len(w.look()) != 2 {
		t.Errorf("harvest with another type = %+v, want one item changed", out)
	}
	if it, err := w.store.Item(t.Context(), federation.NewItemID("a/rss", "1")); err != nil || it.Type != federation.Notice {
		t.Errorf("Item = %s, %v, want a notice", it.Type, err)
	}
}

func TestFailureKeepsOthers(t *testing.T) {
	w := newTestHub(t, newStore(t))
	good := w.source(federation.Source{Member: "a", Slug: "good", URL: "http://a.example/good"})
	bad := w.source(federation.Source{Member: "a", Slug: "bad", URL: "http://a.example/bad"})
	huge := w.source(federation.Source{Member: "b", Slug: "huge", URL: "http://b.example/huge"})
	none := w.source(federation.Source{Member: "b", Slug: "none", URL: "http://127.0.0.1:1/"})
	odd := w.source(federation.Source{Member: "b", Slug: "odd", URL: "http://b.example/odd", Format: "dial"})
	w.ok(good.URL, `{"id":"1","title":"One"}`)
	w.ok(huge.URL, `{"id":"1","title":"One"}`+"\n"+strings.Repeat("x", 20<<20))
	w.ok(odd.URL, `{"id":"1","title":"One"}`)
	out := w.harvestAll(false, bad, huge, none, odd, good)
	want := map[string]federation.FailureClass{"a/bad": federation.FailHTTP, "b/huge": federation.FailTooLarge, "b/none": federation.FailConnect, "b/odd": federation.FailFormat}
	for name, class := range want {
		if f := out[name].Failure; f == nil || f.Class != class || !readable(f.Message) || !readable(f.Advice) {
			t.Errorf("%s: failure %+v, want class %s in words", name, f, class)
		}
	}
	if got := out["a/good"]; got.New != 1 {
		t.Errorf("the good one beside them: %+v", got)
	}
}

func TestRetryAfter(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	for header, least := range map[string]time.Duration{"7200": 2 * time.Hour, "999999999": 24 * time.Hour, "-5": 0, "soon": 0, noon.Add(3 * time.Hour).Format("Mon, 02 Jan 2006 15:04:05 GMT"): 3 * time.Hour} {
		w.answer(src.URL, "HTTP/1.1 503 Busy\nRetry-After: "+header+"\n\nx")
		out := w.harvestAll(true, src)[src.Name()]
		wait := w.state(src).NextFetch.Sub(noon)
		if out.Failure == nil || wait < least || wait > max(least, 26*time.Hour) || wait < 13*time.Minute {
			t.Errorf("Retry-After: %s: waits %v, want %v or its own back-off", header, wait, least)
		}
	}
}

func TestTTL(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.ok(src.URL, `{"feed":"News","ttl":"10h"}`+"\n"+`{"id":"1","title":"One"}`)
	w.one(src)
	if wait := w.state(src).NextFetch.Sub(noon); wait < 9*time.Hour || wait > 11*time.Hour {
		t.Errorf("next fetch in %v, want about the 10 h that the document asks for", wait)
	}
	w.pass(time.Hour)
	w.answer(src.URL, "HTTP/1.1 200 OK\nETag: \"1\"\n\n"+`{"feed":"News","ttl":"10h"}`+"\n"+`{"id":"1","title":"One"}`)
	if out := w.one(src); out.Result != Unchanged {
		t.Errorf("the same again: %+v", out)
	}
	if wait := w.state(src).NextFetch.Sub(noon); wait < 10*time.Hour || wait > 12*time.Hour {
		t.Errorf("next fetch in %v after an unchanged answer, want 10 h after it", wait)
	}
	if s := w.state(src); s.Title != "News" || s.Format != "lines" || s.Listed != 1 || !s.LastSuccess.Equal(noon.Add(time.Hour)) || !s.LastChange.Equal(noon) {
		t.Errorf("state = %+v", s)
	}
}

func TestZipSource(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "zip", URL: "http://a.example/flux.zip?v=1"})
	put := func(pairs ...string) { w.ok(src.URL, string(zipped(t, pairs...))) }
	put("a/1", `{"id":"1","title":"One"}`, "a/2", `{"id":"2","title":"Two"}`, "b/1", `{"id":"1","title":"Again"}`, "README", "hello")
	out := w.one(src)
	warnings := []string{"1: is in the source twice; the first is kept", "1 of 4 files are in no format that is read here and were passed over, such as README"}
	if diff := cmp.Diff(warnings, out.Warnings); out.New != 2 || diff != "" {
		t.Errorf("zip source: %+v (-want +got):\n%s", out, diff)
	}
	put("in.zip", string(zipped(t, "a/3", `{"id":"3","title":"Three"}`)))
	if out := w.one(src); out.Failure == nil || out.Items != 2 {
		t.Errorf("a zip in a zip: %+v, want it not opened", out)
	}
	put("../a", `{"id":"4","title":"Four"}`)
	if out := w.one(src); out.Failure == nil || !strings.Contains(out.Failure.Message, "leads out") || out.Items != 2 {
		t.Errorf("zip slip: %+v", out)
	}
	whole := string(zipped(t, "a/5", `{"id":"5","title":"Five"}`))
	w.answer(src.URL, fmt.Sprintf("HTTP/1.1 200 OK\nContent-Length: %d\n\n%s", len(whole), whole[:len(whole)-10]))
	if out := w.one(src); out.Failure == nil || out.Failure.Class != federation.FailConnect || out.Items != 2 {
		t.Errorf("a zip that breaks off on the way: %+v, %+v, want the connection blamed", out, out.Failure)
	}
}

// TestFolderWithdraws has a folder of sheets, which is the whole of what its
// publisher has: a sheet that is gone three times leaves.
func TestFolderWithdraws(t *testing.T) {
	w := newTestHub(t, newStore(t))
	dir := t.TempDir()
	for i := range 10 {
		writeFile(t, filepath.Join(dir, "sub", fmt.Sprint(i)), fmt.Sprintf(`{"id":"%d","title":"Sheet"}`, i))
	}
	writeFile(t, filepath.Join(dir, ".hidden"), `{"id":"hidden","title":"Sheet"}`)
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	src := w.source(federation.Source{Member: "a", Slug: "dir", URL: "file://" + dir})
	if out := w.one(src); out.New != 10 || len(out.Warnings) != 0 {
		t.Fatalf("folder: %+v, want the ten sheets and nothing else", out)
	}
	if out := w.one(src); out.Result != Unchanged {
		t.Errorf("folder again: %+v, want unchanged", out)
	}
	if err := os.Remove(filepath.Join(dir, "sub", "3")); err != nil {
		t.Fatal(err)
	}
	var withdrawn []int
	for range 4 {
		withdrawn = append(withdrawn, w.one(src).Withdrawn)
	}
	if !slices.Equal(withdrawn, []int{0, 0, 1, 0}) {
		t.Errorf("withdrawn in each harvest: %v, want it at the third", withdrawn)
	}
}

// TestFolderWithIndex has files beside the sheets that no format knows: the
// sheets are the whole all the same. A sheet that cannot be read may be any of
// those that are missing.
func TestFolderWithIndex(t *testing.T) {
	tests := []struct {
		name, format, file, body string
		withdrawn                int
		warning                  string
	}{
		{"index", "auto", "arborescence.xml", "<arborescence/>", 1, "1 of 10 files are in no format that is read here and were passed over, such as arborescence.xml"},
		{"index, format named", "lines", "arborescence.xml", "<arborescence/>", 1, "1 of 10 files are in no format"},
		{"broken sheet", "auto", "broken", `{"unreadable":true}`, 0, "broken: the document has no line"},
		{"empty sheet", "auto", "empty", "\n", 0, "empty: "},
		{"empty sheet, format named", "lines", "empty", "", 0, "empty: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newTestHub(t, newStore(t))
			dir := t.TempDir()
			for i := range 10 {
				writeFile(t, filepath.Join(dir, "sub", fmt.Sprint(i)), fmt.Sprintf(`{"id":"%d","title":"Sheet"}`, i))
			}
			writeFile(t, filepath.Join(dir, test.file), test.body)
			src := w.source(federation.Source{Member: "a", Slug: "dir", URL: "file://" + dir, Format: test.format})
			w.one(src)
			if err := os.Remove(filepath.Join(dir, "sub", "3")); err != nil {
				t.Fatal(err)
			}
			withdrawn := 0
			for range 4 {
				out := w.harvestAll(true, src)["a/dir"]
				withdrawn += out.Withdrawn
				if !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, test.warning) }) {
					t.Errorf("warnings: %q, want %q among them", out.Warnings, test.warning)
				}
			}
			if withdrawn != test.withdrawn {
				t.Errorf("%d withdrawn in four harvests, want %d", withdrawn, test.withdrawn)
			}
		})
	}
}

// TestFolderOfFeeds has a folder whose files list the latest only.
func TestFolderOfFeeds(t *testing.T) {
	w := newTestHub(t, newStore(t))
	dir := t.TempDir()
	var body strings.Builder
	for i := range 10 {
		fmt.Fprintf(&body, "{\"id\":\"%d\",\"title\":\"News\"}\n", i)
	}
	writeFile(t, filepath.Join(dir, "feed"), body.String())
	src := w.source(federation.Source{Member: "a", Slug: "dir", URL: "file:" + dir})
	w.one(src)
	writeFile(t, filepath.Join(dir, "feed"), strings.SplitN(body.String(), "\n", 2)[1])
	for range 4 {
		if out := w.harvestAll(true, src)["a/dir"]; out.Items != 10 || out.Withdrawn != 0 {
			t.Errorf("a feed that rolled on, in a folder: %+v", out)
		}
	}
}

func TestFileSource(t *testing.T) {
	w := newTestHub(t, newStore(t))
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "one file"), `{"id":"1","title":"One"}`)
	writeFile(t, filepath.Join(dir, "flux.zip"), string(zipped(t, "2", `{"id":"2","title":"Two"}`, "3", `{"id":"3","title":"Three"}`)))
	writeFile(t, filepath.Join(dir, "large"), strings.Repeat("x", maxFile+1))
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		url   string
		items int
		class federation.FailureClass
	}{
		{"file://" + dir + "/one%20file", 1, ""},
		{"file:" + dir + "/flux.zip", 2, ""},
		{"file:" + dir + "/empty", 0, federation.FailFormat},
		{"file:" + dir + "/missing", 0, federation.FailFile},
		{"file:" + dir + "/large", 0, federation.FailTooLarge},
		{"file:/dev/zero", 0, federation.FailFile},
		{"file://host/share", 0, federation.FailFile},
		{"file:", 0, federation.FailFile},
		{"file:%zz", 0, federation.FailFile},
	}
	for i, test := range tests {
		src := w.source(federation.Source{Member: "a", Slug: fmt.Sprint("s", i), URL: test.url})
		out := w.one(src)
		if test.class == "" && (out.Failure != nil || out.Items != test.items) {
			t.Errorf("%s: %+v, %v, want %d items", test.url, out, out.Failure, test.items)
		}
		if f := out.Failure; test.class != "" && (f == nil || f.Class != test.class || !readable(f.Message) || !readable(f.Advice)) {
			t.Errorf("%s: %+v, want class %s in words", test.url, f, test.class)
		}
	}
}

func writeFile(t *testing.T, path, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestCheck(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := federation.Source{Member: "a", Slug: "rss", URL: w.real("http://a.example/rss")}
	w.ok(src.URL, `{"feed":"News"}`+"\n"+`{"id":"1","title":"One"}`)
	found, failed := w.Check(t.Context(), src)
	if failed != nil || found.Format != "lines" || found.Title != "News" || len(found.Items) != 1 || found.Items[0].ID == "" || found.URL != src.URL {
		t.Errorf("Check = %+v, %v", found, failed)
	}
	src.URL += "/none"
	if found, failed := w.Check(t.Context(), src); failed == nil || failed.Status != 404 || found.URL != src.URL {
		t.Errorf("Check of nothing = %+v, %+v, want 404", found, failed)
	}
	if items := w.items(); len(items) != 0 {
		t.Errorf("Check stored %q", items)
	}
}
