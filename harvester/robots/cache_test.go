package robots_test

import (
	"context"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/robots"
)

// answers is a client that answers every request with the next of them, the
// last one again and again, and counts.
type answers struct {
	next  []*safehttp.Response
	asked int
}

func (a *answers) Get(context.Context, safehttp.Request) (*safehttp.Response, error) {
	res := a.next[min(a.asked, len(a.next)-1)]
	a.asked++
	return res, nil
}

func answer(status int, body string) *safehttp.Response {
	return &safehttp.Response{Status: status, Body: []byte(body)}
}

// TestCache asks each host once a day, and again in an hour after a fault; what
// is read on a private network is no answer for those who may not.
func TestCache(t *testing.T) {
	const page = "https://v.example/a"
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	site := &answers{next: []*safehttp.Response{answer(503, ""), answer(200, "User-agent: *\nCrawl-delay: 60\nDisallow: /b")}}
	var c robots.Cache
	for _, step := range []struct {
		later   time.Duration
		address string
		want    bool
		wait    time.Duration
		asked   int
	}{
		{0, page, false, 0, 1},
		{time.Minute, page, false, 0, 1},
		{time.Hour, page, true, 30 * time.Second, 2},
		{2 * time.Hour, "https://v.example/b", false, 30 * time.Second, 2},
		{26 * time.Hour, page, true, 30 * time.Second, 3},
	} {
		ok, wait := c.Allowed(t.Context(), site, step.address, nil, now.Add(step.later))
		if ok != step.want || wait != step.wait || site.asked != step.asked {
			t.Errorf("after %s Allowed(%s) = %t, %s after %d requests, want %t, %s after %d", step.later, step.address, ok, wait, site.asked, step.want, step.wait, step.asked)
		}
	}
	c.Allowed(t.Context(), site, page, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, now.Add(26*time.Hour))
	if site.asked != 4 {
		t.Errorf("a source on a private network used what another was told: %d requests, want 4", site.asked)
	}
}

func TestUnlisted(t *testing.T) {
	for value, want := range map[string]bool{"noindex": true, "NOINDEX, nofollow": true, "googlebot: none": true, "nofollow": false, "": false, "all": false} {
		if got := robots.Unlisted(http.Header{"X-Robots-Tag": {value}}); got != want {
			t.Errorf("Unlisted(%q) = %t, want %t", value, got, want)
		}
	}
}

func TestSitemaps(t *testing.T) {
	got := robots.Sitemaps([]byte("\ufeffSITEMAP: /a.xml # ours\r\nUser-agent: *\nDisallow: /\nsitemap:https://o.example/b.xml\nSitemap: ftp://x.example/\nSitemap: /a.xml\n"), robots.Address("https://samb.example/fr/x"))
	if want := []string{"https://samb.example/a.xml", "https://o.example/b.xml"}; !cmp.Equal(got, want) {
		t.Errorf("Sitemaps = %v, want %v", got, want)
	}
}
