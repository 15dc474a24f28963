package feed

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// The identity of an item in its feed is, in this order:
//
//  1. the id the format has for it: guid, atom:id, JSON id, or rdf:about,
//     which RSS 1.0 has in its place;
//  2. its link, made comparable, because most feeds without ids link each
//     item to its own page; a link to the home page is no such link;
//  3. a hash of title, content and the start of an event, with the date: the
//     same notice a week later is another one. A correction of such an item
//     makes a new one, for nothing else ties them together; whether one whose
//     date alone has moved is new, the harvester tells, which knows what was.
//
// Source.Identity sets where this begins: "link" prefers the link to the id,
// "hash" takes the hash alone, "guid" never gives up the ids.
//
// Order is not age: of two items of one id the one dated later is meant, and
// keeps the id; only where none has a date it is the first, because feeds stand
// newest first. One that says something else than the one kept is kept too, and
// has its link, its title or its date in its id. Where ids repeat again and
// again (more than one in twenty of the items, and more than once) the system
// that writes them gives the same to different documents. Then each carrier of
// a repeated id, the first included, has the id and its link, or its title where
// the links are equal too: which one is first changes as items are added. Ids
// that one item alone carries stay what they are, so that nothing else is
// renamed.

// maxID bounds an id in bytes; a longer one is hashed.
const maxID = 1024

// identify gives the items their origin ids and drops what repeats another.
func (r *reading) identify() {
	policy := r.source.Identity
	own := make([]bool, len(r.Items)) // has an id of the format
	for i := range r.Items {
		r.Items[i].OriginID, own[i] = r.name(r.entries[i], &r.Items[i], policy)
	}
	if policy == "" && unreliable(r.Items, own) {
		r.Warn("", "The feed gives the same id to several items; they are told apart by their links.")
		refine(r.Items, own, true, func(it *federation.Item) string { return it.URL })
		refine(r.Items, own, true, titleKey)
	}
	refine(r.Items, own, false, titleKey)
	r.datedLinks(own)
	r.keepLatest(own, policy)
	r.tellEntries()
	if policy == federation.IdentityLink {
		for i, g := range r.Gone {
			if isWeb(g.OriginID) {
				r.Gone[i].OriginID = normalLink(g.OriginID)
			}
		}
	}
	r.dropGone()
}

// tellEntries tells the hashes of the entries, where they are asked for.
func (r *reading) tellEntries() {
	if r.known == nil {
		return
	}
	r.Entries = make(map[string]string, len(r.Items))
	for i, e := range r.entries {
		if e.hash != "" {
			r.Entries[r.Items[i].OriginID] = e.hash
		}
	}
}

// dropGone takes out the items that the same document declares deleted, unless
// they were updated since (RFC 6721, 3): the list still has an alert after its
// cancellation.
func (r *reading) dropGone() {
	gone := make(map[string]time.Time, len(r.Gone))
	for _, g := range r.Gone {
		gone[g.OriginID] = g.When
	}
	r.Items = slices.DeleteFunc(r.Items, func(it federation.Item) bool {
		when, ok := gone[it.OriginID]
		return ok && (when.IsZero() || !it.Updated.After(when))
	})
}

// name returns the id of an item on its own; own reports that it is the
// format's and not made of anything else.
func (r *reading) name(e *entry, it *federation.Item, policy string) (id string, own bool) {
	link := ""
	if isWeb(it.URL) {
		if link = normalLink(it.URL); link == normalLink(r.SiteURL) {
			link = ""
		}
	}
	id = cleanID(cmp.Or(e.id, e.about))
	switch {
	case policy == federation.IdentityHash:
		return read.Hash(e.title, e.content, e.summary, e.start), true
	case policy == federation.IdentityLink && link != "":
		return link, true
	case id != "":
		return id, true
	case link != "":
		return link, false
	}
	return read.Hash(e.title, e.content, e.summary, e.start) + dated(it), false
}

// dated is the end of an id that tells items by their date too; "" without one.
func dated(it *federation.Item) string {
	at := it.Published
	if at.IsZero() {
		at = it.Updated
	}
	if at.IsZero() {
		return ""
	}
	return federation.DatedID("", at)
}

// unreliable reports whether the format's ids do not tell items apart.
func unreliable(items []federation.Item, own []bool) bool {
	seen, again := map[string]bool{}, 0
	for i := range items {
		if own[i] && seen[items[i].OriginID] {
			again++
		}
		seen[items[i].OriginID] = true
	}
	return again > 1 && 20*again > len(items)
}

// cleanID takes the line breaks out of an id that a document was indented with.
func cleanID(id string) string {
	if id = strings.Join(strings.Fields(id), " "); len(id) > maxID {
		return read.Hash(id)
	}
	return id
}

func titleKey(it *federation.Item) string {
	if it.Title == "" {
		return ""
	}
	return read.Hash(it.Title)
}

// datedLinks tells apart by text and date what has nothing but one link and one
// title in common: the notices of a page that shows the state of something.
func (r *reading) datedLinks(own []bool) {
	carriers := map[string][]int{}
	for i := range r.Items {
		if !own[i] && !strings.HasPrefix(r.Items[i].OriginID, "hash:") {
			carriers[r.Items[i].OriginID] = append(carriers[r.Items[i].OriginID], i)
		}
	}
	for _, list := range carriers {
		if len(list) < 2 {
			continue
		}
		for _, i := range list {
			e, it := r.entries[i], &r.Items[i]
			it.OriginID += " " + read.Hash(e.title, e.content, e.summary, e.start) + dated(it)
		}
	}
}

// keepLatest leaves one item to each id: the one dated last, else the first.
// Another of the id that says something else gets an id of its own.
func (r *reading) keepLatest(own []bool, policy string) {
	latest := make(map[string]int, len(r.Items))
	for i := range r.Items {
		j, again := latest[r.Items[i].OriginID]
		if !again || newer(r.Items[i], r.Items[j]) {
			latest[r.Items[i].OriginID] = i
		}
	}
	if len(latest) == len(r.Items) {
		return
	}
	seen := make(map[string]bool, len(r.Items))
	for id := range latest {
		seen[id] = true
	}
	keep := make([]bool, len(r.Items))
	for i := range r.Items {
		it := &r.Items[i]
		j := latest[it.OriginID]
		if keep[i] = i == j; keep[i] {
			continue
		}
		if own[i] && policy == "" && !r.revises(j, i) {
			id := it.OriginID + " " + read.Hash(it.URL, r.entries[i].title, r.entries[i].content, r.entries[i].summary)
			if !seen[id] {
				seen[id], keep[i], it.OriginID = true, true, id
				r.Warn(id, "has the id of another item that says something else; both were kept")
				continue
			}
		}
		r.Warn(it.OriginID, "is in the feed twice; the one dated last was kept")
	}
	kept, at := r.Items[:0], 0
	for i, it := range r.Items {
		if keep[i] {
			kept, r.entries[at] = append(kept, it), r.entries[i]
			at++
		}
	}
	clear(r.Items[len(kept):])
	r.Items, r.entries = kept, r.entries[:at]
}

// newer reports whether a is dated later than b: by its last change (RFC 4287,
// 4.1.1), else by its publication.
func newer(a, b federation.Item) bool {
	if !a.Updated.Equal(b.Updated) && !a.Updated.IsZero() && !b.Updated.IsZero() {
		return a.Updated.After(b.Updated)
	}
	return stamped(a).After(stamped(b))
}

func stamped(it federation.Item) time.Time {
	if it.Updated.IsZero() {
		return it.Published
	}
	return it.Updated
}

// revises reports whether item a is a later state of what item b says: at the
// same address and, numbers aside, under the same title or one that says more.
func (r *reading) revises(a, b int) bool {
	x, y := &r.Items[a], &r.Items[b]
	if x.URL != "" && y.URL != "" && normalLink(x.URL) != normalLink(y.URL) {
		return false
	}
	if !x.Updated.IsZero() && !y.Updated.IsZero() && !x.Updated.Equal(y.Updated) {
		return true // as RFC 4287, 4.1.1, wants them
	}
	if x.Title == "" || y.Title == "" {
		return r.entries[a].content == r.entries[b].content && r.entries[a].summary == r.entries[b].summary
	}
	left, right := titleWords(x.Title), titleWords(y.Title)
	return within(left, right) || within(right, left)
}

// titleWords are the words of a title that are no numbers.
func titleWords(title string) []string {
	return strings.FieldsFunc(strings.ToLower(title), func(c rune) bool { return !unicode.IsLetter(c) })
}

func within(some, all []string) bool {
	for _, w := range some {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return len(some) > 0
}

// refine adds its key to the id of every item, among those whose id is own or
// not as given, whose id others with another key carry too.
func refine(items []federation.Item, own []bool, which bool, key func(*federation.Item) string) {
	type carrier struct {
		key    string
		differ bool
	}
	ids := make(map[string]*carrier, len(items))
	for i := range items {
		if own[i] != which {
			continue
		}
		k := key(&items[i])
		if c := ids[items[i].OriginID]; c == nil {
			ids[items[i].OriginID] = &carrier{key: k}
		} else {
			c.differ = c.differ || c.key != k
		}
	}
	for i := range items {
		if own[i] == which && ids[items[i].OriginID].differ {
			items[i].OriginID = strings.TrimSpace(items[i].OriginID + " " + key(&items[i]))
		}
	}
}

// nameSchemes are the schemes of addresses that name a document without
// leading to it, and of those that do.
var nameSchemes = map[string]bool{"http": true, "https": true, "urn": true, "tag": true, "uuid": true, "info": true, "doi": true}

// asLink returns the id that stands for the link of an entry without one, as
// it is written: RSS 2.0 calls a guid an address unless it says otherwise, and
// an atom:id is one by RFC 4287, 4.2.6. It may lead nowhere, which is for the
// harvester to judge; it never has a scheme that a browser could run.
func asLink(id string) string {
	id = strings.TrimSpace(id)
	if strings.ContainsAny(id, " \t\r\n<>\"'\\") || len(id) > maxID {
		return ""
	}
	scheme, _, ok := strings.Cut(id, ":")
	if _, err := url.Parse(id); err != nil || ok && !nameSchemes[strings.ToLower(scheme)] {
		return ""
	}
	return id
}
