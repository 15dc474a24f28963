package markup

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the oracle allows is written out a second time here, apart from the
// table the sanitiser works from, so that a slip in the table is seen.
var (
	oracleElements = strings.Fields(`a abbr article aside b blockquote br caption cite code dd del details dfn
		div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section
		small span strong sub summary sup table tbody td tfoot th thead time tr u ul var`)
	oracleAttributes = strings.Fields(`alt cite class colspan datetime dir height href hreflang lang loading open
		rel reversed rowspan scope src start title type value width`)
	oracleSchemes = map[string][]string{
		"href": {"http", "https", "mailto", "tel"},
		"src":  {"http", "https"},
		"cite": {"http", "https"},
	}
)

// judge reports what is wrong with sanitised HTML: oracle A without the browser.
func judge(t *testing.T, raw string, out HTML) {
	t.Helper()
	s := out.String()
	if !utf8.ValidString(s) {
		t.Errorf("Sanitise(%q) = %q, not UTF-8", raw, s)
	}
	if !recognised(s) {
		t.Errorf("Sanitise(%q) = %q, which the second wall refuses", raw, s)
	}
	if walled := secondWall().Sanitize(s); unquoted.Replace(walled) != unquoted.Replace(s) {
		t.Errorf("Sanitise(%q) = %q, of which bluemonday makes %q", raw, s, walled)
	}
	if again := Sanitise(s, nil).String(); again != s {
		t.Errorf("Sanitise(%q) = %q, but twice %q", raw, s, again)
	}
	if got, want := out.Text(), tokenised(s); got != want {
		t.Errorf("Sanitise(%q).Text() = %q, a tokenizer reads %q", raw, got, want)
	}
	if got, want := out.Line(), strings.Join(strings.Fields(tokenised(s)), " "); got != want {
		t.Errorf("Sanitise(%q).Line() = %q, want %q", raw, got, want)
	}
	for _, parent := range []atom.Atom{atom.Div, atom.Td, atom.P, atom.Li} {
		for _, scripting := range []bool{true, false} {
			nodes := parse(t, s, parent, scripting)
			for _, n := range nodes {
				for d := range descendants(n) {
					judgeNode(t, raw, s, d)
				}
			}
			if parent == atom.Div {
				judgeStable(t, raw, nodes, scripting)
			}
		}
	}
}

// tokenised is the text of s as a tokenizer of HTML reads it.
func tokenised(s string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return collapsed(b.String())
		case html.TextToken:
			b.WriteString(strings.ReplaceAll(string(z.Text()), "\n", " "))
		case html.StartTagToken, html.EndTagToken:
			switch name, _ := z.TagName(); {
			case breaksLine[string(name)]:
				b.WriteByte('\n')
			case string(name) == "td" || string(name) == "th":
				b.WriteByte(' ')
			}
		}
	}
}

// collapsed is s with one line feed for each run of white space that holds
// one, one space for each other, and none at the ends.
func collapsed(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if words := strings.Fields(line); len(words) > 0 {
			out = append(out, strings.Join(words, " "))
		}
	}
	return strings.Join(out, "\n")
}

func judgeNode(t *testing.T, raw, s string, n *html.Node) {
	t.Helper()
	switch n.Type {
	case html.TextNode:
		return
	case html.ElementNode:
		if n.Namespace != "" || !slices.Contains(oracleElements, n.Data) {
			t.Errorf("Sanitise(%q) = %q: element %s:%s", raw, s, n.Namespace, n.Data)
		}
	default:
		t.Errorf("Sanitise(%q) = %q: node of type %v", raw, s, n.Type)
	}
	for _, a := range n.Attr {
		if a.Namespace != "" || !slices.Contains(oracleAttributes, a.Key) {
			t.Errorf("Sanitise(%q) = %q: attribute %s on %s", raw, s, a.Key, n.Data)
		}
		if schemes := oracleSchemes[a.Key]; schemes != nil && a.Val != "" {
			u, err := url.Parse(a.Val)
			if err != nil || !slices.Contains(schemes, u.Scheme) {
				t.Errorf("Sanitise(%q) = %q: %s is %q", raw, s, a.Key, a.Val)
			}
		}
	}
}

// judgeStable writes the tree with another serialiser, as a host page does when
// it moves innerHTML about, and expects the same tree back.
func judgeStable(t *testing.T, raw string, nodes []*html.Node, scripting bool) {
	t.Helper()
	once := render(t, nodes)
	if twice := render(t, parse(t, once, atom.Div, scripting)); twice != once {
		t.Errorf("Sanitise(%q) changes when parsed again:\n%q\n%q", raw, once, twice)
	}
}

func parse(t *testing.T, s string, parent atom.Atom, scripting bool) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(s),
		&html.Node{Type: html.ElementNode, Data: parent.String(), DataAtom: parent},
		html.ParseOptionEnableScripting(scripting))
	if err != nil {
		t.Fatalf("parse %q: %v", s, err)
	}
	return nodes
}

func render(t *testing.T, nodes []*html.Node) string {
	t.Helper()
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func descendants(n *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		if !yield(n) {
			return
		}
		for d := range n.Descendants() {
			if !yield(d) {
				return
			}
		}
	}
}
