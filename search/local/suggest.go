package local

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// Bounds of a suggestion.
const (
	maxPrefix   = 1000 // bytes of what was typed
	maxComplete = 30   // characters of a word that is offered
	maxDigits   = 5    // of a number that is offered: a postal code, not a telephone
	sampled     = 512  // titles looked at of a word, when nothing else narrows
	titlesEach  = 4    // titles of one member among those of one answer
	tries       = 4096 // documents looked at for an offer of several words
)

// Suggest implements [search.Index]. What stands after the last word, such as
// a space, ends it: there is nothing to complete then.
func (x *Index) Suggest(ctx context.Context, b search.Beginning) (search.Completions, error) {
	var out search.Completions
	if err := ctx.Err(); err != nil || b.Most < 1 {
		return out, err
	}
	v := x.view.Load()
	for _, offer := range b.Offers {
		if v.offers(text.Tokens(nil, offer), b.Members) {
			out.Offers = append(out.Offers, offer)
		}
	}
	typed := beginning(b.Prefix)
	if len(typed) == 0 {
		return out, nil
	}
	c := completing{view: v, asked: b, typed: typed, whole: v.telling(typed[:len(typed)-1]), reads: v.reads(b.Language)}
	if len(c.whole) == 0 {
		c.says = spoken(typed[:len(typed)-1])
	}
	c.words()
	out.Words = c.chosen()
	out.Items = c.titles()
	return out, nil
}

// beginning are the words of a prefix whose last one goes on, nil when none
// does.
func beginning(prefix string) []text.Token {
	if len(prefix) > maxPrefix {
		return nil
	}
	typed := text.Tokens(nil, prefix)
	if len(typed) == 0 || len(typed) > maxWords || typed[len(typed)-1].End != len(prefix) {
		return nil
	}
	return typed
}

// reads marks the languages that are the reader's.
func (v *view) reads(language string) []bool {
	return v.tables[languageColumn].allowed(func(l string) bool { return language != "" && federation.MatchLanguage(language, l) })
}

// completing is the completion of one prefix.
type completing struct {
	view  *view
	asked search.Beginning
	typed []text.Token
	whole [][]string // the forms of each telling word before the last
	reads []bool     // by number of a language: the reader's
	says  []string   // the languages of the function words before the last; nil = there are none

	found map[string]completion // by form
	tally []uint32              // by number of a member: titles with the form being counted
	met   []uint32              // members that have any
}

// completion is a form as titles spell it, and how widely it is used. A member
// that uses it often counts for little more than one that uses it: nobody
// comes first by repeating a word.
type completion struct {
	form, as string
	mine     int    // weight of titles in the reader's language
	all      int    // weight of all titles
	titles   int    // of the part whose spelling it is
	member   uint32 // who alone has it, or several
}

const several = ^uint32(0)

func (c *completing) last() text.Token { return c.typed[len(c.typed)-1] }

// words collects the forms that complete the last word.
func (c *completing) words() {
	c.found = make(map[string]completion, c.room())
	c.tally = make([]uint32, len(c.view.tables[memberColumn].values))
	for _, p := range c.view.parts {
		docs, narrow := p.narrowed(c.whole, fields, c.members())
		for _, begun := range c.last().Spellings() {
			run := p.forms.prefixed(begun)
			for form := run.lo; form < run.hi; form++ {
				if p.postings[titleField].of(form).len() > 0 && offerable(p.forms.at(form)) {
					c.count(p, form, docs, narrow)
				}
			}
		}
	}
}

// room is about how many forms there will be.
func (c *completing) room() int {
	n := 0
	for _, p := range c.view.parts {
		run := p.forms.prefixed(c.last().Form)
		n = max(n, int(run.hi-run.lo))
	}
	return n
}

// count weighs a form of a part.
func (c *completing) count(p part, form uint32, docs bitmap, narrow bool) {
	name := p.forms.at(form)
	list := p.postings[titleField].of(form).docs
	step := 1
	if !narrow && len(list) > sampled {
		step = len(list) / sampled
	}
	var mine, all, titles int
	stops := stopIn(name)
	for i := 0; i < len(list); i += step {
		d := uint32(list[i])
		if narrow && !docs.has(d) || p.dead.has(d) {
			continue
		}
		lang := p.ord(languageColumn, d)
		if stops != nil && slices.Contains(stops, primary(c.view.tables[languageColumn].values[lang])) || !c.inWhatIsSpoken(lang) {
			continue
		}
		titles++
		m := p.ord(memberColumn, d)
		worth := 0
		if c.tally[m]++; c.tally[m] == 1 {
			c.met = append(c.met, m)
			worth = 2
		} else if n := c.tally[m]; n&(n-1) == 0 { // 2, 4, 8 …
			worth = 1
		}
		if all += worth; c.reads[lang] {
			mine += worth
		}
	}
	if titles > 0 {
		c.enter(p, form, completion{mine: mine, all: all, titles: titles})
	}
	for _, m := range c.met {
		c.tally[m] = 0
	}
	c.met = c.met[:0]
}

func (c *completing) enter(p part, form uint32, n completion) {
	old, known := c.found[p.forms.at(form)]
	n.form, n.member = p.forms.at(form), several
	if len(c.met) == 1 && (!known || old.member == c.met[0]) {
		n.member = c.met[0]
	}
	n.as = old.as
	if n.titles > old.titles {
		n.as = p.spelled(form)
	} else {
		n.titles = old.titles
	}
	n.mine, n.all = n.mine+old.mine, n.all+old.all
	c.found[n.form] = n
}

// chosen are the best completions, at most half of what is wanted from one
// member alone.
func (c *completing) chosen() []search.Completion {
	typed := c.asked.Prefix[c.last().Start:]
	best := shortlist[completion]{most: 2 * c.asked.Most, each: c.each(), compare: completion.compare,
		owner: func(f completion) uint32 { return f.member }}
	for _, f := range c.found {
		if f.as != typed && !c.has(f.form) {
			best.offer(f)
		}
	}
	said := make(map[string]bool) // Müll is found under mull and under muell
	var out []search.Completion
	for _, f := range best.list {
		if said[f.as] || len(out) == c.asked.Most {
			continue
		}
		said[f.as] = true
		one := search.Completion{Query: c.before() + f.as, Native: f.mine > 0}
		if f.member != several {
			one.Member = strings.Clone(c.view.tables[memberColumn].values[f.member])
		}
		out = append(out, one)
	}
	return out
}

// has reports whether a word before the last is the form.
func (c *completing) has(form string) bool {
	return slices.ContainsFunc(c.typed[:len(c.typed)-1], func(w text.Token) bool { return w.Form == form || w.Alt == form })
}

// before is what stands before the last word: nothing, if that is an article
// that goes with another word.
func (c *completing) before() string {
	if len(c.typed) == 1 && !strings.ContainsAny(c.asked.Prefix[:c.last().Start], " \t") {
		return ""
	}
	return c.asked.Prefix[:c.last().Start]
}

// each is how many completions a member alone may have.
func (c *completing) each() int { return search.NewShare(c.asked).Each() }

func (a completion) compare(b completion) int {
	return cmp.Or(cmp.Compare(b.mine, a.mine), cmp.Compare(b.all, a.all), strings.Compare(a.as, b.as), strings.Compare(a.form, b.form))
}

// titles are the items whose titles have all the words, the last one begun:
// the newest of each member, those in the reader's language first.
func (c *completing) titles() []string {
	if len(c.typed) == 1 && utf8.RuneCountInString(c.last().Form) < shortPrefix {
		return nil // of nearly everything
	}
	best := shortlist[titled]{most: 2 * c.asked.Most, each: titlesEach, compare: titled.compare, owner: func(t titled) uint32 { return t.member }}
	if len(c.asked.Members) == 1 {
		best.each = best.most
	}
	for i := range c.view.parts {
		p := c.view.parts[i]
		docs, narrow := p.narrowed(c.whole, titleField+1, c.members())
		for _, begun := range c.last().Spellings() {
			for _, n := range p.postings[titleField].across(p.forms.prefixed(begun)).docs {
				d := uint32(n)
				if narrow && !docs.has(d) || p.dead.has(d) || !c.inWhatIsSpoken(p.ord(languageColumn, d)) {
					continue
				}
				best.offer(titled{p.ids.at(d), p.ord(memberColumn, d), c.reads[p.ord(languageColumn, d)], p.date[d]})
			}
		}
	}
	out := make([]string, len(best.list))
	for i, t := range best.list {
		out[i] = strings.Clone(t.id)
	}
	return out
}

// titled is an item that may give its title.
type titled struct {
	id     string
	member uint32
	mine   bool
	date   int64
}

func (a titled) compare(b titled) int {
	if a.mine != b.mine {
		if a.mine {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(b.date, a.date), strings.Compare(a.id, b.id))
}

// shortlist are the best of what is offered, sorted, at most so many of each
// owner; several owners count as none.
type shortlist[T any] struct {
	list       []T
	most, each int
	compare    func(a, b T) int
	owner      func(T) uint32
}

func (l *shortlist[T]) offer(n T) {
	if len(l.list) == l.most && l.compare(n, l.list[l.most-1]) >= 0 {
		return
	}
	at, there := slices.BinarySearchFunc(l.list, n, l.compare)
	if there {
		return // under another form
	}
	own, worst := 0, 0
	for i, o := range l.list {
		if l.owner(o) == l.owner(n) && l.owner(n) != several {
			own, worst = own+1, i
		}
	}
	switch {
	case own >= l.each && worst < at:
		return
	case own >= l.each:
		l.list = slices.Delete(l.list, worst, worst+1)
	case len(l.list) == l.most:
		l.list = l.list[:l.most-1]
	}
	l.list = slices.Insert(l.list, at, n)
}

// members marks those asked for; nil = all.
func (c *completing) members() []bool {
	if len(c.asked.Members) == 0 {
		return nil
	}
	return c.view.tables[memberColumn].allowed(func(m string) bool { return slices.Contains(c.asked.Members, m) })
}

// narrowed are the documents of a part that hold a form of each word in the
// fields before limit, and are of the members; narrow is false when nothing
// narrows and docs tells nothing.
func (p part) narrowed(words [][]string, limit field, members []bool) (docs bitmap, narrow bool) {
	if members != nil {
		docs = newBitmap(p.len())
		for d := range uint32(p.len()) {
			if members[p.ord(memberColumn, d)] {
				docs.set(d)
			}
		}
	}
	for _, forms := range words {
		has := newBitmap(p.len())
		for _, form := range forms {
			if n, ok := p.forms.find(form); ok {
				for f := range limit {
					for _, d := range p.postings[f].of(n).docs {
						has.set(uint32(d))
					}
				}
			}
		}
		for i := range docs {
			has[i] &= docs[i]
		}
		docs = has
	}
	return docs, docs != nil
}

// telling are the forms of each word that says something.
func (v *view) telling(words []text.Token) [][]string {
	out := make([][]string, 0, len(words))
	for _, w := range words {
		if !saysLittle(w.Form) {
			out = append(out, v.formsOf(w))
		}
	}
	return out
}

// formsOf are the forms that say the same as a word: its spellings and what
// shares a stem with it.
func (v *view) formsOf(w text.Token) []string {
	return append(v.related(word{Token: w}), w.Spellings()...)
}

// offers reports whether an item of the members, all without any, holds all
// the telling words of an offer.
func (v *view) offers(words []text.Token, members []string) bool {
	forms := v.telling(words)
	if len(forms) == 0 || len(forms) > maxWords {
		return false
	}
	mine := v.tables[memberColumn].allowed(func(m string) bool { return len(members) == 0 || slices.Contains(members, m) })
	return slices.ContainsFunc(v.parts, func(p part) bool { return p.offers(forms, mine) })
}

func (p part) offers(words [][]string, mine []bool) bool {
	lists := make([][][]uint16, len(words)) // postings by word and form
	for i, forms := range words {
		for _, form := range forms {
			if n, ok := p.forms.find(form); ok {
				for f := range fields {
					if l := p.postings[f].of(n).docs; len(l) > 0 {
						lists[i] = append(lists[i], l)
					}
				}
			}
		}
	}
	slices.SortFunc(lists, func(a, b [][]uint16) int { return cmp.Compare(size(a), size(b)) })
	tried := 0
	for _, l := range lists[0] {
		for _, n := range l {
			d := uint32(n)
			if p.dead.has(d) || !mine[p.ord(memberColumn, d)] {
				continue
			}
			if tried++; tried > tries {
				return false
			}
			if !slices.ContainsFunc(lists[1:], func(of [][]uint16) bool {
				return !slices.ContainsFunc(of, func(l []uint16) bool { return hasDoc(l, d) })
			}) {
				return true
			}
		}
	}
	return false
}

func size(lists [][]uint16) int {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	return n
}

func hasDoc(postings []uint16, doc uint32) bool {
	_, ok := slices.BinarySearch(postings, uint16(doc))
	return ok
}

// saysLittle reports whether a word is a function word in any language.
func saysLittle(form string) bool { return len(stopIn(form)) > 0 }

// stopIn are the languages in which a form is a function word; nil = none.
func stopIn(form string) (langs []string) {
	if len(form) > 16 { // none is so long
		return nil
	}
	for _, l := range text.Langs {
		if text.IsStop(l, form) {
			langs = append(langs, l)
		}
	}
	return langs
}

// inWhatIsSpoken reports whether a language, by its number, is one of c.says.
func (c *completing) inWhatIsSpoken(lang uint32) bool {
	return c.says == nil || slices.Contains(c.says, primary(c.view.tables[languageColumn].values[lang]))
}

// spoken are the languages in which the function words of a query that has no
// others stand: "to be" is not gone on with in German. nil = it does not tell.
func spoken(words []text.Token) (langs []string) {
	for _, w := range words {
		in := stopIn(w.Form)
		if langs != nil {
			in = slices.DeleteFunc(in, func(l string) bool { return !slices.Contains(langs, l) })
		}
		if len(in) > 0 {
			langs = in
		}
	}
	return langs
}

// primary is the primary subtag of a language.
func primary(lang string) string {
	p, _, _ := strings.Cut(lang, "-")
	return p
}

// offerable reports whether a form is a word that people would type.
func offerable(form string) bool {
	letters, digits := 0, 0
	for _, r := range form {
		if unicode.IsDigit(r) {
			digits++
		}
		letters++
	}
	return letters > 1 && letters <= maxComplete && digits <= maxDigits
}
