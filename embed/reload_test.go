package embed_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

const bothForms = `<carillon-widget data-hub="HUB" data-placement="actus"><a href="HUB/">Lien</a></carillon-widget>
	<div data-carillon="1" data-hub="HUB" data-placement="actus"><a href="HUB/">Lien</a></div>` + script

// both is true of both elements.
func both(js string) string {
	return `(all => all.length > 1 && all.every(el => ` + js + `))([...document.querySelectorAll("carillon-widget,[data-carillon]")])`
}

// TestForeignAttributesDoNothing lets tag managers, animation libraries and
// frameworks write attributes of their own.
func TestForeignAttributesDoNothing(t *testing.T) {
	h := newHub(t, region)
	p := browsertest.New(t).Open(t, serveTown(t, h, town{body: bothForms + `<div style="height:9000px"></div>` + mount("agenda", "")}))
	p.WaitFor(shown(0) + "&&" + shown(1))
	before := embeds(p)
	for _, name := range []string{"data-gtm-vis-first-on-screen-1", "data-gtm-vis-total-visible-time", "data-aos", "data-aos-id", "data-v-7ba5bd90",
		"data-reactroot", "data-block-id", "data-theme", "data-lang-switch", "data-titled", "class", "title", "lang", "data-carillon-x", "data-scroll"} {
		var got []any
		p.Eval(`(async () => {
			const all = [...document.querySelectorAll("carillon-widget,[data-carillon]")], kept = all.map(el => el.shadowRoot?.firstElementChild);
			const result = [];
			for (const el of all.slice(0, 2)) {
				el.shadowRoot.querySelectorAll("a")[2].focus();
				all.forEach(el => { el.setAttribute("`+name+`", "1"); el.setAttribute("`+name+`", "2") });
				await new Promise(requestAnimationFrame);
				result.push(el.shadowRoot.activeElement?.localName, document.activeElement == el);
			}
			return [...result, all.every((el, i) => el.shadowRoot?.firstElementChild == kept[i])];
		})()`, &got)
		if fmt.Sprint(got) != "[a true a true true]" {
			t.Errorf("after %s: focus and content %v", name, got)
		}
	}
	if got := embeds(p) - before; got != 0 {
		t.Errorf("%d requests, want none", got)
	}
	p.Eval(`document.querySelectorAll("carillon-widget,[data-carillon]").forEach(el => el.dataset.lang = "nl")`, nil)
	p.WaitFor(both(`el.shadowRoot?.firstElementChild.lang == "nl"`))
	if got := embeds(p) - before; got != 3 {
		t.Errorf("%d requests for an attribute of three widgets, want 3", got)
	}
}

// embeds is how many fragments the page has asked for.
func embeds(p *browsertest.Page) (n int) {
	for _, url := range p.Requests() {
		if strings.Contains(url, "/embed/") {
			n++
		}
	}
	return n
}

// hurry makes the page's timers run at once and keeps what they were set to.
const hurry = `(() => { const set = setTimeout; window.waits = []; window.setTimeout = (f, ms, ...a) => { if (ms > 0) waits.push(ms); return set(f, 0, ...a) } })()`

// TestFailedLoadIsTriedAgain loses the first answers, as in a train.
func TestFailedLoadIsTriedAgain(t *testing.T) {
	b := browsertest.New(t)
	const later = `window.waits = []; window.setTimeout = (f, ms) => { waits.push(ms); return 1 }`
	for name, again := range map[string]string{
		"put back":          `document.querySelectorAll("carillon-widget,[data-carillon]").forEach(el => { const p = el.parentNode; el.remove(); p.prepend(el) })`,
		"put back later":    `document.querySelectorAll("carillon-widget,[data-carillon]").forEach(el => { const p = el.parentNode; el.remove(); requestAnimationFrame(() => p.prepend(el)) })`,
		"put back in a box": `document.querySelectorAll("carillon-widget,[data-carillon]").forEach(el => { const box = document.createElement("section"); el.replaceWith(box); box.append(el) })`,
		"online":            `dispatchEvent(new Event("online"))`,
		"cloned":            `document.querySelectorAll("carillon-widget,[data-carillon]").forEach(el => el.replaceWith(el.cloneNode(true)))`,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHub(t, region)
			h.lost.Store(2)
			p := b.Open(t, serveTown(t, h, town{body: bothForms}), browsertest.Script(later+`;window.faults = 0; addEventListener("carillon:error", () => faults++)`))
			p.WaitFor("faults == 2")
			p.Eval(again, nil)
			p.WaitFor(both("el.shadowRoot"))
			if got := embeds(p); got != 4 {
				t.Errorf("%d requests, want 4", got)
			}
		})
	}
	t.Run("by itself", func(t *testing.T) {
		h := newHub(t, region)
		h.lost.Store(7)
		p := b.Open(t, serveTown(t, h, town{body: bothForms}), browsertest.Script(hurry))
		p.WaitFor(both("el.shadowRoot"))
	})
	t.Run("not for ever", func(t *testing.T) {
		h := newHub(t, region)
		h.lost.Store(1000)
		p := b.Open(t, serveTown(t, h, town{body: mount("actus", "") + script}), browsertest.Script(hurry+`;window.faults = 0; addEventListener("carillon:error", () => faults++)`))
		p.WaitFor("faults == 9")
		var waits []float64
		p.Eval(`new Promise(requestAnimationFrame).then(() => waits)`, &waits)
		for i, ms := range waits[:8] {
			if least := float64(int(2000) << (i + 1)); ms < least || ms >= 2*least {
				t.Errorf("try %d after %v ms, want %v to twice that", i+2, ms, least)
			}
		}
		p.Eval(`(async () => { for (let i = 0; i < 30; i++) { const el = document.querySelector("carillon-widget"), p = el.parentNode; el.remove(); p.append(el); await new Promise(requestAnimationFrame) } })()`, nil)
		if got := embeds(p); got != 9 {
			t.Errorf("%d requests, want 9", got)
		}
	})
	t.Run("busy page", func(t *testing.T) { // whose other nodes come and go
		h := newHub(t, region)
		h.lost.Store(1000)
		p := b.Open(t, serveTown(t, h, town{body: bothForms}), browsertest.Script(later+`;window.faults = 0; addEventListener("carillon:error", () => faults++)`))
		p.WaitFor("faults == 2")
		p.Eval(`(async () => { for (let i = 0; i < 30; i++) { const el = document.createElement("p"); document.body.append(el); await new Promise(requestAnimationFrame); el.remove() } })()`, nil)
		if got := embeds(p); got != 2 {
			t.Errorf("%d requests, want 2", got)
		}
	})
}

// TestRefusalSaysWhy tells a webmaster what to do, once.
func TestRefusalSaysWhy(t *testing.T) {
	h := newHub(t, func(h *hub) {
		region(h)
		h.members[1].Sites = []string{"https://www.sambre.example"}
	})
	b := browsertest.New(t)
	for body, want := range map[string]string{
		mount("actus", ""):                       "may not embed this widget; add it to the member's sites",
		mount("nothing", ""):                     "not found",
		mount("tout", `data-theme-accent="red"`): "theme-accent",
		mount("tout", `data-heading="9"`):        "heading",
	} {
		url := serveTown(t, h, town{body: body + script})
		p := b.Open(t, url, browsertest.Script(`window.faults = []; addEventListener("carillon:error", e => faults.push(e.detail))`))
		p.WaitFor("faults.length")
		p.Eval(`(el => { const p = el.parentNode; el.remove(); p.append(el) })(document.querySelector("carillon-widget"))`, nil)
		p.WaitFor("faults.length == 2")
		var got []struct {
			Status int
			Reason string
		}
		p.Eval("faults", &got)
		if got[0].Status < 400 || !strings.Contains(got[0].Reason, want) {
			t.Errorf("%s: %+v, want a reason with %q", body, got, want)
		}
		if w := p.ConsoleWarnings(); len(w) != 1 || !strings.Contains(w[0], want) {
			t.Errorf("%s: warnings %q, want one with %q", body, w, want)
		}
	}
}
