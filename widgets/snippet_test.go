package widgets_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

func TestSnippet(t *testing.T) {
	const want = `<carillon-widget data-hub="https://hub.example" data-placement="samb-actus" style="display:block;min-height:480px">
  <a href="https://hub.example/channels/actus-region">L&#39;actu &lt;b&gt; &amp; co</a>
</carillon-widget>
<script async src="https://hub.example/w/1/carillon.js"></script>
`
	got := widgets.Snippet{Hub: "https://hub.example", Placement: "samb-actus", Link: "https://hub.example/channels/actus-region", Label: "L'actu <b> & co", Height: "480px"}.String()
	if got != want {
		t.Errorf("Snippet = %s\nwant %s", got, want)
	}
}

func TestReserve(t *testing.T) {
	for _, c := range []struct {
		n    int
		o    federation.Options
		want string
	}{
		{0, federation.Options{}, "clamp(176px,176px - 0vw,176px)"},
		{5, federation.Options{}, "clamp(626px,1732px - 154vw,1116px)"},
		{4, federation.Options{Summary: true, Images: true}, "clamp(1084px,5496.8px - 613vw,2064px)"},
	} {
		if got := widgets.Reserve(c.n, c.o); got != c.want {
			t.Errorf("Reserve(%d, %+v) = %s, want %s", c.n, c.o, got, c.want)
		}
	}
}

func TestSnippetIsEscaped(t *testing.T) {
	s := widgets.Snippet{Hub: "https://hub.example", Select: "member=a&type=news", Link: `https://hub.example/"><b>`, Label: `HUB & <Text>`}.String()
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		switch n.Data {
		case "carillon-widget":
			if attribute(n, "data-select") != "member=a&type=news" || attribute(n, "data-widget") != "list" {
				t.Errorf("attributes %v", n.Attr)
			}
		case "a":
			if attribute(n, "href") != `https://hub.example/"><b>` || n.FirstChild.Data != "HUB & <Text>" {
				t.Errorf("link %v to %q", n.Attr, n.FirstChild.Data)
			}
		case "b":
			t.Error("a value broke out of its attribute")
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
