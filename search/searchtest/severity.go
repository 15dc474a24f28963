package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// warning is an alert of a member that is in force for a hundred years.
func warning(member, name, severity, urgency string) federation.Item {
	it := from(member, name, "Alerte "+name, "Prudence.")
	now := time.Now().UTC().Truncate(time.Second)
	it.Type, it.Alert = federation.AlertItem, &federation.Alert{Severity: severity, Urgency: urgency}
	it.Published, it.FirstSeen, it.Expires = now.Add(-time.Hour), now.Add(-time.Hour), now.AddDate(0, 0, 20)
	return it
}

// ranked is a query in which members have the authority that their names begin
// with: "9-region".
func (h *harness) ranked(selection string, members ...string) search.Query {
	q := h.query(selection)
	q.Authority = map[string]int{}
	for _, m := range members {
		q.Authority[m] = int(m[0] - '0')
	}
	return q
}

// testSeverity: severity, then urgency, authority and date; what is over is
// behind all that is in force, and what is no alert behind that.
func testSeverity(t *testing.T, h *harness) {
	now := time.Now()
	late := warning("3-commune", "late", "moderate", "expected")
	late.Published, late.FirstSeen = now, now
	ended := warning("9-region", "ended", "extreme", "immediate")
	ended.Alert.Ended = true
	past := warning("9-region", "past", "extreme", "immediate")
	past.Expires, past.Published = now.Add(-time.Hour), now.Add(-2*time.Hour)
	endless := warning("9-region", "endless", "extreme", "immediate")
	endless.Expires, endless.Published = time.Time{}, now.AddDate(0, 0, -4)
	forever := warning("9-region", "forever", "extreme", "immediate")
	forever.Expires, forever.Published = now.AddDate(80, 0, 0), now.AddDate(0, 0, -5)
	plain := warning("9-region", "plain", "", "")
	plain.Alert = nil
	h.put(warning("3-commune", "minor", "minor", "immediate"), late, warning("3-commune", "early", "moderate", "expected"),
		warning("3-commune", "soon", "moderate", "immediate"), warning("9-region", "region", "moderate", "expected"),
		warning("3-commune", "extreme", "extreme", "unknown"), plain, ended, past, endless, forever, item("news", "Alerte", "Rien."))
	want := []string{"extreme", "soon", "region", "late", "early", "minor", "plain", "ended", "past", "endless", "forever"}
	h.wantQuery(h.ranked("type=alert", "3-commune", "9-region"), want...)
	h.wantQuery(h.ranked("sort=severity", "3-commune", "9-region"), append(want, "news")...)
	h.wantQuery(h.ranked("sort=severity&q=alerte", "3-commune", "9-region"), append(want, "news")...)
	h.wantQuery(h.ranked("type=alert&member=3-commune", "3-commune"), "extreme", "soon", "late", "early", "minor")
	h.put(warning("3-commune", "minor", "extreme", "immediate"))
	if got := h.listed(h.find(h.query("type=alert&limit=1"))); !slices.Equal(got, []string{"minor"}) {
		t.Errorf("an alert that became graver: first is %q", got)
	}
}

// testSeverityFirst has one extreme alert among sixty newer ones, in one source
// and in several, and with other words around it.
func testSeverityFirst(t *testing.T, h *harness) {
	old := warning("commune", "evacuate", "extreme", "expected")
	old.Published, old.FirstSeen = someDay, someDay
	old.Expires = time.Now().AddDate(0, 0, 1)
	old.Published = old.Expires.AddDate(0, 0, -30)
	h.put(old)
	for i := range 60 {
		h.put(warning([]string{"commune", "voisine", "autre"}[i%3], fmt.Sprint("minor", i), "minor", "immediate"))
	}
	for _, s := range []string{"type=alert", "type=alert&limit=3", "type=alert&limit=1", "sort=severity&limit=20", "type=alert&member=commune&limit=2", "type=alert&q=alerte&sort=severity&limit=5"} {
		res := h.find(h.query(s))
		if got := h.listed(res); len(got) == 0 || got[0] != "evacuate" {
			t.Errorf("Search(%q) = %q, want evacuate first", s, got)
		}
	}
}

// testSeverityShared: a member that calls everything extreme leaves room for the
// others of no less authority, who may then be less grave; one that is above the
// others yields nothing to them.
func testSeverityShared(t *testing.T, h *harness) {
	for i := range 9 {
		h.put(warning("3-loud", fmt.Sprint("loud", i), "extreme", "immediate"))
	}
	h.put(warning("9-region", "official", "severe", "expected"), warning("3-other", "other", "minor", "future"),
		warning("1-club", "club", "minor", "future"))
	members := []string{"3-loud", "9-region", "3-other", "1-club"}
	for limit, want := range map[int][]string{2: {"official"}, 3: {"official"}, 6: {"official", "other"}, 12: {"official", "other", "club"}} {
		got := h.listed(h.find(h.ranked(fmt.Sprint("type=alert&limit=", limit), members...)))
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("the first %d are %q, want %s among them", limit, got, name)
			}
		}
		if got[0][:4] != "loud" || len(got) != limit {
			t.Errorf("the first %d are %q, want the gravest first", limit, got)
		}
	}
	for i := range 4 {
		h.put(warning("9-region", fmt.Sprint("grave", i), "extreme", "immediate"))
	}
	got := h.listed(h.find(h.ranked("type=alert&limit=4&member=9-region,3-other", members...)))
	slices.Sort(got)
	if diff := cmp.Diff([]string{"grave0", "grave1", "grave2", "grave3"}, got); diff != "" {
		t.Errorf("a region beside a municipality with less to say (-want +got):\n%s", diff)
	}
}

// testSeverityInPages: pages of every size hold each alert once, the gravest of
// a page first, and all in force before those that are over.
func testSeverityInPages(t *testing.T, h *harness) {
	random := rand.New(rand.NewPCG(7, 7))
	over := map[string]bool{}
	gravity := map[string]int{}
	var names, members []string
	for i := range 83 {
		it := warning(fmt.Sprint(min(random.IntN(5), random.IntN(5)), "-m"), fmt.Sprintf("a%02d", i),
			federation.Severities[random.IntN(5)], federation.Urgencies[random.IntN(5)])
		if over[it.OriginID] = i%4 == 0; i%4 == 0 {
			it.Alert.Ended = true
		}
		gravity[it.OriginID] = it.Gravity()
		names, members = append(names, it.OriginID), append(members, it.Member)
		h.put(it)
	}
	for _, limit := range []int{1, 2, 3, 7, 20, 83, 100} {
		q := h.ranked(fmt.Sprint("type=alert&limit=", limit), members...)
		got, total := h.pages(q, func() {})
		for page := range slices.Chunk(got, limit) {
			if !slices.IsSortedFunc(page, func(a, b string) int {
				if over[a] || over[b] {
					return 0
				}
				return gravity[a] - gravity[b]
			}) {
				t.Errorf("a page of %d is %q, not the gravest first", limit, page)
			}
		}
		if i := slices.IndexFunc(got, func(n string) bool { return over[n] }); slices.ContainsFunc(got[i:], func(n string) bool { return !over[n] }) {
			t.Errorf("pages of %d: an alert in force stands behind one that is over: %q", limit, got)
		}
		slices.Sort(got)
		if diff := cmp.Diff(names, got); diff != "" || total != len(names) {
			t.Errorf("pages of %d, total %d (-want +got):\n%s", limit, total, diff)
		}
	}
}
