package embed_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// layouts are the boxes that sites put widgets into, with WIDGET where the
// snippet stands and beside it what such pages have there.
var layouts = map[string]string{
	"block":              `<div>WIDGET</div>`,
	"flex row":           `<div style="display:flex;gap:1rem"><p>` + prose + `</p>WIDGET</div>`,
	"flex row, in a div": `<div style="display:flex;gap:1rem"><p>` + prose + `</p><div>WIDGET</div></div>`,
	"flex column":        `<div style="display:flex;flex-direction:column;align-items:center">WIDGET</div>`,
	"float":              `<div style="float:left;margin-right:1rem">WIDGET</div><p>` + prose + `</p><div style="clear:both"></div>`,
	"table cell":         `<table><tr><td>WIDGET</td><td>Horaires</td></tr></table>`,
	"auto grid":          `<div style="display:grid;grid-template-columns:auto auto"><div>WIDGET</div><p>Texte</p></div>`,
	"auto grid, start":   `<div style="display:grid;justify-items:start">WIDGET</div>`,
	"fr grid":            `<style>@media(min-width:700px){.g{display:grid;grid-template-columns:2fr 1fr;gap:2rem}}</style><div class="g"><p>` + prose + `</p>WIDGET</div>`,
	"WordPress Row":      wordpress + `<div class="wp-block-group is-nowrap is-layout-flex"><p>` + prose + `</p>WIDGET</div>`,
	"WordPress Stack":    wordpress + `<div class="wp-block-group is-vertical is-layout-flex" style="flex-direction:column;align-items:flex-start"><p>` + prose + `</p>WIDGET</div>`,
	"WordPress flow":     wordpress + `<div class="wp-block-group is-layout-constrained"><p>` + prose + `</p>WIDGET</div>`,
	"inline-block":       `<div style="display:inline-block">WIDGET</div>`,
	"sidebar":            `<aside style="width:280px;max-width:100%">WIDGET</aside>`,
	"absolute column":    `<div style="position:relative;min-height:2600px"><div style="position:absolute;top:0;right:0;width:min(20em,100%)">WIDGET</div></div>`,
	"right to left":      `<div dir="rtl">WIDGET</div>`,
	"root at 62.5%":      `<style>html{font-size:62.5%}</style><div style="font-size:1rem;line-height:1.1">WIDGET</div>`,
	"small column":       `<div style="width:200px">WIDGET</div>`,
	"centred, 720px":     `<div style="max-width:720px;margin:auto">WIDGET</div>`,
	"paragraph":          `<p>WIDGET</p>`,
}

const (
	prose = "La commune réunit ses services au rez-de-chaussée de la maison communale, où chacun peut venir sans rendez-vous le matin."
	// What WordPress 6.5 prints for its group blocks (wp-includes/theme.json, block-supports/layout.php).
	wordpress = `<style>body .is-layout-flex{display:flex;flex-wrap:wrap;align-items:center;gap:.5em}body .is-layout-flex>*{margin:0}
		body .is-layout-flex.is-nowrap{flex-wrap:nowrap}.is-layout-constrained>*{max-width:645px;margin-left:auto!important;margin-right:auto!important}</style>`
)

// seen is what a layout made of a widget.
type seen struct {
	Width, Box    float64 // of the element, and of the inside of what is around it
	Room, Content float64 // heights: of the element, and that the content would take alone
	Cut, Sideways float64 // what stands below the edge of the widget, and beside that of the page
	Titles        int
}

const lookAtLayout = `(el => {
	const box = el.parentElement, root = el.shadowRoot, w = root.querySelector(".w");
	const style = getComputedStyle(box), r = el.getBoundingClientRect();
	const seen = {
		Width: r.width, Room: r.height, Cut: w.scrollHeight - w.clientHeight, Titles: root.querySelectorAll("li .t a").length,
		Box: box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
		Sideways: document.documentElement.scrollWidth - innerWidth,
	};
	w.style.cssText += ";position:absolute;inset:0 0 auto 0;height:auto";
	seen.Content = w.offsetHeight;
	return seen;
})`

// TestLayouts puts the hub's snippet into every layout: it is as wide as its
// box or wide enough to read, what it reserves is what its content takes, and
// nothing moves when that comes.
func TestLayouts(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	snippet := widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/", Label: "Lien", Room: reserved("actus")}.String()
	names := slices.Sorted(maps.Keys(layouts))
	var body strings.Builder
	for _, name := range names {
		body.WriteString(strings.Replace(layouts[name], "WIDGET", snippet, 1))
	}
	url := serveTown(t, h, town{head: wide, body: body.String()})
	for _, width := range []int{320, 768, 1280} {
		h.hold = make(chan struct{})
		p := b.Open(t, url, browsertest.Viewport(width, 50000)) // all in sight, so that every move counts
		p.WaitFor(`performance.getEntriesByName("first-contentful-paint").length`)
		close(h.hold)
		p.WaitFor(shown(len(names) - 1))
		p.WaitFor(`[...document.querySelectorAll("carillon-widget")].every(el => el.shadowRoot)`)
		if shift := p.CLS(); shift != 0 {
			t.Errorf("%d px: layout shift %v", width, shift)
		}
		var all []seen
		p.Eval(`[...document.querySelectorAll("carillon-widget")].map(`+lookAtLayout+`)`, &all)
		for i, got := range all {
			t.Logf("%s, %d px: %+v", names[i], width, got)
			if got.Width < min(240, got.Box)-.5 || got.Titles == 0 {
				t.Errorf("%s, %d px: %v wide in a box of %v, %d items", names[i], width, got.Width, got.Box, got.Titles)
			}
			if got.Content > 1.1*got.Room || got.Content < .9*got.Room {
				t.Errorf("%s, %d px: reserved %v, content %v", names[i], width, got.Room, got.Content)
			}
		}
		if width > 320 && all[0].Sideways > 0 { // where what cannot wrap stands beside a widget there is no room
			t.Errorf("%d px: the page scrolls sideways by %v", width, all[0].Sideways)
		}
		p.Close()
	}
}

// wide lets the town's page be as wide as its window.
const wide = `<style>body{max-width:none}</style>`

// TestLayoutsWithoutRoom is the same for every form of snippet that keeps no
// room or keeps it in the old way.
func TestLayoutsWithoutRoom(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	for name, snippet := range map[string]string{
		"element":    mount("agenda", ""),
		"min-height": mount("agenda", `style="display:block;min-height:480px"`),
		"div":        `<div data-carillon="1" data-hub="HUB" data-placement="agenda"><a href="HUB/">Lien</a></div>`,
	} {
		var body strings.Builder
		for _, layout := range layouts {
			body.WriteString(strings.Replace(layout, "WIDGET", snippet, 1))
		}
		for _, width := range []int{320, 768, 1280} {
			p := b.Open(t, serveTown(t, h, town{head: wide, body: body.String() + script}), browsertest.Viewport(width, 900))
			var got []seen
			p.WaitFor(shown(len(layouts) - 1))
			p.Eval(`[...document.querySelectorAll("carillon-widget,[data-carillon]")].map(`+lookAtLayout+`)`, &got)
			for i, s := range got {
				if s.Width < min(240, s.Box)-.5 || s.Titles == 0 {
					t.Errorf("%s, %d px, box %d: %+v", name, width, i, s)
				}
			}
		}
	}
}

// TestReserveFollowsItsColumn puts lists into columns of many widths in one
// window: the room is that of the column.
func TestReserveFollowsItsColumn(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	for placement, view := range rooms() {
		var body strings.Builder
		widths := []int{200, 220, 240, 260, 280, 300, 320, 360, 400, 440, 480, 540, 588, 596, 620, 660, 700, 768, 820, 876, 884, 960, 1040, 1120, 1164, 1172, 1280, 1400}
		for _, width := range widths {
			fmt.Fprintf(&body, `<div style="width:%dpx">%s</div>`, width,
				widgets.Snippet{Hub: "HUB", Placement: placement, Link: "HUB/", Label: "Lien", Room: widgets.Reserve(view)})
		}
		p := b.Open(t, serveTown(t, h, town{body: body.String()}))
		var got []seen
		p.WaitFor(shown(len(widths) - 1))
		p.Eval(`[...document.querySelectorAll("carillon-widget")].map(`+lookAtLayout+`)`, &got)
		for i, s := range got {
			t.Logf("%s in %d px: %.0f for %.0f: %+.0f %%", placement, widths[i], s.Room, s.Content, 100*(s.Room/s.Content-1))
			if s.Content > 1.1*s.Room || s.Content < .9*s.Room {
				t.Errorf("%s in %d px: reserved %v, content %v", placement, widths[i], s.Room, s.Content)
			}
		}
	}
}

// rooms are the views that the hub reserves room for, by placement of region.
func rooms() map[string]widgets.View {
	var h hub
	region(&h)
	views := map[string]widgets.View{}
	for _, pl := range h.placements {
		v := widgets.View{Kind: pl.Widget, Language: "fr", Options: pl.Options, Theme: pl.Theme}
		sel := pl.Select
		if len(sel.Channels) > 0 {
			sel = h.channels[0].Select
			v.Title = h.channels[0].Title
		}
		for _, it := range h.items {
			if sel.Match(it) && len(v.Entries) < pl.Select.Size() {
				v.Entries = append(v.Entries, widgets.Entry{Item: it, Member: federation.Text{"fr": "Sambre-sur-Orne"}})
			}
		}
		views[pl.Slug] = v
	}
	return views
}

func reserved(placement string) widgets.Room { return widgets.Reserve(rooms()[placement]) }
