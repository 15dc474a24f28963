package portal

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/plonegov/carillon/embed/browsertest"
)

// state is what assistive technology is told of the search box.
type state struct {
	Value, Expanded, Active, Said string
	Options                       []string
	Focus                         bool
	Caret                         int
}

func boxState(p *browsertest.Page) (s state) {
	p.Eval(`(() => { const q = document.getElementById("q"), a = document.getElementById(q.getAttribute("aria-activedescendant"));
		const list = document.getElementById(q.getAttribute("aria-controls"));
		return {value: q.value, expanded: q.getAttribute("aria-expanded"), active: a ? a.textContent + "|" + a.getAttribute("aria-selected") : "",
			options: list.hidden ? [] : [...list.children].map(o => o.textContent), focus: document.activeElement === q, caret: q.selectionStart,
			said: [...document.querySelectorAll("[role=status]")].map(r => r.textContent).join("")} })()`, &s)
	return s
}

const isOpen = `document.getElementById("q").getAttribute("aria-expanded") === "true"`

// TestComboboxByKeyboard holds the box to the pattern of the ARIA Authoring
// Practices for an editable combobox with manual selection.
func TestComboboxByKeyboard(t *testing.T) {
	_, url := hubServer(t)
	p := browsertest.New(t).Open(t, url+"/?ui=en")
	p.Eval(`document.getElementById("q").focus()`, nil)
	if s := boxState(p); s.Expanded != "false" {
		t.Fatalf("before anything is typed: %+v", s)
	}
	p.Press("tra")
	p.WaitFor(isOpen)
	s := boxState(p)
	if len(s.Options) < 2 || s.Active != "" || !s.Focus {
		t.Fatalf("after %q: %+v; want suggestions, none chosen, the focus in the box", "tra", s)
	}
	first, last := s.Options[0], s.Options[len(s.Options)-1]
	p.WaitFor(`[...document.querySelectorAll("[role=status]")].some(r => r.textContent.includes("suggestions"))`)
	for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
		t.Errorf("while open: %v", v)
	}
	step := func(name, keys, active, value string) {
		t.Helper()
		p.Press(keys)
		if s := boxState(p); s.Active != active || s.Value != value || !s.Focus {
			t.Errorf("%s: %+v, want %q active, %q in the box, the focus there", name, s, active, value)
		}
	}
	step("down", kb.ArrowDown, first+"|true", "tra")
	step("up", kb.ArrowUp, "", "tra")
	step("up again goes round", kb.ArrowUp, last+"|true", "tra")
	step("down goes round", kb.ArrowDown, "", "tra")
	step("down", kb.ArrowDown, first+"|true", "tra")
	step("left edits", kb.ArrowLeft, "", "tra")
	if s := boxState(p); s.Caret != 2 {
		t.Errorf("left moved the caret to %d, want 2", s.Caret)
	}
	step("escape closes", kb.Escape, "", "tra")
	if s := boxState(p); s.Expanded != "false" || len(s.Options) != 0 {
		t.Errorf("escape left %+v", s)
	}
	step("escape clears", kb.Escape, "", "")
	p.Press("tra")
	p.WaitFor(isOpen)
	p.Press(kb.ArrowDown + kb.Enter)
	p.WaitFor(`location.pathname === "/search" && document.readyState === "complete"`)
	var at string
	p.Eval(`new URLSearchParams(location.search).get("q") + "|" + document.getElementById("q").value`, &at)
	if at != first+"|"+first {
		t.Errorf("enter on %q leads to %q", first, at)
	}
	if got := p.ConsoleErrors(); len(got) > 0 {
		t.Errorf("console: %q", got)
	}
}

// TestComboboxLeavesTheRestAlone: what was typed is sent as it is, tab leaves
// the box, a click takes a suggestion, and keys that go to an input method or
// are commands do nothing here.
func TestComboboxLeavesTheRestAlone(t *testing.T) {
	_, url := hubServer(t)
	b := browsertest.New(t)
	open := func() *browsertest.Page {
		p := b.Open(t, url+"/?ui=nl")
		p.Eval(`document.getElementById("q").focus()`, nil)
		p.Press("tra")
		p.WaitFor(isOpen)
		return p
	}
	p := open()
	p.Press(kb.Tab)
	if s := boxState(p); s.Focus || s.Expanded != "false" || s.Value != "tra" {
		t.Errorf("after tab: %+v", s)
	}
	p = open()
	p.Press(kb.Enter)
	p.WaitFor(`location.search.includes("q=tra&") || location.search.endsWith("q=tra")`)
	p = open()
	p.Eval(`document.querySelector("[role=option]").click()`, nil)
	p.WaitFor(`location.pathname === "/search"`)
	p = open()
	var spared []string
	p.Eval(`[{key: "ArrowDown", isComposing: true}, {key: "Enter", isComposing: true}, {key: "ArrowDown", shiftKey: true}, {key: "a", ctrlKey: true}, {key: "Home"}, {key: "End"}, {key: "Delete"}]
		.filter(k => !document.getElementById("q").dispatchEvent(new KeyboardEvent("keydown", {...k, bubbles: true, cancelable: true}))).map(k => k.key)`, &spared)
	if s := boxState(p); len(spared) > 0 || s.Active != "" {
		t.Errorf("the box takes %q for itself; state %+v", spared, s)
	}
}

// TestSuggestionsAreAskedSparingly: letters typed in one go are one request, and
// an answer that comes late does not replace a newer one.
func TestSuggestionsAreAskedSparingly(t *testing.T) {
	_, url := hubServer(t)
	p := browsertest.New(t).Open(t, url+"/")
	p.Eval(`document.getElementById("q").focus()`, nil)
	p.Press("travaux")
	p.WaitFor(isOpen)
	asked := 0
	for _, r := range p.Requests() {
		if strings.Contains(r, "/api/v1/suggest") {
			asked++
		}
	}
	if asked == 0 || asked > 3 { // a slow machine types slowly
		t.Errorf("seven letters made %d requests", asked)
	}
}
