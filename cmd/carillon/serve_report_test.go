package main

import (
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

// TestReportServed: who starts a hub is told what it serves, when it first
// asks, and how it ends.
func TestReportServed(t *testing.T) {
	store, now := storetest.NewMem(), time.Now()
	wants := func(works bool, want string) {
		t.Helper()
		var out strings.Builder
		reportServed(t.Context(), &out, "http://127.0.0.1:1", store, works, now)
		if got := out.String(); !strings.HasPrefix(got, "Carillon is at http://127.0.0.1:1\n") || !strings.Contains(got, want) || !strings.Contains(got, "Ctrl-C ends it") {
			t.Errorf("reportServed prints %q, want it to say %q", got, want)
		}
	}
	wants(true, "no members yet")
	save := func(fn func(tx federation.Tx) error) {
		t.Helper()
		if err := store.InTx(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	save(func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Member{Slug: "a", Name: federation.Text{"fr": "A"}, Kind: federation.KindCommune})
		return err
	})
	wants(true, "It serves 1 member and no source yet.")
	save(func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Source{Member: "a", Slug: "rss", URL: "https://a.example/"})
		return err
	})
	wants(true, "It serves 1 member with 1 source; the first is harvested now.")
	wants(false, "harvests none of them")
	if err := federation.PutTask(t.Context(), store, federation.Task{Kind: federation.TaskHarvest, Key: "a/rss", Due: now.Add(90 * time.Second)}); err != nil {
		t.Fatal(err)
	}
	wants(true, "the next is harvested in 1m30s.")
}
