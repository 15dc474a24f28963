package embed_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/widgets"
)

// TestPicturesComeFromTheHub shows a widget with pictures in each way a page
// may: nobody but the page and the hub is asked, the pictures are there, and
// nothing moves when they come.
func TestPicturesComeFromTheHub(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	const strict = "default-src 'none'; style-src 'self'; script-src HUB; connect-src HUB; img-src HUB data:"
	for name, p := range map[string]town{
		"snippet":       {body: widgets.Snippet{Hub: "HUB", Placement: "tout", Link: "HUB/", Label: "Lien", Room: reserved("tout")}.String()},
		"strict policy": {policy: strict, body: mount("tout", `class="reserved"`) + script},
		"by attribute":  {body: mount("actus", `data-images style="display:block;min-height:2000px"`) + script},
		"frame":         {body: `<iframe id="widget" src="HUB/embed/tout" title="Actualités" width="700" height="900"></iframe>`},
	} {
		for _, width := range []int{360, 1280} {
			t.Run(fmt.Sprint(name, " ", width), func(t *testing.T) {
				url := serveTown(t, h, p)
				page := b.Open(t, url, browsertest.Viewport(width, 900))
				visible := shown(0) + `?.querySelector("img.i")?.naturalWidth > 0`
				if name == "frame" { // of another origin: its page is looked at by itself
					own := b.Open(t, h.URL+"/embed/tout", browsertest.Viewport(width, 900))
					own.WaitFor(`document.querySelector("img.i")?.naturalWidth > 0`)
					onlyTo(t, own, h.URL)
					visible = `document.readyState == "complete"`
				}
				page.WaitFor(visible)
				onlyTo(t, page, url, h.URL)
				if cls := page.CLS(); cls != 0 {
					t.Errorf("CLS = %v, want 0", cls)
				}
				if faults := page.ConsoleErrors(); len(faults) != 0 {
					t.Errorf("errors: %q", faults)
				}
			})
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, agent := range h.fetched {
		if !strings.HasPrefix(agent, "Carillon") {
			t.Errorf("the publisher was asked by %q, want the hub alone", agent)
		}
	}
	if len(h.fetched) == 0 || len(h.fetched) > 6 {
		t.Errorf("the publisher of 6 pictures was asked %d times", len(h.fetched))
	}
}

// onlyTo fails for a request of the page to any other origin.
func onlyTo(t *testing.T, p *browsertest.Page, origins ...string) {
	t.Helper()
	pictures := 0
	for _, request := range notData(p.Requests()) {
		ours := false
		for _, o := range origins {
			ours = ours || strings.HasPrefix(request, o)
		}
		if !ours {
			t.Errorf("a request to a third party: %s", request)
		}
		if strings.Contains(request, "/pictures/") {
			pictures++
		}
	}
	t.Logf("%d pictures asked for", pictures)
}

// TestPolicyOfPictures: a frame may show pictures of the hub and no others,
// whatever its address asks for.
func TestPolicyOfPictures(t *testing.T) {
	h := newHub(t, fifty)
	for _, path := range []string{
		"/embed/commune-00-actus", "/embed/commune-00-actus.html",
		"/embed/commune-00-actus?theme-logo=https://www.a.example:8443/l.svg",
		"/embed/widget/list?theme-logo=https://www.a.example/l.svg",
	} {
		res, body := get(t, h.URL+path)
		want := "img-src " + h.URL + " data:;"
		if got := res.Header.Get("Content-Security-Policy"); res.StatusCode != http.StatusOK || !strings.Contains(got, want) {
			t.Errorf("GET %s = %d, policy %q, want %q", path, res.StatusCode, got, want)
		}
		if strings.Contains(body, "a.example") {
			t.Errorf("GET %s shows a picture of another host:\n%s", path, body)
		}
	}
}

// TestLogos: a logo is that of the region file, by way of the hub, whatever the
// address of the widget says; an unsaved widget has none.
func TestLogos(t *testing.T) {
	h := newHub(t, fifty)
	const own, sheets = "https://www.commune-00.example/logo.svg", "https://www.commune-00.example/other.png"
	h.change(t, func() {
		h.members[0].Theme.Logo = own
		p := h.placements[0]
		p.Slug, p.Theme.Logo = "autre", sheets
		h.placements = append(h.placements, p)
	})
	logo := func(address string) string { return h.URL + picture.LogoPath(h.members[0].Slug, address) }
	for path, want := range map[string]string{
		"/embed/" + h.placements[0].Slug: logo(own),
		"/embed/" + h.placements[0].Slug + ".html?theme-logo=https://evil.example/l.png": logo(own),
		"/embed/autre":                                         logo(sheets),
		"/embed/autre.html":                                    logo(sheets),
		"/embed/widget/list?theme-logo=" + own:                 "",
		"/embed/widget/list.html?theme-logo=" + own + "&ui=nl": "",
	} {
		_, body := get(t, h.URL+path)
		if got := strings.Contains(body, `<img class="l"`); got != (want != "") || !strings.Contains(body, want) || strings.Contains(body, own) {
			t.Errorf("GET %s: logo %q is not in\n%s", path, want, body)
		}
	}
}

// TestUnsavedTakesNoTitle: what anybody can write into an address does not
// stand under the hub's name.
func TestUnsavedTakesNoTitle(t *testing.T) {
	h := newHub(t, fifty)
	for _, path := range []string{"/embed/widget/list", "/embed/widget/list.html", "/embed/widget/list?ui=de&summary"} {
		title := "?title="
		if strings.Contains(path, "?") {
			title = "&title="
		}
		res, body := get(t, h.URL+path+title+"Votre+compte+est+bloqu%C3%A9")
		if res.StatusCode != http.StatusOK || strings.Contains(body, "compte") {
			t.Errorf("GET %s with a title = %d:\n%s", path, res.StatusCode, body)
		}
	}
}

// TestNoAddressOfAPublisherIsShown reads the markup: links may lead away,
// pictures may not.
func TestNoAddressOfAPublisherIsShown(t *testing.T) {
	h := newHub(t, region)
	for _, path := range []string{"/embed/tout", "/embed/tout.html", "/embed/widget/list.html?images&ui=nl"} {
		_, body := get(t, h.URL+path)
		if n := strings.Count(body, `src="`+h.URL+"/pictures/"); n != 6 || strings.Contains(body, h.Photos) {
			t.Errorf("GET %s: %d pictures of the hub, want 6, and none of %s:\n%s", path, n, h.Photos, body)
		}
	}
}
