package main

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// TestChangeIsFoundSoon stores, changes and withdraws an item while a hub
// serves, and asks one address, whose answer is kept, until it tells. Another
// process writes, so that nothing but the change log brings the news. The
// bound is for a busy machine; `go run ./bench/load -http` gives the figure.
func TestChangeIsFoundSoon(t *testing.T) {
	ctx, data := context.Background(), t.TempDir()
	store, err := openStore(ctx, testLog(t), loopbackHub(data).hubConfig)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	update := func(fn func(tx federation.Tx) error) {
		t.Helper()
		if err := store.InTx(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	it := federation.Item{Member: "alba", Source: "alba/actu", OriginID: "1", Type: federation.News, Language: "fr", Version: 1,
		Title: "Avis aux habitants", URL: "https://alba.example/1", Hash: "1", Content: markup.Sanitise("<p>La piscine rouvre.</p>", nil), FirstSeen: time.Now()}
	it.ID = federation.NewItemID(it.Source, it.OriginID)
	update(func(tx federation.Tx) error {
		_, err := federation.Save(ctx, tx, federation.Member{Slug: "alba", Kind: federation.KindCommune, Name: federation.Text{"fr": "Alba"}, Languages: []string{"fr"}})
		if err == nil {
			_, err = federation.Save(ctx, tx, federation.Source{Member: "alba", Slug: "actu", URL: "https://alba.example/rss"})
		}
		return err
	})
	base := serveData(t, data)

	soon := func(word string, want int) {
		t.Helper()
		begin, total := time.Now(), -1
		for total != want {
			if time.Since(begin) > 10*time.Second {
				t.Fatalf("%q finds %d items after 10 s, want %d", word, total, want)
			}
			status, body := get(t, base+"/api/v1/search?q="+word)
			var found struct{ Total int }
			if err := json.Unmarshal([]byte(body), &found); err != nil || status != http.StatusOK {
				t.Fatalf("search for %q = %d %s, %v", word, status, body, err)
			}
			total = found.Total
		}
		t.Logf("%q finds %d items after %v", word, want, time.Since(begin))
	}
	soon("piscine", 0)
	soon("patinoire", 0)
	update(func(tx federation.Tx) error { return tx.SaveItem(ctx, it, time.Now()) })
	soon("piscine", 1)
	it.Version, it.Hash, it.Content = 2, "2", markup.Sanitise("<p>La patinoire ferme.</p>", nil)
	update(func(tx federation.Tx) error { return tx.SaveItem(ctx, it, time.Now()) })
	soon("patinoire", 1)
	soon("piscine", 0)
	update(func(tx federation.Tx) error {
		return tx.WithdrawItem(ctx, it.ID, "gone at its origin", time.Now())
	})
	soon("patinoire", 0)
	if status, body := get(t, base+"/items/"+it.ID); status != http.StatusGone {
		t.Errorf("the withdrawn item = %d %.100s, want 410", status, body)
	}
}
