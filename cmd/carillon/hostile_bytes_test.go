package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/worktest"
)

const (
	maxBody   = 8 << 20 / slower // what the client lets through
	perMiB    = 10 * time.Second // a guard against work that is not linear, not a measure
	extraHeap = 80 << 20         // 64 MiB, and a quarter for what is garbage when it is looked at
	listHeap  = 128 << 20        // of a list of more items than are kept: what is kept is 30 MiB alone
	maxListed = 20_000
)

// TestHostileRows gives every row of the hostile data that is bytes of a
// document, and every bomb, to every format: whoever names a format for a
// source cannot know what the address will answer one day.
func TestHostileRows(t *testing.T) {
	rows := 0
	for _, name := range []string{"json/jsontestsuite", "xml/entity-attacks", "ical/malformed", "text/utf8-cases", "text/naughty-strings",
		"feeds/feedparser-illformed", "feeds/feedparser-sanitize", "feeds/w3c-feedvalidator-risk"} {
		eachRow(t, name, func(id string, body []byte) {
			rows++
			for _, f := range formats() {
				d := bears(t, f, id, body)
				if strings.HasPrefix(name, "xml/") && len(words(d)) > 4*len(body)+4096 {
					t.Errorf("%s: %s makes %d bytes of %d: a reference was expanded", f.Name, id, len(words(d)), len(body))
				}
			}
		})
	}
	folder := shareddata.Dir(t, "hostile", "bombs")
	bombs, err := os.ReadDir(folder)
	if err != nil || len(bombs) == 0 {
		t.Fatalf("%d bombs, %v", len(bombs), err)
	}
	for _, bomb := range bombs {
		body, err := os.ReadFile(filepath.Join(folder, bomb.Name()))
		if err != nil {
			t.Fatal(err)
		}
		rows++
		for _, f := range formats() {
			bears(t, f, bomb.Name(), body)
		}
	}
	t.Logf("%d documents, each read by %d formats", rows, len(formats()))
}

// bears reads a document with a format and holds what every format promises of
// any bytes: no panic, bounded time and heap, and an outcome in order.
func bears(t *testing.T, f federation.Format, name string, body []byte) federation.Decoded {
	t.Helper()
	return bearsWithin(t, extraHeap, f, name, body)
}

func bearsWithin(t *testing.T, limit uint64, f federation.Format, name string, body []byte) (d federation.Decoded) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: %s: panic: %v\n%s", f.Name, name, p, debug.Stack())
		}
	}()
	body = body[:min(len(body), maxBody)]
	doc := federation.Document{URL: "https://www.example.org/", Body: body, Source: federation.Source{Member: "m", Slug: "s", Page: &federation.PageRule{}}}
	before, peak := worktest.CPU(t), func() uint64 { return 0 }
	if len(body) > 64<<10 {
		peak = watchHeap()
	}
	if sure := f.Sniff(doc); sure < 0 || sure > 100 {
		t.Errorf("%s: Sniff(%s) = %d", f.Name, name, sure)
	}
	d, err := f.Decode(doc)
	took, heap := worktest.CPU(t)-before, peak()
	if took > perMiB*time.Duration(len(body)>>20+1) {
		t.Errorf("%s: %s took %v of CPU", f.Name, name, took)
	}
	if heap > limit {
		t.Errorf("%s: %s of %d KiB took %d MiB of heap", f.Name, name, len(body)>>10, heap>>20)
	}
	inOrder(t, f.Name+": "+name, d, err)
	return d
}

func inOrder(t *testing.T, name string, d federation.Decoded, err error) {
	t.Helper()
	if err != nil && (err.Error() == "" || len(d.Items) > 0) {
		t.Errorf("%s: Decode = %d items and the error %q", name, len(d.Items), err)
	}
	if len(d.Items) > maxListed || d.Listed < len(d.Items) {
		t.Errorf("%s: %d items of %d listed", name, len(d.Items), d.Listed)
	}
	if d.Listed > len(d.Items) && len(d.Items) > 0 && len(d.Warnings) == 0 {
		t.Errorf("%s: %d of %d items are left out without a word", name, d.Listed-len(d.Items), d.Listed)
	}
	seen := map[string]bool{}
	for _, it := range d.Items {
		if it.OriginID == "" || seen[it.OriginID] {
			t.Errorf("%s: the origin id %.80q is empty or repeated", name, it.OriginID)
		}
		seen[it.OriginID] = true
	}
	if text := words(d); !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x01\x08\x0b\x1b") {
		t.Errorf("%s: the texts hold what no text holds", name)
	}
}

// words are the texts that an outcome shows.
func words(d federation.Decoded) string {
	var b strings.Builder
	b.WriteString(d.Title)
	for _, it := range d.Items {
		for _, s := range []string{it.OriginID, it.URL, it.Title, it.Summary, it.Content.String(), it.Language} {
			b.WriteString(s)
		}
		for _, s := range append(it.Categories, it.Authors...) {
			b.WriteString(s)
		}
	}
	for _, w := range d.Warnings {
		b.WriteString(w.Message)
	}
	return b.String()
}

// eachRow calls do with the bytes of each row of a file of hostile data.
func eachRow(t *testing.T, name string, do func(id string, body []byte)) {
	t.Helper()
	f, err := os.Open(shareddata.Dir(t, "hostile", name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	n := 0
	for ; lines.Scan(); n++ {
		var row struct{ ID, Input, Text, B64, Hex, Recipe string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		body, err1 := base64.StdEncoding.DecodeString(row.B64)
		raw, err2 := hex.DecodeString(row.Hex)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %s: %v %v", name, row.ID, err1, err2)
		}
		if row.Recipe != "" {
			body = brewed(t, row.Recipe)
		}
		do(row.ID, append(append(body, raw...), row.Input+row.Text...))
	}
	if n == 0 {
		t.Errorf("%s: no row", name)
	}
}

// brewed builds a recipe such as 100000 x "[".
func brewed(t *testing.T, recipe string) []byte {
	t.Helper()
	var n int
	var part string
	if _, err := fmt.Sscanf(recipe, "%d x %q", &n, &part); err != nil {
		t.Fatalf("recipe %s: %v", recipe, err)
	}
	return []byte(strings.Repeat(part, n))
}

// watchHeap samples the heap until the returned function is called, which
// tells the growth at its highest. Garbage is part of it, and is collected
// early meanwhile.
func watchHeap() func() uint64 {
	read := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	percent := debug.SetGCPercent(20)
	runtime.GC() // what earlier cases left is none of this one's
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
		high := <-done
		debug.SetGCPercent(percent)
		return max(high, before) - before
	}
}
