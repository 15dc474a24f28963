package websub

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func TestDecide(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	const a, b, topic = "https://a.example/", "https://b.example/", "https://s.example/feed"
	held := func(hub string, change func(*federation.Subscription)) []federation.Subscription {
		s := federation.Subscription{ID: "1", Hub: hub, Topic: topic, State: federation.SubscriptionActive, Created: now.Add(-48 * time.Hour), Lease: now.Add(time.Hour)}
		if change != nil {
			change(&s)
		}
		return []federation.Subscription{s}
	}
	fresh := func(s *federation.Subscription) { s.Created = now.Add(-time.Hour) }
	denied := func(s *federation.Subscription) { s.State = federation.SubscriptionDenied }
	failing := func(s *federation.Subscription) { s.State, s.Failures = federation.SubscriptionPending, passOver }
	leaving := func(s *federation.Subscription) { s.State = federation.SubscriptionLeaving }
	for name, test := range map[string]struct {
		held  []federation.Subscription
		offer offer
		leave bool
		hub   string
	}{
		"nothing":                            {nil, offer{topic: topic}, false, ""},
		"new":                                {nil, offer{topic, []string{a, b}}, false, a},
		"as before":                          {held(a, nil), offer{topic, []string{a}}, false, ""},
		"the hub is now the second":          {held(a, nil), offer{topic, []string{b, a}}, false, ""},
		"another hub":                        {held(a, nil), offer{topic, []string{b}}, true, b},
		"another topic":                      {held(a, nil), offer{topic + "2", []string{a}}, true, a},
		"no hub any more":                    {held(a, nil), offer{topic: topic}, true, ""},
		"another hub within a day":           {held(a, fresh), offer{topic, []string{b}}, false, ""},
		"no hub within a day":                {held(a, fresh), offer{topic: topic}, false, ""},
		"not wanted, within a day":           {held(a, fresh), offer{}, true, ""},
		"denied, and there is another":       {held(a, denied), offer{topic, []string{a, b}}, true, b},
		"denied by the last":                 {held(b, denied), offer{topic, []string{a, b}}, false, ""},
		"silent, and there is another":       {held(a, failing), offer{topic, []string{a, b}}, true, b},
		"renewal fails, and it is active":    {held(a, func(s *federation.Subscription) { s.Failures = passOver }), offer{topic, []string{a, b}}, false, ""},
		"being left, and it comes again":     {held(a, leaving), offer{topic, []string{a}}, false, a},
		"being left, and it does not":        {held(a, leaving), offer{topic: topic}, false, ""},
		"two at once, of another time":       {append(held(a, nil), held(b, nil)...), offer{topic, []string{a}}, true, ""},
		"denied, and the document names it ": {held(a, denied), offer{topic, []string{a}}, false, ""},
	} {
		leave, hub := decide(test.held, test.offer, now)
		if (len(leave) > 0) != test.leave || hub != test.hub {
			t.Errorf("%s: decide = leave %v, hub %q, want leave %t, hub %q", name, leave, hub, test.leave, test.hub)
		}
	}
}

func TestTopic(t *testing.T) {
	src := federation.Source{URL: "https://www.alba.example/feed"}
	for _, test := range []struct{ url, self, want string }{
		{"https://www.alba.example/feed", "", "https://www.alba.example/feed"},
		{"", "", "https://www.alba.example/feed"},
		{"", "https://www.alba.example/rss?b=2&a=1", "https://www.alba.example/rss?b=2&a=1"},
		{"", "http://WWW.alba.example/Feed#x", "http://WWW.alba.example/Feed#x"},
		{"https://cdn.example/alba", "https://www.alba.example/feed", "https://www.alba.example/feed"},
		{"https://cdn.example/alba", "https://cdn.example/Alba", "https://cdn.example/Alba"},
		{"https://cdn.example/alba", "https://brume.example/feed", "https://cdn.example/alba"},
		{"", "https://alba.example/feed", "https://www.alba.example/feed"},
		{"", "https://www.alba.example.evil.example/feed", "https://www.alba.example/feed"},
		{"", "https://www.alba.example@evil.example/", "https://www.alba.example/feed"},
		{"", "javascript:alert(1)", "https://www.alba.example/feed"},
		{"file:///etc/passwd", "https://www.alba.example/feed", ""},
	} {
		if got := topic(src, Found{URL: test.url, Self: test.self}); got != test.want {
			t.Errorf("topic(read at %q, self %q) = %q, want %q", test.url, test.self, got, test.want)
		}
	}
}

func TestOfferRefuses(t *testing.T) {
	src := federation.Source{URL: "https://a.example/feed"}
	found := Found{Hubs: []string{"ftp://h.example/", "https://us.example/websub", "https://u:p@h.example/", "https://h.example/", "https://h.example/", "http://0x7f.1/"}}
	if diff := cmp.Diff([]string{"https://h.example/"}, newOffer(src, found, "us.example").hubs); diff != "" {
		t.Errorf("hubs of %v (-want +got):\n%s", found.Hubs, diff)
	}
	src.Suspended = true
	if o := newOffer(src, found, ""); len(o.hubs) > 0 || o.topic != "" {
		t.Errorf("offer of a suspended source = %+v, want none", o)
	}
}

// TestSourceRemoved: the hub is told to stop, a few times, and then forgotten.
func TestSourceRemoved(t *testing.T) {
	w := newWorld(t)
	sub := w.subscribed()
	err := w.store.InTx(t.Context(), func(tx federation.Tx) error {
		return federation.Remove[federation.Source](t.Context(), tx, w.src.Name())
	})
	if err != nil {
		t.Fatal(err)
	}
	w.turn()
	bye := w.hub.last()
	if bye.Get("hub.mode") != "unsubscribe" || bye.Get("hub.topic") != w.src.URL || bye.Has("hub.secret") || bye.Get("hub.callback") != sub.Callback {
		t.Errorf("the hub was asked %v, want to unsubscribe", bye)
	}
	if status, _ := w.hub.verify(bye, map[string]string{"hub.mode": "subscribe"}); status != http.StatusNotFound {
		t.Errorf("verification of a subscription while we leave = %d, want 404", status)
	}
	for range 2 * goodbyes {
		w.pass(48 * time.Hour)
		w.turn()
	}
	if n := len(w.hub.requests()); n != 1+goodbyes {
		t.Errorf("the hub was asked %d times to stop, want %d", n-1, goodbyes)
	}
	if list := w.all(); len(list) > 0 {
		t.Errorf("subscriptions %+v are left, want none", list)
	}
	if due, err := w.store.NextDue(t.Context(), federation.TaskSubscription); err != nil || !due.IsZero() {
		t.Errorf("a task is due at %v, %v, want none left", due, err)
	}
}

// TestHubChanges: the old hub is left, the new one asked, under another secret.
func TestHubChanges(t *testing.T) {
	w := newWorld(t)
	old := w.subscribed()
	other := newPeer(t)
	w.pass(settled)
	w.pages["/feed"] = page{body: atom(other.URL, w.src.URL)}
	w.discover()
	w.turn()
	if w.hub.last().Get("hub.mode") != "unsubscribe" || other.last().Get("hub.mode") != "subscribe" {
		t.Errorf("asked %v and %v, want to leave the old hub and join the new", w.hub.last(), other.last())
	}
	if other.last().Get("hub.secret") == old.Secret || other.last().Get("hub.callback") == old.Callback {
		t.Error("the new hub got the token or the secret of the old one")
	}
	w.hub.verify(w.hub.last(), nil)
	other.verify(other.last(), nil)
	if sub := w.only(); sub.Hub != other.URL || !sub.Active(w.now()) {
		t.Errorf("subscription at %s is %s, want the new one active", sub.Hub, sub.State)
	}
}

// TestNextHub: one that refuses is passed over for the next that is named.
func TestNextHub(t *testing.T) {
	w := newWorld(t)
	next := newPeer(t)
	w.hub.answers(http.StatusForbidden)
	w.pages["/feed"] = page{header: http.Header{"Link": {"<" + w.hub.URL + ">; rel=hub, <" + next.URL + ">; rel=hub"}}, body: atom("", "")}
	w.discover()
	w.turn()
	w.discover()
	w.turn()
	next.verify(next.last(), nil)
	if sub := w.only(); sub.Hub != next.URL || !sub.Active(w.now()) {
		t.Errorf("subscription at %s is %s, want the second hub's active", sub.Hub, sub.State)
	}
}

func TestNothingWrittenWhenSettled(t *testing.T) {
	w := newWorld(t)
	before := w.subscribed()
	for range 3 {
		w.discover()
	}
	if diff := cmp.Diff(before, w.only()); diff != "" {
		t.Errorf("subscription after finding the same again (-before +after):\n%s", diff)
	}
}

// TestNobodyReachesUs: without a public address nothing is asked, and the log
// says so once.
func TestNobodyReachesUs(t *testing.T) {
	var b strings.Builder
	w := newWorld(t)
	s := New(slog.New(slog.NewTextHandler(&b, nil)), w.store, w.client, "")
	for range 3 {
		if err := s.Discovered(t.Context(), w.src, Found{Hubs: []string{w.hub.URL}}); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(b.String(), "--public-url"); n != 1 || len(w.all()) > 0 {
		t.Errorf("the log says it %d times and there are %d subscriptions, want 1 and 0", n, len(w.all()))
	}
}

// TestNeverConfirmed: a hub that did not confirm need not be told to stop, and
// may not confirm any more.
func TestNeverConfirmed(t *testing.T) {
	w := newWorld(t)
	w.pages["/feed"] = page{body: atom(w.hub.URL, "")}
	w.discover()
	w.turn()
	w.src.Suspended = true
	w.saveSource(w.src)
	w.turn()
	if n := len(w.hub.requests()); n != 1 || len(w.all()) > 0 {
		t.Errorf("asked %d times and %d subscriptions are left, want 1 and none", n, len(w.all()))
	}
	if status, _ := w.hub.verify(w.hub.last(), nil); status != http.StatusNotFound {
		t.Errorf("verification after we left = %d, want 404", status)
	}
}

// TestGoneAtRenewal: another hub on the same store may have seen the change
// that removed the source.
func TestGoneAtRenewal(t *testing.T) {
	w := newWorld(t)
	sub := w.subscribed()
	err := w.store.InTx(t.Context(), func(tx federation.Tx) error {
		return federation.Remove[federation.Source](t.Context(), tx, w.src.Name())
	})
	if err != nil {
		t.Fatal(err)
	}
	w.pass(lease * 95 / 100)
	if _, err := w.subscriber.step(t.Context(), sub.ID); err != nil {
		t.Fatal(err)
	}
	if mode := w.hub.last().Get("hub.mode"); mode != "unsubscribe" {
		t.Errorf("the hub was asked to %s, want unsubscribe", mode)
	}
}

// TestDeniedIsFinal: a hub that refused cannot confirm what it was asked before.
func TestDeniedIsFinal(t *testing.T) {
	w := newWorld(t)
	w.pages["/feed"] = page{body: atom(w.hub.URL, "")}
	w.discover()
	w.turn()
	asked := w.hub.last()
	if status, _ := w.hub.verify(asked, map[string]string{"hub.mode": "denied", "hub.topic": w.src.URL + "x"}); status != http.StatusNotFound {
		t.Errorf("denied for another topic = %d, want 404", status)
	}
	w.hub.verify(asked, map[string]string{"hub.mode": "denied"})
	if status, _ := w.hub.verify(asked, nil); status != http.StatusNotFound || w.only().State != federation.SubscriptionDenied {
		t.Errorf("verification after a refusal = %d, %s, want 404, denied", status, w.only().State)
	}
	w.pass(30 * time.Hour)
	w.turn()
	if n := len(w.hub.requests()); n != 2 {
		t.Errorf("the hub was asked %d times, want once more after a day", n)
	}
	if status, _ := w.hub.verify(w.hub.last(), nil); status != http.StatusOK || !w.only().Active(w.now()) {
		t.Errorf("verification of the second request = %d, want 200", status)
	}
}
