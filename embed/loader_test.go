package embed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// look is what a test asks of the first widget of a page.
type look struct {
	Titles  int
	Colour  string // of the first title
	Hidden  bool   // the fallback link is not drawn
	Globals int    // names added to window
}

const lookAt = `(() => {
	const el = document.querySelector("carillon-widget,[data-carillon],[data-placement]"), root = el.shadowRoot;
	return {
		Titles: root ? root.querySelectorAll("li .t a").length : 0,
		Colour: root ? getComputedStyle(root.querySelector("li .t a")).color : "",
		Hidden: !el.querySelector("a").checkVisibility({visibilityProperty: true}) || el.querySelector("a").getClientRects().length == 0,
		Globals: Object.getOwnPropertyNames(window).filter(n => !window.before.includes(n)).length,
	};
})()`

const remember = `window.before = []; window.before = Object.getOwnPropertyNames(window);`

func TestLoaderUnderPolicies(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	const strict = "default-src 'none'; base-uri 'none'; style-src 'self'; script-src HUB; connect-src HUB; img-src 'self' data:"
	for name, policy := range map[string]string{
		"none":                "",
		"styles and scripts":  "style-src 'self'; script-src HUB 'self'",
		"strict":              strict,
		"trusted types, ours": strict + "; require-trusted-types-for 'script'; trusted-types carillon",
		"trusted types, any":  strict + "; require-trusted-types-for 'script'",
		"trusted types, none": strict + "; require-trusted-types-for 'script'; trusted-types 'none'",
	} {
		t.Run(name, func(t *testing.T) {
			url := serveTown(t, h, town{policy: policy, body: mount("actus", "") + script})
			p := b.Open(t, url, browsertest.Script(remember))
			p.WaitFor(shown(0))
			var got look
			p.Eval(lookAt, &got)
			if diff := cmp.Diff(look{Titles: 5, Colour: "rgb(179, 18, 58)", Hidden: true}, got); diff != "" {
				t.Errorf("widget (-want +got):\n%s", diff)
			}
			if got := p.ConsoleErrors(); len(got) != 0 {
				t.Errorf("errors: %q", got)
			}
			if got := append(p.Cookies(), p.Storage()...); len(got) != 0 {
				t.Errorf("cookies and storage: %q, want none", got)
			}
			want := []string{url, url + "site.css", h.URL + "/w/1/carillon.js", h.URL + "/embed/actus.html"}
			if diff := cmp.Diff(want, notData(p.Requests())); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

func notData(urls []string) (out []string) {
	for _, u := range urls {
		if !strings.HasPrefix(u, "data:") {
			out = append(out, u)
		}
	}
	return out
}

// TestEverySnippetEverIssued renders the corpus; no file of it may change.
func TestEverySnippetEverIssued(t *testing.T) {
	files, err := filepath.Glob("../widgets/testdata/snippets/*.html")
	if err != nil || len(files) < 7 {
		t.Fatalf("snippets: %q, %v", files, err)
	}
	h := newHub(t, region)
	b := browsertest.New(t)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			snippet, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := b.Open(t, serveTown(t, h, town{body: string(snippet)}))
			p.WaitFor(shown(0))
			var got look
			p.Eval("window.before = Object.getOwnPropertyNames(window);"+lookAt, &got)
			if got.Titles < 3 || !got.Hidden || len(p.ConsoleErrors()) != 0 {
				t.Errorf("%s shows %+v, errors %q", snippet, got, p.ConsoleErrors())
			}
		})
	}
}

// TestPinnedLoadersShowTodaysFragments runs every loader ever issued: pages
// that pinned one get the fragments of today.
func TestPinnedLoadersShowTodaysFragments(t *testing.T) {
	versions, err := widgets.Releases()
	if err != nil || len(versions) < 2 {
		t.Fatalf("releases: %q, %v", versions, err)
	}
	h := newHub(t, region)
	b := browsertest.New(t)
	for _, v := range versions {
		p := b.Open(t, serveTown(t, h, town{body: mount("agenda", "") + strings.Replace(script, "/w/1/", "/w/"+v+"/", 1)}))
		p.WaitFor(shown(0))
		var text string
		p.Eval(shown(0)+`.textContent`, &text)
		for _, want := range []string{"Agenda", "Concert de la fanfare royale", "Place du Perron", "2026", "CC BY 4.0"} {
			if !strings.Contains(text, want) {
				t.Errorf("loader %s does not show %q: %s", v, want, text)
			}
		}
		var colour string
		p.Eval(`getComputedStyle(`+shown(0)+`.querySelector(".t a")).color`, &colour)
		if colour != "rgb(179, 18, 58)" || len(p.ConsoleErrors()) != 0 {
			t.Errorf("loader %s: colour %s, errors %q", v, colour, p.ConsoleErrors())
		}
	}
}

func TestLinkStaysWhenTheHubDoesNotAnswer(t *testing.T) {
	h := newHub(t, func(h *hub) {
		region(h)
		h.members[0].Sites = []string{"https://www.vallonie.example"}
	})
	b := browsertest.New(t)
	const listen = `addEventListener("carillon:error", e => (window.faults ??= []).push(e.detail.status))`
	for name, c := range map[string]struct {
		body  string
		fault string
	}{
		"gone":        {strings.ReplaceAll(mount("actus", ""), "HUB", "http://127.0.0.1:9") + script, "0"},
		"refused":     {mount("tout", "") + script, "403"},
		"unknown":     {mount("nothing", "") + script, "404"},
		"bad address": {strings.ReplaceAll(mount("actus", ""), "HUB", "http://[") + script, "0"},
		"no loader":   {strings.ReplaceAll(mount("actus", "")+script, "HUB", "http://127.0.0.1:9"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, serveTown(t, h, town{body: c.body}), browsertest.Script(listen))
			if c.fault != "" {
				p.WaitFor("window.faults == " + c.fault)
			}
			var visible bool
			p.Eval(`(a => a.checkVisibility() && a.getClientRects().length > 0 && a.textContent == "Actualités régionales")(document.querySelector("carillon-widget a"))`, &visible)
			if !visible {
				t.Error("the link is not shown")
			}
		})
	}
}

func TestAttributesReloadAndManyWidgets(t *testing.T) {
	h := newHub(t, region)
	p := browsertest.New(t).Open(t, serveTown(t, h, town{body: mount("actus", "") + mount("agenda", "") +
		`<div style="height:5000px"></div>` + mount("tout", `id="far"`) + script + script}))
	p.WaitFor(shown(0) + "&&" + shown(1))
	var far bool
	p.Eval("!!"+shown(2), &far)
	if far {
		t.Error("a widget far below was loaded before it came near")
	}
	if got := len(notData(p.Requests())); got != 5 {
		t.Errorf("%d requests, want page, style, one loader, two fragments", got)
	}
	p.Eval(`document.querySelector("#far").scrollIntoView()`, nil)
	p.WaitFor(shown(2))
	p.Eval(`document.querySelector("carillon-widget").dataset.placement = "agenda"`, nil)
	p.Eval(`scrollTo(0, 0)`, nil)
	p.WaitFor(shown(0) + `.querySelectorAll("li").length == 3`)
	p.Eval(`(d => { d.dataset.carillon = ""; d.dataset.hub = "`+h.URL+`"; d.dataset.placement = "actus"; document.querySelector("h1").after(d) })(document.createElement("div"))`, nil)
	p.WaitFor(`document.querySelector("h1 + div").shadowRoot?.querySelectorAll("li").length == 5`)
	p.Eval(`document.querySelector("h1 + div").dataset.lang = "nl"`, nil)
	p.WaitFor(`document.querySelector("h1 + div").shadowRoot.querySelector(".w").lang == "nl"`)
	if got := p.ConsoleErrors(); len(got) != 0 {
		t.Errorf("errors: %q", got)
	}
}

func TestHarvestedTextDoesNotRun(t *testing.T) {
	evil := []string{`<img src=x onerror=fired()>`, `"><script>fired()</script>`, `'onmouseover='fired()`, `</template><script>fired()</script>`,
		`{{fired()}}`, "\u2028fired()", `<svg onload=fired()>`, `</style><script>fired()</script>`}
	h := newHub(t, func(h *hub) {
		region(h)
		for i := range h.items {
			e := evil[i%len(evil)]
			h.items[i].Title, h.items[i].Summary, h.items[i].Language = e, e, e
			h.items[i].URL = []string{"javascript:fired()", "https://x.example/" + e, "data:text/html,<script>fired()</script>"}[i%3]
			h.items[i].Provenance.Attribution, h.items[i].Provenance.License = e, []string{e, "javascript:fired()", "https://x.example/" + e}[i%3]
			h.items[i].Image = &federation.Image{URL: h.Photos + "/" + e, Alt: e}
			h.items[i].Place = &federation.Place{Name: e}
			h.items[i].ID = federation.NewItemID(e, fmt.Sprint(i))
		}
		h.members[1].Name["fr"], h.channels[0].Title["fr"] = evil[0], evil[3]
	})
	b := browsertest.New(t)
	const trap = `window.hits = 0; window.fired = () => hits++`
	for _, url := range []string{h.URL + "/embed/tout", h.URL + "/embed/tout.html", h.URL + "/embed/actus.html",
		serveTown(t, h, town{body: mount("tout", "") + mount("actus", "") + script})} {
		p := b.Open(t, url, browsertest.Script(trap))
		if !strings.HasPrefix(url, h.URL) {
			p.WaitFor(shown(0) + "&&" + shown(1))
		}
		var hits, links int
		p.Eval(`(root => { for (const a of [root, ...[...root.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)]) a.querySelectorAll("li .t a").forEach(a => { window.links = (window.links || 0) + 1; if (/^http/.test(a.href)) return; hits++ }) })(document)`, nil)
		p.Eval("hits", &hits)
		p.Eval("window.links || 0", &links)
		if hits != 0 || links == 0 {
			t.Errorf("%s: %d fired or bad, of %d links", url, hits, links)
		}
	}
}
