package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/plonegov/carillon/api/feed"
)

// twins is how many members publish the same documents under the same ids.
const twins = 50

// TestIdenticalFeeds gives fifty members feeds that differ in one word only,
// and asks for every output of each, at once and again by validator: no answer
// may hold the word of another.
func TestIdenticalFeeds(t *testing.T) {
	p, origin := newPublisher(t)
	hub := startHub(t, twinRegion(p, origin))
	items := itemsOf(t, hub, "")
	if len(items) != 3*twins {
		t.Fatalf("%d items from %d feeds of three, want %d", len(items), twins, 3*twins)
	}
	of := map[string][]string{}
	for _, it := range items {
		of[it.Member.Slug] = append(of[it.Member.Slug], it.ID)
	}

	var answers, unchanged atomic.Int64
	var all sync.WaitGroup
	for m := range twins {
		all.Go(func() {
			for _, path := range twinAddresses(m, of[twin(m)]) {
				etag, _ := askTwin(t, hub+path, "", m)
				answers.Add(1)
				if _, status := askTwin(t, hub+path, etag, m); status == http.StatusNotModified {
					unchanged.Add(1)
				} else {
					t.Errorf("GET %s again with %q = %d, want 304", path, etag, status)
				}
				// A tag of one member must not make another's page look unchanged.
				other := (m + 1) % twins
				next := strings.NewReplacer(twin(m), twin(other), canary(m), canary(other)).Replace(path)
				if next != path {
					if _, status := askTwin(t, hub+next, etag, other); status != http.StatusOK {
						t.Errorf("GET %s with the ETag of %s = %d, want 200", next, path, status)
					}
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d members, %d items, %d answers, %d of them 304 when asked again", twins, len(items), answers.Load(), unchanged.Load())
}

func twin(m int) string { return fmt.Sprintf("jumeau-%02d", m) }

// canary is a word that only member m writes; none is the beginning of
// another, or near enough to be taken for a misspelling of one.
func canary(m int) string {
	const letters = "bcdfghjklm"
	a, b := letters[m/10:m/10+1], letters[m%10:m%10+1]
	return "canari" + strings.Repeat(a, 3) + "o" + strings.Repeat(b, 3)
}

// twinRegion writes the region file and the feeds, which lie on one origin. The
// names of members hold no canary: every page may name all members.
func twinRegion(p *publisher, origin string) string {
	var members, rest strings.Builder
	rest.WriteString("channels:\n")
	for m := range twins {
		word := canary(m)
		var list []entry
		for i := range 3 {
			list = append(list, entry{fmt.Sprint(i), "Travaux de la rue " + word, fmt.Sprintf("https://example.org/%d", i), "Le texte, " + word + "."})
		}
		path := fmt.Sprintf("/%d.rss", m)
		p.put(path, bytesOf("application/rss+xml", rssOf("Actualités "+word, list...)))
		fmt.Fprintf(&members, "  - slug: %s\n    kind: commune\n    name: Ville %d\n    sources: [{slug: actus, url: %q}]\n", twin(m), m, origin+path)
		fmt.Fprintf(&rest, "  - {slug: %s, title: Actus, select: \"member=%s\"}\n", twin(m), twin(m))
	}
	rest.WriteString("placements:\n")
	for m := range twins {
		fmt.Fprintf(&rest, "  - {slug: %s, member: %s, widget: list, select: \"channel=%s\", options: {summary: true}}\n", twin(m), twin(m), twin(m))
	}
	return "members:\n" + members.String() + rest.String()
}

// twinAddresses lists every output of one member.
func twinAddresses(m int, ids []string) []string {
	slug, word := twin(m), canary(m)
	paths := []string{
		"/api/v1/items?member=" + slug, "/api/v1/items?source=" + slug + "/actus", "/api/v1/items?channel=" + slug,
		"/api/v1/items?member=" + slug + "&limit=1&sort=oldest", "/api/v1/items?q=" + word,
		"/api/v1/search?member=" + slug + "&q=travaux", "/api/v1/search?channel=" + slug, "/api/v1/search?q=" + word,
		"/api/v1/sources?member=" + slug, "/search?member=" + slug, "/search?q=" + word, "/members/" + slug, "/channels/" + slug,
		"/embed/" + slug, "/embed/" + slug + ".html",
		"/embed/widget/list?member=" + slug, "/embed/widget/list.html?channel=" + slug,
	}
	for _, f := range feed.Formats {
		paths = append(paths, "/feed."+f.Extension+"?member="+slug, "/feed."+f.Extension+"?q="+word, "/channels/"+slug+"."+f.Extension)
	}
	for _, id := range ids {
		paths = append(paths, "/items/"+id, "/api/v1/items/"+id, "/api/v1/items/"+id+"/versions")
	}
	return paths
}

// askTwin gets an address that is to hold the word of member m and no other,
// or to be unchanged when asked by a validator that is not "".
func askTwin(t *testing.T, address, etag string, m int) (tag string, status int) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Error(err)
		return "", 0
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return "", 0
	}
	defer res.Body.Close()
	if res.Header.Get("Retry-After") == "1" { // fifty ask at once: the hub is busy, and says when to come back
		return askTwin(t, address, etag, m)
	}
	if res.StatusCode == http.StatusNotModified {
		return etag, res.StatusCode
	}
	body := readAll(t, res)
	if res.StatusCode != http.StatusOK || !strings.Contains(body, canary(m)) {
		t.Errorf("GET %s = %d without %s: %.200s", address, res.StatusCode, canary(m), body)
	}
	for other := range twins {
		if other != m && strings.Contains(body, canary(other)) {
			t.Errorf("GET %s holds %s of %s", address, canary(other), twin(other))
		}
	}
	return res.Header.Get("ETag"), res.StatusCode
}
