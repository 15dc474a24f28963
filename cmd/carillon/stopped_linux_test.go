package main

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/worktest"
)

// TestStopped stops a process (SIGSTOP) that waits for a site's answer, until
// another one has taken the source over, which it does once the lease has
// passed; then wakes it and gives it its answer, which is older by now. It
// writes nothing: the store holds what the other one saved, its validator too.
func TestStopped(t *testing.T) {
	var requests atomic.Int32
	asked, release := make(chan struct{}), make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		title, tag := "Après", `"later"`
		if requests.Add(1) == 1 {
			close(asked)
			<-release
			title, tag = "Avant", `"earlier"`
		}
		w.Header().Set("ETag", tag)
		bytesOf("application/rss+xml", rssOf("Actualités", entry{"1", title, "https://example.org/1", "Le texte."}))(w, r)
	}))
	defer site.Close()
	data := applied(t, "members:\n  - {slug: a, kind: commune, name: A, sources: [{slug: actus, url: \""+site.URL+"/\"}]}\n")
	program := released(t)

	first := start(t, program, "harvest", data)
	select {
	case <-asked:
	case <-worktest.Patience(t):
		t.Fatalf("the site was not asked: %s", first.errs.String())
	}
	send(t, first, syscall.SIGSTOP)
	harvestAll(t, program, data) // waits for the lease to pass
	close(release)
	send(t, first, syscall.SIGCONT)
	<-first.ended

	const held = `SELECT group_concat(title || ' ' || number) FROM version`
	if got := queryText(t, data, held); got != "Après 1" {
		t.Errorf("the store holds %q, want what was saved by the process that took over; the first said: %s", got, first.errs.String())
	}
	store := openData(t, data)
	defer store.Close()
	if state, err := federation.StateOf(t.Context(), store, "a/actus"); err != nil || state.ETag != `"later"` || state.Failure != nil {
		t.Errorf("SourceState = %+v, %v, want the validator of what is held", state, err)
	}
	if n := requests.Load(); n != 2 {
		t.Errorf("the site was asked %d times, want once by each process", n)
	}
}

func send(t *testing.T, p *process, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}
