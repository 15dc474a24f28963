package widgets_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/widgets"
)

func TestSnippet(t *testing.T) {
	const want = `<carillon-widget data-hub="https://hub.example" data-placement="samb-actus" style="display:block;box-sizing:border-box;width:100%;flex:1 1 240px;container-type:inline-size;contain-intrinsic-width:240px">
  <span slot="room" style="display:block;height:0;font-size:medium;padding:0 0 480px"><a href="https://hub.example/channels/actus-region">L&#39;actu &lt;b&gt; &amp; co</a></span>
</carillon-widget>
<script async src="https://hub.example/w/1/carillon.js"></script>
`
	got := widgets.Snippet{Hub: "https://hub.example", Placement: "samb-actus", Link: "https://hub.example/channels/actus-region", Label: "L'actu <b> & co",
		Room: widgets.Room{Size: "medium", Height: "480px"}}.String()
	if got != want {
		t.Errorf("Snippet = %s\nwant %s", got, want)
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
