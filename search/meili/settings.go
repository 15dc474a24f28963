package meili

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/meilisearch/meilisearch-go"
)

// layout is the form of documents and settings: an index of another one is
// made anew.
const layout = 1

// Bounds that the settings give the server.
const (
	maxTotalHits    = 1_000_000 // that pages can reach; totals stop there
	maxFacetValues  = 1000
	searchCutoff    = 400 // milliseconds after which the server orders no further
	oneTypoLetters  = 5
	twoTyposLetters = 9
)

// The settings, as code. What is not listed is as the server has it.
var (
	// searchable: what counts more comes first. Stems stand in fields of their
	// own, in the order of the words, so that nearness is that of the words.
	searchable = []string{"title", "titleStems", "labels", "labelStems", "body", "bodyStems", "fileStems"}
	displayed  = []string{"id", "kind", "name", "member", "type", "language", "categories", "fold", "precedence", "same",
		"date", "start", "last", "event", "gravity", "until", "_geo", "cursor", "layout"}
	filterable = []string{"id", "kind", "stems", "member", "type", "categories", "language", "memberKey", "sourceKey", "typeKey",
		"categoryKeys", "languageKeys", "begin", "last", "fold", "same", "alert", "until", "_geo"}
	sortable     = []string{"date", "start", "alert", "tie", "_geo"}
	rankingRules = []string{"sort", "words", "typo", "proximity", "attribute", "exactness", "fade:desc", "tie:asc"}
)

// everyWordAsItIs keeps the server from guessing a language: words come cut and
// folded, and its German word splitting leaves fragments. Basque is none of its
// languages at all.
var everyWordAsItIs = []string{"eng"}

// settings are those of every index. The client leaves out what is empty or
// false, so nothing here may be.
func settings() *meilisearch.Settings {
	return &meilisearch.Settings{
		SearchableAttributes: searchable,
		DisplayedAttributes:  displayed,
		FilterableAttributes: filterable,
		SortableAttributes:   sortable,
		RankingRules:         rankingRules,
		SearchCutoffMs:       searchCutoff,
		LocalizedAttributes:  []*meilisearch.LocalizedAttributes{{AttributePatterns: []string{"*"}, Locales: everyWordAsItIs}},
		TypoTolerance: &meilisearch.TypoTolerance{Enabled: true, DisableOnWords: []string{}, DisableOnAttributes: []string{}, DisableOnNumbers: true,
			MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: oneTypoLetters, TwoTypos: twoTyposLetters}},
		Pagination: &meilisearch.Pagination{MaxTotalHits: maxTotalHits},
		Faceting:   &meilisearch.Faceting{MaxValuesPerFacet: maxFacetValues, SortFacetValuesBy: map[string]meilisearch.SortFacetType{"*": meilisearch.SortFacetTypeCount}},
	}
}

// configure gives an index its settings, before it has documents: each change
// of settings makes the server read all of them again.
func (x *Index) configure(ctx context.Context, uid string) error {
	index := x.write.Index(uid)
	return x.do(ctx, "give the index "+uid+" its settings",
		func(ctx context.Context) (*meilisearch.TaskInfo, error) {
			return index.UpdateSettingsWithContext(ctx, settings())
		},
		// Settings cannot say false.
		func(ctx context.Context) (*meilisearch.TaskInfo, error) {
			return index.UpdateFacetSearchWithContext(ctx, false)
		})
}

// Difference is a setting that the server's index does not have as it must.
type Difference struct {
	Setting    string
	Have, Want any
}

func (d Difference) String() string {
	return fmt.Sprintf("setting %s is %v, not %v", d.Setting, d.Have, d.Want)
}

// differences compares the settings of an index with ours, one by one: the
// client cannot read them all at once, because filterableAttributes may be
// objects. A setting that is none of ours must be as the server has it by
// itself, because each of them changes what is found or in which order.
func (x *Index) differences(ctx context.Context, uid string) ([]Difference, error) {
	c := comparison{ctx: ctx}
	index, want := x.write.Index(uid), settings()
	same(&c, "searchableAttributes", want.SearchableAttributes, index.GetSearchableAttributesWithContext, deref)
	same(&c, "rankingRules", want.RankingRules, index.GetRankingRulesWithContext, deref)
	same(&c, "displayedAttributes", sorted(want.DisplayedAttributes), index.GetDisplayedAttributesWithContext, sortedAt)
	same(&c, "sortableAttributes", sorted(want.SortableAttributes), index.GetSortableAttributesWithContext, sortedAt)
	same(&c, "filterableAttributes", sorted(want.FilterableAttributes), index.GetFilterableAttributesWithContext, names)
	same(&c, "pagination.maxTotalHits", want.Pagination.MaxTotalHits, index.GetPaginationWithContext,
		func(p *meilisearch.Pagination) int64 { return p.MaxTotalHits })
	same(&c, "faceting", *want.Faceting, index.GetFacetingWithContext, func(f *meilisearch.Faceting) meilisearch.Faceting { return *f })
	same(&c, "typoTolerance", *want.TypoTolerance, index.GetTypoToleranceWithContext, typos)
	same(&c, "searchCutoffMs", want.SearchCutoffMs, index.GetSearchCutoffMsWithContext, itself)
	same(&c, "localizedAttributes", want.LocalizedAttributes, index.GetLocalizedAttributesWithContext, itself)
	same(&c, "facetSearch", false, index.GetFacetSearchWithContext, itself)
	same(&c, "prefixSearch", "indexingTime", index.GetPrefixSearchWithContext, told)
	same(&c, "proximityPrecision", meilisearch.ByWord, index.GetProximityPrecisionWithContext, itself)
	same(&c, "distinctAttribute", "", index.GetDistinctAttributeWithContext, told)
	same(&c, "stopWords", []string{}, index.GetStopWordsWithContext, sortedAt)
	same(&c, "synonyms", 0, index.GetSynonymsWithContext, func(s *map[string][]string) int { return len(*s) })
	same(&c, "dictionary", 0, index.GetDictionaryWithContext, length)
	same(&c, "separatorTokens", 0, index.GetSeparatorTokensWithContext, length)
	same(&c, "nonSeparatorTokens", 0, index.GetNonSeparatorTokensWithContext, length)
	return c.differ, errors.Join(c.faults...)
}

// comparison is what was found so far.
type comparison struct {
	ctx    context.Context
	differ []Difference
	faults []error
}

// same reads a setting and compares what as makes of it.
func same[T, V any](c *comparison, name string, want V, read func(context.Context) (T, error), as func(T) V) {
	answer, err := read(c.ctx)
	if err != nil {
		c.faults = append(c.faults, err)
		return
	}
	if have := as(answer); !reflect.DeepEqual(have, want) {
		c.differ = append(c.differ, Difference{Setting: name, Have: have, Want: want})
	}
}

func itself[T any](v T) T { return v }

func length(list []string) int { return len(list) }

func deref(list *[]string) []string { return *list }

func sortedAt(list *[]string) []string { return sorted(*list) }

// sorted is a copy in order, never nil.
func sorted(list []string) []string { return append([]string{}, slices.Sorted(slices.Values(list))...) }

// told is a setting that is null where nobody set it.
func told(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// typos has no list that is nil.
func typos(t *meilisearch.TypoTolerance) meilisearch.TypoTolerance {
	one := *t
	one.DisableOnWords, one.DisableOnAttributes = sorted(t.DisableOnWords), sorted(t.DisableOnAttributes)
	return one
}

// names are the filterable attributes that are names; an object, which allows
// some uses of some attributes alone, is none of ours and stands for itself.
func names(list *[]any) []string {
	var out []string
	for _, v := range *list {
		out = append(out, fmt.Sprint(v))
	}
	return sorted(out)
}
