package opml

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// node is an element. Names are in lower case and without their prefix;
// attributes keep it.
type node struct {
	name     string
	attrs    map[string]string
	text     []byte
	children []*node
	line     int
}

// tree reads elements with the tokenizer of HTML, which no fault of nesting,
// quoting or entities stops.
func tree(text []byte) *node {
	root := &node{}
	open := []*node{root}
	z := html.NewTokenizer(bytes.NewReader(text))
	z.AllowCDATA(true)
	for line, nodes := 1, 0; nodes < maxNodes; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		breaks := bytes.Count(z.Raw(), []byte("\n")) // before the token's own methods change it
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			n := element(z, line)
			z.NextIsNotRawText() // <title> is no page's here
			nodes++
			top := open[len(open)-1]
			top.children = append(top.children, n)
			if kind == html.StartTagToken && len(open) < maxDepth {
				open = append(open, n)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			open = closed(open, local(string(name)))
		case html.TextToken:
			if top := open[len(open)-1]; len(top.text) < maxValue {
				top.text = append(top.text, z.Text()...)
			}
		}
		line += breaks
	}
	return root
}

func element(z *html.Tokenizer, line int) *node {
	name, more := z.TagName()
	n := &node{name: local(string(name)), attrs: map[string]string{}, line: line}
	for i := 0; more && i < 100; i++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		if _, twice := n.attrs[string(key)]; !twice && len(val) <= maxValue {
			n.attrs[string(key)] = string(val)
		}
	}
	return n
}

// closed ends the innermost open element of the name and those in it; an end
// without a beginning is passed over.
func closed(open []*node, name string) []*node {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].name == name {
			return open[:i]
		}
	}
	return open
}

func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

// attr is an attribute, by its name with any prefix but ours.
func (n *node) attr(name string) string {
	if v, found := n.attrs[name]; found {
		return squeeze(v)
	}
	for _, prefix := range []string{"rdf:", "opml:"} {
		if v, found := n.attrs[prefix+name]; found {
			return squeeze(v)
		}
	}
	return ""
}

const ours = "carillon:"

var settingName = regexp.MustCompile(`^[a-z_-]+$`)

// settings are the attributes of our own, which other programs pass over.
func (n *node) settings() map[string]string {
	var out map[string]string
	for name, v := range n.attrs {
		if name, is := strings.CutPrefix(name, ours); is && settingName.MatchString(name) && squeeze(v) != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[name] = squeeze(v)
		}
	}
	return out
}

// content is the text of an element on one line.
func (n *node) content() string {
	return squeeze(html.UnescapeString(string(n.text)))
}

// child is the first child of the name, an empty one when there is none.
func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return &node{}
}

func squeeze(s string) string {
	if len(s) > maxValue {
		s = s[:maxValue]
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
