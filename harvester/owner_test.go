package harvester

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	oldHome = `{"id":"1","title":"Avis de la commune"}`
	newHome = `{"feed":"Nouveau","complete":true}` + "\n" + `{"id":"1","title":"Avis récrit"}` + "\n" + `{"id":"2","title":"Casino"}`
)

// left is a source with one item whose address leads for good to another
// owner's site from now on.
func left(t *testing.T, status string) (w *testHub, src federation.Source, to string) {
	w = newTestHub(t, newStore(t))
	src = w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://old.example/rss"})
	w.ok(src.URL, oldHome)
	w.one(src)
	to = w.real("http://new.example/neuf")
	w.answer(src.URL, "HTTP/1.1 "+status+" Moved\nLocation: "+to+"\n\n")
	w.ok(to, newHome)
	return w, src, to
}

// TestNoMoveToAnotherOwner: nothing is taken from another owner's site, however
// long the address leads there for good, and health says what to do.
func TestNoMoveToAnotherOwner(t *testing.T) {
	for _, status := range []string{"301", "308"} {
		w, src, to := left(t, status)
		for range 40 {
			w.pass(13 * time.Hour)
			w.look()
			out := w.one(src)
			if out.Result != Failed || out.New+out.Changed+out.Withdrawn != 0 || out.Items != 1 || out.Failure.Class != federation.FailMoved {
				t.Fatalf("%s: %+v, want nothing taken", status, out)
			}
			if asked := w.look(); !slices.Contains(asked, "/rss") {
				t.Fatalf("%s: asked %q, want the configured address", status, asked)
			}
		}
		s := w.state(src)
		if s.Address != "" || s.URL(src) != src.URL || s.Move == nil || !s.Move.Held || s.Move.URL != to || s.Move.Times != 40 {
			t.Errorf("%s: address %q, move %+v", status, s.Address, s.Move)
		}
		if f := s.Failure; !strings.Contains(f.Message, to) || !strings.Contains(f.Advice, "harvest --confirm a/rss") {
			t.Errorf("%s: %q %q do not say what happened and what to do", status, f.Message, f.Advice)
		}
		w.ok(src.URL, oldHome)
		w.pass(8 * 24 * time.Hour)
		if out := w.one(src); out.Result == Failed || w.state(src).Move != nil {
			t.Errorf("%s: when the address answers by itself again: %+v", status, out)
		}
	}
}

// TestFirstFetchIsNoWord: that an address leads away on the first day says no
// more for where it leads.
func TestFirstFetchIsNoWord(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://old.example/rss"})
	to := w.real("http://new.example/neuf")
	w.answer(src.URL, "HTTP/1.1 301 Moved\nLocation: "+to+"\n\n")
	w.ok(to, newHome)
	if out := w.one(src); out.Result != Failed || out.Items != 0 {
		t.Errorf("%+v, want nothing taken", out)
	}
}

// TestConfirmedMove: the operator's word moves the source at once, and agrees
// to nothing else at the same time; its own address is asked once a day, and
// taken back when it gives the list by itself.
func TestConfirmedMove(t *testing.T) {
	w, src, to := left(t, "301")
	w.pass(time.Hour)
	w.one(src)
	out := w.confirm(src)
	if s := w.state(src); out.Result != Fetched || out.Items != 2 || s.URL(src) != to || s.Move != nil || !slices.Equal(s.Former, []string{src.URL}) {
		t.Fatalf("confirmed: %+v, address %q", out, s.URL(src))
	}
	w.answer(src.URL, "HTTP/1.1 200 OK\n\n<html>This domain is for sale")
	for _, step := range []struct {
		pass  time.Duration
		asked bool // the configured address
	}{{time.Hour, false}, {12 * time.Hour, false}, {12 * time.Hour, true}, {time.Hour, false}, {24 * time.Hour, true}} {
		w.pass(step.pass)
		w.look()
		if out := w.one(src); out.Result == Failed || w.state(src).URL(src) != to {
			t.Fatalf("after the move: %+v", out)
		}
		if asked := w.look(); slices.Contains(asked, "/rss") != step.asked {
			t.Errorf("asked %q, want the configured address among them %t", asked, step.asked)
		}
	}
	w.answer(to, "HTTP/1.1 301 Moved\nLocation: "+w.real("http://third.example/rss")+"\n\n")
	w.ok("http://third.example/rss", newHome)
	w.pass(time.Hour)
	if out := w.one(src); out.Result != Failed || out.Failure.Class != federation.FailMoved {
		t.Errorf("a further move, to a third owner: %+v, want it held", out)
	}
	w.ok(src.URL, `{"id":"1","title":"De retour"}`)
	w.pass(30 * time.Hour)
	out = w.one(src)
	if s := w.state(src); out.Changed != 1 || s.URL(src) != src.URL || s.Address != "" || s.Agreed != "" {
		t.Errorf("its own address answers: %+v, reads %q", out, s.URL(src))
	}
	w.answer(src.URL, "HTTP/1.1 301 Moved\nLocation: "+to+"\n\n")
	w.ok(to, newHome)
	w.pass(time.Hour)
	if out := w.one(src); out.Result != Failed {
		t.Errorf("it leads away once more: %+v, want the operator asked once more", out)
	}
}

// TestConfirmMovesOnly: who agrees to a move does not agree to what the list
// there lacks.
func TestConfirmMovesOnly(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://old.example/rss", Complete: true})
	w.ok(src.URL, `{"id":"1","title":"Un"}`+"\n"+`{"id":"2","title":"Deux"}`+"\n"+`{"id":"3","title":"Trois"}`)
	w.one(src)
	to := w.real("http://new.example/neuf")
	w.answer(src.URL, "HTTP/1.1 301 Moved\nLocation: "+to+"\n\n")
	w.ok(to, `{"id":"1","title":"Un"}`)
	if out := w.confirm(src); out.Withdrawn != 0 || out.Items != 3 {
		t.Errorf("the move: %+v, want nothing withdrawn", out)
	}
	if out := w.confirm(src); out.Withdrawn != 2 {
		t.Errorf("the withdrawals: %+v, want both", out)
	}
}

// TestAdoptedBeforeAsked: an address of another owner that was adopted by an
// earlier hub, without a word of the operator, is left.
func TestAdoptedBeforeAsked(t *testing.T) {
	w, src, to := left(t, "301")
	s := w.state(src)
	s.Address, s.Former = to, []string{src.URL}
	if err := w.store.InTx(t.Context(), func(tx federation.Tx) error { return federation.SaveState(t.Context(), tx, s) }); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Hour)
	if out := w.one(src); out.Result != Failed || w.state(src).URL(src) != src.URL {
		t.Errorf("%+v, reads %q", out, w.state(src).URL(src))
	}
}

// TestForNowElsewhere: a redirect for now, as hosts of feeds and caches make,
// is followed and never adopted.
func TestForNowElsewhere(t *testing.T) {
	for _, status := range []string{"302", "303", "307"} {
		w, src, _ := left(t, status)
		for range 4 {
			w.pass(13 * time.Hour)
			if out := w.one(src); out.Result == Failed || w.state(src).URL(src) != src.URL {
				t.Errorf("%s: %+v", status, out)
			}
		}
	}
}

// TestPagesElsewhere: a page of the list, or a further page of it, that leads
// for good to another owner is not read, and the rest is.
func TestPagesElsewhere(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://old.example/rss"})
	w.ok(src.URL, `{"feed":"F","next":"http://old.example/2"}`+"\n"+`{"id":"1","title":"Un"}`+"\n"+`{"page":"http://old.example/p"}`)
	for _, path := range []string{"/2", "/p"} {
		to := w.real("http://new.example" + path)
		w.answer("http://old.example"+path, "HTTP/1.1 301 Moved\nLocation: "+to+"\n\n")
		w.ok(to, `{"id":"x`+path+`","title":"Casino"}`)
	}
	if out := w.one(src); out.Items != 1 || len(out.Warnings) < 2 {
		t.Errorf("%+v, want its own item and two warnings", out)
	}
}

// TestSameOwner: what is one owner's, by the registrable domain.
func TestSameOwner(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     bool
	}{
		{"http://www.ville.be/rss", "https://www.ville.be/rss", true},
		{"https://ville.be/rss", "https://actus.ville.be/x", true},
		{"https://ville.be:8443/rss", "https://www.ville.be/rss", true},
		{"https://www.ville.be/", "https://www.ville.brussels/", false},
		{"https://ville.be.evil.com/", "https://ville.be/", false},
		{"https://a.github.io/", "https://b.github.io/", false},
		{"https://ville.gov.uk/", "https://other.gov.uk/", false},
		{"https://xn--lige-6oa.be/", "https://www.xn--lige-6oa.be/", true},
		{"http://127.0.0.1:8001/", "http://127.0.0.1:8001/b", true},
		{"http://127.0.0.1:8001/", "http://127.0.0.1:8002/", false},
		{"http://localhost:8001/", "http://localhost:8002/", false},
		{"http://[::1]:80/", "http://[::2]:80/", false},
	} {
		a, err1 := url.Parse(test.from)
		b, err2 := url.Parse(test.to)
		if err1 != nil || err2 != nil || sameSite(a, b) != test.want {
			t.Errorf("%s and %s: one owner %t, want %t", test.from, test.to, !test.want, test.want)
		}
	}
}

// confirm harvests one source with the operator's word.
func (w *testHub) confirm(src federation.Source) (out Outcome) {
	w.t.Helper()
	if _, err := w.Harvest(w.t.Context(), []federation.Source{src}, Options{Confirm: true, Progress: func(o Outcome) { out = o }}); err != nil {
		w.t.Fatal(err)
	}
	return out
}
