package cap

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// reader gathers the messages of one document.
type reader struct {
	d         federation.Decoded
	source    federation.Source
	at        map[string]int // origin id: its place among the items
	languages []string       // declared anywhere in the document
	warned    map[federation.Warning]bool
}

// warn adds a warning, once: a slip is mostly one of the publisher's system, and
// stands in every block.
func (r *reader) warn(id, sentence string) {
	w := federation.Warning{Item: id, Message: sentence}
	if !r.warned[w] {
		r.warned[w] = true
		r.d.Warn(id, sentence)
	}
}

// message is one <alert>.
type message struct {
	node   *read.Node
	ref    reference
	sent   time.Time
	note   string
	sender string // for people
	signed bool
	outer  map[string]string // values that old messages give once, outside of info
}

// message reads one <alert> into items or tombstones.
func (r *reader) message(n *read.Node, signed bool) {
	m := message{node: n, signed: signed || n.Child("Signature") != nil, note: markup.Text(n.Child("note").Text())}
	m.ref = reference{words(n.Child("sender").Text()), words(n.Child("identifier").Text())}
	m.sender = markup.Text(m.ref.sender)
	m.outer = map[string]string{}
	for _, name := range []string{"severity", "urgency", "certainty"} {
		m.outer[name] = words(n.Child(name).Text())
	}
	r.identify(&m)
	r.sent(&m)
	kind := strings.ToLower(words(n.Child("msgType").Text()))
	refs := references(n.Child("references").Text(), m.ref.sender)
	switch kind {
	case "cancel":
		r.cancel(m, refs)
		return
	case "ack", "error":
		r.warn(m.ref.id(), fmt.Sprintf("is a message of type %s about %s, not for the public; left out", kind, named(refs)))
		return
	}
	r.d.Listed++
	if reason := withheld(n); reason != "" {
		r.warn(m.ref.id(), reason+"; left out")
		return
	}
	switch {
	case m.ref.identifier == "":
		r.warn("", "A message has neither an identifier nor a time sent to tell it by; left out.")
		return
	case kind != "update" && kind != "alert":
		r.warn(m.ref.id(), fmt.Sprintf("has the unknown msgType %.40q; taken for an alert", kind))
	}
	if scope := words(n.Child("scope").Text()); !strings.EqualFold(scope, "public") {
		r.warn(m.ref.id(), "says no scope; taken for public")
	}
	if kind != "update" {
		refs = nil // an alert that names others adds to them (CAP 1.2, 3.2.1)
	}
	r.publish(m, refs)
}

// identify gives a message without an identifier the time it was sent for one.
func (r *reader) identify(m *message) {
	if m.ref.identifier != "" {
		return
	}
	if t, ok := dates.Parse(m.node.Child("sent").Text(), "en", time.UTC); ok && m.ref.sender != "" {
		m.ref.identifier = t.UTC().Format(time.RFC3339)
		r.warn(m.ref.id(), "has no identifier; told by its sender and the time it was sent")
	}
}

func (r *reader) sent(m *message) {
	if m.sent = r.time(*m, m.node, "sent", language("", r.source)); m.sent.IsZero() {
		r.warn(m.ref.id(), "does not say when it was sent")
	}
}

// time reads a date of n, zero when there is none or it cannot be read. CAP
// demands an offset (3.3.2); a time without one is in the zone of the language.
func (r *reader) time(m message, n *read.Node, name, lang string) time.Time {
	s := words(n.Child(name).Text())
	if s == "" {
		return time.Time{}
	}
	t, ok := dates.Parse(s, lang, dates.In(r.source.Zone))
	if !ok {
		r.warn(m.ref.id(), fmt.Sprintf("has a %s that is no date: %.60q", name, s))
	}
	return t
}

// withheld says why a message is not for the public, "" when it is.
func withheld(n *read.Node) string {
	status := strings.ToLower(words(n.Child("status").Text()))
	scope := strings.ToLower(words(n.Child("scope").Text()))
	switch {
	case status == "":
		return "does not say that it is actual"
	case status != "actual":
		return fmt.Sprintf("is of status %.40q, not actual", status)
	case scope != "" && scope != "public":
		return fmt.Sprintf("is of scope %.40q, not public", scope)
	}
	return ""
}

// cancel makes tombstones of what a message takes back, in every language that
// it may have had. A test's cancellation cancels nothing.
func (r *reader) cancel(m message, refs []reference) {
	if reason := withheld(m.node); reason != "" {
		r.warn(m.ref.id(), "is a cancellation that "+reason+"; left out")
		return
	}
	if len(refs) == 0 {
		// Some cancel under the identifier of the alert itself.
		r.warn(m.ref.id(), "is a cancellation that does not say of what; taken for one of itself")
		refs = []reference{m.ref}
	}
	for _, ref := range refs {
		r.gone(m, ref)
	}
}

func (r *reader) gone(m message, ref reference) {
	r.d.Gone = append(r.d.Gone, federation.Tombstone{OriginID: ref.id(), When: m.sent})
	for _, lang := range r.tongues() {
		r.d.Gone = append(r.d.Gone, federation.Tombstone{OriginID: ref.in(lang), When: m.sent})
	}
}

// tongues are the languages that a message elsewhere may have been in.
func (r *reader) tongues() []string {
	all := slices.Clone(usual)
	for _, tag := range append(slices.Clone(r.languages), r.source.Language) {
		if t := tongue(tag); t != "" && !slices.Contains(all, t) && len(all) < 40 {
			all = append(all, t)
		}
	}
	return all
}

// publish makes an item of each language of the message, in the place of refs,
// and takes back the languages in which it no longer speaks.
func (r *reader) publish(m message, refs []reference) {
	groups := r.groups(m)
	main := 0
	for i, g := range groups {
		if r.source.Language != "" && g.tongue == tongue(r.source.Language) {
			main = i
		}
	}
	refs = slices.DeleteFunc(refs, func(ref reference) bool { return ref == m.ref })
	var spoken []string
	for i, g := range groups {
		it := r.item(m, g)
		it.Same = m.ref.id()
		if i == main {
			it.OriginID = m.ref.id()
		} else {
			it.OriginID = m.ref.in(g.tongue)
			spoken = append(spoken, g.tongue)
		}
		for _, ref := range refs {
			if i == main {
				it.Replaces = append(it.Replaces, ref.id())
			} else {
				it.Replaces = append(it.Replaces, ref.in(g.tongue))
			}
		}
		r.add(it)
	}
	for _, ref := range refs {
		for _, lang := range r.tongues() {
			if !slices.Contains(spoken, lang) {
				r.d.Gone = append(r.d.Gone, federation.Tombstone{OriginID: ref.in(lang), When: m.sent})
			}
		}
	}
	r.d.Listed += len(groups) - 1
}

// add keeps the newer of two items of one id.
func (r *reader) add(it federation.Item) {
	at, known := r.at[it.OriginID]
	if !known {
		r.at[it.OriginID] = len(r.d.Items)
		r.d.Items = append(r.d.Items, it)
		return
	}
	r.d.Listed--
	r.warn(it.OriginID, "is in the document twice; the later is kept")
	if it.Updated.After(r.d.Items[at].Updated) {
		r.d.Items[at] = it
	}
}

// maxGone bounds the tombstones of one document.
const maxGone = 20_000

func (r *reader) finish() federation.Decoded {
	if len(r.d.Items) > 0 {
		first := r.d.Items[0]
		r.d.Title, r.d.Language = first.Alert.Sender, first.Language
	}
	if len(r.d.Gone) > maxGone {
		r.warn("", fmt.Sprintf("There are more than %d cancellations in one document; the rest was left out.", maxGone))
		r.d.Gone = r.d.Gone[:maxGone]
	}
	return r.d
}

func named(refs []reference) string {
	if len(refs) == 0 {
		return "no other message"
	}
	return refs[0].identifier
}

// spoken returns the languages that a message declares.
func spoken(n *read.Node) []string {
	var out []string
	for info := range n.All("info") {
		if tag := info.Child("language").Text(); tag != "" && federation.ValidLanguage(tag) && !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	return out
}
