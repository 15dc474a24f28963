package read

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestXML(t *testing.T) {
	for _, test := range []struct{ text, want, fault string }{
		{"<?xml version='1.0'?><!-- c --><a b='1'>x<c/>y</a>", "a(x c() y)", ""},
		{"<p:a><p:b>x</p:b></p:a>", "p:a(p:b(x))", ""},
		{"<a>1 &lt; 2 &amp;amp; 3 &eacute;&#233;</a>", "a(1 < 2 &amp; 3 éé)", ""},
		{"<a><![CDATA[<b>&lt;]]></a>", "a(<b>&lt;)", ""},
		{"<a>1 < 2 & 3</a>", "a(1 < 2 & 3)", ""},
		{"<!DOCTYPE a [<!ENTITY x 'boom'>]><a>&x;</a>", "a(&x;)", "line 1: the entity &x; is not known"},
		{"<a><b>x</a>", "a(b(x))", "</a> closes <b>"},
		{"<a>\n</c><b/></a>", "a(\n b())", "line 2: </c> closes nothing"},
		{"<a><b>x", "a(b(x))", "it stops inside <b>"},
		{"<a/><b/>", "a() b()", "a second document starts with <b>"},
		{"<a><!-- never closed<b/></a>", "a(<!-- never closed b())", ""},
		{"words", "", ""},
		{"", "", ""},
	} {
		root, fault := XML(test.text)
		if got := written(root); got != test.want || !strings.Contains(fault, test.fault) || (fault == "") != (test.fault == "") {
			t.Errorf("XML(%q) = %s, %q; want %s, %q", test.text, got, fault, test.want, test.fault)
		}
	}
}

func written(n *Node) string {
	if n.Name == "" && n.Data != "" {
		return n.Data
	}
	var kids []string
	for _, k := range n.Kids {
		kids = append(kids, written(k))
	}
	name := n.Name
	if n.Prefix != "" {
		name = n.Prefix + ":" + name
	}
	if all := strings.Join(kids, " "); name == "" {
		return all
	} else {
		return name + "(" + all + ")"
	}
}

func TestNode(t *testing.T) {
	root, _ := XML(`<a X="1" p:y=" 2&amp;3 " z=4><Name/><dc:title>other</dc:title><name> b <i>c</i> </name><cut>half`)
	a := root.Child("A")
	for _, test := range []struct{ got, want string }{
		{a.Get("x"), "1"}, {a.Get("y"), "2&3"}, {a.Get("P:Y"), "2&3"}, {a.Get("z"), "4"}, {a.Get("w"), ""},
		{a.Child("name").Text(), "b c"}, {a.Child("name").Prose(), "b <i>c</i>"}, {a.Child("dc:title").Text(), "other"}, {a.Child("title").Text(), "other"},
		{a.Child("x:title").Text(), ""}, {a.Child("cut").Text(), ""}, {a.Child("cut").Prose(), "half"}, {a.Child("none").Get("x"), ""}, {a.Child("none", "name").Text(), "b c"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// TestXMLBounds reads documents that are large in one way.
func TestXMLBounds(t *testing.T) {
	for name, text := range map[string]string{
		"deep":       strings.Repeat("<a>", 100_000),
		"wide":       "<a>" + strings.Repeat("<b/>", 2*MaxNodes),
		"attributes": "<a " + strings.Repeat("b='c' ", 100_000) + ">",
		"quotes":     strings.Repeat("<a b='", 100_000),
		"comments":   strings.Repeat("<!--", 100_000),
		"entities":   "<a>" + strings.Repeat("&", 1_000_000),
	} {
		root, _ := XML(text)
		if n := count(root); n > MaxNodes+2 {
			t.Errorf("%s: %d nodes", name, n)
		}
	}
}

func count(n *Node) int {
	all := 1
	for _, k := range n.Kids {
		all += count(k)
	}
	return all
}

func FuzzXML(f *testing.F) {
	f.Add("<a b=c><![CDATA[x]]>&amp;</a>")
	f.Fuzz(func(t *testing.T, text string) {
		text, _ = Text([]byte(text), "")
		root, fault := XML(text)
		if s := fmt.Sprint(root.Text(), root.Prose(), written(root), fault); !utf8.ValidString(s) {
			t.Errorf("XML(%q) is not valid UTF-8", text)
		}
	})
}
