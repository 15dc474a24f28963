package portal

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestTypedPlace: the form's place is answered with the address of what it
// means, which is the selection alone.
func TestTypedPlace(t *testing.T) {
	h := newHub(t)
	for _, c := range []struct{ form, want string }{
		{"q=eau&place=Bellerive-sur-Ornelle&radius=15", "/search?near=50.43,4.61&q=eau&radius=15"},
		{"place=bellerive+SUR+ornelle&radius=15&ui=de", "/search?near=50.43,4.61&radius=15&ui=de"},
		{"place=haute&radius=5&type=news&type=event", "/search?near=50.47,4.7&radius=5&type=event,news"},
		{"place=Das+Ornelleland&radius=50", "/search?near=50.45,4.65&radius=50"},
		{"place=5060&radius=15", "/search?postcode=5060"},
		{"place=5060+Bellerive&radius=15", "/search?postcode=5060"},
		{"place=1234+ab&radius=15", "/search?postcode=1234AB"},
		{"place=Les+Amis+du+canal&radius=15", "/search?member=amis"},
		{"place=&radius=15&q=eau&member=&from=", "/search?q=eau"},
		{"place=+&radius=15&sort=distance", "/search"},
		{"place=&near=50.1,4.1&radius=10", "/search?near=50.1,4.1&radius=10"},
		{"place=rosenthal&near=50.1,4.1&radius=10", "/search?near=50.3,6.05&radius=10"},
	} {
		w := h.get("/search?" + c.form)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != c.want {
			t.Errorf("GET /search?%s = %d to %q, want 303 to %q", c.form, w.Code, got, c.want)
		}
		if again := h.get(c.want); again.Code != http.StatusOK {
			t.Errorf("GET %s = %d", c.want, again.Code)
		}
	}
	for _, typed := range []string{"Atlantis", "be", "le", "-", "'", "\xff\xfe", "<script>"} { // "le" begins two names
		if w := h.get("/search?place=" + url.QueryEscape(typed)); w.Code != http.StatusBadRequest {
			t.Errorf("place %q = %d, want 400", typed, w.Code)
		}
	}
}

// TestPlaceComesBack: what the form shows of a place, sent again, is the same
// place.
func TestPlaceComesBack(t *testing.T) {
	h := newHub(t)
	for path, want := range map[string]string{
		"/search?near=50.43,4.61&radius=25": "Bellerive-sur-Ornelle", "/search?postcode=5070": "5070",
		"/search?near=50.1,4.1&radius=10": "", "/search": "",
	} {
		body := h.get(path).Body.String()
		form := url.Values{"radius": {"25"}}
		for n := range nodes(t, body) {
			if n.Data == "input" && slices.Contains([]string{"place", "near"}, attr(n, "name")) {
				form.Add(attr(n, "name"), attr(n, "value"))
			}
		}
		if form.Get("place") != want {
			t.Errorf("GET %s shows the place %q, want %q", path, form.Get("place"), want)
		}
		if path == "/search?near=50.1,4.1&radius=10" && form.Get("near") != "50.1,4.1" {
			t.Errorf("GET %s: its form forgets where", path)
		}
	}
}

func TestPeriods(t *testing.T) {
	h := newHub(t)
	at := func(day string, types ...federation.ItemType) []string {
		now, err := time.Parse(time.RFC3339, day+"T22:59:00Z") // a minute before midnight here
		if err != nil {
			t.Fatal(err)
		}
		v := mustVisit(t, h, "/search")
		v.now = now
		var out []string
		for _, p := range v.periods(federation.Selection{Types: types}) {
			out = append(out, p.Text+" "+p.URL)
		}
		return out
	}
	want := []string{"Aujourd’hui /search?from=2026-11-25&to=2026-11-25", "Cette semaine /search?from=2026-11-23&to=2026-11-29",
		"Ce mois-ci /search?from=2026-11-01&to=2026-11-30", "Cette année /search?from=2026-01-01&to=2026-12-31"}
	if diff := cmp.Diff(want, at("2026-11-25")); diff != "" {
		t.Errorf("of all types, on a Wednesday (-want +got):\n%s", diff)
	}
	want = []string{"À venir /search?from=2026-12-27&type=event", "Aujourd’hui /search?from=2026-12-27&to=2026-12-27&type=event",
		"Ce week-end /search?from=2026-12-27&to=2026-12-27&type=event", "Cette semaine /search?from=2026-12-27&to=2026-12-27&type=event",
		"Ce mois-ci /search?from=2026-12-27&to=2026-12-31&type=event", "Le mois prochain /search?from=2027-01-01&to=2027-01-31&type=event"}
	if diff := cmp.Diff(want, at("2026-12-27", federation.EventItem)); diff != "" {
		t.Errorf("of events, on the last Sunday of the year (-want +got):\n%s", diff)
	}
	body := h.get("/search?from=2026-11-01&to=2026-11-30&q=eau").Body.String()
	chosen := 0
	for n := range nodes(t, body) {
		if n.Data == "a" && attr(n, "aria-current") == "true" && attr(n, "href") == "/search?q=eau" {
			chosen++
		}
	}
	if chosen != 1 {
		t.Errorf("of this month's dates %d shortcuts are marked with a way back, want 1", chosen)
	}
}
