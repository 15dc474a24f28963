package formattest

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/worktest"
)

const (
	maxBody = 8 << 20 / worktest.Slower // what the client lets through
	maxText = 1 << 20 / worktest.Slower // of a recipe that is put into an item: a multiple of what any format keeps
	perMiB  = 10 * time.Second          // a guard against work that is not linear, not a measure
	heap    = 80 << 20                  // 64 MiB, and a quarter for what is garbage when it is looked at
	lists   = 128 << 20                 // of a list of more items than are kept: what is kept is 30 MiB alone
)

// large reads documents that are large in one way, as they are and as the title
// of an item.
func large(t *testing.T, f federation.Format, c Corpus) {
	all := map[string]string{
		"brackets": strings.Repeat("[", maxBody), "attributes": "<a " + strings.Repeat("b='c' ", 100_000) + ">", "quotes": strings.Repeat(`"`, 500_000),
		"comments": strings.Repeat("<!--", 100_000), "zeros": strings.Repeat("\x00", 100_000), "line breaks": strings.Repeat("\n", 1_000_000),
	}
	for name, text := range recipes() {
		all[name], all[name+" as a title"] = text, c.Small(text[:min(len(text), maxText)])
	}
	if c.Large != nil {
		maps.Copy(all, c.Large())
	}
	for name, body := range all {
		d := within(t, heap, f, c, name, body)
		if strings.HasSuffix(name, "-depth") && len(titles(d)) > 1 {
			t.Errorf("%s gives %d items", name, len(titles(d)))
		}
	}
	if c.List != nil {
		within(t, lists, f, c, "many items", c.List(strings.Split(strings.Repeat("t,", 200_000), ",")...))
	}
}

// within reads a document in bounded time and heap.
func within(t *testing.T, limit uint64, f federation.Format, c Corpus, name, body string) federation.Decoded {
	t.Helper()
	body = body[:min(len(body), maxBody)]
	before, peak := worktest.CPU(t), worktest.Peak()
	d, _ := Check(t, f, c, name, []byte(body))
	told(t, name, d)
	took, most := worktest.CPU(t)-before, peak()
	if took > perMiB*time.Duration(len(body)>>20+1) || most > limit {
		t.Errorf("%s: %d KiB took %v of CPU and %d MiB of heap", name, len(body)>>10, took, most>>20)
	}
	return d
}

// recipes are those of hostile/recipes in the shared data that are documents or
// parts of them, by their ids, but "rss-items": that is a list of each format.
func recipes() map[string]string {
	rep := strings.Repeat
	numbered := func(pattern string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, pattern, i)
		}
		return b.String()
	}
	return map[string]string{
		"xml-depth":           rep("<a>", 50000) + "x" + rep("</a>", 50000),
		"xml-depth-open":      rep("<a>", 200000),
		"xml-attrs":           "<a " + numbered(`a%d="" `, 100000) + "/>",
		"xml-attr-long":       `<a a="` + rep("x", 8<<20) + `"/>`,
		"xml-comment-long":    "<!--" + rep("x", 8<<20),
		"xml-cdata-split":     "<a>" + rep("<![CDATA[x]]>", 100000) + "</a>",
		"xml-ns":              numbered(`<p%[1]d:a xmlns:p%[1]d="u%[1]d">`, 20000),
		"rss-item-big":        `<rss><channel><item><guid>1</guid><description><![CDATA[` + rep("<p>x</p>", 1<<20) + `]]></description></item></channel></rss>`,
		"html-depth":          rep("<div>", 100000) + "x",
		"html-attrs":          "<p " + numbered("a%d=x ", 20000) + ">x",
		"html-format-nest":    rep("<b><i>", 5000) + rep("<p>", 5000) + "x",
		"html-tables":         rep("<table><tr><td>", 5000) + "x",
		"html-entities":       rep("&NotEqualTilde;", 200000),
		"html-unclosed-quote": `<a href="` + rep("x", 4<<20),
		"json-depth":          rep("[", 100000),
		"json-obj-depth":      rep(`{"a":`, 50000),
		"json-dup-keys":       "{" + rep(`"id":"x",`, 100000) + `"id":"y"}`,
		"json-number":         `{"id":` + rep("1", 1_000_000) + `}`,
		"json-hash":           "{" + numbered(`"k%d":1,`, 200000) + `"k":1}`,
		"css-nest":            "<style>" + rep("a{", 50000) + "</style>x",
		"css-escape":          `<p style="` + rep(`\`, 1_000_000) + `">x`,
		"ical-rrule": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000\r\nEND:VEVENT\r\n" +
			"BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x\r\nRRULE:FREQ=SECONDLY;UNTIL=99991231T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"ical-fold":    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x" + rep("\r\n x", 200000) + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"unicode-norm": "e" + rep("\u0301", 500000),
		"slug":         rep("\uFDFA", 1<<20/3),
	}
}
