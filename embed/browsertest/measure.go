package browsertest

import (
	"context"
	"maps"
	"slices"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// CLS returns the sum of the layout shifts of the page so far, except those
// within half a second of an input of the user. It is never below Cumulative
// Layout Shift, which is the worst five seconds of it. Shifts inside frames are
// not counted; the move of a frame is.
func (p *Page) CLS() float64 {
	p.t.Helper()
	var sum float64
	// The observer reports after the next frame is drawn.
	p.Eval(`new Promise(resolve => {
		let sum = 0;
		new PerformanceObserver(list => {
			for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
		}).observe({type: "layout-shift", buffered: true});
		requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 50)));
	})`, &sum)
	return sum
}

// Cookies returns the names of all cookies set since the page was opened, by
// any host, in order.
func (p *Page) Cookies() []string {
	p.t.Helper()
	var names []string
	p.do("list cookies", func(ctx context.Context) error {
		c := chromedp.FromContext(ctx)
		params := storage.GetCookiesParams{BrowserContextID: c.BrowserContextID}
		got, err := cdp.Call(ctx, c.Browser, storage.GetCookies, params)
		if err != nil {
			return err
		}
		names = namesOf(got.Cookies)
		return nil
	})
	return names
}

func namesOf(cookies []*network.Cookie) []string {
	set := map[string]bool{}
	for _, c := range cookies {
		set[c.Name] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// Storage returns the keys in localStorage, sessionStorage, IndexedDB and the
// Cache API of the page's own origin, each after the name of its store and a
// colon, in order.
func (p *Page) Storage() []string {
	p.t.Helper()
	var keys []string
	p.Eval(`(async () => [
		...Object.keys(localStorage).map(k => "localStorage:" + k),
		...Object.keys(sessionStorage).map(k => "sessionStorage:" + k),
		...(await indexedDB.databases()).map(d => "indexedDB:" + d.name),
		...(globalThis.caches ? await caches.keys() : []).map(k => "caches:" + k),
	].sort())()`, &keys)
	return keys
}
