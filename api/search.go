package api

import (
	"cmp"
	"context"
	"math"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// SearchResult is a page of items with what stands around it.
type SearchResult struct {
	Total     int                           `json:"total" doc:"of all matches"`
	Items     []SearchItem                  `json:"items"`
	Facets    map[search.Facet][]FacetCount `json:"facets" doc:"per facet, largest first; counts of a facet ignore the selection's own values of it"`
	Next      string                        `json:"next,omitempty" doc:"cursor of the following page; absent at the end"`
	TookMS    float64                       `json:"took_ms"`
	Corrected string                        `json:"corrected,omitempty" doc:"the query with its typing errors put right"`
	Estimated bool                          `json:"estimated,omitempty" doc:"there are too many matches for total and facets to be exact"`
	Standby   bool                          `json:"standby,omitempty" doc:"the hub's search server did not answer and the embedded engine did: nothing is missing, the order may differ"`
	Hints     *Hints                        `json:"hints,omitempty" doc:"where nothing is found, neither in total nor among best_bets: what finds something, and whom to ask"`
	BestBets  []BestBet                     `json:"best_bets,omitempty" doc:"what the operator of the hub puts first for these words, on the first page; not among items, counted in total where it is a match"`

	ready *readyResult // once it is encoded
}

// SearchItem is an item with its matches marked.
type SearchItem struct {
	Item
	Highlight Highlight `json:"highlight"`
	Distance  float64   `json:"distance,omitempty" doc:"kilometres from near"`

	Explain *search.Why `json:"explain,omitempty" doc:"with explain=1, in an order by relevance: how the score came about; the sum of the words times every factor is what items are ordered by"`
}

// BestBet is one thing recommended: an item, or a page elsewhere.
type BestBet struct {
	Item *SearchItem `json:"item,omitempty"`
	Link *BestLink   `json:"link,omitempty"`
}

// BestLink is a page elsewhere, in the words of the operator.
type BestLink struct {
	URL   string            `json:"url"`
	Title map[string]string `json:"title" doc:"by language"`
	Text  map[string]string `json:"text,omitempty" doc:"one sentence, by language"`
}

// Highlight is HTML whose only element is mark.
type Highlight struct {
	Title   string `json:"title"`
	Summary string `json:"summary"`

	File *FileHighlight `json:"file,omitempty" doc:"where a file of the item says more of what was asked than the item does"`
}

// FileHighlight is a passage of a file.
type FileHighlight struct {
	Title   string `json:"title"`
	URL     string `json:"url" doc:"of the file; of a PDF at its page"`
	Page    int    `json:"page,omitempty" doc:"1 for the first; absent where the file does not say where its pages are"`
	Snippet string `json:"snippet" doc:"HTML whose only element is mark"`
}

// FacetCount is how many matches have a value.
type FacetCount struct {
	Value string `json:"value"`
	Label string `json:"label" doc:"for people; the value itself where only the reader's language could name it"`
	Count int    `json:"count"`
}

func (s *Server) find(ctx context.Context, in *selected) (SearchResult, error) {
	query, explain, err := cutExplain(in.query)
	if err != nil {
		return SearchResult{}, err
	}
	sel, err := federation.ParseSelection(query)
	if err != nil {
		return SearchResult{}, err
	}
	a, err := s.search.Search(ctx, search.Request{Select: sel, Facets: search.Facets, Mark: true, Best: true, Explain: explain})
	if err != nil {
		return SearchResult{}, err
	}
	if sel.Cursor == "" {
		search.NoteAsked(ctx, search.Asked{Words: sel.Words, Found: a.Total})
	}
	out := SearchResult{Total: a.Total, Items: make([]SearchItem, 0, len(a.Items)), Facets: facets(a.Facets),
		Next: a.Next, TookMS: milliseconds(a.Took), Corrected: a.Corrected, Estimated: a.Estimated, Standby: a.Standby}
	out.Items = append(out.Items, s.searchItems(ctx, a.Items)...)
	out.BestBets = s.bestBets(ctx, a.Best)
	if a.Total == 0 && len(a.Best) == 0 && sel.Cursor == "" {
		out.Hints, err = s.hints(ctx, sel)
	}
	return out, err
}

// cutExplain takes the key that is no part of a selection out of a query.
func cutExplain(query string) (rest string, explain bool, err error) {
	if !strings.Contains(query, "explain") {
		return query, false, nil
	}
	v, err := url.ParseQuery(query)
	if err != nil || !v.Has("explain") {
		return query, false, nil // the parser of selections says what is wrong
	}
	if got := v["explain"]; len(got) != 1 || got[0] != "1" && got[0] != "0" {
		return "", false, federation.Invalid("explain", "%q must be 1 or 0", strings.Join(got, ", "))
	}
	explain = v.Get("explain") == "1"
	v.Del("explain")
	return v.Encode(), explain, nil
}

func (s *Server) searchItems(ctx context.Context, found []search.Found) []SearchItem {
	out := make([]SearchItem, 0, len(found))
	for i, it := range s.items(ctx, found) {
		f := found[i]
		out = append(out, SearchItem{Item: it, Distance: f.Distance, Explain: f.Why,
			Highlight: highlight(f.Marked)})
	}
	return out
}

func (s *Server) bestBets(ctx context.Context, best []search.Best) (out []BestBet) {
	for _, b := range best {
		if b.Link != nil {
			out = append(out, BestBet{Link: &BestLink{URL: b.Link.URL, Title: b.Link.Title, Text: b.Link.Text}})
			continue
		}
		out = append(out, BestBet{Item: &s.searchItems(ctx, []search.Found{*b.Found})[0]})
	}
	return out
}

func highlight(m search.Marked) Highlight {
	out := Highlight{Title: m.Title, Summary: m.Summary}
	if f := m.File; f != nil {
		out.File = &FileHighlight{Title: f.Title, URL: f.URL, Page: f.Page, Snippet: f.Snippet}
	}
	return out
}

// facets gives every facet, empty ones too, members named as in items: the
// search was asked in no language.
func facets(found map[search.Facet][]search.LabelledCount) map[search.Facet][]FacetCount {
	out := make(map[search.Facet][]FacetCount, len(search.Facets))
	for _, f := range search.Facets {
		list := make([]FacetCount, 0, len(found[f]))
		for _, c := range found[f] {
			list = append(list, FacetCount{Value: c.Value, Label: cmp.Or(c.Label, c.Value), Count: c.Count.Count})
		}
		out[f] = list
	}
	return out
}

// milliseconds to the microsecond.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

// Suggestions are whole queries.
type Suggestions struct {
	Suggestions []string `json:"suggestions" doc:"topics, words and phrases of titles, those in the reader's language first; each finds an item that holds all its words"`
}

// Bounds of a suggestion.
const (
	maxPrefix      = 300 // characters
	maxSuggestions = 8
)

func (s *Server) suggest(ctx context.Context, in *selected) (Suggestions, error) {
	v, err := in.only("q", "lang", "member")
	if err != nil {
		return Suggestions{}, err
	}
	q, lang := v.Get("q"), v.Get("lang")
	if utf8.RuneCountInString(q) > maxPrefix || !utf8.ValidString(q) {
		return Suggestions{}, federation.Invalid("q", "must be text of at most %d characters", maxPrefix)
	}
	if lang != "" && !federation.ValidLanguage(lang) {
		return Suggestions{}, federation.Invalid("lang", `%q is not a language, such as "fr"`, lang)
	}
	scope, err := federation.ParseSelection(url.Values{"member": v["member"]}.Encode())
	if err != nil {
		return Suggestions{}, err
	}
	out := Suggestions{Suggestions: []string{}}
	if q == "" {
		return out, nil
	}
	found, err := s.search.Suggest(ctx, search.Typed{Prefix: q, Language: lang, Members: scope.Members, Most: maxSuggestions})
	if len(found) > 0 {
		out.Suggestions = found
	}
	return out, err
}
