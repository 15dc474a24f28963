package main

import (
	"bufio"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

// requestRegion is a small region with one item.
func requestRegion(t *testing.T) string {
	t.Helper()
	p, origin := newPublisher(t)
	p.put("/rss", bytesOf("application/rss+xml", rssOf("Actus", entry{"1", "Un", "https://example.org/1", "x"}, entry{"2", "Deux", "https://example.org/2", "x"})))
	return `members:
  - {slug: m, kind: commune, name: M, sources: [{slug: s, url: "` + origin + `/rss"}]}
channels:
  - {slug: actus, title: Actus, select: "member=m"}
placements:
  - {slug: p, member: m, widget: list, select: "channel=actus"}
`
}

// TestBadRequests asks for what is not there and in ways that cannot be meant:
// programs get a problem document, people a page, and both say what is wrong.
func TestBadRequests(t *testing.T) {
	hub := startHub(t, requestRegion(t))
	const noID = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	selections := map[string]string{ // query to the key at fault
		"limit=0": "limit", "limit=101": "limit", "limit=ten": "limit",
		"sort=best": "sort", "type=gossip": "type", "from=yesterday": "from", "near=here": "near", "near=91,0": "near",
		"near=50,4&radius=-1": "radius", "member=Not%20a%20slug": "member", "q=a&q=b": "q", "q=%ff": "q", "lang=%00": "lang",
	}
	programs := map[string]int{
		"/api/v1/items?member=nobody": 404, "/api/v1/search?channel=nobody": 404,
		"/api/v1/items/" + noID: 404, "/api/v1/items/x": 404, "/api/v1/items/" + noID + "/versions": 404, "/api/v1/nothing": 404,
		"/api/v1/sources?member=nobody": 404, "/api/v1/members?colour=red": 400,
		"/feed.rss?member=nobody": 404, "/feed.atom?channel=nobody": 404, "/feed.xyz": 404, "/feed.json?ui=xx": 400,
		"/channels/nobody.rss": 404, "/channels/nobody.json": 404, "/channels/actus.rss?channel=actus": 400,
		"/embed/nobody.html": 404, "/embed/widget/carousel.html": 404, "/embed/p.html?heading=9": 400, "/embed/widget/list.html?member=nobody": 404,
	}
	people := map[string]int{
		"/members/nobody": 404, "/channels/nobody": 404, "/items/" + noID: 404, "/items/x": 404, "/nothing": 404, "/search?member=nobody": 404,
		"/embed/nobody": 404, "/embed/widget/carousel": 404, "/embed/p?images=perhaps": 400, "/search?cursor=xyz": 400, "/channels/actus?cursor=xyz": 400, "/embed/widget/list?theme-accent=red%3Bx": 400,
	}
	for query := range selections {
		people["/search?"+query] = 400
		people["/embed/widget/list?"+query] = 400
	}
	for query, key := range selections {
		for _, path := range []string{"/api/v1/items?", "/api/v1/search?", "/feed.rss?", "/feed.atom?", "/feed.json?", "/channels/actus.rss?", "/embed/widget/list.html?"} {
			wantProblem(t, hub, path+query, 400, key)
		}
	}
	for _, path := range []string{"/api/v1/items?", "/api/v1/search?"} { // a typing error must not look like an answer
		wantProblem(t, hub, path+"colour=red", 400, "colour")
	}
	for _, path := range []string{"/api/v1/items?", "/api/v1/search?", "/feed.rss?", "/feed.atom?", "/feed.json?", "/channels/actus.rss?"} {
		wantProblem(t, hub, path+"cursor=xyz", 400, "cursor")
	}
	for _, path := range []string{"/search?colour=red", "/members/m/?gclid=1", "/channels/actus?fbclid=1"} {
		wantPage(t, hub, path, 200) // after a redirect
	}
	for _, path := range []string{"/embed/p?colour=red", "/embed/widget/list.html?cursor=xyz", "/feed.rss?utm_source=x"} {
		if a := ask(t, hub+path); a.status != 200 {
			t.Errorf("GET %s = %d, want 200", path, a.status)
		}
	}
	for path, status := range programs {
		wantProblem(t, hub, path, status, "")
	}
	for path, status := range people {
		wantPage(t, hub, path, status)
	}
	t.Logf("%d requests of programs answered with a problem, %d of people with a page", 7*len(selections)+len(programs), len(people))
}

type answered struct {
	status      int
	contentType string
	body        string
}

func ask(t *testing.T, address string) answered {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil {
		t.Errorf("GET %s: content type %q: %v", address, res.Header.Get("Content-Type"), err)
	}
	return answered{res.StatusCode, kind, readAll(t, res)}
}

// wantProblem holds that the answer is a problem document (RFC 9457), which
// names the key at fault when there is one.
func wantProblem(t *testing.T, hub, path string, status int, key string) {
	t.Helper()
	a := ask(t, hub+path)
	var p struct {
		Type, Title, Detail, Instance string
		Status                        int
		Errors                        []struct{ Location, Message string }
	}
	err := json.Unmarshal([]byte(a.body), &p)
	if err != nil || a.status != status || a.contentType != "application/problem+json" {
		t.Errorf("GET %s = %d %s, want a problem of status %d: %.200s", path, a.status, a.contentType, status, a.body)
		return
	}
	if p.Status != status || p.Title == "" || p.Detail == "" || jargon.MatchString(p.Detail) {
		t.Errorf("GET %s: problem %+v, want status %d and a detail in plain words", path, p, status)
	}
	if key != "" && (len(p.Errors) != 1 || p.Errors[0].Location != "query."+key || p.Errors[0].Message == "") {
		t.Errorf("GET %s: faults %+v, want one at query.%s", path, p.Errors, key)
	}
}

// wantPage holds that the answer is a page in a language, with a heading.
func wantPage(t *testing.T, hub, path string, status int) {
	t.Helper()
	a := ask(t, hub+path)
	if a.status != status || a.contentType != "text/html" || !strings.Contains(a.body, "<html lang=") || !strings.Contains(a.body, "<h1") {
		t.Errorf("GET %s = %d %s, want a page of status %d: %.200s", path, a.status, a.contentType, status, a.body)
	}
}

// TestNaughtyRequests sends texts that others collected because they broke
// something, as query and as path: the hub answers, never with 500, and never
// with a file of the machine.
func TestNaughtyRequests(t *testing.T) {
	texts := inputsOf(t, "text", "naughty-strings.jsonl")
	texts = append(texts, inputsOf(t, "http", "path-traversal.jsonl")...)
	texts = append(texts, inputsOf(t, "http", "crlf.jsonl")...)
	hub := startHub(t, requestRegion(t))
	asked := 0
	for _, text := range texts {
		for _, path := range []string{"/api/v1/search?q=" + url.QueryEscape(text), "/search?q=" + url.QueryEscape(text),
			"/feed.rss?category=" + url.QueryEscape(text), "/members/" + url.PathEscape(text), "/api/v1/items/" + url.PathEscape(text),
			"/embed/" + url.PathEscape(text), "/" + url.PathEscape(text)} {
			a := ask(t, hub+path)
			asked++
			if a.status >= 500 || a.status == 200 && strings.Contains(a.body, "root:x:0") {
				t.Errorf("GET %s = %d: %.200s", path, a.status, a.body)
			}
		}
	}
	t.Logf("%d naughty texts, %d requests, none answered with 500", len(texts), asked)
}

func inputsOf(t *testing.T, elem ...string) []string {
	t.Helper()
	f, err := os.Open(shareddata.Dir(t, append([]string{"hostile"}, elem...)...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	in := bufio.NewScanner(f)
	in.Buffer(nil, 4<<20)
	for in.Scan() {
		var row struct{ Input string }
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		out = append(out, row.Input)
	}
	if err := in.Err(); err != nil || len(out) == 0 {
		t.Fatalf("%s has %d rows: %v", f.Name(), len(out), err)
	}
	return out
}
