package portal

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/plonegov/carillon/embed/browsertest"
)

// resultState is what a reader has before him of a page of results.
type resultState struct {
	Address, Heading, Title, Focus, Said string
	Ticked, Tags                         []string
	Feed, Canonical, Dutch               string
}

func resultsOf(p *browsertest.Page) (s resultState) {
	p.Eval(`({address: location.pathname + location.search, heading: document.querySelector("h1").textContent, title: document.title,
		focus: document.activeElement.value || document.activeElement.textContent.trim().slice(0, 40),
		said: [...document.querySelectorAll("[role=status]")].map(r => r.textContent).join(""),
		ticked: [...document.querySelectorAll(".check input:checked")].map(i => i.value),
		tags: [...document.querySelectorAll(".tags a:not(.clear)")].map(a => a.lastChild.textContent),
		feed: document.querySelector("link[type='application/rss+xml']")?.getAttribute("href") ?? "",
		canonical: document.querySelector("link[rel=canonical]")?.href ?? "",
		dutch: document.querySelector(".languages a[lang=nl]")?.getAttribute("href") ?? ""})`, &s)
	return s
}

const settled = ` && !document.querySelector("[aria-busy]")`

// TestFacetsByKeyboard: with script a box acts at once, keeps the focus, is
// told, and is one step of the history; the whole page follows.
func TestFacetsByKeyboard(t *testing.T) {
	_, url := hubServer(t)
	p := browsertest.New(t).Open(t, url+"/search?ui=fr")
	before := resultsOf(p)
	tick := func(value string) {
		t.Helper()
		p.Eval(`document.querySelector(".check input[value=`+value+`]").focus()`, nil)
		p.Press(" ")
	}
	tick("event")
	p.WaitFor(`location.search.includes("type=event")` + settled)
	one := resultsOf(p)
	if one.Address != "/search?type=event&ui=fr" || one.Focus != "event" || strings.Join(one.Ticked, " ") != "event" || len(one.Tags) != 1 {
		t.Errorf("one box ticked: %+v", one)
	}
	if one.Heading == before.Heading || !strings.Contains(one.Said, one.Heading) || !strings.Contains(one.Said, "Agenda") {
		t.Errorf("said %q of %q", one.Said, one.Heading)
	}
	if one.Feed != "/feed.rss?sort=start&type=event" || !strings.HasSuffix(one.Canonical, "/search?type=event") || one.Dutch != "/search?type=event&ui=nl" {
		t.Errorf("the rest of the page stayed behind: %+v", one)
	}
	tick("news")
	p.WaitFor(`location.search.includes("news")` + settled)
	two := resultsOf(p)
	if two.Address != "/search?type=event,news&ui=fr" || two.Focus != "news" || len(two.Ticked) != 2 {
		t.Errorf("two boxes ticked: %+v", two)
	}
	// Tab goes on from there, not from the top.
	p.Press(kb.Tab)
	var inFilters bool
	p.Eval(`document.querySelector(".filters").contains(document.activeElement)`, &inFilters)
	if !inFilters {
		t.Errorf("tab leads from the box to %q", resultsOf(p).Focus)
	}
	p.Eval(`history.back()`, nil)
	p.WaitFor(`document.querySelectorAll(".tags a:not(.clear)").length === 1` + settled)
	if got := resultsOf(p); got.Heading != one.Heading || strings.Join(got.Ticked, " ") != "event" || got.Address != one.Address {
		t.Errorf("back: %+v, want %+v", got, one)
	}
	p.Eval(`history.back()`, nil)
	p.WaitFor(`document.querySelectorAll(".tags a:not(.clear)").length === 0` + settled)
	if got := resultsOf(p); got.Heading != before.Heading || len(got.Ticked) != 0 || got.Title != before.Title {
		t.Errorf("back again: %+v, want %+v", got, before)
	}
	if got := p.ConsoleErrors(); len(got) > 0 {
		t.Errorf("console: %q", got)
	}
}

// TestChipsAndDatesByKeyboard: a chip removed leaves the focus at the next one,
// a shortcut and a typed place act at once, a wrong place is said.
func TestChipsAndDatesByKeyboard(t *testing.T) {
	_, url := hubServer(t)
	p := browsertest.New(t).Open(t, url+"/search?type=news,event&ui=fr")
	p.Eval(`document.querySelector(".tags a").focus()`, nil)
	p.Press(kb.Enter)
	p.WaitFor(`document.querySelectorAll(".tags a:not(.clear)").length === 1` + settled)
	if got := resultsOf(p); got.Focus != "Supprimer le critère Type : "+got.Tags[0] && !strings.HasSuffix(got.Focus, got.Tags[0]) || len(got.Ticked) != 1 {
		t.Errorf("a chip removed: %+v", got)
	}
	p.Press(kb.Enter)
	p.WaitFor(`document.querySelectorAll(".tags a").length === 0 && location.search === "?ui=fr"` + settled)
	var onResults bool
	if p.Eval(`document.activeElement.id === "results"`, &onResults); !onResults {
		t.Errorf("the last chip removed: the focus is at %q, want the results", resultsOf(p).Focus)
	}
	p.Eval(`document.querySelectorAll(".periods a")[2].focus()`, nil)
	p.Press(kb.Enter)
	p.WaitFor(`location.search.includes("from=2026-11-01&to=2026-11-30")` + settled)
	if got := resultsOf(p); got.Focus != "Ce mois-ci" || len(got.Tags) != 2 {
		t.Errorf("this month: %+v", got)
	}
	p.Eval(`document.getElementById("place").focus()`, nil)
	p.Press("Bellerive" + kb.Tab)
	p.WaitFor(`location.search.includes("near=50.43,4.61")` + settled)
	if got := resultsOf(p); len(got.Tags) != 3 {
		t.Errorf("a place typed: %+v", got)
	}
	p.Eval(`document.getElementById("place").focus(); document.getElementById("place").select()`, nil)
	p.Press("Atlantis" + kb.Enter)
	p.WaitFor(`!!document.querySelector(".faults")` + settled)
	if got := resultsOf(p); !strings.Contains(got.Said, got.Heading) {
		t.Errorf("a place that is none: %+v", got)
	}
}

// TestFormLeadsToTheSelection: without script the button sends the whole form,
// and what comes back has the address of the selection alone.
func TestFormLeadsToTheSelection(t *testing.T) {
	h, url := hubServer(t)
	p := browsertest.New(t).Open(t, url+"/search?q=passerelle&ui=fr")
	for _, step := range []struct{ change, want string }{
		{``, "/search?q=passerelle&ui=fr"},
		{`document.querySelector(".check input[value=news]").checked = true`, "/search?q=passerelle&type=news&ui=fr"},
		{`document.getElementById("sort").selectedIndex = 1`, "/search?q=passerelle&sort=newest&type=news&ui=fr"},
		{`document.getElementById("from").value = "2026-03-01"`, "/search?from=2026-03-01&q=passerelle&sort=newest&type=news&ui=fr"},
	} {
		var sent string
		p.Eval(`(() => { `+step.change+`; return "/search?" + new URLSearchParams(new FormData(document.getElementById("search"))) })()`, &sent)
		if got := h.get(sent).Header().Get("Location"); got != step.want {
			t.Errorf("after %s the form leads to %q, want %q", step.change, got, step.want)
		}
	}
}
