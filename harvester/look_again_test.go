package harvester

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// window answers with a feed of the items whose letters are given.
func window(w *testHub, letters string) {
	body := `{"feed":"News"}`
	for _, l := range letters {
		body += fmt.Sprintf("\n"+`{"id":"%[1]c","title":"Item %[1]c","url":"http://a.example/news/%[1]c"}`, l)
	}
	w.ok("http://a.example/list", body)
}

// titlesOf are the letters of the live items.
func titlesOf(w *testHub) string {
	var out []string
	for _, line := range w.items() {
		out = append(out, line[len(line)-1:])
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

func windowed(t *testing.T) (*testHub, federation.Source) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "news", URL: "http://a.example/list"})
	for _, l := range "ABCD" {
		w.ok(fmt.Sprintf("http://a.example/news/%c", l), "<html>page")
	}
	w.answer("http://a.example/robots.txt", "HTTP/1.1 404 Not Found\n\n")
	window(w, "ABCD")
	w.one(src)
	window(w, "ABC")
	w.pass(time.Hour)
	w.one(src)
	if asked := w.look(); slices.ContainsFunc(asked, func(a string) bool { return strings.Contains(a, "/news/") }) {
		t.Errorf("on the day that an item left: asked %q", asked)
	}
	w.pass(lookEvery)
	return w, src
}

// TestLookAgain: what left a feed is withdrawn when its own address says twice, a
// day apart, that it is gone; what is only old stays.
func TestLookAgain(t *testing.T) {
	for name, gone := range map[string]string{
		"404": "HTTP/1.1 404 Not Found\n\nnot here", "410": "HTTP/1.1 410 Gone\n\n",
		"a login": "HTTP/1.1 302 Found\nLocation: http://a.example/login?came_from=x\n\n",
	} {
		w, src := windowed(t)
		w.ok("http://a.example/login?came_from=x", "<html>who are you")
		w.answer("http://a.example/news/C", gone)
		window(w, "AB")
		w.pass(time.Hour)
		if out := w.one(src); out.Withdrawn != 0 || titlesOf(w) != "ABCD" {
			t.Errorf("%s: the first look = %+v, items %s", name, out, titlesOf(w))
		}
		w.look()
		w.pass(time.Hour) // a new item in between asks nobody again
		window(w, "EAB")
		if out := w.one(src); out.Withdrawn != 0 || slices.ContainsFunc(w.look(), func(a string) bool { return strings.Contains(a, "/news/") }) {
			t.Errorf("%s: within the day = %+v", name, out)
		}
		w.pass(lookEvery)
		if out := w.one(src); out.Withdrawn != 1 || titlesOf(w) != "ABDE" || out.Items != 4 {
			t.Errorf("%s: the second look = %+v, items %s", name, out, titlesOf(w))
		}
		w.pass(lookEvery) // and when it is listed again it is back
		window(w, "CEAB")
		w.ok("http://a.example/news/C", "<html>page")
		if w.one(src); titlesOf(w) != "ABCDE" {
			t.Errorf("%s: listed again, items %s", name, titlesOf(w))
		}
	}
}

// TestLookAgainKeeps: an error, another status, a redirect to another page and a
// page that comes back withdraw nothing.
func TestLookAgainKeeps(t *testing.T) {
	for name, answers := range map[string][]string{
		"500": {"HTTP/1.1 500 Oops\n\n"}, "503": {"HTTP/1.1 503 Busy\nRetry-After: 60\n\n"}, "403": {"HTTP/1.1 403 No\n\n"}, "401": {"HTTP/1.1 401 No\n\n"},
		"a redirect": {"HTTP/1.1 301 Moved\nLocation: http://a.example/news/A\n\n"}, "broken": {"nonsense\n\n"},
		"back": {"HTTP/1.1 404 Not Found\n\n", "HTTP/1.1 200 OK\n\n<html>"},
	} {
		w, src := windowed(t)
		window(w, "AB")
		for day := range 4 {
			raw := answers[min(day, len(answers)-1)]
			w.answer("http://a.example/news/C", raw)
			w.answer("http://a.example/news/D", raw)
			w.pass(lookEvery + time.Hour)
			w.one(src)
		}
		if titlesOf(w) != "ABCD" {
			t.Errorf("%s: items %s", name, titlesOf(w))
		}
	}
}

// TestLookAgainIsBounded: a few pages a day, none of a source that lists
// everything, none on another site, and none again of what answered.
func TestLookAgainIsBounded(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "news", URL: "http://a.example/list"})
	whole := w.source(federation.Source{Member: "a", Slug: "whole", URL: "http://b.example/list", Complete: true})
	body := `{"feed":"News"}`
	for i := range 12 {
		body += fmt.Sprintf("\n"+`{"id":"%d","title":"T%[1]d","url":"http://a.example/news/%[1]d"}`, i)
		w.ok(fmt.Sprintf("http://a.example/news/%d", i), "<html>page")
	}
	w.answer("http://a.example/robots.txt", "HTTP/1.1 404 Not Found\n\n")
	last := `{"feed":"News"}` + "\n" + `{"id":"z","title":"Z"}` + "\n" + `{"id":"elsewhere","title":"E","url":"http://c.example/e"}`
	w.ok("http://a.example/list", body+"\n"+`{"id":"elsewhere","title":"E","url":"http://c.example/e"}`)
	w.ok("http://b.example/list", body)
	w.harvestAll(false, src, whole)
	w.ok("http://a.example/list", strings.Split(last, "\n")[0]+"\n"+strings.Split(last, "\n")[1])
	w.ok("http://b.example/list", strings.Split(last, "\n")[0]+"\n"+strings.Split(last, "\n")[1])
	w.look()
	seen := 0
	for day := range 7 {
		w.pass(lookEvery)
		w.ok("http://a.example/list", strings.ReplaceAll(last, `"E"`, fmt.Sprintf(`"E%d"`, day))) // something new each day
		w.harvestAll(false, src, whole)
		n := 0
		for _, a := range w.look() {
			if strings.Contains(a, "/news/") || strings.Contains(a, "/e") && strings.Contains(a, "c.example") {
				n++
			}
		}
		if seen += n; n > looksADay {
			t.Errorf("day %d: %d pages asked for, want at most %d", day, n, looksADay)
		}
	}
	if seen != 12 {
		t.Errorf("%d pages asked for in six days, want each of 12 once", seen)
	}
}
