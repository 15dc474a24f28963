package embed_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// do sends a request with header names and values in pairs.
func do(t testing.TB, method, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Retry-After") == "1" { // many at once on a busy machine: as told
		return do(t, method, url, header...)
	}
	return res, string(body)
}

// fifty is a hub of fifty members with a placement each.
func fifty(h *hub) {
	for i := range 50 {
		slug := fmt.Sprintf("commune-%02d", i)
		h.members = append(h.members, federation.Member{Slug: slug, Kind: federation.KindCommune,
			Name: federation.Text{"fr": "Commune " + slug}, Sites: []string{"https://www." + slug + ".example"}})
		sel := federation.Selection{Members: []string{slug}}
		h.placements = append(h.placements, federation.Placement{Slug: slug + "-actus", Member: slug, Widget: "list", Select: sel})
		for n := range 3 {
			h.items = append(h.items, item(slug, n, fmt.Sprintf("Titre %d de %s", n, slug)))
		}
	}
}

func TestNoMemberGetsAnothersItems(t *testing.T) {
	h := newHub(t, fifty)
	var wg sync.WaitGroup
	for round := range 4 {
		for i := range 50 {
			wg.Go(func() {
				slug := fmt.Sprintf("commune-%02d", i)
				for _, path := range []string{"/embed/" + slug + "-actus.html", "/embed/" + slug + "-actus", "/embed/widget/list.html?member=" + slug} {
					res, body := get(t, h.URL+path)
					if res.StatusCode != 200 || strings.Count(body, "de "+slug) != 3 || strings.Count(body, "Titre ") != 3 {
						t.Errorf("round %d: GET %s = %d, %d titles of which %d its own, want 3 and 3",
							round, path, res.StatusCode, strings.Count(body, "Titre "), strings.Count(body, "de "+slug))
					}
				}
			})
		}
	}
	wg.Wait()
}

func TestOriginsOfTheMemberAlone(t *testing.T) {
	h := newHub(t, func(h *hub) {
		fifty(h)
		h.members[1].Sites = nil
	})
	const own, strange = "https://www.commune-00.example", "https://evil.example"
	for _, c := range []struct {
		path, origin string
		status       int
		allow, vary  string
	}{
		{"/embed/commune-00-actus.html", own, 200, own, "Origin"},
		{"/embed/commune-00-actus.html", strange, 403, "*", "Origin"}, // the reason is for all to read
		{"/embed/commune-00-actus.html", "null", 403, "*", "Origin"},
		{"/embed/commune-00-actus.html", "", 200, "", "Origin"}, // a server include
		{"/embed/commune-01-actus.html", strange, 200, "*", ""},
		{"/embed/widget/list.html?member=commune-00", strange, 200, "*", ""},
		{"/w/1/carillon.js", strange, 200, "*", ""},
	} {
		var header []string
		if c.origin != "" {
			header = []string{"Origin", c.origin}
		}
		res, _ := get(t, h.URL+c.path, header...)
		if res.StatusCode != c.status || res.Header.Get("Access-Control-Allow-Origin") != c.allow {
			t.Errorf("GET %s from %q = %d, allow %q; want %d, %q", c.path, c.origin,
				res.StatusCode, res.Header.Get("Access-Control-Allow-Origin"), c.status, c.allow)
		}
		if vary := strings.Join(res.Header.Values("Vary"), ","); c.vary != "" && !strings.Contains(vary, c.vary) {
			t.Errorf("GET %s from %q: Vary %q, want %s", c.path, c.origin, vary, c.vary)
		}
	}
	for path, want := range map[string]string{
		"/embed/commune-00-actus": "frame-ancestors 'self' " + own,
		"/embed/commune-01-actus": "frame-ancestors *",
	} {
		res, _ := get(t, h.URL+path)
		if got := res.Header.Get("Content-Security-Policy"); !strings.HasSuffix(got, want) || strings.Contains(got, "unsafe") {
			t.Errorf("GET %s: policy %q, want it to end in %q", path, got, want)
		}
	}
}

func TestValidatorsAndEncodings(t *testing.T) {
	h := newHub(t, fifty)
	for _, path := range []string{"/embed/commune-00-actus.html", "/embed/commune-00-actus", "/w/1/carillon.js",
		"/w/" + widgets.Version + "/carillon.js", "/w/1/carillon.css?accent=%23b3123a", "/w/integrity.json"} {
		tags := map[string]bool{}
		for _, encoding := range []string{"identity", "gzip", "br", "gzip, deflate, br;q=0.9", "br;q=0, gzip"} {
			res, body := get(t, h.URL+path, "Accept-Encoding", encoding)
			tag := res.Header.Get("ETag")
			tags[tag] = true
			if res.StatusCode != 200 || body == "" || !strings.HasPrefix(tag, `"`) || res.Header.Get("Cache-Control") == "" ||
				!strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("GET %s (%s) = %d, %d bytes, %v", path, encoding, res.StatusCode, len(body), res.Header)
			}
			if got := res.Header.Get("Content-Encoding"); got != map[string]string{"identity": "", "gzip": "gzip", "br": "br",
				"gzip, deflate, br;q=0.9": "br", "br;q=0, gzip": "gzip"}[encoding] {
				t.Errorf("GET %s (%s): encoding %q", path, encoding, got)
			}
			res, body = get(t, h.URL+path, "Accept-Encoding", encoding, "If-None-Match", `"other", W/`+tag)
			if res.StatusCode != 304 || body != "" || res.Header.Get("ETag") != tag {
				t.Errorf("GET %s (%s) with its tag = %d, want 304", path, encoding, res.StatusCode)
			}
			res, body = do(t, http.MethodHead, h.URL+path, "Accept-Encoding", encoding)
			if res.StatusCode != 200 || body != "" || res.Header.Get("ETag") != tag || res.ContentLength <= 0 {
				t.Errorf("HEAD %s (%s) = %d, %v", path, encoding, res.StatusCode, res.Header)
			}
			if res.Header.Get("Set-Cookie") != "" {
				t.Errorf("GET %s sets a cookie", path)
			}
		}
		if len(tags) != 3 {
			t.Errorf("GET %s has tags %v, want one for each encoding", path, tags)
		}
	}
}

func TestRefusals(t *testing.T) {
	h := newHub(t, fifty)
	for path, want := range map[string]int{
		"/embed/nothing":                                         404,
		"/embed/nothing.html":                                    404,
		"/embed/widget/map.html":                                 404,
		"/w/9.9.9/carillon.js":                                   404,
		"/embed/widget/list.html?member=nobody":                  404,
		"/embed/widget/list.html?channel=nothing":                404,
		"/embed/widget/list.html?limit=1000":                     400,
		"/embed/widget/list.html?ui=xx":                          400,
		"/embed/widget/list.html?heading=1":                      400,
		"/embed/widget/list.html?images=perhaps":                 400,
		"/embed/widget/list.html?theme-accent=red":               400,
		"/embed/widget/list.html?theme-font=x%3B%7D":             400,
		"/embed/widget/list.html?ui=nl&ui=fr":                    400,
		"/embed/widget/list.html?title=%00":                      400,
		"/embed/widget/list.html?limit=%zz":                      400,
		"/w/1/carillon.css?accent=red":                           400,
		"/embed/widget/list.html?ui=nl&heading=2&images&summary": 200,
		"/embed/commune-00-actus.html?ui=de&theme-accent=%23008": 200,
	} {
		if res, body := get(t, h.URL+path); res.StatusCode != want {
			t.Errorf("GET %s = %d %.200s, want %d", path, res.StatusCode, body, want)
		}
	}
}

// TestStrangersInAnAddress: what others added to the address of a widget
// changes nothing, and makes no further copy in the cache. A widget that was
// saved shows what was saved, whoever asks for more.
func TestStrangersInAnAddress(t *testing.T) {
	h := newHub(t, fifty)
	for plain, others := range map[string][]string{
		"/embed/commune-00-actus.html":              {"?fbclid=IwAR0", "?utm_source=x&amp;utm_medium=mail", "?member=commune-01", "?a%zz", "?theme-smell=rose", "?;jsessionid=1"},
		"/embed/commune-00-actus":                   {"?_ga=2.1.3", "?limit=1", "?PHPSESSID=8"},
		"/embed/widget/list.html?member=commune-02": {"&gclid=1", "&cursor=x", "&colour=red", "&%ff=%ff", "&amp;mc_cid=1", "&"},
		"/w/1/carillon.css?accent=%23b3123a":        {"&v=3", "&evil=%23fff"},
	} {
		_, want := get(t, h.URL+plain)
		searches := h.searches
		for _, more := range others {
			if res, body := get(t, h.URL+plain+more); res.StatusCode != 200 || body != want {
				t.Errorf("GET %s%s = %d with other bytes than without: %.200s", plain, more, res.StatusCode, body)
			}
		}
		if h.searches != searches {
			t.Errorf("%s with what others added made %d further searches, want none", plain, h.searches-searches)
		}
	}
}

func TestBytesAreBuiltOnceAndAgainAfterAChange(t *testing.T) {
	h := newHub(t, fifty)
	for range 5 {
		get(t, h.URL+"/embed/commune-07-actus.html")
		get(t, h.URL+"/embed/widget/list.html?limit=5&member=commune-07")
		get(t, h.URL+"/embed/widget/list.html?member=commune-07&limit=5") // equal, written otherwise
	}
	if h.searches != 2 {
		t.Errorf("two widgets were built by %d searches, want 2", h.searches)
	}
	res, before := get(t, h.URL+"/embed/commune-07-actus.html")
	h.change(t, func() { h.items[7*3].Title = "Titre nouveau" })
	again, after := get(t, h.URL+"/embed/commune-07-actus.html", "If-None-Match", res.Header.Get("ETag"))
	if strings.Contains(before, "nouveau") || !strings.Contains(after, "Titre nouveau") || again.StatusCode != 200 {
		t.Errorf("after a change GET = %d, %q, want the new title", again.StatusCode, after)
	}
	res = again
	h.change(t, func() {}) // of something else
	if same, _ := get(t, h.URL+"/embed/commune-07-actus.html", "If-None-Match", res.Header.Get("ETag")); same.StatusCode != 304 {
		t.Errorf("after another's change GET = %d, want 304: the bytes are equal", same.StatusCode)
	}
	h.change(t, func() { h.members[7].Theme.Accent = "#b3123a" })
	if _, themed := get(t, h.URL+"/embed/commune-07-actus.html"); !strings.Contains(themed, "#b3123a") {
		t.Error("after a change of the member's theme its colour is not shown")
	}
	h.change(t, func() { h.down = federation.ErrUnavailable })
	if res, _ := get(t, h.URL+"/embed/commune-07-actus.html"); res.StatusCode != 503 {
		t.Errorf("without search GET = %d, want 503", res.StatusCode)
	}
	h.change(t, func() { h.down, h.placements = nil, h.placements[:7] })
	if res, _ := get(t, h.URL+"/embed/commune-07-actus.html"); res.StatusCode != 404 {
		t.Errorf("after removal GET = %d, want 404", res.StatusCode)
	}
}
