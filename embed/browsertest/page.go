package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Page is one tab with cookies and storage of its own. Its methods fail the
// test it was opened for when the browser does not answer within 30 seconds.
type Page struct {
	t     testing.TB
	ctx   context.Context
	close context.CancelFunc

	mu       sync.Mutex
	requests []string
	errors   []string
	warnings []string
}

// Option changes a page before it loads.
type Option func(*settings)

type settings struct {
	width, height int
	medium        string // "" = the screen
	media         []*emulation.MediaFeature
	scripts       []string
}

// Viewport sets the size of the window in CSS pixels. The default is 1280 by 800.
func Viewport(width, height int) Option {
	return func(s *settings) { s.width, s.height = width, height }
}

// Media sets a media feature, as "prefers-color-scheme", "dark".
func Media(feature, value string) Option {
	return func(s *settings) {
		s.media = append(s.media, &emulation.MediaFeature{Name: feature, Value: value})
	}
}

// Print shows the page as it is printed.
func Print() Option { return func(s *settings) { s.medium = "print" } }

// Script runs js in the page and in every frame before their own scripts.
func Script(js string) Option {
	return func(s *settings) { s.scripts = append(s.scripts, js) }
}

// Open loads url in a new page and returns after its load event. The page
// closes with the test.
func (b *Browser) Open(t testing.TB, url string, options ...Option) *Page {
	t.Helper()
	s := settings{width: 1280, height: 800}
	for _, o := range options {
		o(&s)
	}
	p := &Page{t: t}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	t.Cleanup(cancel)
	p.ctx, p.close = ctx, cancel
	// The first run binds the tab to its context, so it must not be a short one.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a page: %v", err)
	}
	p.do("prepare "+url, func(ctx context.Context) error { return prepare(ctx, s) })
	p.Navigate(url)
	return p
}

func prepare(ctx context.Context, s settings) error {
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(s.width), int64(s.height))); err != nil {
		return err
	}
	media := emulation.SetEmulatedMediaParams{Media: s.medium, Features: s.media}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		return err
	}
	for _, js := range s.scripts {
		script := page.AddScriptToEvaluateOnNewDocumentParams{Source: js}
		if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, script); err != nil {
			return err
		}
	}
	return nil
}

// Navigate loads another address in the page. What was recorded before stays.
func (p *Page) Navigate(url string) {
	p.t.Helper()
	p.do("navigate to "+url, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Navigate(url))
	})
}

// Close closes the page before its test ends. Closing twice does nothing.
func (p *Page) Close() { p.close() }

// Eval runs a JavaScript expression in the page and decodes its value, or the
// value its promise gives, as JSON into out. A nil out drops the value.
func (p *Page) Eval(js string, out any) {
	p.t.Helper()
	p.do("evaluate "+shown(js), func(ctx context.Context) error {
		if out == nil {
			return chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](js, chromedp.EvalAwaitPromise))
		}
		raw, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](js, chromedp.EvalAwaitPromise, chromedp.EvalAsValue))
		if err != nil {
			return err
		}
		return json.Unmarshal(raw, out)
	})
}

// WaitFor waits until a JavaScript expression is true, looking at every frame
// drawn, and fails the test after ten seconds. The page may lead to another
// meanwhile, in which it goes on looking.
func (p *Page) WaitFor(js string) {
	p.t.Helper()
	look := `new Promise(resolve => {
		const end = performance.now() + 10000;
		const look = () => {
			if (` + js + `) resolve(true);
			else if (performance.now() > end) resolve(false);
			else requestAnimationFrame(look);
		};
		look();
	})`
	p.do("wait for "+shown(js), func(ctx context.Context) error {
		for {
			ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](look, chromedp.EvalAwaitPromise))
			if err != nil && left(err) && ctx.Err() == nil {
				continue
			}
			if err == nil && !ok {
				err = errors.New("it was not so for ten seconds")
			}
			return err
		}
	})
}

// left reports whether a script was cut off because its document was left.
func left(err error) bool {
	for _, reason := range []string{"navigated or closed", "context was destroyed", "Cannot find context", "Execution context"} {
		if strings.Contains(err.Error(), reason) {
			return true
		}
	}
	return false
}

// Press types keys, as text or as constants of chromedp/kb, into what has the
// focus.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.do("press "+shown(keys), func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.KeyEvent(keys))
	})
}

// Resize sets the size of the window in CSS pixels.
func (p *Page) Resize(width, height int) {
	p.t.Helper()
	p.do("resize", func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), int64(height)))
	})
}

// Screenshot writes what a window of this size shows to a PNG file, and leaves
// the window at this size.
func (p *Page) Screenshot(path string, width, height int) {
	p.t.Helper()
	p.Resize(width, height)
	p.do("screenshot", func(ctx context.Context) error {
		png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			return err
		}
		return os.WriteFile(path, png, 0o644)
	})
}

// HTML returns the document as it stands, serialised by the browser.
func (p *Page) HTML() string {
	p.t.Helper()
	var html string
	p.Eval(`document.documentElement.outerHTML`, &html)
	return html
}

// Requests returns the addresses asked for so far by the page and its frames,
// in order, including those that failed.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// ConsoleErrors returns the errors so far: console.error, uncaught exceptions
// and what the browser itself reports, as a violated content security policy.
func (p *Page) ConsoleErrors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.errors)
}

// ConsoleWarnings returns what the page's scripts warned of so far.
func (p *Page) ConsoleWarnings() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.warnings)
}

// PDF prints the page, as the browser's own command does, and returns the file.
// Its links stand in it as they are, "/URI (https://…)".
func (p *Page) PDF() []byte {
	p.t.Helper()
	var pdf []byte
	p.do("print", func(ctx context.Context) error {
		got, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{})
		pdf = got.Data
		return err
	})
	return pdf
}

func (p *Page) do(what string, f func(context.Context) error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := f(ctx); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// shown shortens a script for a message.
func shown(js string) string {
	if len(js) > 80 {
		return js[:80] + "…"
	}
	return js
}
