package harvester

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/enrich"
	"github.com/plonegov/carillon/harvester/robots"
)

// maxNext bounds the pages of one list.
const maxNext = 100

// follow reads what the list leads to: its further pages, and the documents that
// it names.
func (v *harvest) follow(ctx context.Context, all *collection) error {
	if err := v.readFurther(ctx, all); err != nil {
		return err
	}
	return v.readPages(ctx, all)
}

// readFurther reads the pages of a list after the first. When the list is not
// read whole, it ends with the first page on which there is nothing new: what is
// new stands first. A page that cannot be read makes the list incomplete, no
// more.
func (v *harvest) readFurther(ctx context.Context, all *collection) error {
	next, complete := all.Next, all.Complete
	if next == "" {
		all.toEnd = !v.request.since
		return nil
	}
	whole := v.request.whole || !v.request.since && !v.state.Paged // the first time that it goes on
	held, err := v.holds(ctx)
	if err != nil {
		return err
	}
	all.Complete = false // until its end is read
	seen := map[string]bool{v.request.address: true}
	last := all.Items
	for n := 0; next != ""; n++ {
		switch {
		case n == maxNext:
			all.Warn("", fmt.Sprintf("the list has more than %d pages; the rest is left out", maxNext))
			return nil
		case seen[next] || !near(next, v.request.address):
			all.Warn("", fmt.Sprintf("the next page, %.200s, is another site's or was read already; the list ends here", next))
			return nil
		case !whole && !v.request.since && held.nothingNew(last):
			return nil
		}
		seen[next] = true
		d, err := v.page(ctx, next, all.format)
		if err != nil {
			all.Warn("", fmt.Sprintf("page %d of the list cannot be read: %s", n+2, short(err)))
			return nil
		}
		last = d.Items
		all.append(d)
		all.Pages = append(all.Pages, d.Pages...)
		complete = complete || d.Complete
		next = d.Next
	}
	all.Complete, all.toEnd = complete, whole
	return nil
}

// page reads one further page of a list.
func (v *harvest) page(ctx context.Context, address string, format federation.Format) (*collection, error) {
	src := v.src
	src.Format = format.Name
	got, err := v.get(ctx, src, address, copyHeld{})
	if err == nil && !v.stays(got) {
		err = movedAway{got.moved}
	}
	if err != nil {
		return nil, err
	}
	got.known = v.knows
	return v.read(src, got)
}

// holds are the items that the source is known to have.
func (v *harvest) holds(ctx context.Context) (*itemIDs, error) {
	r := &itemIDs{source: v.src.Name()}
	err := v.store.InTx(ctx, func(tx federation.Tx) (err error) {
		if r.heads, err = tx.Heads(ctx, r.source); err == nil {
			r.held, err = tx.Aliases(ctx, r.source)
		}
		return err
	})
	return r, err
}

// nothingNew reports whether all items are held as they are, under whatever id.
func (r *itemIDs) nothingNew(items []federation.Item) bool {
	for _, it := range items {
		if r.heads[r.id(it.OriginID)].Hash != it.Hash {
			return false
		}
	}
	return len(items) > 0
}

// short is an error in a few plain words.
func short(err error) string {
	f, _ := failure(err, time.Time{})
	return strings.TrimSuffix(f.Message, ".")
}

const (
	maxPages     = 20_000 // documents that one list may name
	pagesAtOnce  = 100    // documents read in one harvest; the rest waits for the next
	maxDepth     = 3      // lists within lists
	listsAtOnce  = 300    // pages of those
	unstamped    = 24 * time.Hour
	forgetUnseen = 30 * 24 * time.Hour

	maxPageFailures = 10 // after which a document that was never read is passed over
)

// pageFormat reads web pages, which are read as a crawler would.
const pageFormat = "page"

// readPages reads the documents that a list names: those never read, those
// whose stamp differs from the one held, and now and then the others, by their
// validators. What there is no time for is read at the next harvest.
func (v *harvest) readPages(ctx context.Context, all *collection) error {
	if len(all.Pages) == 0 {
		return nil
	}
	held, err := federation.Pages(ctx, v.store, v.src.Name())
	if err != nil {
		return err
	}
	all.Listed = max(0, all.Listed-len(all.Pages))
	c := crawl{harvest: v, all: all, held: held, listed: map[string]bool{}}
	c.queue(all.Pages, 0)
	c.readQueue(ctx)
	for url, p := range held {
		if !c.listed[url] && (all.Complete && all.unread == 0 || v.begin.Sub(p.Read) > forgetUnseen) {
			all.forgotten = append(all.forgotten, url)
		}
	}
	return nil
}

// crawl is the reading of the documents of one list.
type crawl struct {
	*harvest
	all    *collection // the list
	held   map[string]federation.PageState
	listed map[string]bool
	todo   []toRead
	asked  int // documents
	lists  int // lists among them
	far    int // on other sites
}

// toRead is one document to read.
type toRead struct {
	federation.Page
	state  federation.PageState
	depth  int
	urgent int  // 0 never read, 1 changed, 2 only looked after
	more   bool // it is a further page of a list within the list
}

// queue takes in the documents that a list names.
func (c *crawl) queue(pages []federation.Page, depth int) {
	for _, p := range pages {
		switch {
		case c.listed[p.URL]:
			continue
		case !near(p.URL, c.request.address):
			if c.far++; c.far == 1 {
				c.all.Warn("", fmt.Sprintf("%.200s and others are on another site and were not read", p.URL))
			}
			continue
		case len(c.listed) == maxPages:
			c.all.Warn("", fmt.Sprintf("the list names more than %d documents; the rest is left out", maxPages))
			c.all.Complete = false
			return
		}
		c.listed[p.URL] = true
		t := toRead{Page: p, state: c.held[p.URL], depth: depth}
		t.state.URL = p.URL
		if c.due(&t) {
			c.todo = append(c.todo, t)
			continue
		}
		c.keep(t.state)
	}
	slices.SortStableFunc(c.todo, func(a, b toRead) int { return cmp.Compare(a.urgent, b.urgent) })
}

// due decides whether a document is read now.
func (c *crawl) due(t *toRead) bool {
	s := t.state
	switch {
	case s.Read.IsZero():
		t.urgent = min(s.Failures, 2)
		return s.Failures < maxPageFailures || c.opt.Force
	case c.opt.Force, t.Stamp != s.Stamp, !strings.HasPrefix(s.Mark, c.reading(c.as(t.Page))):
		t.urgent = 1
		return true
	}
	t.urgent = 2
	again := wholeEvery
	if t.Stamp == "" {
		again = unstamped
	}
	sum := fnv.New32a()
	sum.Write([]byte(t.URL))
	again -= time.Duration(sum.Sum32()%8) * again / 32 // not all at once
	return c.begin.Sub(s.Read) >= again
}

// keep counts the items of a document that is not read again as listed.
func (c *crawl) keep(s federation.PageState) {
	c.all.Kept = append(c.all.Kept, s.Origins...)
	c.all.Listed += len(s.Origins)
	if s.Read.IsZero() {
		c.all.Listed++
	}
}

// readQueue reads what is queued, the most urgent first.
func (c *crawl) readQueue(ctx context.Context) {
	for len(c.todo) > 0 {
		t := c.todo[0]
		c.todo = c.todo[1:]
		if c.asked >= pagesAtOnce || ctx.Err() != nil {
			c.keep(t.state)
			c.all.unread++
			continue
		}
		c.readOne(ctx, t)
	}
	if c.all.unread > 0 {
		c.all.Warn("", fmt.Sprintf("%d documents of the list are still to be read; the next harvest goes on with them", c.all.unread))
	}
}

// readOne reads one document.
func (c *crawl) readOne(ctx context.Context, t toRead) {
	src := c.as(t.Page)
	if src.Format == pageFormat {
		ok, wait := c.robots.Allowed(ctx, c.fetch, t.URL, src.AllowPrivate, c.now())
		if !ok {
			c.all.Warn("", fmt.Sprintf("%.200s: the site's robots.txt asks not to read it", t.URL))
			c.keep(t.state)
			return
		}
		if c.asked > 0 {
			pause(ctx, wait)
		}
	}
	c.asked++
	held := copyHeld{string(t.state.ETag), string(t.state.LastModified), t.state.Mark}
	if c.opt.Force || !strings.HasPrefix(held.mark, c.reading(src)) {
		held = copyHeld{}
	}
	got, err := c.get(ctx, src, t.URL, held)
	if err == nil && !c.stays(got) {
		err = movedAway{got.moved}
	}
	if err == nil && got.unchanged {
		c.seen(t, got, t.state.Origins)
		c.keep(t.state)
		return
	}
	var d *collection
	if err == nil {
		d, err = c.document(src, t, got)
	}
	if err != nil {
		c.missed(ctx, t, err)
		return
	}
	c.take(t, got, d)
}

// as is the source with the format that reads the document.
func (c *crawl) as(p federation.Page) federation.Source {
	src := c.src
	src.Format = cmp.Or(p.Format, c.all.format.Name)
	return src
}

// document is what is in a document that the list names.
func (c *crawl) document(src federation.Source, t toRead, got *fetched) (*collection, error) {
	if src.Format == pageFormat && robots.Unlisted(got.header) {
		return &collection{}, nil
	}
	got.page = &t.Page
	d, err := c.decode(src, got)
	if err != nil {
		return nil, err
	}
	if len(d.Items) == 1 {
		enrich.Supply(&d.Items[0], t.Item)
	}
	c.complete(d, got)
	return d, nil
}

// take joins a document to the list. One that is a list itself leads on; it is
// read at every harvest, for what it names is not remembered.
func (c *crawl) take(t toRead, got *fetched, d *collection) {
	var origins []string
	for _, it := range d.Items {
		origins = append(origins, it.OriginID)
	}
	if len(d.Pages) > 0 || d.Next != "" || t.more {
		c.lead(t, d)
		return
	}
	d.Listed = len(d.Items)
	c.all.append(d)
	c.seen(t, got, origins)
}

// lead follows a list within the list.
func (c *crawl) lead(t toRead, d *collection) {
	c.asked--
	d.Listed = max(0, d.Listed-len(d.Pages))
	c.all.append(d)
	if c.lists++; c.lists > listsAtOnce || t.depth+1 >= maxDepth && len(d.Pages) > 0 {
		c.all.Warn("", fmt.Sprintf("%.200s leads to more lists than are followed; the rest is left out", t.URL))
		c.all.Complete = false
		return
	}
	c.queue(d.Pages, t.depth+1)
	if d.Next != "" && !c.listed[d.Next] && near(d.Next, c.request.address) {
		c.listed[d.Next] = true
		next := toRead{Page: federation.Page{URL: d.Next, Format: t.Format}, depth: t.depth, more: true}
		next.state.URL = d.Next
		c.todo = append([]toRead{next}, c.todo...)
	}
}

// seen notes that a document was read.
func (c *crawl) seen(t toRead, got *fetched, origins []string) {
	c.all.pages = append(c.all.pages, federation.PageState{URL: t.URL, Stamp: t.Stamp, ETag: []byte(got.etag), LastModified: []byte(got.lastModified),
		Mark: got.mark, Origins: origins, Read: c.begin})
}

// missed keeps what the document gave before. One that is gone for good takes
// its items along.
func (c *crawl) missed(ctx context.Context, t toRead, err error) {
	if ctx.Err() != nil {
		c.keep(t.state)
		c.all.unread++
		return
	}
	f, retryAfter := failure(err, c.begin)
	c.all.Warn("", fmt.Sprintf("%.200s cannot be read: %s", t.URL, strings.TrimSuffix(f.Message, ".")))
	if d := restFor(f.Status, retryAfter); d > 0 {
		c.rest(t.URL, c.begin.Add(d))
		c.asked = pagesAtOnce // the host wants to be left alone
	}
	s := t.state
	if s.Failures++; !t.more {
		c.all.pages = append(c.all.pages, s)
	}
	if f.Status == http.StatusGone {
		for _, origin := range s.Origins {
			c.all.Gone = append(c.all.Gone, federation.Tombstone{OriginID: origin, When: c.begin})
		}
		return
	}
	if s.Read.IsZero() { // nobody knows what it has
		c.all.Complete = false
	}
	c.keep(s)
}
