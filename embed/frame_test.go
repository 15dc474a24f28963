package embed_test

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

const frame = `<iframe src="HUB/embed/actus" title="Actualités" width="100%" height="500" style="border:0" sandbox="allow-scripts allow-popups allow-top-navigation-by-user-activation"></iframe>`

// TestFrameGetsItsHeight is the frame of docs/snippet.md beside the loader.
func TestFrameGetsItsHeight(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	own := func(width int) (height float64) {
		p := b.Open(t, h.URL+"/embed/actus", browsertest.Viewport(width, 300))
		p.Eval(`document.querySelector("main").getBoundingClientRect().height`, &height)
		if errors := p.ConsoleErrors(); len(errors) != 0 {
			t.Errorf("errors of the frame's page: %q", errors)
		}
		return height
	}
	for name, body := range map[string]string{
		"sandbox, loader last":  frame + script,
		"sandbox, loader first": script + frame,
		"late":                  frame + `<script>addEventListener("load", () => setTimeout(() => { const s = document.createElement("script"); s.src = "HUB/w/1/carillon.js"; document.body.append(s) }, 50))</script>`,
		"no sandbox, lazy":      `<iframe src="HUB/embed/actus?heading=2" title="Actualités" loading="lazy"></iframe>` + script,
		"strict policy":         `<iframe src="HUB/embed/actus" title="Actualités"></iframe>` + script,
	} {
		t.Run(name, func(t *testing.T) {
			page := town{body: body}
			if name == "strict policy" {
				page.policy = "default-src 'none'; style-src 'self'; script-src HUB; frame-src HUB; img-src data:"
			}
			p := b.Open(t, serveTown(t, h, page))
			p.WaitFor(`document.querySelector("iframe").style.height`)
			for _, width := range []int{1280, 400} {
				p.Resize(width, 800)
				var inner float64
				p.Eval(`document.querySelector("iframe").clientWidth`, &inner)
				p.WaitFor(fmt.Sprintf(`Math.abs(parseFloat(document.querySelector("iframe").style.height) - %v) < 2`, own(int(inner))))
			}
			if errors := p.ConsoleErrors(); len(errors) != 0 {
				t.Errorf("errors: %q", errors)
			}
		})
	}
}

// TestFrameHeightIsTheFramesOwn sends what other windows might.
func TestFrameHeightIsTheFramesOwn(t *testing.T) {
	h := newHub(t, region)
	h.hold = make(chan struct{}) // the frame itself says nothing
	b := browsertest.New(t)
	p := b.Open(t, serveTown(t, h, town{body: `<iframe id="other" srcdoc="x"></iframe>` + script}),
		browsertest.Script(`if (window == top) { const post = crypto.getRandomValues; crypto.getRandomValues = a => { post.call(crypto, a); window.nonce = a.join(); return a } }`))
	p.WaitFor("window.nonce")
	close(h.hold)
	h.hold = nil
	p.Eval(`(f => { f.src = "`+h.URL+`/embed/actus"; f.title = "Actualités"; document.body.append(f) })(document.createElement("iframe"))`, nil)
	p.WaitFor(`document.querySelector("iframe[title]").style.height`)
	var before, after string
	p.Eval(`document.querySelector("iframe[title]").style.height`, &before)
	const attack = `(async () => {
		const frame = document.querySelector("iframe[title]"), other = document.querySelector("#other");
		const send = (source, origin, data) => dispatchEvent(new MessageEvent("message", {source, origin, data}));
		send(other.contentWindow, "null", {carillon: nonce, height: 11});
		send(window, origin, {carillon: nonce, height: 12});
		send(frame.contentWindow, "https://evil.example", {carillon: nonce, height: 13});
		send(frame.contentWindow, new URL(frame.src).origin.slice(0, -1), {carillon: nonce, height: 14});
		send(frame.contentWindow, new URL(frame.src).origin, {carillon: "guess", height: 15});
		send(frame.contentWindow, new URL(frame.src).origin, {height: 16});
		for (const height of [0, -5, NaN, "5px;position:fixed", null, {}]) send(frame.contentWindow, new URL(frame.src).origin, {carillon: nonce, height});
		for (const data of [null, "x", 7, [], undefined]) send(frame.contentWindow, new URL(frame.src).origin, data);
		postMessage({carillon: nonce, height: 17}, "*");
		await new Promise(resolve => setTimeout(resolve));
		return frame.style.height;
	})()`
	p.Eval(attack, &after)
	if before != after {
		t.Errorf("a foreign message changed the height from %s to %s", before, after)
	}
	p.Eval(`dispatchEvent(new MessageEvent("message", {source: document.querySelector("iframe[title]").contentWindow, origin: "`+h.URL+`", data: {carillon: nonce, height: 1e9}}))`, nil)
	p.Eval(`document.querySelector("iframe[title]").style.height`, &after)
	if after != "10000px" {
		t.Errorf("a frame of 1e9 pixels is %s high, want at most 10000px", after)
	}
	if errors := p.ConsoleErrors(); len(errors) != 0 {
		t.Errorf("errors: %q", errors)
	}
}

// TestFrameOfOldStaysWhole is the form that docs/snippet.md gave before frames
// said their height: without scripts in its sandbox.
func TestFrameOfOldStaysWhole(t *testing.T) {
	h := newHub(t, region)
	p := browsertest.New(t).Open(t, serveTown(t, h, town{body: `<iframe src="HUB/embed/actus" title="Actualités" loading="lazy" sandbox="allow-popups allow-top-navigation-by-user-activation"></iframe>` + script}))
	var height float64
	p.Eval(`document.querySelector("iframe").offsetHeight`, &height)
	if n := embeds(p); n != 1 || height < 150 {
		t.Errorf("frame of old: %d requests, %v px high", n, height)
	}
}
