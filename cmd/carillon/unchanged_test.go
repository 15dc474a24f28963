package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// TestUnchangedSources harvests sources of every kind again and again, then
// changes one title in each: what is the same writes nothing, what is not
// writes one version and one row of the change log.
func TestUnchangedSources(t *testing.T) {
	u := newUnchanging(t)
	first := u.ledger(t)
	for _, again := range [][]string{nil, {"--force"}} {
		u.harvest(t, append(again, "m")...)
		if diff := cmp.Diff(first, u.ledger(t)); diff != "" {
			t.Errorf("harvest %v of unchanged sources wrote (-before +after):\n%s", again, diff)
		}
	}
	if n := u.notModified.Load(); n != 2 { // --force asks without validators
		t.Errorf("%d requests were answered 304, want those of the two sources with validators", n)
	}
	t.Logf("%d items of %d sources: two more harvests wrote 0 versions, 0 changes", len(first.Versions), len(u.retitle))

	for source, retitle := range u.retitle {
		before := u.ledger(t)
		retitle()
		u.harvest(t, "m/"+source)
		after := u.ledger(t)
		wrote := after.Changes[len(before.Changes):]
		if len(wrote) != 1 || wrote[0].Kind != federation.ItemSaved || wrote[0].Source != "m/"+source || wrote[0].Version != 2 {
			t.Errorf("changing a title of %s wrote %d changes, want one of version 2: %+v", source, len(wrote), wrote)
			continue
		}
		before.Versions[wrote[0].Key]++
		if diff := cmp.Diff(before.Versions, after.Versions); diff != "" {
			t.Errorf("changing a title of %s: versions (-want +got):\n%s", source, diff)
		}
	}
	t.Logf("one title changed in each of %d sources: one version and one change each", len(u.retitle))
	u.showsBoth(t)
}

// unchanging is a member whose documents stay as they are until a title is
// changed.
type unchanging struct {
	data        string
	notModified atomic.Int32
	retitle     map[string]func() // by source
}

func newUnchanging(t *testing.T) *unchanging {
	p, origin := newPublisher(t)
	u := &unchanging{retitle: map[string]func(){}}
	var y strings.Builder
	y.WriteString("members:\n  - slug: m\n    kind: commune\n    name: M\n    sources:\n")
	for _, kind := range []string{"etag", "modified", "bare", "stamped", "redated"} {
		fmt.Fprintf(&y, "      - {slug: %s, url: %q}\n", kind, origin+"/"+kind)
		u.feed(p, kind, "Titre")
		u.retitle[kind] = func() { u.feed(p, kind, "Autre titre") }
	}
	dir := sheets(t)
	one := filepath.Join(dir, "F1234.xml")
	fmt.Fprintf(&y, "      - {slug: folder, url: %q}\n      - {slug: zip, url: %q}\n", "file:"+dir, origin+"/sheets.zip")
	u.retitle["folder"] = func() { retitleSheet(t, one, "Dossier") }
	zipped := sheets(t)
	p.put("/sheets.zip", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(zipOf(t, zipped)) })
	u.retitle["zip"] = func() { retitleSheet(t, filepath.Join(zipped, "F1234.xml"), "Archive") }

	u.data = applied(t, y.String())
	u.harvest(t, "m")
	return u
}

// feed publishes ten entries, the first with the title, by a server that
// answers as its name says.
func (u *unchanging) feed(p *publisher, kind, title string) {
	var list []entry
	for i := range 10 {
		list = append(list, entry{fmt.Sprint(i), fmt.Sprintf("Nouvelle %d", i), fmt.Sprintf("https://example.org/%d", i), "Texte."})
	}
	list[0].title = title
	body := rssOf("Actualités", list...)
	var times atomic.Int32
	p.put("/"+kind, func(w http.ResponseWriter, r *http.Request) {
		asked := times.Add(1)
		text, modified := body, time.Time{}
		switch kind {
		case "etag":
			w.Header().Set("ETag", fmt.Sprintf("%q", title))
		case "modified":
			modified = time.Date(2026, 3, 2, 10, 0, len(title), 0, time.UTC)
		case "stamped": // other bytes, the same entries
			text = strings.Replace(body, "<item>", fmt.Sprintf("<lastBuildDate>Mon, 02 Mar 2026 10:00:%02d GMT</lastBuildDate><item>", asked%60), 1)
		case "redated": // a publisher that touches all dates has changed nothing
			text = strings.ReplaceAll(body, "10:00:00 GMT", fmt.Sprintf("11:00:%02d GMT", asked%60))
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		counted := &statusWriter{ResponseWriter: w}
		http.ServeContent(counted, r, "", modified, strings.NewReader(text))
		if counted.status == http.StatusNotModified {
			u.notModified.Add(1)
		}
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the status.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (u *unchanging) harvest(t *testing.T, more ...string) {
	t.Helper()
	args := append([]string{"harvest", "--data=" + u.data, "--allow-private=127.0.0.1/32"}, more...)
	if code, out := carillon(t, args...); code != exitDone || !strings.Contains(out, " 0 failed") {
		t.Fatalf("%v = %d: %s", args, code, out)
	}
}

// ledger is what a harvest may add to.
type ledger struct {
	Changes  []federation.Change
	Versions map[string]int // by item
}

func (u *unchanging) ledger(t *testing.T) ledger {
	t.Helper()
	store, err := openStore(t.Context(), testLog(t), hubConfig{Data: u.data})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	l := ledger{Versions: map[string]int{}}
	var ids []string
	if _, err := store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		ids = append(ids, it.ID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		versions, err := store.Versions(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		l.Versions[id] = len(versions)
	}
	if l.Changes, err = store.Changes(t.Context(), 0, 100_000); err != nil {
		t.Fatal(err)
	}
	return l
}

// showsBoth holds that the API tells both versions of what was changed.
func (u *unchanging) showsBoth(t *testing.T) {
	t.Helper()
	hub := serveData(t, u.data)
	for source := range u.retitle {
		changed := 0
		for _, it := range itemsOf(t, hub, "source=m/"+source) {
			if it.Version == 1 {
				continue
			}
			changed++
			var v struct{ Versions []struct{ Item apiItem } }
			getJSON(t, hub+"/api/v1/items/"+it.ID+"/versions", &v)
			if len(v.Versions) != 2 || v.Versions[0].Item.Title != it.Title || v.Versions[1].Item.Title == it.Title {
				t.Errorf("versions of %s = %+v, want the new title %q and the old one", it.ID, v.Versions, it.Title)
			}
		}
		if changed != 1 {
			t.Errorf("%s has %d changed items in the API, want 1", source, changed)
		}
	}
}

// sheets copies the sheets of DILA into a folder of the test's own.
func sheets(t testing.TB) (dir string) {
	t.Helper()
	dir = t.TempDir()
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "dila-comarquage-xml"), "*", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sheets: %v", err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// zipOf packs a folder. The times in it are those of the packing, so that the
// bytes differ each time.
func zipOf(t testing.TB, dir string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	for _, name := range files {
		body, readErr := os.ReadFile(name)
		w, createErr := z.CreateHeader(&zip.FileHeader{Name: filepath.Base(name), Method: zip.Deflate, Modified: time.Now()})
		if readErr != nil || createErr != nil {
			t.Errorf("pack %s: %v, %v", name, readErr, createErr)
			return nil
		}
		if _, err := w.Write(body); err != nil {
			t.Error(err)
		}
	}
	if closeErr := z.Close(); err != nil || closeErr != nil {
		t.Errorf("pack %s: %v, %v", dir, err, closeErr)
	}
	return b.Bytes()
}

func retitleSheet(t testing.TB, path, word string) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(body), "<dc:title>", "<dc:title>"+word+" : ", 1)
	if changed == string(body) {
		t.Fatalf("%s has no dc:title", path)
	}
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}
