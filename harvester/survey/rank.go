package survey

import (
	"cmp"
	"slices"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/discover"
)

// fold joins findings that give the same list, such as the RSS and the Atom of
// one site: the one that tells most stays, with the others' addresses.
func fold(found []Finding) []Finding {
	var out []Finding
	for _, f := range found {
		i := slices.IndexFunc(out, func(o Finding) bool { return sameList(o, f) })
		switch {
		case i < 0:
			out = append(out, f)
		case richness(f) > richness(out[i]):
			f.Also = append(append([]string{out[i].URL}, out[i].Also...), f.Also...)
			out[i] = f
		default:
			out[i].Also = append(out[i].Also, f.URL)
		}
	}
	return out
}

// sameList compares the first items of two lists, as many as the shorter has:
// one may list more of the past.
func sameList(a, b Finding) bool {
	x, y := marks(a.Items), marks(b.Items)
	n := min(len(x), len(y))
	if n == 0 {
		return false
	}
	in, same := map[string]bool{}, 0
	for _, m := range x[:n] {
		in[m] = true
	}
	for _, m := range y[:n] {
		if in[m] {
			same++
		}
	}
	return same*10 >= n*8
}

// marks are what items are known by across formats: their pages, or their
// titles without one.
func marks(items []federation.Item) []string {
	out := make([]string, 0, len(items))
	for _, it := range items {
		if it.URL != "" {
			out = append(out, discover.Key(it.URL))
		} else {
			out = append(out, "title "+it.Title)
		}
	}
	return out
}

// richness is how much a list tells: dates of events count most, then whole
// texts, then the number of items.
func richness(f Finding) int {
	events, text := 0, 0
	for _, it := range f.Items {
		if it.Event != nil {
			events++
		}
		text += len(it.Content.String())
	}
	data := 0
	if f.Format == ploneFormat { // it tells what was taken back, too
		data = 1
	}
	return data*1_000_000_000 + events*1_000_000 + min(text, 900_000) + len(f.Items)
}

// kindOrder is the order in which findings are shown.
var kindOrder = map[string]int{string(discover.Feed): 0, string(discover.Calendar): 1, string(discover.Data): 2, "page": 3, string(discover.Sitemap): 4}

// rank orders findings and marks those that are worth adding: every list with
// items, but a site map or a page only where there is nothing better, and no feed
// of what a Plone tells as data.
func rank(found []Finding) []Finding {
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(empty(a), empty(b)), cmp.Compare(kindOrder[a.Kind], kindOrder[b.Kind]), b.Newest().Compare(a.Newest()))
	})
	better := false
	for i, f := range found {
		list := kindOrder[f.Kind] < kindOrder["page"]
		found[i].Worth = empty(f) == 0 && (list || !better) && !outdone(f, found)
		better = better || found[i].Worth
	}
	return found
}

func empty(f Finding) int {
	if len(f.Items)+f.Pages == 0 {
		return 1
	}
	return 0
}
