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

const (
	maxPages     = 20_000 // documents that one list may name
	pagesAVisit  = 100    // documents read in one harvest; the rest waits for the next
	maxDepth     = 3      // lists within lists
	listsAVisit  = 300    // pages of those
	unstamped    = 24 * time.Hour
	forgetUnseen = 30 * 24 * time.Hour

	maxPageFailures = 10 // after which a document that was never read is passed over
)

// pageFormat reads web pages, which are read as a crawler would.
const pageFormat = "page"

// time0 is for what does not depend on the time.
var time0 time.Time

// readPages reads the documents that a list names: those never read, those
// whose stamp differs from the one held, and now and then the others, by their
// validators. What there is no time for is read at the next harvest.
func (v *visit) readPages(ctx context.Context, all *collection, format federation.Format) error {
	if len(all.Pages) == 0 {
		return nil
	}
	var held map[string]federation.PageState
	err := v.store.InTx(ctx, func(tx federation.Tx) (err error) {
		held, err = tx.Pages(ctx, v.src.Name())
		return err
	})
	if err != nil {
		return err
	}
	all.Listed = max(0, all.Listed-len(all.Pages))
	c := crawl{visit: v, all: all, format: format, held: held, listed: map[string]bool{}}
	c.queue(all.Pages, 0)
	c.run(ctx)
	v.abandoned = c.left
	for url, p := range held {
		if !c.listed[url] && (all.Complete && c.left == 0 || v.begin.Sub(p.Read) > forgetUnseen) {
			v.left = append(v.left, url)
		}
	}
	return nil
}

// crawl is the reading of the documents of one list.
type crawl struct {
	*visit
	all    *collection
	format federation.Format // of the list
	held   map[string]federation.PageState
	listed map[string]bool
	todo   []task
	read   int // documents
	lists  int // lists among them
	left   int
	far    int
}

// task is one document to read.
type task struct {
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
		case !c.near(p.URL):
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
		t := task{Page: p, state: c.held[p.URL], depth: depth}
		t.state.URL = p.URL
		if c.due(&t) {
			c.todo = append(c.todo, t)
			continue
		}
		c.keep(t.state)
	}
	slices.SortStableFunc(c.todo, func(a, b task) int { return cmp.Compare(a.urgent, b.urgent) })
}

// due decides whether a document is read now.
func (c *crawl) due(t *task) bool {
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

func (c *crawl) run(ctx context.Context) {
	for len(c.todo) > 0 {
		t := c.todo[0]
		c.todo = c.todo[1:]
		if c.read >= pagesAVisit || ctx.Err() != nil {
			c.keep(t.state)
			c.left++
			continue
		}
		c.one(ctx, t)
	}
	if c.left > 0 {
		c.all.Warn("", fmt.Sprintf("%d documents of the list are still to be read; the next harvest goes on with them", c.left))
	}
}

// one reads one document.
func (c *crawl) one(ctx context.Context, t task) {
	src := c.as(t.Page)
	if src.Format == pageFormat {
		ok, wait := c.robots.Allowed(ctx, c.fetch, t.URL, src.AllowPrivate, c.now())
		if !ok {
			c.all.Warn("", fmt.Sprintf("%.200s: the site's robots.txt asks not to read it", t.URL))
			c.keep(t.state)
			return
		}
		if c.read > 0 {
			pause(ctx, wait)
		}
	}
	c.read++
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
	var d federation.Decoded
	if err == nil {
		d, err = c.document(src, t, got)
	}
	if err != nil {
		c.failed(ctx, t, err)
		return
	}
	c.take(t, got, d)
}

// as is the source with the format that reads the document.
func (c *crawl) as(p federation.Page) federation.Source {
	src := c.src
	src.Format = cmp.Or(p.Format, c.format.Name)
	return src
}

func (c *crawl) document(src federation.Source, t task, got *fetched) (federation.Decoded, error) {
	if src.Format == pageFormat && robots.Unlisted(got.header) {
		return federation.Decoded{}, nil
	}
	got.page = &t.Page
	all, _, err := c.decode(src, got)
	if err != nil {
		return federation.Decoded{}, err
	}
	if len(all.Items) == 1 {
		supply(&all.Items[0], t.Item)
	}
	c.complete(&all.Decoded, got)
	return all.Decoded, nil
}

// take joins a document to the list. One that is a list itself leads on; it is
// read at every harvest, for what it names is not remembered.
func (c *crawl) take(t task, got *fetched, d federation.Decoded) {
	var origins []string
	for _, it := range d.Items {
		origins = append(origins, it.OriginID)
	}
	if len(d.Pages) > 0 || d.Next != "" || t.more {
		c.lead(t, d)
		return
	}
	d.Listed = len(d.Items)
	c.all.join(d)
	c.seen(t, got, origins)
}

// lead follows a list within the list.
func (c *crawl) lead(t task, d federation.Decoded) {
	c.read--
	d.Listed = max(0, d.Listed-len(d.Pages))
	c.all.join(d)
	if c.lists++; c.lists > listsAVisit || t.depth+1 >= maxDepth && len(d.Pages) > 0 {
		c.all.Warn("", fmt.Sprintf("%.200s leads to more lists than are followed; the rest is left out", t.URL))
		c.all.Complete = false
		return
	}
	c.queue(d.Pages, t.depth+1)
	if d.Next != "" && !c.listed[d.Next] && c.near(d.Next) {
		c.listed[d.Next] = true
		next := task{Page: federation.Page{URL: d.Next, Format: t.Format}, depth: t.depth, more: true}
		next.state.URL = d.Next
		c.todo = append([]task{next}, c.todo...)
	}
}

// seen notes that a document was read.
func (c *crawl) seen(t task, got *fetched, origins []string) {
	c.pages = append(c.pages, federation.PageState{URL: t.URL, Stamp: t.Stamp, ETag: []byte(got.etag), LastModified: []byte(got.lastModified),
		Mark: got.mark, Origins: origins, Read: c.begin})
}

// failed keeps what the document gave before. One that is gone for good takes
// its items along.
func (c *crawl) failed(ctx context.Context, t task, err error) {
	if ctx.Err() != nil {
		c.keep(t.state)
		c.left++
		return
	}
	f, retryAfter := failure(err, c.begin)
	c.all.Warn("", fmt.Sprintf("%.200s cannot be read: %s", t.URL, strings.TrimSuffix(f.Message, ".")))
	if d := quietFor(f.Status, retryAfter); d > 0 {
		c.rest(t.URL, c.begin.Add(d))
		c.read = pagesAVisit // the host wants to be left alone
	}
	s := t.state
	if s.Failures++; !t.more {
		c.pages = append(c.pages, s)
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

// complete fills in what the source and the hub know and the document did not
// say.
func (v *visit) complete(d *federation.Decoded, got *fetched) {
	undated, untitled := v.tables().Complete(d, enrich.Origin{Source: v.src, URL: got.url, Hash: got.hash, Time: v.begin})
	v.undated += undated
	v.untitled += untitled
}

// supply fills what a document does not say of its only item with what the
// list says of it.
func supply(it *federation.Item, list federation.Item) {
	it.Type = federation.ItemType(cmp.Or(string(it.Type), string(list.Type)))
	it.OriginID = cmp.Or(it.OriginID, list.OriginID)
	it.URL = cmp.Or(it.URL, list.URL)
	it.Title = cmp.Or(it.Title, list.Title)
	it.Summary = cmp.Or(it.Summary, list.Summary)
	it.Language = cmp.Or(it.Language, list.Language)
	it.Same = cmp.Or(it.Same, list.Same)
	if it.Published.IsZero() {
		it.Published = list.Published
	}
	if it.Updated.IsZero() {
		it.Updated = list.Updated
	}
	if it.Expires.IsZero() {
		it.Expires = list.Expires
	}
	if len(it.Categories) == 0 {
		it.Categories = list.Categories
	}
	if it.Image == nil {
		it.Image = list.Image
	}
	if it.Place == nil {
		it.Place = list.Place
	}
}
