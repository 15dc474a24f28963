package embed_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/widgets"
)

// TestLoaderKeepsOutWhatAHubShouldNeverSend serves what the hub would not: the
// loader's own list must hold when everything before it failed.
func TestLoaderKeepsOutWhatAHubShouldNeverSend(t *testing.T) {
	const bad = `<div><template shadowrootmode="open"><link rel="stylesheet" href="/x.css"><section class="w" data-t="--ca-accent:red" onclick="fired()">
<script>fired()</script><img src=x onerror="fired()"><img src="javascript:fired()"><svg onload="fired()"><script>fired()</script></svg>
<math><mtext><table><mglyph><style><img src=x onerror=fired()></style></table></math>
<iframe srcdoc="<script>parent.fired()</script>"></iframe><a class="js" href="javascript:fired()">x</a><a href=" java&#9;script:fired()">y</a>
<style>*{display:none}</style><p style="position:fixed;inset:0" id="getElementById">kept</p><form action="javascript:fired()"><input name="nodeType"><button>go</button></form>
<object data="javascript:fired()"></object><embed src="javascript:fired()"><template><img src=x onerror=fired()></template><noscript><img src=x onerror=fired()></noscript>
<details open ontoggle="fired()"><x-y onfocus="fired()" tabindex=0 autofocus></x-y></section></template></div>`
	mux := http.NewServeMux()
	mux.HandleFunc("/carillon.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(widgets.Loader())
	})
	mux.HandleFunc("/embed/bad.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, bad)
	})
	for i, odd := range []string{"", "<h1>Portail Wi-Fi</h1>", "<template></template>", "<template><script class=w>fired()</script><p class=w>x</p></template>"} {
		mux.HandleFunc(fmt.Sprintf("/embed/odd%d.html", i), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, odd)
		})
	}
	mux.HandleFunc("/x", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>t</title><link rel=icon href=data:,><carillon-widget data-hub="http://%s" data-placement=bad>x</carillon-widget><script async src=/carillon.js></script>`, r.Host)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	p := browsertest.New(t).Open(t, s.URL+"/", browsertest.Script(`window.hits = 0; window.fired = () => hits++`))
	p.WaitFor(shown(0))
	p.Eval(`window.faults = 0; document.addEventListener("carillon:error", () => faults++); for (const i of [0, 1, 2, 3]) { const e = document.createElement("carillon-widget"); e.textContent = "Lien"; e.dataset.hub = location.origin; e.dataset.placement = "odd" + i; document.body.prepend(e) }`, nil)
	p.WaitFor("faults == 4")
	var links int
	p.Eval(`[...document.querySelectorAll("carillon-widget")].filter(e => !e.shadowRoot && e.textContent == "Lien").length`, &links)
	if links != 4 || len(p.ConsoleErrors()) != 0 {
		t.Errorf("after odd answers %d links stand, want 4; errors %q", links, p.ConsoleErrors())
	}
	p.Eval(`document.querySelectorAll("carillon-widget").forEach(e => e.shadowRoot || e.remove())`, nil)
	p.Eval(shown(0)+`.querySelectorAll("*").forEach(e => e.click())`, nil)
	var got []any
	p.Eval(`[hits, `+shown(0)+`.querySelectorAll(":not(a,p,img,div)").length, `+shown(0)+`.querySelectorAll("[href],[src],[id],[style],[onclick]").length, `+shown(0)+`.textContent.includes("kept")]`, &got)
	if fmt.Sprint(got) != "[0 0 0 true]" {
		t.Errorf("fired, foreign elements, foreign attributes, text kept = %v, want [0 0 0 true]", got)
	}
}
