package meili

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// Bounds of a suggestion.
const (
	maxPrefix     = 1000 // bytes of what was typed
	suggestTitles = 200  // titles that are read for words, of each variant
	maxComplete   = 30   // characters of a word that is offered
	titlesEach    = 4    // titles of one member
	maxOffers     = 12
)

// Suggest completes from the titles that the server lists first.
func (x *Index) Suggest(ctx context.Context, b search.Beginning) (search.Completions, error) {
	if b.Most < 1 {
		return search.Completions{}, ctx.Err()
	}
	r := &run{x: x, now: x.now()}
	if err := x.forReading(ctx, r); err != nil {
		return search.Completions{}, err
	}
	filter := conditionsOf(federation.Selection{Members: b.Members}).filter("")
	out, err := r.offers(ctx, b.Offers[:min(len(b.Offers), maxOffers)], filter)
	if err != nil {
		return search.Completions{}, err
	}
	typed := text.Tokens(nil, b.Prefix[:min(len(b.Prefix), maxPrefix)])
	if len(b.Prefix) > maxPrefix || len(typed) == 0 || typed[len(typed)-1].End != len(b.Prefix) {
		return search.Completions{Offers: out}, nil
	}
	c := completing{asked: b, last: typed[len(typed)-1], before: b.Prefix[:typed[len(typed)-1].Start], words: map[string]*completion{}}
	whole := words{}
	for _, t := range typed[:len(typed)-1] {
		whole.all = append(whole.all, t.Form)
	}
	if whole = whole.telling(); !slices.ContainsFunc(whole.all, telling) {
		whole.all = nil
	}
	c.whole = whole.all
	if err := r.titles(ctx, &c, filter); err != nil {
		return search.Completions{}, err
	}
	return search.Completions{Offers: out, Words: c.chosen(), Items: c.items()}, nil
}

// offers are those that find something.
func (r *run) offers(ctx context.Context, offers []string, filter string) ([]string, error) {
	var requests []*meilisearch.SearchRequest
	var of []int
	none := int64(0)
	for i, o := range offers {
		w := parseWords(o + " ")
		if !slices.ContainsFunc(w.all, telling) {
			continue
		}
		for _, v := range r.x.variants(w, asWritten, nil) {
			req := r.request(v, filter)
			req.HitsPerPage, req.Page = &none, 1
			requests, of = append(requests, req), append(of, i)
		}
	}
	if len(requests) == 0 {
		return nil, nil
	}
	answers, err := r.send(ctx, requests)
	if err != nil {
		return nil, err
	}
	finds := make([]bool, len(offers))
	for i, a := range answers {
		finds[of[i]] = finds[of[i]] || a.TotalHits > 0
	}
	var out []string
	for i, o := range offers {
		if finds[i] {
			out = append(out, o)
		}
	}
	return out, nil
}

// titles reads the titles of items that have all words, the last one begun.
func (r *run) titles(ctx context.Context, c *completing, filter string) error {
	asked := words{all: append(slices.Clone(c.whole), c.last.Form), prefix: true}
	var requests []*meilisearch.SearchRequest
	for _, v := range asked.inLanguages(meilisearch.All, 1) {
		if strings.HasSuffix(v.q, " ") {
			continue // the last word goes on
		}
		req := r.request(v, filter)
		req.Limit, req.AttributesToRetrieve = suggestTitles, []string{"id", "name", "language", "member", "date"}
		requests = append(requests, req)
	}
	answers, err := r.send(ctx, requests)
	if err != nil {
		return err
	}
	for _, a := range answers {
		for _, h := range a.Hits {
			var t title
			if err := h.DecodeInto(&t); err != nil {
				return fault("suggest", err)
			}
			c.take(t)
		}
	}
	return nil
}

// title is what is read of an item.
type title struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Language string `json:"language"`
	Member   string `json:"member"`
	Date     int64  `json:"date"`

	native bool
}

// completing is one answer under way.
type completing struct {
	asked  search.Beginning
	before string // what stands before the last word
	last   text.Token
	whole  []string // the words before it that say something
	words  map[string]*completion
	titles []title
}

// completion is a word of titles and how they spell it.
type completion struct {
	as      map[string]int
	members map[string]bool
	titles  int
	native  bool
}

func telling(form string) bool {
	return !text.IsStopAnywhere(form)
}

func (c *completing) take(t title) {
	t.native = c.asked.Language != "" && federation.MatchLanguage(c.asked.Language, t.Language)
	lang := stemLanguage(t.Language)
	tokens := text.Tokens(nil, t.Name)
	shouted := strings.ToUpper(t.Name) == t.Name
	began := false
	for i, tok := range tokens {
		if !c.goesOn(tok) {
			continue
		}
		began = true
		if text.IsStop(lang, tok.Form) || slices.Contains(c.whole, tok.Form) {
			continue
		}
		c.word(t, tok.Form, spelled(t.Name[tok.Start:tok.End], i == 0 && lang != "de" || shouted, shouted))
		if i+1 < len(tokens) && tokens[i+1].Start == tok.End+1 && t.Name[tok.End] == '-' {
			c.word(t, tok.Form+"-"+tokens[i+1].Form, spelled(t.Name[tok.Start:tokens[i+1].End], i == 0 && lang != "de" || shouted, shouted))
		}
	}
	if began && c.allIn(tokens, lang) {
		c.titles = append(c.titles, t)
	}
}

// spelled is a word as it is offered: small where the title tells nothing of
// its capitals.
func spelled(as string, small, shouted bool) string {
	if small && (shouted || !acronym(as)) {
		return strings.ToLower(as)
	}
	return as
}

// word counts a word of a title.
func (c *completing) word(t title, form, as string) {
	if utf8.RuneCountInString(as) > maxComplete {
		return
	}
	one := c.words[form]
	if one == nil {
		one = &completion{as: map[string]int{}, members: map[string]bool{}}
		c.words[strings.Clone(form)] = one
	}
	one.as[as]++
	one.titles++
	one.members[t.Member] = true
	one.native = one.native || t.native
}

// goesOn reports whether a word begins as was typed, in one of its spellings;
// that of a whole hyphenated word is not one of its parts.
func (c *completing) goesOn(t text.Token) bool {
	return strings.HasPrefix(t.Form, c.last.Form) ||
		t.Alt != "" && !strings.Contains(t.Alt, t.Form) && strings.HasPrefix(t.Alt, c.last.Form)
}

// allIn reports whether a title has all words before the last.
func (c *completing) allIn(tokens []text.Token, lang string) bool {
	return !slices.ContainsFunc(c.whole, func(form string) bool {
		return !slices.ContainsFunc(tokens, func(t text.Token) bool {
			return t.Form == form || t.Alt == form || text.Stem(lang, t.Form) == text.Stem(lang, form)
		})
	})
}

// acronym reports whether s has a capital after its first letter.
func acronym(s string) bool {
	for i, r := range s {
		if i > 0 && unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// chosen are the completed queries: the reader's language first, then those
// that more members use.
func (c *completing) chosen() []search.Completion {
	type word struct {
		search.Completion
		members, titles int
	}
	var list []word
	for _, one := range c.words {
		best, most := "", 0
		for as, times := range one.as {
			if times > most || times == most && as < best {
				best, most = as, times
			}
		}
		if best == c.asked.Prefix[c.last.Start:] {
			continue
		}
		w := word{search.Completion{Query: c.before + best, Native: one.native}, len(one.members), one.titles}
		if len(one.members) == 1 {
			for m := range one.members {
				w.Member = m
			}
		}
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b word) int {
		return cmp.Or(cmp.Compare(bit(b.Native), bit(a.Native)), cmp.Compare(b.members, a.members), cmp.Compare(b.titles, a.titles), strings.Compare(a.Query, b.Query))
	})
	share := search.NewShare(c.asked)
	var out []search.Completion
	for _, w := range list {
		if len(out) < c.asked.Most && share.Take(w.Member) {
			out = append(out, w.Completion)
		}
	}
	return out
}

// items are the titles: the reader's language first, then the newest.
func (c *completing) items() []string {
	slices.SortFunc(c.titles, func(a, b title) int {
		return cmp.Or(cmp.Compare(bit(b.native), bit(a.native)), cmp.Compare(b.Date, a.Date), strings.Compare(a.ID, b.ID))
	})
	each := map[string]int{}
	var out []string
	for _, t := range c.titles {
		if each[t.Member]++; each[t.Member] <= titlesEach && len(out) < 2*c.asked.Most && !slices.Contains(out, t.ID) {
			out = append(out, t.ID)
		}
	}
	return out
}
