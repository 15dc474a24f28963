package markup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/plonegov/carillon/federation/worktest"
)

// TestLimits feeds shapes that cost a careless sanitiser far more than their
// size: T11 of the threat model. Each has one second per MiB, and at least one.
func TestLimits(t *testing.T) {
	var many strings.Builder
	for i := range 300 {
		fmt.Fprintf(&many, "<b lang=a%d>", i)
	}
	for _, c := range []struct{ name, raw, text string }{
		{"depth", strings.Repeat("<div>", 100_000) + "mot", "mot"},
		{"depth of kept elements", strings.Repeat("<div>", 300) + "mot", "mot"},
		{"attributes", "<p" + manyAttributes(20_000) + ">mot", "mot"},
		{"formatting", strings.Repeat("<b><i>", 5000) + strings.Repeat("<p>", 5000) + "mot", "mot"},
		{"distinct formatting", many.String() + strings.Repeat("<p>x", 100_000), "x"},
		{"tables", strings.Repeat("<table><tr><td>", 5000) + "mot", "mot"},
		{"entities", strings.Repeat("&NotEqualTilde;", 200_000), "≂̸"},
		{"open quote", `mot<a href="` + strings.Repeat("x", 4<<20), "mot"},
		{"links", strings.Repeat(`<a href="/">x`, 40_000), "x"},
		{"escapes", strings.Repeat("& < ' \" >", 1<<20), "& <"},
		{"brackets", "mot" + strings.Repeat(">", 2<<20), "mot"},
		{"not UTF-8", "mot" + strings.Repeat("\xff", 2<<20), "mot"},
		{"big", strings.Repeat("<p>mot</p>", 1<<20), "mot"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := worktest.CPU(t)
			got := Sanitise(c.raw, base)
			// A guard against work that is not linear, which takes minutes of
			// CPU here.
			took, allowed := worktest.CPU(t)-before, 10*time.Second*time.Duration(1+len(c.raw)>>20)
			if took > allowed {
				t.Errorf("took %v for %d bytes, want at most %v", took, len(c.raw), allowed)
			}
			if len(got.String()) > maxBytes {
				t.Errorf("%d bytes became %d, want at most %d", len(c.raw), len(got.String()), maxBytes)
			}
			if !strings.Contains(got.Text(), c.text) {
				t.Errorf("text %q is lost", c.text)
			}
			if again := Sanitise(got.String(), nil); !again.Equal(got) {
				t.Errorf("%d bytes once, %d twice", len(got.String()), len(again.String()))
			}
			if d := depth(parse(t, got.String(), atom.Div, true)); d > maxDepth {
				t.Errorf("depth %d, want at most %d", d, maxDepth)
			}
		})
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d=x", i)
	}
	return b.String()
}

func depth(nodes []*html.Node) int {
	deepest := 0
	for _, n := range nodes {
		for d := range descendants(n) {
			level := 0
			for p := d; p != nil && p.Type == html.ElementNode; p = p.Parent {
				level++
			}
			deepest = max(deepest, level)
		}
	}
	return deepest
}

func TestCut(t *testing.T) {
	fill := strings.Repeat("x", maxBytes-4)
	for _, c := range []struct{ tail, want string }{
		{"abcd", "abcd"},
		{"abcde", "abcd"},
		{"a<b>c", "a<b>"},
		{"abc<b>", "abc"},
		{"a&amp;", "a"},
		{"abcé", "abc"},
		{"a<br ", "a"},
	} {
		if got := cut(fill+c.tail, maxBytes); got != fill+c.want {
			t.Errorf("cut(…%q, maxBytes) ends in %q, want %q", c.tail, got[len(fill):], c.want)
		}
	}
}
