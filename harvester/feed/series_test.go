package feed_test

import (
	"archive/zip"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/feed"
)

// change is what feedparser sees from one state of a feed to the next.
type change struct {
	State          string
	IDs, New, Gone int
	Changed        int `json:"changed_text_fields"`
}

// TestSeries decodes the states of real feeds one after the other: ids must be
// the same as long as the entries are.
func TestSeries(t *testing.T) {
	var golden map[string][]change
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
		a, err := zip.OpenReader(filepath.Join(shareddata.Dir(t, "feeds"), name))
		if err != nil {
			t.Fatal(err)
		}
		var before map[string]string
		for i, want := range states {
			now := contents(t, a, want.State)
			if len(now) != want.IDs {
				t.Errorf("%s %s: %d ids, want %d", name, want.State, len(now), want.IDs)
			}
			if i > 0 {
				got := compareStates(before, now)
				if got.New != want.New || got.Gone != want.Gone || got.Changed != want.Changed {
					t.Errorf("%s %s: %d new, %d gone, %d changed, want %d, %d, %d", name, want.State, got.New, got.Gone, got.Changed,
						want.New, want.Gone, want.Changed)
				}
			}
			before = now
		}
		a.Close()
		t.Logf("%s: %d states", name, len(states))
	}
}

// contents decodes one state and returns the hash of each item by its id.
func contents(t *testing.T, a *zip.ReadCloser, state string) map[string]string {
	t.Helper()
	i := slices.IndexFunc(a.File, func(f *zip.File) bool { return f.Name == state })
	r, err := a.File[i].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	d, err := feed.Format().Decode(federation.Document{URL: "https://www.example.org/feed", Body: body})
	if err != nil {
		t.Fatalf("%s: %v", state, err)
	}
	out := map[string]string{}
	for _, it := range d.Items {
		out[it.OriginID] = federation.ContentHash(it)
	}
	return out
}

func compareStates(before, now map[string]string) (c change) {
	for id, hash := range now {
		if old, ok := before[id]; !ok {
			c.New++
		} else if old != hash {
			c.Changed++
		}
	}
	for id := range before {
		if _, ok := now[id]; !ok {
			c.Gone++
		}
	}
	return c
}
