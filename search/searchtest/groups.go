package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// grouped puts items into the group of the first, all with its wording.
func grouped(items ...federation.Item) []federation.Item {
	for i := range items {
		items[i].Group, items[i].Wording = items[0].ID, 1
	}
	return items
}

// threeCopies is a release that three members published, beside another item.
func threeCopies(h *harness) {
	release := func(member string) federation.Item {
		return from(member, member, "Nouvelle piscine", "Le chantier commence. Texte de "+member)
	}
	h.put(grouped(release("alba"), release("brume"), release("cran"))...)
	h.put(from("brume", "autre", "Nouvelle école", "Le chantier finit."))
}

func testGroups(t *testing.T, h *harness) {
	threeCopies(h)
	for _, q := range []string{"q=piscine", "q=chantier piscine", "q=pisc", "q=pissine"} {
		h.oneOf(h.query(q), []string{"alba", "brume", "cran"})
	}
	for _, q := range []string{"", "sort=newest", "sort=oldest", "q=nouvelle", "type=news"} {
		h.oneOf(h.query(q), []string{"alba", "brume", "cran"}, []string{"autre"})
	}
	h.oneOf(words("texte brume"), []string{"brume"})
	q := h.query("q=nouvelle")
	q.Facets = search.Facets
	facets := h.find(q).Facets
	want := []search.Count{{Value: "brume", Count: 2}, {Value: "alba", Count: 1}, {Value: "cran", Count: 1}}
	if !slices.Equal(facets[search.ByMember], want) {
		t.Errorf("Search(%q).Facets[member] = %v, want %v: every item, each under its own member", q.Select, facets[search.ByMember], want)
	}
}

// testGroupsOfMembers asks for members: theirs is shown, whoever was first.
func testGroupsOfMembers(t *testing.T, h *harness) {
	threeCopies(h)
	h.want("member=alba", "alba")
	h.want("member=cran", "cran")
	h.want("member=cran&q=piscine", "cran")
	h.want("source=cran/actualites", "cran")
	h.wantSet("member=brume", "brume", "autre")
	h.oneOf(h.query("member=brume,cran&q=piscine"), []string{"brume", "cran"})
	h.wantQuery(search.Query{AnyOf: []federation.Selection{{Members: []string{"cran"}}}}, "cran")
	h.oneOf(search.Query{AnyOf: []federation.Selection{{Members: []string{"cran"}}, {Words: "piscine", Members: []string{"alba"}}}}, []string{"cran", "alba"})
}

// testPrecedence has the operator's order decide, whatever the id, and an item
// on another member's site stand for nobody.
func testPrecedence(t *testing.T, h *harness) {
	copies := grouped(from("alba", "a", "Concert", "Au parc."), from("brume", "b", "Concert", "Au parc."), from("cran", "c", "Concert", "Au parc."))
	a, b, c := copies[0].ID, copies[1].ID, copies[2].ID
	h.put(copies...)
	put := func(p map[string]search.Precedence) { h.apply(search.Batch{Put: copies, Precedence: p}) }
	for _, sel := range []string{"", "q=concert", "sort=newest", "sort=oldest"} {
		put(map[string]search.Precedence{a: 2, b: 1, c: 3})
		h.want(sel, "b")
		put(map[string]search.Precedence{a: 3, b: 2, c: 1})
		h.want(sel, "c")
		put(map[string]search.Precedence{a: 2, b: search.Elsewhere, c: search.Elsewhere + 1})
		h.want(sel, "a")
		put(map[string]search.Precedence{a: search.Elsewhere + 2, b: search.Elsewhere, c: search.Elsewhere + 1})
		h.wantSet(sel, "a", "b", "c")
	}
	h.want("member=alba", "a")
	h.wantSet("member=alba,brume", "a", "b")
	put(map[string]search.Precedence{a: 1, b: 2, c: search.Elsewhere})
	h.wantSet("member=brume,cran", "b")
	h.want("member=cran", "c")
}

// testNeverFolded has official acts, and texts of which nothing is known, stand
// each for itself.
func testNeverFolded(t *testing.T, h *harness) {
	for _, typ := range []federation.ItemType{federation.AlertItem, federation.Notice, federation.Decision} {
		copies := grouped(from("alba", "a", "Travaux", "Rue haute."), from("brume", "b", "Travaux", "Rue haute."))
		for i := range copies {
			copies[i].Type = typ
		}
		h.put(copies...)
		h.wantSet("q=travaux", "a", "b")
		h.wantSet("type="+string(typ), "a", "b")
	}
	copies := grouped(from("alba", "a", "Travaux", "Rue haute."), from("brume", "b", "Travaux", "Rue haute."), from("cran", "c", "Travaux", "Rue haute."))
	copies[1].Wording = 2
	h.put(copies...)
	h.wantSet("q=travaux&member=alba,brume", "a", "b")
	copies[0].Wording, copies[2].Wording = 0, 0
	h.put(copies...)
	h.wantSet("q=travaux", "a", "b", "c")
}

// oneOf wants one hit of each list, and nothing else.
func (h *harness) oneOf(q search.Query, lists ...[]string) {
	h.t.Helper()
	res := h.find(q)
	got := h.listed(res)
	if len(got) != len(lists) || res.Total != len(lists) {
		h.t.Errorf("Search(%q, any of %v) = %q of %d, want one of each of %q", q.Select, q.AnyOf, got, res.Total, lists)
		return
	}
	for _, list := range lists {
		if !slices.ContainsFunc(list, func(name string) bool { return slices.Contains(got, name) }) {
			h.t.Errorf("Search(%q, any of %v) = %q, want one of %q", q.Select, q.AnyOf, got, list)
		}
	}
}

// testGroupsInPages walks through random groups in every order and with pages
// of every size: each group is met once, in pages as in one list.
func testGroupsInPages(t *testing.T, h *harness) {
	random := rand.New(rand.NewPCG(4, 2))
	var items []federation.Item
	for n := range 200 {
		it := from(fmt.Sprint("m", random.IntN(9)), fmt.Sprint(n), "Marché de la place", fmt.Sprint("Fruits et légumes ", random.IntN(5)))
		it.Published = someDay.AddDate(0, 0, -random.IntN(8))
		it.Group, it.Wording = it.ID, 1
		if n > 20 && random.IntN(3) > 0 {
			it.Group = items[random.IntN(20)].ID
		}
		if random.IntN(4) == 0 {
			it.Group = ""
		}
		items = append(items, it)
	}
	for batch := range slices.Chunk(items, 33) {
		h.put(batch...)
	}
	for _, sel := range []string{"", "sort=oldest", "q=fruits", "q=fruits 3", "member=m1,m2,m3", "q=marc", "member=m4"} {
		for _, limit := range []int{1, 7, 50} {
			h.walkGroups(items, sel, limit)
		}
	}
}

func (h *harness) walkGroups(items []federation.Item, sel string, limit int) {
	h.t.Helper()
	q := h.query(sel)
	q.Select.Limit = 100
	var all []string
	for res := h.find(q); ; res = h.find(q) {
		all = append(all, h.listed(res)...)
		if q.After = res.Next; res.Next == "" {
			break
		}
	}
	want := map[string]bool{} // groups and items alone that match
	key := func(it federation.Item) string {
		if k := search.FoldKey(it); k != "" {
			return k
		}
		return "alone " + it.ID
	}
	matching := q.Select
	matching.Words = "" // all have them, or nearly
	byName := map[string]federation.Item{}
	for _, it := range items {
		byName[it.OriginID] = it
		if matching.Match(it) && (q.Select.Words != "fruits 3" || it.Content.Text() == "Fruits et légumes 3") {
			want[key(it)] = true
		}
	}
	q.After, q.Select.Limit = "", limit
	var paged []string
	met := map[string]bool{}
	for {
		res := h.find(q)
		if res.Total != len(want) {
			h.t.Fatalf("Search(%q).Total = %d, want %d", sel, res.Total, len(want))
		}
		paged = append(paged, h.listed(res)...)
		if q.After = res.Next; res.Next == "" {
			break
		}
	}
	for _, name := range paged {
		if k := key(byName[name]); met[k] || !want[k] {
			h.t.Fatalf("Search(%q) by %d: %q is there twice or unasked", sel, limit, name)
		} else {
			met[k] = true
		}
	}
	if len(met) != len(want) || !slices.Equal(paged, all) {
		h.t.Errorf("Search(%q) by %d: %d of %d groups; the pages give %q, one list %q", sel, limit, len(met), len(want), paged, all)
	}
}

// testGroupsChange has items join and leave a group.
func testGroupsChange(t *testing.T, h *harness) {
	a, b := from("alba", "a", "Concert", "Au parc."), from("brume", "b", "Concert", "Au parc.")
	h.put(a, b)
	h.wantSet("q=concert", "a", "b")
	h.put(grouped(a, b)...)
	h.oneOf(h.query("q=concert"), []string{"a", "b"})
	h.apply(search.Batch{Delete: []string{a.ID}})
	h.want("q=concert", "b")
	h.put(b, a)
	h.wantSet("q=concert", "a", "b")
}
