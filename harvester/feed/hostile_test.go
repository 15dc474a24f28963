package feed_test

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/formattest"
)

// TestEveryFile reads every file of the shared data, whatever it is.
func TestEveryFile(t *testing.T) {
	files := 0
	err := filepath.WalkDir(shareddata.Dir(t), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		check(t, path, body[:min(len(body), 8<<20)])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, no panic", files)
}

func TestHostile(t *testing.T) {
	for _, name := range []string{"feeds/feedparser-illformed", "feeds/feedparser-sanitize", "feeds/w3c-feedvalidator-risk", "xml/entity-attacks", "json/jsontestsuite"} {
		eachCase(t, name, func(id string, body []byte) {
			d, err := check(t, id, body)
			if strings.HasPrefix(name, "xml/") && err == nil {
				t.Errorf("%s: Decode = %d items, want an error: no feed is among these", id, len(d.Items))
			}
		})
	}
}

// TestIllFormedPlaces reads the places of the ill-formed cases.
func TestIllFormedPlaces(t *testing.T) {
	eachCase(t, "feeds/feedparser-illformed", func(id string, body []byte) {
		d, err := check(t, id, body)
		if strings.HasSuffix(id, "gml_point.xml") && (err != nil || d.Items[0].Point() == nil) {
			t.Errorf("%s: no place", id)
		}
		if strings.HasSuffix(id, "insufficient_coords.xml") && (err != nil || d.Items[0].Point() != nil) {
			t.Errorf("%s: place %v of a polygon without enough corners", id, d.Items[0].Point())
		}
	})
}

// TestDepth nests elements in a feed: what is beyond the limit is refused, the
// items beside it are read.
func TestDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("<a>", n) + "x" + strings.Repeat("</a>", n) }
	item := "<item><guid>1</guid><title>one</title></item>"
	for _, test := range []struct {
		name, body string
		items      int
		fails      bool
	}{
		{"90 in an item", "<rss><channel>" + item + "<item><guid>2</guid><title>t</title>" + nested(90) + "</item></channel></rss>", 2, false},
		{"110 in an item", "<rss><channel>" + item + "<item><guid>2</guid><title>t</title>" + nested(110) + "</item></channel></rss>", 1, false},
		{"110 in the only item", "<rss><channel><item>" + nested(110) + "</item></channel></rss>", 0, true},
		{"110 beside no item", "<rss><channel>" + nested(110) + "</channel></rss>", 0, true},
		{"110 beside an item", "<rss><channel>" + nested(110) + item + "</channel></rss>", 1, false},
		{"200 paragraphs without end", "<rss><channel><item><guid>1</guid><description>" + strings.Repeat("<p>x", 200) + "</description></item></channel></rss>", 1, false},
	} {
		d, err := check(t, test.name, []byte(test.body))
		if len(d.Items) != test.items || (err != nil) != test.fails {
			t.Errorf("%s: Decode = %d items, %v, want %d, an error: %v", test.name, len(d.Items), err, test.items, test.fails)
		}
	}
}

// TestHostileInFeed puts texts into a feed, as title and as content.
func TestHostileInFeed(t *testing.T) {
	for _, name := range []string{"text/utf8-cases", "text/naughty-strings", "xss/dompurify", "xss/payloads-all-the-things"} {
		eachCase(t, name, func(id string, text []byte) {
			body := `<rss><channel><item><guid>1</guid><title>` + string(text) + `</title></item><item><guid>2</guid><description><![CDATA[` + string(text) + `]]></description></item><item><title>whole</title><guid>3</guid></item></channel></rss>`
			d, err := check(t, id, []byte(body))
			if err != nil || d.Items[len(d.Items)-1].Title != "whole" {
				t.Errorf("%s: the item behind %q is lost: %v", id, text, err)
			}
		})
	}
}

// TestEntitiesAreNotExpanded sets each attack before a feed that uses it.
func TestEntitiesAreNotExpanded(t *testing.T) {
	eachCase(t, "xml/entity-attacks", func(id string, body []byte) {
		dtd, _, ok := strings.Cut(string(body), "]>")
		if !ok {
			return
		}
		d, err := check(t, id, []byte(dtd+"]><rss><channel><item><title>&a;&b;&c;&ee;&xxe;&lol9;</title><guid>1</guid></item></channel></rss>"))
		if err != nil {
			return // refused
		}
		if got := d.Items[0].Title; len(got) > 40 || !strings.Contains(got, "&xxe;") {
			t.Errorf("%s: title = %q, want the references as they are", id, got)
		}
	})
}

func eachCase(t *testing.T, name string, do func(id string, body []byte)) {
	t.Helper()
	f, err := os.Open(shareddata.Dir(t, "hostile", name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	cases := 0
	for lines.Scan() {
		var c struct{ ID, Input, Text, B64, Hex, String string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			continue // a field of another type: not one of ours
		}
		body := []byte(c.Input + c.Text + c.String)
		if raw, err := base64.StdEncoding.DecodeString(c.B64); err == nil {
			body = append(body, raw...)
		}
		if raw, err := hex.DecodeString(c.Hex); err == nil {
			body = append(body, raw...)
		}
		cases++
		do(c.ID, body)
	}
	if cases == 0 {
		t.Errorf("%s: no case read", name)
	}
}

// TestBigInputs builds the recipes of hostile/recipes that a feed can carry.
func TestBigInputs(t *testing.T) {
	const limit = 8 << 20
	rss := func(s string) string {
		return "<rss><channel><title>t</title><item><guid>1</guid><title>one</title><description>" + s + "</description></item></channel></rss>"
	}
	rep := strings.Repeat
	for name, text := range map[string]string{
		"xml-depth":            rep("<a>", 50000) + "x" + rep("</a>", 50000),
		"xml-depth-open":       rep("<a>", 200000),
		"xml-depth-in-item":    rss(rep("<a>", 50000) + "x" + rep("</a>", 50000)),
		"xml-depth-in-channel": "<rss><channel>" + rep("<a>", 500000),
		"xml-groups":           "<rss><channel><item>" + rep("<media:group>", 30000),
		"xml-groups-closed":    "<rss><channel><item>" + rep("<media:group>", 10000) + rep("</media:group>", 10000) + "</item></channel></rss>",
		"xml-attrs":            "<rss " + rep(`a="b" `, 100000) + "><channel/></rss>",
		"xml-attrs-in-item":    "<rss><channel><item><enclosure " + rep(`url="b" `, 50000) + "/></item></channel></rss>",
		"xml-attr-long":        `<rss a="` + rep("x", limit) + `"/>`,
		"xml-comment-long":     "<!--" + rep("x", limit),
		"xml-comments-open":    "<rss><channel>" + rep("<!--", 500000),
		"xml-cdata-split":      rss(rep("<![CDATA[x]]>", 100000)),
		"xml-cdata-open":       rss(rep("<![CDATA[", 50000)),
		"xml-unclosed":         "<rss><channel><item>" + rep("<title>", 60000) + "</item></channel></rss>",
		"xml-unclosed-names":   "<rss><channel><item>" + numbered("<a%>", 60000) + "</item></channel></rss>",
		"xml-unclosed-channel": "<rss><channel>" + numbered("<a%>", 400000),
		"xml-ns":               "<rss><channel><item>" + numbered(`<p%:a xmlns:p%="u%">`, 12000),
		"rss-items":            "<rss><channel>" + numbered("<item><title>%</title></item>", 200000) + "</channel></rss>",
		"rss-items-open":       "<rss><channel>" + rep("<item>", 200000) + "</channel></rss>",
		"rss-item-big":         rss(rep("<p>x</p>", limit/8)),
		"html-depth":           rss("<![CDATA[" + rep("<div>", 100000) + "]]>"),
		"html-unclosed-quote":  rss(`<a href="` + rep("x", 4<<20)),
		"html-open-quotes":     rss(rep(`<a href="`, 50000)),
		"html-entities":        rss(rep("&NotEqualTilde;", 30000)),
		"ampersands":           rss(rep("&", 500000)),
		"doctype-open":         rep("<!DOCTYPE x [", 400000),
		"doctype-quotes":       rep("<!DOCTYPE x [']", 300000),
		"json-depth":           rep("[", 100000),
		"json-obj-depth":       rep(`{"a":`, 50000),
		"json-number":          `{"version":"https://jsonfeed.org/version/1","items":[{"id":` + rep("1", 1000000) + `}]}`,
		"json-items":           `{"version":"https://jsonfeed.org/version/1","items":[` + rep(`{"id":1},`, 200000) + `{}]}`,
		"json-hash":            "{" + numbered(`"k%":1,`, 200000) + `"version":"https://jsonfeed.org/version/1"}`,
	} {
		body := []byte(text)
		t.Run(name, func(t *testing.T) {
			before, peak := worktest.CPU(t), watchHeap(t)
			d, _ := check(t, name, body[:min(len(body), limit)])
			took, heap := worktest.CPU(t)-before, peak()
			perMiB := took / time.Duration(len(body)>>20+1)
			t.Logf("%d items of %d, %d KiB in %v of CPU, %d MiB of heap", len(d.Items), d.Listed, len(body)>>10, took, heap>>20)
			if perMiB > 10*time.Second { // a guard against work that is not linear, not a measure
				t.Errorf("took %v per MiB", perMiB)
			}
			if heap > 64<<20 {
				t.Errorf("took %d MiB of heap", heap>>20)
			}
		})
	}
}

func numbered(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(pattern, "%", hex.EncodeToString([]byte{byte(i >> 16), byte(i >> 8), byte(i)})))
	}
	return b.String()
}

// watchHeap samples the heap until the returned function is called, which
// tells the growth at its highest. Garbage is part of it.
func watchHeap(t *testing.T) func() uint64 {
	read := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	before, stop, done := read(), make(chan bool), make(chan uint64)
	go func() {
		var high uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			high = max(high, read())
			select {
			case <-stop:
				done <- high
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 {
		close(stop)
		if high := <-done; high > before {
			return high - before
		}
		return 0
	}
}

func check(t *testing.T, name string, body []byte) (federation.Decoded, error) {
	t.Helper()
	return formattest.Check(t, feed.Format(), corpus, name, body)
}
