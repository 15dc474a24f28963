package widgets_test

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

func TestSnippet(t *testing.T) {
	const want = `<carillon-widget data-hub="https://hub.example" data-placement="samb-actus" style="display:block;min-height:480px">
  <a href="https://hub.example/channels/actus-region">L&#39;actu &lt;b&gt; &amp; co</a>
</carillon-widget>
<script async src="https://hub.example/w/1/carillon.js"></script>
`
	got := widgets.Snippet("https://hub.example", "samb-actus", "https://hub.example/channels/actus-region", "L'actu <b> & co", "480px")
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
