package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/harvester"
)

// mediaTypes is what servers send a document as, by the end of its name.
var mediaTypes = map[string]string{
	".atom": "application/atom+xml", ".cap": "application/cap+xml", ".csv": "text/csv", ".html": "text/html", ".ics": "text/calendar",
	".json": "application/json", ".jsonc": "application/json", ".resp": "application/json", ".rss": "application/rss+xml",
	".tsv": "text/tab-separated-values", ".xml": "text/xml", ".zip": "application/zip",
}

// TestEverySource makes each document of the shared data that a format reads a
// source, once as a file and once as a server sends it, and harvests them all
// three times: the store has what the decoder gives, and the same bytes change
// nothing, by force neither.
func TestEverySource(t *testing.T) {
	e := newEverySource(t)
	first := e.harvest(t, false)
	items := e.items(t)
	total := 0
	for _, doc := range e.docs {
		total += len(doc.want)
		if out := first[doc.src.Name()]; out.Failure != nil || out.New != len(doc.want) {
			t.Errorf("%s (%s): %d items, %+v; want the %d of the decoder", doc.name, doc.src.URL, out.New, out.Failure, len(doc.want))
		}
		if diff := cmp.Diff(doc.want, origins(items[doc.src.Name()])); diff != "" {
			t.Errorf("%s (%s): items (-decoder +store):\n%s", doc.name, doc.src.URL, diff)
		}
	}
	before := changesOf(t, e.store)
	for _, force := range []bool{false, true} {
		for name, out := range e.harvest(t, force) {
			same := out.Result == harvester.Unchanged && !force || out.Result == harvester.Fetched && (force || e.leads[name])
			if !same || out.New+out.Changed+out.Withdrawn > 0 {
				t.Errorf("%s again, force %v: %+v, want nothing new", name, force, out)
			}
		}
		if after := changesOf(t, e.store); after != before {
			t.Errorf("%d rows in the change log after the same documents, force %v, want %d", after, force, before)
		}
	}
	for name, list := range e.items(t) {
		if i := slices.IndexFunc(list, func(it federation.Item) bool { return it.Version != 1 }); i >= 0 {
			t.Errorf("%s: %s has version %d, want 1", name, list[i].OriginID, list[i].Version)
		}
	}
	if n := e.asked.Load(); n > 0 {
		t.Errorf("%d addresses on other hosts were asked", n)
	}
	t.Logf("%d sources with %d items: two more harvests wrote 0 versions, 0 changes", len(e.docs), total)
}

// everySource is a hub with a source for each document, and nowhere to go but
// this machine.
type everySource struct {
	*harvester.Harvester
	store federation.Store
	docs  []everyDocument
	leads map[string]bool // sources of which more than the first answer is asked: further pages, or what has changed since
	asked atomic.Int64    // addresses elsewhere
}

type everyDocument struct {
	name string
	src  federation.Source
	want []string // origin ids, sorted
}

func newEverySource(t *testing.T) *everySource {
	t.Helper()
	e := &everySource{leads: map[string]bool{}}
	_, e.store = loopbackHarvester(t)
	client := safehttp.New(safehttp.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	t.Cleanup(client.Close)
	e.Harvester = harvester.New(testLog(t), e.store, fence{client, &e.asked}, formats())
	origin, base := newPublisher(t)
	var sources []federation.Source
	for i, s := range specimens(t) {
		if kindOf(s.name) == refusedKind {
			continue
		}
		address := fmt.Sprintf("/%d/%s", i, path.Base(s.name))
		origin.put(address, bytesOf(mediaTypes[path.Ext(s.name)], string(s.body)))
		ways := map[string]string{"file": "file:" + s.file(t), "http": base + (&url.URL{Path: address}).EscapedPath()}
		if worktest.Slower > 1 { // one way each
			delete(ways, []string{"file", "http"}[i%2])
		}
		for kind, where := range ways {
			src := federation.Source{Member: "m", Slug: fmt.Sprintf("%s-%d", kind, i), URL: where, Zone: federation.DefaultZone} // what the harvester would settle
			sources = append(sources, src)
			want, leads := decoded(t, s, src)
			e.docs, e.leads[src.Name()] = append(e.docs, everyDocument{s.name, src, want}), leads
		}
	}
	saveSources(t, e.store, sources...)
	return e
}

// fence lets nobody ask another machine.
type fence struct {
	*safehttp.Client
	asked *atomic.Int64
}

// Get refuses what is not on this machine.
func (f fence) Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error) {
	if !strings.HasPrefix(req.URL, "http://127.0.0.1:") {
		f.asked.Add(1)
		return nil, errors.New("fenced in")
	}
	return f.Client.Get(ctx, req)
}

// decoded are the origin ids that a document gives by itself, or that the files
// of an archive give together, without those that no hub keeps: items that have
// ended, and those without a word.
func decoded(t *testing.T, s specimen, src federation.Source) (ids []string, leads bool) {
	t.Helper()
	bodies := map[string][]byte{"": s.body}
	if path.Ext(s.name) == ".zip" {
		bodies = unzipped(t, s.path)
	}
	i := slices.IndexFunc(formats(), func(f federation.Format) bool { return f.Name == kindOf(s.name) })
	format := formats()[i]
	ids = []string{}
	for _, body := range bodies {
		doc := federation.Document{URL: src.URL, Body: body, Source: src}
		if !strings.HasPrefix(src.URL, "file:") {
			doc.ContentType = mediaTypes[path.Ext(s.name)]
		}
		d, err := format.Decode(doc)
		if err != nil {
			t.Errorf("%s of %s: %v", format.Name, s.name, err)
		}
		leads = leads || d.Next != "" || len(d.Pages) > 0 || format.Since != nil
		for _, it := range d.Items {
			ended := !it.Expires.IsZero() && !it.Expires.After(time.Now())
			if !ended && strings.TrimSpace(it.Title+it.Summary+it.Content.Text()) != "" {
				ids = append(ids, it.OriginID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), leads
}

func (e *everySource) harvest(t *testing.T, force bool) map[string]harvester.Outcome {
	t.Helper()
	var sources []federation.Source
	for _, doc := range e.docs {
		sources = append(sources, doc.src)
	}
	outs := map[string]harvester.Outcome{}
	_, err := e.Harvest(t.Context(), sources, harvester.Options{Force: force, Progress: func(o harvester.Outcome) { outs[o.Source] = o }})
	if err != nil || len(outs) != len(sources) {
		t.Fatalf("Harvest = %v with %d outcomes, want %d", err, len(outs), len(sources))
	}
	return outs
}

// items are the live items, by source.
func (e *everySource) items(t *testing.T) map[string][]federation.Item {
	t.Helper()
	all := map[string][]federation.Item{}
	if _, err := e.store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		all[it.Source] = append(all[it.Source], it)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func origins(items []federation.Item) []string {
	ids := []string{}
	for _, it := range items {
		ids = append(ids, it.OriginID)
	}
	slices.Sort(ids)
	return ids
}

// changesOf counts the rows of the change log.
func changesOf(t *testing.T, store federation.Store) (n int) {
	t.Helper()
	for at := federation.Cursor(0); ; {
		rows, err := store.Changes(t.Context(), at, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			return n
		}
		n, at = n+len(rows), federation.Cursor(rows[len(rows)-1].Seq)
	}
}
