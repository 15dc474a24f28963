package main

import (
	"archive/zip"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester"
)

// goldenState is what feedparser sees from the state before to this one, its
// duplicates taken together.
type goldenState struct {
	State          string
	IDs, New, Gone int
	Changed        int `json:"changed_text_fields"`
}

// TestSeries replays real feeds, state by state, through the harvester into a
// store.
func TestSeries(t *testing.T) {
	var golden map[string][]goldenState
	f, err := os.Open(shareddata.Dir(t, "feeds", "golden", "series-changes.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(&golden); err != nil {
		t.Fatal(err)
	}
	for name, states := range golden {
		t.Run(filepath.Base(name), func(t *testing.T) {
			bodies := unzipped(t, filepath.Join(shareddata.Dir(t, "feeds"), name))
			r := newReplay(t, federation.Source{})
			var returned, total int
			for i, want := range states {
				if i == 0 { // to feedparser it has nothing before it, to a store all is new
					want.New = want.IDs
				}
				got := r.state(t, "application/xml", bodies[want.State])
				// An entry that was gone and is back is new to one who compares
				// two states. A store knows it: it is the item that it was
				// (DESIGN.md 8.1), with another version if its text is another.
				returned += got.returned
				total += got.new
				if got.ids != want.IDs || got.new+got.returned != want.New || got.gone != want.Gone || got.changed-got.changedBack+got.older != want.Changed {
					t.Errorf("%s: %+v, want %+v", want.State, got, want)
				}
				r.again(t)
			}
			t.Logf("%d states: %d items made, %d came back as what they were", len(states), total, returned)
		})
	}
}

// TestNewsSeries replays the news of a city, against an independent reading of
// its Atom.
func TestNewsSeries(t *testing.T) {
	r := newReplay(t, federation.Source{Type: federation.News})
	var before map[string]string
	for _, name := range []string{"earlier2", "earlier1", "latest"} {
		body, err := os.ReadFile(shareddata.Dir(t, "atom-municipal-news", "karlsruhe-news-"+name+".atom"))
		if err != nil {
			t.Fatal(err)
		}
		now := atomEntries(t, body)
		want := step{ids: len(now)}
		for id, text := range now {
			switch old, held := before[id]; {
			case !held:
				want.new++
			case old != text:
				want.changed++
			}
		}
		for id := range before {
			if now[id] == "" {
				want.gone++
			}
		}
		got := r.state(t, "application/atom+xml", body)
		if got != want || got.ids == 0 {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		r.again(t)
		t.Logf("%s: %+v", name, got)
		before = now
	}
}

// atomEntries are the words of each entry, by id.
func atomEntries(t *testing.T, body []byte) map[string]string {
	t.Helper()
	var feed struct {
		Entry []struct {
			ID       string `xml:"id"`
			Title    string `xml:"title"`
			Summary  string `xml:"summary"`
			Content  string `xml:"content"`
			Category []struct {
				Term string `xml:"term,attr"`
			} `xml:"category"`
			Link []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(body, &feed); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range feed.Entry {
		all[e.ID] = fmt.Sprint(e.Title, e.Summary, e.Content, e.Category, e.Link)
	}
	return all
}

// step is what one state of a document came to in the store.
type step struct {
	ids          int // items of the document
	new, changed int // as the harvest tells
	gone         int // that the state before had
	returned     int // that the state before had not, but an earlier one
	changedBack  int // of those, with another text than when they were gone
	older        int // whose text is dated before the one held, which stays (DESIGN.md 8.2)
}

// replay is a source whose document goes from state to state.
type replay struct {
	*harvester.Harvester
	store  federation.Store
	origin *publisher
	src    federation.Source
	listed map[string]bool // ids of the last state
}

func newReplay(t *testing.T, src federation.Source) *replay {
	t.Helper()
	r := &replay{}
	r.Harvester, r.store = loopbackHarvester(t)
	var base string
	r.origin, base = newPublisher(t)
	r.src = src
	r.src.Member, r.src.Slug, r.src.URL = "m", "s", base+"/feed"
	saveSources(t, r.store, r.src)
	return r
}

// state publishes the next state and harvests it.
func (r *replay) state(t *testing.T, contentType string, body []byte) (s step) {
	t.Helper()
	before := r.versions(t)
	r.origin.put("/feed", bytesOf(contentType, string(body)))
	out := harvestOne(t, r.Harvester, r.src, false)
	s.new, s.changed = out.New, out.Changed
	for _, w := range out.Warnings {
		if strings.Contains(w, "an older text than the one held") {
			s.older++
		}
	}
	found, failed := r.Check(t.Context(), r.src)
	if failed != nil {
		t.Fatalf("Check: %s", failed.Message)
	}
	now := r.versions(t)
	listed := map[string]bool{}
	for _, it := range found.Items {
		listed[it.ID] = true
		if held := before[it.ID]; held > 0 && !r.listed[it.ID] {
			s.returned++
			s.changedBack += now[it.ID] - held
		}
		if now[it.ID] == 0 {
			t.Errorf("%q is in the document and not in the store", it.OriginID)
		}
	}
	for id := range r.listed {
		if !listed[id] {
			s.gone++
		}
	}
	s.ids, r.listed = len(listed), listed
	return s
}

// again harvests the state once more, and once by force: nothing may change.
func (r *replay) again(t *testing.T) {
	t.Helper()
	before := r.versions(t)
	for _, force := range []bool{false, true} {
		if out := harvestOne(t, r.Harvester, r.src, force); out.New+out.Changed+out.Withdrawn > 0 {
			t.Errorf("harvest of the same state, force %v: %+v, want nothing new", force, out)
		}
	}
	for id, n := range r.versions(t) {
		if before[id] != n {
			t.Errorf("%s has version %d after the same state, want %d", id, n, before[id])
		}
	}
}

// versions are the versions of the live items, by id.
func (r *replay) versions(t *testing.T) map[string]int {
	t.Helper()
	all := map[string]int{}
	if _, err := r.store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		all[it.ID] = it.Version
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// loopbackHarvester is the hub's harvester, allowed to ask this machine, with
// an empty SQLite store.
func loopbackHarvester(t testing.TB) (*harvester.Harvester, federation.Store) {
	t.Helper()
	c := hubConfig{Data: t.TempDir(), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}
	store, err := openStore(t.Context(), testLog(t), c)
	if err != nil {
		t.Fatal(err)
	}
	worker, client := newHarvester(testLog(t), store, c, "")
	t.Cleanup(func() {
		client.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return worker, store
}

// saveSources saves sources of one member.
func saveSources(t testing.TB, store federation.Store, sources ...federation.Source) {
	t.Helper()
	err := store.InTx(t.Context(), func(tx federation.Tx) error {
		m := federation.Member{Slug: sources[0].Member, Kind: federation.KindCommune, Name: federation.Text{"fr": "M"}}
		_, err := federation.Save(t.Context(), tx, m)
		for _, s := range sources {
			_, saved := federation.Save(t.Context(), tx, s)
			err = cmp.Or(err, saved)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// harvestOne harvests one source that must not fail.
func harvestOne(t testing.TB, h *harvester.Harvester, src federation.Source, force bool) (out harvester.Outcome) {
	t.Helper()
	_, err := h.Harvest(t.Context(), []federation.Source{src}, harvester.Options{Force: force, Progress: func(o harvester.Outcome) { out = o }})
	if err != nil || out.Failure != nil {
		t.Fatalf("harvest of %s: %v, %+v", src.URL, err, out.Failure)
	}
	return out
}

// unzipped are the files of a zip, by name.
func unzipped(t testing.TB, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return files
}
