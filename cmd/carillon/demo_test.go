package main

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation/worktest"
)

// TestDemo runs the demo as a newcomer does and looks at what it promises:
// addresses, items in every format, items of six members and more by a French
// word with an accent left out and a typo in it, and three pages that embed the
// hub and keep their link without it.
func TestDemo(t *testing.T) {
	out, in := &safeBuffer{}, newPipe(t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"demo", "--listen=127.0.0.1:0"}, in.r, out, out) }()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("demo ended with %d", code)
		}
	})
	addresses := waitFor(t, out, `http://127\.0\.0\.1:\d+/`, 4)
	hub, sites := addresses[0], addresses[1:4]

	t.Run("formats", func(t *testing.T) {
		counts := map[string]int{}
		for _, m := range regexp.MustCompile(`([a-z]+) (\d+)[,.]`).FindAllStringSubmatch(waitFor(t, out, `harvested: .*\n`, 1)[0], -1) {
			counts[m[1]], _ = strconv.Atoi(m[2])
		}
		for _, name := range formatNames() {
			if counts[name] == 0 && name != "page" && name != "cap" { // read through a sitemap, and an index of alerts
				t.Errorf("no item came as %s: %v", name, counts)
			}
		}
		if counts["feed"] < 150 {
			t.Errorf("%d items came in feeds, want at least 150", counts["feed"])
		}
	})
	t.Run("items", func(t *testing.T) { checkDemoItems(t, hub) })
	t.Run("search", func(t *testing.T) {
		for _, word := range []string{"ecolle", "decmebre"} { // école, décembre
			members := map[string]bool{}
			for _, it := range searchAPI(t, hub, word) {
				members[it.Member.Slug] = true
			}
			if len(members) < 6 {
				t.Errorf("%q finds items of %d members, want at least 6: %v", word, len(members), members)
			}
		}
	})
	t.Run("examples", func(t *testing.T) { checkExamples(t, hub) })
	for _, site := range sites {
		status, body := get(t, site)
		if status != 200 || !strings.Contains(body, "carillon.js") || !strings.Contains(body, `href="`+hub) {
			t.Errorf("GET %s = %d; want a page with the loader and a link to the hub:\n%.300s", site, status, body)
		}
	}
	t.Run("without the hub", func(t *testing.T) {
		in.line(t)
		waitFor(t, out, `The portal is stopped`, 1)
		for _, site := range sites {
			if status, body := get(t, site); status != 200 || !strings.Contains(body, `href="`+hub) {
				t.Errorf("GET %s without the hub = %d, want the page with its link", site, status)
			}
		}
	})
}

// checkDemoItems looks at every item: none lacks a title, a type, or a date or
// an event, each type is there, and so are the two languages of an alert, the
// events that recur and the one that was called off.
func checkDemoItems(t *testing.T, hub string) {
	type item struct {
		ID, Title, Type, Language string
		Published, Updated        *time.Time
		Alert                     any
		Event                     *struct{ Recurrence, Status string }
	}
	seen := map[string]int{}
	for next := ""; ; {
		var found struct {
			Items []item
			Next  string
		}
		getJSON(t, hub+"api/v1/items?limit=100&cursor="+url.QueryEscape(next), &found)
		for _, it := range found.Items {
			if it.Title == "" || it.Type == "" || it.Published == nil && it.Updated == nil && it.Event == nil {
				t.Errorf("item %s, %q of type %q, lacks its title, type or date", it.ID, it.Title, it.Type)
			}
			seen[it.Type]++
			if it.Event != nil && it.Event.Recurrence != "" {
				seen["series"]++
			}
			if it.Event != nil && it.Event.Status == "cancelled" {
				seen["called off"]++
			}
		}
		if next = found.Next; next == "" {
			break
		}
	}
	for _, lang := range []string{"fr", "nl"} { // a list shows an alert once, in the language asked for
		var found struct{ Items []item }
		getJSON(t, hub+"api/v1/items?limit=100&type=alert&lang="+lang, &found)
		seen["alert in "+lang] = len(found.Items)
	}
	for _, kind := range []string{"news", "event", "place", "notice", "service", "decision", "meeting", "document", "consultation", "alert in fr", "alert in nl", "series", "called off"} {
		if seen[kind] == 0 {
			t.Errorf("there is no %s among the items: %v", kind, seen)
		}
	}
	if seen["alert in fr"] != seen["alert in nl"] {
		t.Errorf("%d alerts in French, %d in Dutch", seen["alert in fr"], seen["alert in nl"])
	}
	t.Log(seen)
}

type foundItem struct {
	ID     string                `json:"id"`
	Title  string                `json:"title"`
	URL    string                `json:"url"`
	Member struct{ Slug string } `json:"member"`
	Source struct{ Slug string } `json:"source"`
}

func searchAPI(t *testing.T, hub, words string) []foundItem {
	t.Helper()
	status, body := get(t, hub+"api/v1/search?limit=100&q="+url.QueryEscape(words))
	var found struct{ Items []foundItem }
	if err := json.Unmarshal([]byte(body), &found); err != nil || status != 200 {
		t.Fatalf("search %q = %d, %v: %.300s", words, status, err, body)
	}
	return found.Items
}

// waitFor waits until the output holds n matches of the pattern.
func waitFor(t *testing.T, out *safeBuffer, pattern string, n int) []string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for patience := worktest.Patience(t); ; {
		if found := re.FindAllString(out.String(), -1); len(found) >= n {
			return found
		}
		select {
		case <-patience:
			t.Fatalf("no %d matches of %s in:\n%s", n, pattern, out)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// safeBuffer is a bytes.Buffer for one writer and one reader at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// pipe is a standard input a test can type into.
type pipe struct {
	r *io.PipeReader
	w *io.PipeWriter
}

func newPipe(t *testing.T) pipe {
	r, w := io.Pipe()
	t.Cleanup(func() { w.Close() })
	return pipe{r, w}
}

func (p pipe) line(t *testing.T) {
	t.Helper()
	if _, err := io.WriteString(p.w, "\n"); err != nil {
		t.Fatal(err)
	}
}

// promised is what somebody who takes an example of the search box expects to
// see first, in the demo: the title of the first result on the page of the
// example's language, judged by eye.
var promised = map[string]string{
	"fr déchets": `(?i)déchets|recyparc`, "fr carte d’identité": `^Carte d’identité$`, "fr marché": `(?i)marché`,
	"nl afval": `(?i)afval`, "nl gemeenteraad": `(?i)gemeenteraad`, "nl markt": `(?i)markt`,
	"de Winterdienst": `^Winterdienst`, "de Schule": `(?i)schul`, "de Gemeinderat": `Gemeinderat`,
	"en library": `(?i)biblioth|library|bücherei`, "en concert": `(?i)concert`, "en school": `(?i)schoo?l|schul|école`,
}

var resultTitle = regexp.MustCompile(`<h[23][^>]*><a [^>]*href="/items/[^>]*>(.*?)</a>`)

// checkExamples: every example that the search box proposes finds what it
// promises, in each language.
func checkExamples(t *testing.T, hub string) {
	for _, lang := range []string{"fr", "nl", "de", "en"} {
		_, page := get(t, hub+"?ui="+lang)
		m := regexp.MustCompile(`placeholder="([^"]*)"`).FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("the search box of %s proposes nothing", lang)
		}
		hint := html.UnescapeString(m[1])
		words := strings.Split(hint[strings.LastIndexAny(hint, ":.")+1:], ",")
		if len(words) < 3 {
			t.Errorf("%s proposes %q, want three examples", lang, words)
		}
		for _, word := range words {
			word = strings.TrimSpace(word)
			want := promised[lang+" "+word]
			if want == "" {
				t.Errorf("%s: nobody said what the example %q promises", lang, word)
				continue
			}
			if found := searchAPI(t, hub, word); len(found) == 0 {
				t.Errorf("%s: the example %q finds nothing through the API", lang, word)
			}
			_, page := get(t, hub+"search?ui="+lang+"&q="+url.QueryEscape(word))
			first := resultTitle.FindStringSubmatch(page)
			if first == nil || !regexp.MustCompile(want).MatchString(plainTitle(first[1])) {
				t.Errorf("%s: the example %q finds %q first, want %s", lang, word, first, want)
			}
		}
	}
}

// plainTitle is a marked title without its marks.
func plainTitle(marked string) string {
	return html.UnescapeString(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked))
}
