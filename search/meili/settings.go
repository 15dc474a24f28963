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
// objects.
func (x *Index) differences(ctx context.Context, uid string) ([]Difference, error) {
	index, want := x.write.Index(uid), settings()
	var out []Difference
	var faults []error
	compare := func(name string, want any, have any, err error) {
		switch {
		case err != nil:
			faults = append(faults, err)
		case !reflect.DeepEqual(have, want):
			out = append(out, Difference{Setting: name, Have: have, Want: want})
		}
	}
	list := func(name string, want []string, read func(context.Context) (*[]string, error)) {
		have, err := read(ctx)
		compare(name, want, deref(have), err)
	}
	list("searchableAttributes", want.SearchableAttributes, index.GetSearchableAttributesWithContext)
	list("rankingRules", want.RankingRules, index.GetRankingRulesWithContext)
	shown, err4 := index.GetDisplayedAttributesWithContext(ctx)
	compare("displayedAttributes", sorted(want.DisplayedAttributes), sorted(deref(shown)), err4)
	stops, err := index.GetStopWordsWithContext(ctx)
	compare("stopWords", 0, len(deref(stops)), err)
	sorts, err := index.GetSortableAttributesWithContext(ctx)
	compare("sortableAttributes", sorted(want.SortableAttributes), sorted(deref(sorts)), err)
	filters, err := index.GetFilterableAttributesWithContext(ctx)
	compare("filterableAttributes", sorted(want.FilterableAttributes), names(filters), err)
	typos, err := index.GetTypoToleranceWithContext(ctx)
	if err == nil && typos != nil {
		compare("typoTolerance.enabled", true, typos.Enabled, nil)
		compare("typoTolerance.disableOnNumbers", true, typos.DisableOnNumbers, nil)
		compare("typoTolerance.minWordSizeForTypos", want.TypoTolerance.MinWordSizeForTypos, typos.MinWordSizeForTypos, nil)
	}
	pages, err2 := index.GetPaginationWithContext(ctx)
	if err2 == nil && pages != nil {
		compare("pagination.maxTotalHits", want.Pagination.MaxTotalHits, pages.MaxTotalHits, nil)
	}
	faceting, err3 := index.GetFacetingWithContext(ctx)
	if err3 == nil && faceting != nil {
		compare("faceting.maxValuesPerFacet", want.Faceting.MaxValuesPerFacet, faceting.MaxValuesPerFacet, nil)
	}
	return out, errors.Join(append(faults, err, err2, err3)...)
}

func deref(list *[]string) []string {
	if list == nil {
		return nil
	}
	return *list
}

func sorted(list []string) []string {
	return slices.Sorted(slices.Values(list))
}

// names are the filterable attributes that are names; an object, which allows
// some uses of some attributes alone, is none of ours and stands for itself.
func names(list *[]any) []string {
	if list == nil {
		return nil
	}
	var out []string
	for _, v := range *list {
		out = append(out, fmt.Sprint(v))
	}
	return sorted(out)
}
