package websub

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func TestSignatures(t *testing.T) {
	const body = "été"
	m384, m512 := hmac.New(sha512.New384, []byte("secret")), hmac.New(sha512.New, []byte("secret"))
	_, _ = io.WriteString(m384, body)
	_, _ = io.WriteString(m512, body)
	const s256 = "1f5178e81cda6cd5b08c10e985a18f48dfd3820cb9bc2bc65c2630ecea371b2c" // openssl dgst -sha256 -hmac secret
	s384, s512 := hex.EncodeToString(m384.Sum(nil)), hex.EncodeToString(m512.Sum(nil))
	for _, test := range []struct {
		headers []string
		want    string
	}{
		{[]string{"sha384=" + s384}, ""},
		{[]string{"sha512=" + s512}, ""},
		{[]string{"SHA512=" + strings.ToUpper(s512)}, ""},
		{[]string{"sha256=" + s256}, ""},
		{[]string{"sha256=" + strings.Repeat("0", 64)}, wronglySign},
		{[]string{"sha512=" + s384}, wronglySign},
		{[]string{"sha384=" + s512}, wronglySign},
		{[]string{"sha512=" + s512[:64]}, wronglySign}, // a part of the right one
		{[]string{"sha512="}, wronglySign},
		{[]string{"sha512=" + s512 + "00"}, wronglySign},
		{[]string{"sha512=xyz"}, wronglyMade},
		{[]string{s512}, wronglyMade},
		{[]string{""}, wronglyMade},
		{[]string{"sha512=" + s512, "sha512=" + s512}, wronglyMade},
		{[]string{"sha512=" + strings.Repeat("0", 4000)}, wronglyMade},
		{[]string{"sha1=" + s512}, weaklySigned},
		{[]string{"md5=" + s512}, wrongMethod},
		{nil, notSigned},
	} {
		got, err := new(Callback).read(http.Header{"X-Hub-Signature": test.headers}, strings.NewReader(body), "secret", true)
		if err != nil || got.ignored != test.want {
			t.Errorf("read(signed %.40q) = ignored %q, %v, want %q", test.headers, got.ignored, err, test.want)
		}
		if test.want == "" && string(got.body) != body {
			t.Errorf("read(signed %.40q) keeps %q, want the body", test.headers, got.body)
		}
	}
	if got, err := new(Callback).read(http.Header{"X-Hub-Signature": {"sha512=" + s512}}, strings.NewReader(body+" "), "secret", false); err != nil || got.ignored != wronglySign {
		t.Errorf("read(longer body) = ignored %q, %v, want %q", got.ignored, err, wronglySign)
	}
}

// TestSHA1Allowed: where the operator allows it, it is a hint and no more.
func TestSHA1Allowed(t *testing.T) {
	w := trusted(t)
	w.callback.AllowSHA1 = true
	form := w.hub.last()
	mac := hmac.New(sha1.New, []byte(form.Get("hub.secret")))
	_, _ = io.WriteString(mac, "one")
	w.hub.push(form, "one", "sha1="+hex.EncodeToString(mac.Sum(nil)))
	w.drain()
	if sub := w.only(); sub.Pushes != 1 || w.pusher.count() != 0 || !w.due().Equal(w.now()) {
		t.Errorf("push signed by sha1: %d taken, %d read, due %v, want a hint", sub.Pushes, w.pusher.count(), w.due())
	}
	w.hub.push(form, "two", "sha1="+strings.Repeat("0", 40))
	if n := w.only().Ignored[wronglySign]; n != 1 {
		t.Errorf("%d pushes wrongly signed by sha1 were ignored, want 1", n)
	}
}

// TestHintsCoalesce: however much is pushed, the source is fetched once a
// minute, and once more after the last push.
func TestHintsCoalesce(t *testing.T) {
	w := newWorld(t)
	w.subscribed()
	form, begin := w.hub.last(), w.now()
	var dues []time.Duration
	for i := range 6 {
		body := fmt.Sprint("change ", i)
		if status := w.hub.push(form, body, sign(form, body)); status != http.StatusAccepted {
			t.Fatalf("push %d = %d, want 202", i, status)
		}
		dues = append(dues, w.due().Sub(begin))
		w.pass(25 * time.Second)
	}
	want := []time.Duration{0, time.Minute, time.Minute, 2 * time.Minute, 2 * time.Minute, 3 * time.Minute}
	if diff := cmp.Diff(want, dues); diff != "" {
		t.Errorf("pushed every 25 s, fetched after (-want +got):\n%s", diff)
	}
}

func TestTooManyPushes(t *testing.T) {
	w := newWorld(t)
	w.subscribed()
	form := w.hub.last()
	for i := range pushes {
		if status := w.hub.push(form, "x", ""); status != http.StatusAccepted {
			t.Fatalf("push %d = %d, want 202", i, status)
		}
	}
	if status := w.hub.push(form, "x", sign(form, "x")); status != http.StatusTooManyRequests {
		t.Errorf("push %d in a minute = %d, want 429", pushes+1, status)
	}
	w.pass(time.Minute)
	if status := w.hub.push(form, "x", sign(form, "x")); status != http.StatusAccepted || w.only().Pushes != 1 {
		t.Errorf("push a minute later = %d and %d taken, want 202 and 1", status, w.only().Pushes)
	}
}

// trusted is a world whose source trusts its hub.
func trusted(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.src.TrustHub = true
	w.saveSource(w.src)
	w.subscribed()
	return w
}

func (w *world) pushed(body string) {
	w.Helper()
	if status := w.hub.push(w.hub.last(), body, sign(w.hub.last(), body)); status != http.StatusAccepted {
		w.Fatalf("push = %d, want 202", status)
	}
}

func TestTrustedPush(t *testing.T) {
	w := trusted(t)
	w.pushed("one")
	w.pushed("two")
	w.drain()
	if diff := cmp.Diff([]string{"alba/news application/atom+xml one", "alba/news application/atom+xml two"}, w.pusher.bodies); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	if due := w.due(); !due.Equal(w.now().Add(assurance)) {
		t.Errorf("the source is due at %v, want soon, at %v, should we fall over", due, w.now().Add(assurance))
	}
	w.pusher.err = errFake
	w.pass(time.Hour)
	w.pushed("three")
	w.drain()
	if due := w.due(); !due.Equal(w.now()) {
		t.Errorf("the source is due at %v after a push that could not be read, want now", due)
	}
}

// TestTrustedPushesBounded: more than fit are hints.
func TestTrustedPushesBounded(t *testing.T) {
	w := trusted(t)
	for i := range 3 * maxBodies {
		w.pushed(fmt.Sprint(i))
	}
	w.drain()
	if n := w.pusher.count(); n != maxBodies {
		t.Errorf("%d pushes were read, want %d", n, maxBodies)
	}
	if sub := w.only(); sub.Pushes != 3*maxBodies || w.due().IsZero() {
		t.Errorf("%d pushes are counted and the source is due at %v, want all and a fetch", sub.Pushes, w.due())
	}
}

func TestNotTrusted(t *testing.T) {
	for name, src := range map[string]func(*federation.Source, *federation.Subscription){
		"not by the operator":              func(s *federation.Source, _ *federation.Subscription) { s.TrustHub = false },
		"https source, secret told openly": func(s *federation.Source, _ *federation.Subscription) { s.URL = "https://alba.example/feed" },
	} {
		w := trusted(t)
		sub := w.only()
		src(&w.src, &sub)
		w.saveSource(w.src)
		w.pushed("one")
		w.drain()
		if n := w.pusher.count(); n > 0 || !w.due().Equal(w.now()) {
			t.Errorf("%s: %d pushes were read, due %v, want a hint", name, n, w.due())
		}
	}
}

// TestLeftAlone: a server that asked for time gets it, whoever pushes.
func TestLeftAlone(t *testing.T) {
	for _, test := range []struct {
		status int
		gone   bool
		next   time.Duration
		want   bool
	}{
		{429, false, time.Hour, true}, {503, false, time.Hour, true}, {503, false, -time.Minute, false},
		{500, false, time.Hour, false}, {410, true, time.Hour, true},
	} {
		w := newWorld(t)
		w.subscribed()
		state := federation.SourceState{Source: w.src.Name(),
			Health:   federation.Health{Failures: 1, Failure: &federation.Failure{Time: w.now(), Class: federation.FailHTTP, Status: test.status}},
			Schedule: federation.Schedule{NextFetch: w.now().Add(test.next)}}
		if test.gone {
			state.Gone = w.now()
		}
		if err := w.store.InTx(t.Context(), func(tx federation.Tx) error { return federation.SaveState(t.Context(), tx, state) }); err != nil {
			t.Fatal(err)
		}
		w.pushed("x")
		if got := w.due().IsZero() && w.only().Ignored[leftAlone] == 1; got != test.want {
			t.Errorf("after a %d, next fetch in %v: left alone %t, want %t", test.status, test.next, got, test.want)
		}
	}
}

func TestSeenBounded(t *testing.T) {
	w := newWorld(t)
	w.subscribed()
	for i := range maxSeen + 5 {
		w.pass(time.Minute)
		w.pushed(fmt.Sprint(i))
	}
	w.pushed(fmt.Sprint(maxSeen + 4))
	if sub := w.only(); len(sub.Seen) != maxSeen || sub.Replays != 1 || sub.Pushes != maxSeen+6 {
		t.Errorf("%d digests, %d replays, %d pushes, want %d, 1, %d", len(sub.Seen), sub.Replays, sub.Pushes, maxSeen, maxSeen+6)
	}
}

func TestLimiter(t *testing.T) {
	l := limiter{most: 2, span: time.Minute, keys: 3}
	now := time.Unix(0, 0)
	for i, want := range []bool{true, true, false} {
		if got := l.add("a", now); got != want {
			t.Errorf("add %d = %t, want %t", i+1, got, want)
		}
	}
	if !l.full("a", now) || l.full("b", now) || l.full("a", now.Add(time.Minute)) {
		t.Error("full: want a now, not b, and not a in a minute")
	}
	for i := range 100 {
		l.add(fmt.Sprint(i), now)
	}
	if len(l.counts) > 3 {
		t.Errorf("%d keys are kept, want 3 at most", len(l.counts))
	}
}

func TestNetwork(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.1:80": "192.0.2.1", "[2001:db8::1:2:3:4]:80": "2001:db8::/64", "[::ffff:192.0.2.1]:1": "192.0.2.1", "x": "x",
	} {
		if got := network(from); got != want {
			t.Errorf("network(%q) = %q, want %q", from, got, want)
		}
	}
}
