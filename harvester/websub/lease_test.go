package websub

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
)

func TestRequest(t *testing.T) {
	w := newWorld(t)
	w.subscribed()
	first := w.hub.last()
	if got := first.Get("hub.lease_seconds"); got != "864000" {
		t.Errorf("lease asked for = %s s, want ten days", got)
	}
	if n := len(first.Get("hub.secret")); n < 32 || n >= 200 {
		t.Errorf("the secret has %d bytes, want 32 to 199", n)
	}
	other := newWorld(t)
	other.subscribed()
	second := other.hub.last()
	tail := func(form url.Values) string {
		c := form.Get("hub.callback")
		return c[len(c)-tokenLength:]
	}
	if tail(first) == tail(second) || first.Get("hub.secret") == second.Get("hub.secret") || tail(first) == first.Get("hub.secret") {
		t.Error("two subscriptions share a token or a secret")
	}
}

func TestRenewal(t *testing.T) {
	w := newWorld(t)
	sub := w.subscribed()
	if end := w.now().Add(lease); !sub.Lease.Equal(end) {
		t.Errorf("lease ends %v, want %v", sub.Lease, end)
	}
	for range 3 {
		asked := len(w.hub.requests())
		w.pass(7 * 24 * time.Hour)
		w.turn()
		if n := len(w.hub.requests()); n != asked {
			t.Fatalf("the hub was asked again %v before the lease ends", w.only().Lease.Sub(w.now()))
		}
		w.pass(60 * time.Hour)
		w.turn()
		renewal := w.hub.last()
		if n := len(w.hub.requests()); n != asked+1 || renewal.Get("hub.mode") != "subscribe" || !w.only().Active(w.now()) {
			t.Fatalf("%d requests, the last %v, want one to renew while active", n-asked, renewal)
		}
		if renewal.Get("hub.callback") != w.hub.requests()[0].Get("hub.callback") {
			t.Errorf("renewal names callback %q, want that of before", renewal.Get("hub.callback"))
		}
		if status, _ := w.hub.verify(renewal, nil); status != http.StatusOK {
			t.Fatalf("verification of the renewal = %d, want 200", status)
		}
		if end := w.now().Add(lease); !w.only().Lease.Equal(end) {
			t.Errorf("lease ends %v after the renewal, want %v", w.only().Lease, end)
		}
	}
}

// TestFailedRenewal: the subscription stays until its lease ends, is expired
// then, and comes back when the hub does.
func TestFailedRenewal(t *testing.T) {
	w := newWorld(t)
	end := w.subscribed().Lease
	w.hub.answers(http.StatusForbidden)
	w.pass(lease * 95 / 100)
	w.turn()
	if sub := w.only(); !sub.Active(w.now()) || sub.Reason != "The hub refused with status 403." || !sub.Lease.Equal(end) {
		t.Errorf("after a refused renewal: %s until %v, %q", sub.StateAt(w.now()), sub.Lease, sub.Reason)
	}
	w.pass(lease)
	if state := w.only().StateAt(w.now()); state != federation.SubscriptionExpired {
		t.Errorf("after the lease: %s, want expired", state)
	}
	w.hub.answers(http.StatusAccepted)
	w.turn()
	if status, _ := w.hub.verify(w.hub.last(), nil); status != http.StatusOK || !w.only().Active(w.now()) {
		t.Errorf("verification after the lease = %d, want 200", status)
	}
}

func TestLeaseGranted(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"60": time.Minute, "864000": 10 * 24 * time.Hour, "": lease, "x": lease, "-5": lease, "0": lease,
		"99999999": maxLease, "99999999999999999999": lease,
	} {
		w := newWorld(t)
		w.pages["/feed"] = page{body: atom(w.hub.URL, "")}
		w.discover()
		w.turn()
		w.hub.verify(w.hub.last(), map[string]string{"hub.lease_seconds": text})
		sub := w.only()
		if got := sub.Lease.Sub(w.now()); got != want {
			t.Errorf("lease of %q s lasts %v, want %v", text, got, want)
		}
		if wait := sub.Next.Sub(w.now()); wait < shortest || wait > max(want, shortest) {
			t.Errorf("lease of %q s is renewed after %v, want within it and no sooner than %v", text, wait, shortest)
		}
	}
}

// TestVerifiedAtOnce: many hubs verify before they answer the request.
func TestVerifiedAtOnce(t *testing.T) {
	for _, answer := range []int{http.StatusAccepted, http.StatusNoContent, http.StatusInternalServerError} {
		w := newWorld(t)
		w.hub.answer = func(rw http.ResponseWriter, _ *http.Request, form url.Values) {
			if status, _ := w.hub.verify(form, nil); status != http.StatusOK {
				t.Errorf("verification during the request = %d, want 200", status)
			}
			rw.WriteHeader(answer)
		}
		w.pages["/feed"] = page{body: atom(w.hub.URL, "")}
		w.discover()
		w.turn()
		w.turn()
		sub := w.only()
		if n := len(w.hub.requests()); n != 1 || !sub.Active(w.now()) || sub.Next.Sub(w.now()) < lease/2 {
			t.Errorf("hub that verifies and answers %d: asked %d times, %s, next in %v", answer, n, sub.State, sub.Next.Sub(w.now()))
		}
	}
}

// TestVerificationAgain: a hub that did not get our answer asks again, and
// nobody can play the question again later.
func TestVerificationAgain(t *testing.T) {
	w := newWorld(t)
	w.subscribed()
	w.pass(time.Minute)
	if status, _ := w.hub.verify(w.hub.last(), nil); status != http.StatusOK {
		t.Errorf("verification again after a minute = %d, want 200", status)
	}
	w.pass(lostAnswer)
	if status, _ := w.hub.verify(w.hub.last(), nil); status != http.StatusNotFound {
		t.Errorf("verification again later = %d, want 404", status)
	}
}

// TestBackOff: what a hub answers decides when it is asked again.
func TestBackOff(t *testing.T) {
	for _, test := range []struct {
		status      int
		header      []string
		first, next time.Duration // at least, of the first and the second wait
		state       federation.SubscriptionState
	}{
		{202, nil, 50 * time.Minute, 100 * time.Minute, federation.SubscriptionPending}, // and never verified
		{500, nil, 4 * time.Minute, 8 * time.Minute, federation.SubscriptionPending},
		{503, []string{"Retry-After", "7200"}, 2 * time.Hour, 2 * time.Hour, federation.SubscriptionPending},
		{429, []string{"Retry-After", "7200"}, 2 * time.Hour, 2 * time.Hour, federation.SubscriptionPending},
		{302, []string{"Location", "/x"}, 20 * time.Hour, 40 * time.Hour, federation.SubscriptionDenied},
		{400, nil, 20 * time.Hour, 40 * time.Hour, federation.SubscriptionDenied},
		{404, nil, 20 * time.Hour, 40 * time.Hour, federation.SubscriptionDenied},
		{410, nil, 26 * 24 * time.Hour, 26 * 24 * time.Hour, federation.SubscriptionDenied},
	} {
		w := newWorld(t)
		w.hub.answers(test.status, test.header...)
		w.pages["/feed"] = page{body: atom(w.hub.URL, "")}
		w.discover()
		for i, least := range []time.Duration{test.first, test.next} {
			w.turn()
			sub := w.only()
			if n := len(w.hub.requests()); n != i+1 || sub.State != test.state {
				t.Errorf("hub that answers %d: asked %d times, %s, want %d, %s", test.status, n, sub.State, i+1, test.state)
			}
			if (sub.Reason == "") != (test.status == 202) {
				t.Errorf("hub that answers %d: reason %q", test.status, sub.Reason)
			}
			if wait := sub.Next.Sub(w.now()); wait < least || wait > 34*24*time.Hour {
				t.Errorf("hub that answers %d: asked again after %v, want %v at least", test.status, wait, least)
			}
			w.pass(sub.Next.Sub(w.now()))
		}
	}
}

func TestHubUnreachable(t *testing.T) {
	w := newWorld(t)
	w.pages["/feed"] = page{body: atom("http://10.0.0.1/hub", "")} // a network that is not allowed
	w.discover()
	w.turn()
	if sub := w.only(); sub.Reason != "The hub cannot be reached: refused." || sub.State != federation.SubscriptionPending || !sub.Next.After(w.now()) {
		t.Errorf("hub on a private network: %s, %q, next %v", sub.State, sub.Reason, sub.Next)
	}
}

// TestRestart: all that was agreed is in the store.
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	open := func() *sqlite.Store {
		s, err := sqlite.Open(t.Context(), slog.New(slog.DiscardHandler), path)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	store := open()
	w := newWorldOn(t, store)
	before := w.subscribed()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	store = open()
	defer store.Close()
	w.store = store
	w.start()
	if err := w.subscriber.adopt(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.turn()
	if n := len(w.hub.requests()); n != 1 || !w.get(before.ID).Active(w.now()) {
		t.Errorf("%d requests after a restart, want the one of before", n)
	}
	if status := w.hub.push(w.hub.last(), "x", sign(w.hub.last(), "x")); status != http.StatusAccepted || w.only().Pushes != 1 {
		t.Errorf("push after a restart = %d and %d counted", status, w.only().Pushes)
	}
	w.subscriber.base = w.us.URL + "/." // hubs reach us elsewhere from now on
	if err := w.subscriber.adopt(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.turn()
	if n := len(w.hub.requests()); n != 2 || w.hub.last().Get("hub.callback") == w.hub.requests()[0].Get("hub.callback") {
		t.Errorf("%d requests after our address changed, the last %v, want one with the new callback", n, w.hub.last())
	}
}

// TestRun: the loop asks by itself, and ends.
func TestRun(t *testing.T) {
	w := newWorld(t)
	asked := make(chan url.Values, 1)
	w.hub.answer = func(rw http.ResponseWriter, _ *http.Request, form url.Values) {
		rw.WriteHeader(http.StatusAccepted)
		asked <- form
	}
	w.pages["/feed"] = page{body: atom(w.hub.URL, "")}
	w.discover()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.subscriber.Run(ctx) }()
	<-asked
	stop()
	if err := <-done; err != nil {
		t.Errorf("Run = %v, want nil", err)
	}
	tasks, err := w.store.ClaimTasks(t.Context(), federation.Claim{Kind: federation.TaskSubscription, Now: w.now().Add(time.Hour * 2), Limit: 10, Lease: time.Minute})
	if err != nil || len(tasks) != 1 {
		t.Errorf("ClaimTasks after Run ended = %v, %v, want the task given back", tasks, err)
	}
}

func TestDoubled(t *testing.T) {
	for n := range 100 {
		if d := doubled(time.Minute, time.Hour, n); d < 54*time.Second || d > 66*time.Minute {
			t.Errorf("doubled(1m, 1h, %s) = %v", strconv.Itoa(n), d)
		}
	}
}
