package local_test

import (
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
	"github.com/plonegov/carillon/search/searchtest"
)

// TestSaved runs the suite on indexes that keep a snapshot.
func TestSaved(t *testing.T) {
	searchtest.Run(t, func(t *testing.T) search.Index { return open(t, t.TempDir()) })
}

func notices(n int) []federation.Item {
	var out []federation.Item
	for i := range n {
		date := time.Date(2026, 1, 1, i, 0, 0, 0, time.UTC)
		out = append(out, federation.Item{
			ID: federation.NewItemID("vallonie/avis", fmt.Sprint(i)), Member: fmt.Sprint("m", i%3), Source: "vallonie/avis",
			Type: federation.News, Title: fmt.Sprint("Déchets numéro ", i), Content: markup.Sanitise("<p>La collecte a lieu.</p>", nil),
			Language: "fr", Published: date, FirstSeen: date, Categories: []string{"Environnement"},
			Place: &federation.Place{Point: &federation.Point{Lat: 50, Lon: 4}},
		})
	}
	return out
}

// everything asks for all that a snapshot has to hold.
var everything = []search.Query{
	{Facets: search.Facets},
	{Select: federation.Selection{Words: "dechets"}, Facets: search.Facets},
	{Select: federation.Selection{Words: "colecte", Members: []string{"m1"}, Categories: []string{"environnement"}, Near: &federation.Point{Lat: 50, Lon: 4}}},
}

func answers(t *testing.T, x *local.Index) []any {
	t.Helper()
	var out []any
	for _, q := range everything {
		res, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, res)
	}
	words, err := x.Suggest(t.Context(), search.Beginning{Prefix: "dech", Language: "fr", Most: 5})
	if err != nil {
		t.Fatal(err)
	}
	at, err := x.Cursor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return append(out, words, at)
}

func saved(t *testing.T, dir string) *local.Index {
	t.Helper()
	x := open(t, dir)
	items := notices(60)
	if err := x.Apply(t.Context(), search.Batch{Put: items, Cursor: 5}); err != nil {
		t.Fatal(err)
	}
	if err := x.Apply(t.Context(), search.Batch{Put: items[:1], Delete: []string{items[7].ID}, Cursor: 6}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatalf("Close() = %v", err)
	}
	return x
}

func TestSnapshot(t *testing.T) {
	dir := t.TempDir()
	want := answers(t, saved(t, dir))
	again := open(t, dir)
	if diff := cmp.Diff(want, answers(t, again)); diff != "" {
		t.Errorf("after a restart (-before +after):\n%s", diff)
	}
	if err := again.Apply(t.Context(), search.Batch{Put: notices(80), Cursor: 8}); err != nil {
		t.Fatalf("Apply after a restart = %v", err)
	}
	res, err := again.Search(t.Context(), search.Query{Select: federation.Selection{Words: "dechets"}})
	if err != nil || res.Total != 80 {
		t.Errorf("found %d items, %v, want 80", res.Total, err)
	}
}

// TestSnapshotDamaged spoils the file in many ways; each time the index must
// begin empty, at cursor 0.
func TestSnapshotDamaged(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir)
	file := filepath.Join(dir, "search.snapshot")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := map[string][]byte{"empty": {}, "other": []byte("something else altogether"), "longer": append(good[:len(good):len(good)], 0)}
	for at := 0; at < len(good); at += 1 + len(good)/200 {
		b := append([]byte(nil), good...)
		b[at] ^= 0x81
		spoilt[fmt.Sprint("byte ", at)] = b
		spoilt[fmt.Sprint("byte summed ", at)] = summed(b)
		spoilt[fmt.Sprint("cut ", at)] = good[:at]
	}
	for name, b := range spoilt {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		x := open(t, dir)
		if len(name) > 11 && name[:11] == "byte summed" {
			answers(t, x) // may be nonsense, but must not panic
			continue
		}
		if at, err := x.Cursor(t.Context()); at != 0 || err != nil {
			t.Errorf("%s: Cursor() = %d, %v, want 0", name, at, err)
		}
		if res, err := x.Search(t.Context(), search.Query{}); res.Total != 0 || err != nil {
			t.Errorf("%s: %d items, %v, want none", name, res.Total, err)
		}
	}
}

// summed gives b a checksum that is right.
func summed(b []byte) []byte {
	body := b[:len(b)-crc32.Size]
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	h.Write(body)
	return h.Sum(body[:len(body):len(body)])
}

// TestSnapshotLeftovers: what a process left that died while it wrote goes.
func TestSnapshotLeftovers(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "search.snapshot.123.new")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", left, err)
	}
}
