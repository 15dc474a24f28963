package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	indexKills   = 20
	indexed      = 3000 // items
	indexChanges = 600  // before each kill, in the store
	levelAgain   = 60 * time.Second
)

// roundWords stand in the titles of what a round saved: words of a language
// nobody publishes in, so that none is a typing error or the beginning of another.
var roundWords = strings.Fields(`abzurna bocquil cevantro dolmifex embrizol fujanter gomphrel hyxtamor irvolund jaquelto
	kiprandus lomwezer mysterfol nuxavert olbrigan pfiztreno quombasi rostygal svelundra tymbarok uxmalter`)

// TestKilledIndexing kills the hub with SIGKILL at random moments of taking
// changes into the index. After each the hub is started anew, and is level
// within a minute from its snapshot and the change log, not by reading the
// whole store: it lists exactly the live items, and finds each by the words it
// has now and by none that it had before.
func TestKilledIndexing(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	t.Setenv("CARILLON_VERBOSE", "true") // so that it says what it begins with
	program := released(t)
	data := applied(t, "members:\n  - slug: alba\n    kind: commune\n    name: Alba\n    sources: [{slug: news, url: \"http://127.0.0.1:1/\"}]\n")
	held := map[string]federation.Item{}
	changeStore(t, data, r, held, 0, indexed)
	p, _, _ := serveProcess(t, program, data)
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil { // it saves the snapshot
		t.Fatal(err)
	}
	<-p.ended
	p, _, whole := serveProcess(t, program, data)
	p.kill()
	t.Logf("level after %v with nothing to do", whole)
	for round := 1; round <= indexKills; round++ {
		changeStore(t, data, r, held, round, indexChanges)
		at := time.Duration(r.Float64() * float64(2*whole))
		begin(t, program, "serve", "--data="+data, "--listen=127.0.0.1:0", "--roles=web").killAfter(at)
		p, hub, took := serveProcess(t, program, data)
		if took > levelAgain {
			t.Errorf("round %d, killed after %v: level after %v, want %v at most", round, at, took, levelAgain)
		}
		if log := p.errs.String(); !strings.Contains(log, "search snapshot read") {
			t.Errorf("round %d, killed after %v: no snapshot was read: %s", round, at, log)
		}
		compareIndex(t, hub, held, round, fmt.Sprintf("round %d, killed after %v", round, at))
		p.kill()
		if t.Failed() {
			return
		}
	}
}

// changeStore saves, changes and withdraws n items of the store, and of held.
func changeStore(t *testing.T, data string, r *rand.Rand, held map[string]federation.Item, round, n int) {
	t.Helper()
	store := openData(t, data)
	defer store.Close()
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(round) * time.Hour)
	ids := slices.Sorted(func(yield func(string) bool) {
		for id := range held {
			if !yield(id) {
				return
			}
		}
	})
	r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	err := store.InTx(t.Context(), func(tx federation.Tx) error {
		for i := range n {
			origin, version := fmt.Sprintf("%d-%d", round, i), 1
			switch {
			case i%6 == 0 && len(ids) > 0:
				id := ids[0]
				ids = ids[1:]
				if err := tx.WithdrawItem(t.Context(), id, "gone", now); err != nil {
					return err
				}
				delete(held, id)
				continue
			case i%6 < 4 && len(ids) > 0:
				origin, version = held[ids[0]].OriginID, held[ids[0]].Version+1
				ids = ids[1:]
			}
			it := federation.Item{ID: federation.NewItemID("alba/news", origin), Member: "alba", Source: "alba/news", OriginID: origin, Version: version,
				Type: federation.News, Language: "fr", Title: "Avis " + roundWords[round], Hash: fmt.Sprint(round, i), Published: now, FirstSeen: now}
			if err := tx.SaveItem(t.Context(), it, now); err != nil {
				return err
			}
			held[it.ID] = it
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// compareIndex asks the hub for every item, and for the words of each round.
func compareIndex(t *testing.T, hub string, held map[string]federation.Item, round int, when string) {
	t.Helper()
	listed, words := map[string]bool{}, map[string]int{}
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		getJSON(t, hub+"/api/v1/items?limit=100&cursor="+url.QueryEscape(cursor), &page)
		for _, it := range page.Items {
			if _, ok := held[it.ID]; !ok || listed[it.ID] {
				t.Errorf("%s: %s is listed, which is withdrawn, or was listed before", when, it.ID)
			}
			listed[it.ID] = true
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(listed) != len(held) {
		t.Errorf("%s: %d items are listed, want %d", when, len(listed), len(held))
	}
	for _, it := range held {
		words[strings.TrimPrefix(it.Title, "Avis ")]++
	}
	for _, word := range roundWords[:round+1] {
		n := words[word]
		var page struct{ Total int }
		getJSON(t, hub+"/api/v1/search?limit=1&q="+url.QueryEscape(`"`+word+`"`), &page)
		if page.Total != n {
			t.Errorf("%s: %d items are found by %s, want %d", when, page.Total, word, n)
		}
	}
}
