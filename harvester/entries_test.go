package harvester

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
)

// counting is a feed format that counts the items whose texts it read.
func counting(f federation.Format, read *int) federation.Format {
	decode := f.Decode
	f.Decode = func(doc federation.Document) (federation.Decoded, error) {
		d, err := decode(doc)
		for _, it := range d.Items {
			if it.Hash == "" {
				*read++
			}
		}
		return d, err
	}
	return f
}

// entry is an item of a feed, by its parts.
func entry(id, title, text string) string {
	return fmt.Sprintf("<item><guid isPermaLink='false'>%s</guid><title>%s</title><link>https://v.example/%s</link><description>%s</description></item>",
		id, title, strings.ReplaceAll(title, " ", "-"), text)
}

func feedOf(entries ...string) string {
	return "<rss version='2.0'><channel><title>V</title><language>fr</language>" + strings.Join(entries, "") + "</channel></rss>"
}

// TestKnownEntries: of a feed that changed, what did not change is not read
// again, and what comes of it is what reading it all would give.
func TestKnownEntries(t *testing.T) {
	h := newTestHub(t, newStore(t))
	read := 0
	h.formats = []federation.Format{counting(feed.Format(), &read)}
	const url = "http://v.example/feed"
	src := h.source(federation.Source{Member: "v", Slug: "news", URL: url})
	step := func(name string, wantRead int, entries ...string) Outcome {
		t.Helper()
		h.ok(url, feedOf(entries...))
		read = 0
		h.pass(2 * time.Hour)
		out := h.one(src)
		if read != wantRead || out.Result == Failed {
			t.Errorf("%s: %d texts read, %+v; want %d", name, read, out, wantRead)
		}
		return out
	}
	a, b, c := entry("a", "Piscine", "Ouverte samedi"), entry("b", "Marché", "Sur la place"), entry("c", "École", "Inscriptions")
	step("first", 2, a, b)
	if out := step("one new", 1, c, a, b); out.New != 1 || out.Changed != 0 {
		t.Errorf("one new: %+v", out)
	}
	b2 := entry("b", "Marché", "Annulé")
	if out := step("one changed", 1, c, a, b2); out.Changed != 1 || out.New != 0 {
		t.Errorf("one changed: %+v", out)
	}
	// Ids that repeat make each carrier's another one: nothing is taken for known.
	before := h.items()
	step("ids repeat", 3+6, c, a, b2, entry("a", "Fête", "Dimanche"), entry("a", "Bal", "Samedi"), entry("a", "Foire", "Lundi"))
	if got := h.items(); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "Fête") }) || len(got) < len(before) {
		t.Errorf("ids repeat: %q", got)
	}
	// What the hub knows of its members decides where an item is.
	if err := h.store.InTx(t.Context(), func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Member{Slug: "other", Kind: federation.KindCommune, Name: federation.Text{"fr": "Autre"}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	step("another member", 4, c, a, b2, entry("d", "Nouveau", "Texte"))
	step("then known again", 1, c, a, b2, entry("d", "Nouveau", "Texte"), entry("e", "Encore", "Texte"))
	h.pass(wholeEvery)
	step("once a week", 6, c, a, b2, entry("d", "Nouveau", "Texte"), entry("e", "Encore", "Texte"), entry("f", "Fin", "Texte"))
}

// TestKnownEntryWithdrawn: an item that an operator withdrew for good stays away,
// and one that may come back does, with its text.
func TestKnownEntryWithdrawn(t *testing.T) {
	h := newTestHub(t, newStore(t))
	h.formats = []federation.Format{feed.Format()}
	const url = "http://v.example/feed"
	src := h.source(federation.Source{Member: "v", Slug: "news", URL: url})
	a, b := entry("a", "Piscine", "Ouverte samedi"), entry("b", "Marché", "Sur la place")
	h.ok(url, feedOf(a, b))
	h.one(src)
	id := func(origin string) string { return federation.NewItemID(src.Name(), origin) }
	if err := h.store.InTx(t.Context(), func(tx federation.Tx) error {
		if err := tx.BarItem(t.Context(), id("b"), "no", h.time()); err != nil {
			return err
		}
		return tx.WithdrawItem(t.Context(), id("a"), "over", h.time())
	}); err != nil {
		t.Fatal(err)
	}
	h.ok(url, feedOf(a, b, entry("c", "École", "Inscriptions")))
	h.pass(2 * time.Hour)
	if out := h.one(src); out.New != 1 || out.Changed != 1 {
		t.Errorf("one = %+v, want one new and one that is back", out)
	}
	it, err := h.store.Item(t.Context(), id("a"))
	if err != nil || !strings.Contains(it.Content.String(), "Ouverte") {
		t.Errorf("Item(a) = %q, %v; want its text", it.Content, err)
	}
	if _, err := h.store.Item(t.Context(), id("b")); err == nil {
		t.Error("a barred item came back")
	}
}
