package portal

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// found are the titles of a page's results, in order.
func found(t *testing.T, body string) []string {
	t.Helper()
	var out []string
	for n := range nodes(t, body) {
		if n.Data != "h2" || n.Parent == nil || attr(n.Parent, "class") != "text" {
			continue
		}
		var b strings.Builder
		for c := range n.Descendants() {
			if c.FirstChild == nil {
				b.WriteString(c.Data)
			}
		}
		out = append(out, b.String())
	}
	return out
}

func TestSearchForgives(t *testing.T) {
	h := newHub(t)
	for _, q := range []string{"dechets", "DÉCHETS", "décehts", "dechett"} {
		got := found(t, h.get("/search?q="+url.QueryEscape(q)).Body.String())
		if len(got) == 0 || !strings.HasPrefix(got[0], "Collecte des déchets") {
			t.Errorf("search for %q finds %q", q, got)
		}
	}
}

func TestCorrectionIsTold(t *testing.T) {
	h := newHub(t)
	body := h.get("/search?q=verjer").Body.String()
	if !strings.Contains(body, `value="verjer"`) || !strings.Contains(body, "verjer") {
		t.Error("the words typed are not in the box")
	}
	if !slices.Contains(links(t, body), "/search?q=verger") {
		t.Errorf("no link to the search as corrected; links %q", links(t, body))
	}
}

func TestFiltersRoundTrip(t *testing.T) {
	h := newHub(t)
	// What a browser sends for the form with two boxes ticked.
	form := "/search?q=&near=&radius=15&postcode=&member=bellerive&member=hautecombe&type=news&from=&to=&sort=newest"
	body := h.get(form).Body.String()
	want := []string{"La passerelle du Moulin rouvre aux piétons et aux vélos", "Un verger partagé derrière l’école communale",
		"Collecte des déchets\u00a0: le calendrier change en décembre", "Le bureau de poste déménage à la maison communale"}
	if diff := cmp.Diff(want, found(t, body)); diff != "" {
		t.Errorf("results of %s (-want +got):\n%s", form, diff)
	}
	var ticked []string
	for n := range nodes(t, body) {
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
			ticked = append(ticked, attr(n, "value"))
		}
	}
	if diff := cmp.Diff([]string{"bellerive", "hautecombe", "news"}, sorted(ticked)); diff != "" {
		t.Errorf("boxes ticked (-want +got):\n%s", diff)
	}
	for _, link := range []string{"/search?member=hautecombe&sort=newest&type=news", "/search?member=bellerive&sort=newest&type=news",
		"/search?member=bellerive,hautecombe&sort=newest", "/feed.rss?member=bellerive,hautecombe&sort=newest&type=news"} {
		if !slices.Contains(links(t, body), link) {
			t.Errorf("no link %s", link)
		}
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	h := newHub(t)
	var all []string
	path := "/search?limit=10&ui=nl"
	for range 5 {
		body := h.get(path).Body.String()
		all = append(all, found(t, body)...)
		next := ""
		for n := range nodes(t, body) {
			if attr(n, "rel") == "next" {
				next = attr(n, "href")
			}
		}
		if next == "" {
			break
		}
		path = next
	}
	if len(all) != len(h.items) {
		t.Errorf("the pages hold %d items, want %d", len(all), len(h.items))
	}
	if n := len(slices.Compact(sorted(all))); n != len(all) {
		t.Errorf("the pages hold %d different items of %d", n, len(all))
	}
}

func TestDistanceIsShown(t *testing.T) {
	h := newHub(t)
	body := h.get("/search?near=50.43,4.61&radius=50&sort=distance&member=hautecombe&type=news").Body.String()
	if !strings.Contains(body, "à 7,8 km") {
		t.Errorf("no distance of Hautecombe from Bellerive in %q", found(t, body))
	}
	if !strings.Contains(body, `value="Bellerive-sur-Ornelle" maxlength`) {
		t.Error("the place asked for is not chosen in the form")
	}
}

func TestNothingFoundOffersMore(t *testing.T) {
	h := newHub(t)
	body := h.get("/search?q=passerelle&type=service&member=bellerive").Body.String()
	for _, want := range []string{"/search?member=bellerive&q=passerelle", "/search?q=passerelle"} {
		if !slices.Contains(links(t, body), want) {
			t.Errorf("no wider search %s in %q", want, links(t, body))
		}
	}
	if got := found(t, body); len(got) != 0 {
		t.Errorf("found %q", got)
	}
}

func TestSegments(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want []segment
	}{
		{"", nil},
		{"a &lt;b&gt; &amp;amp; &#39;", []segment{{"a <b> &amp; '", false}}},
		{"<mark>eau</mark> de l&#39;<mark>Ornelle</mark>", []segment{{"eau", true}, {" de l'", false}, {"Ornelle", true}}},
		{"cut <mark>off", []segment{{"cut ", false}, {"off", true}}},
		{"<script>alert(1)</script>", []segment{{"<script>alert(1)</script>", false}}},
	} {
		if diff := cmp.Diff(tc.want, segments(tc.in)); diff != "" {
			t.Errorf("segments(%q) (-want +got):\n%s", tc.in, diff)
		}
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// TestEveryResultPageIsAFeed: by links that people see and by those that
// programs look for, the same; a calendar unless nothing of the kind has dates.
func TestEveryResultPageIsAFeed(t *testing.T) {
	h := newHub(t)
	for path, want := range map[string]string{
		"/search?q=passerelle&type=news":      "/feed.rss?q=passerelle&type=news /feed.atom?q=passerelle&type=news /feed.json?q=passerelle&type=news",
		"/search?member=bellerive&limit=1":    "/feed.rss?member=bellerive /feed.atom?member=bellerive /feed.json?member=bellerive /feed.ics?member=bellerive",
		"/search?type=event&ui=nl":            "/feed.rss?sort=start&type=event /feed.atom?sort=start&type=event /feed.json?sort=start&type=event /feed.ics?type=event",
		"/search?q=xyzzyq&type=event":         "/feed.rss?q=xyzzyq&type=event /feed.atom?q=xyzzyq&type=event /feed.json?q=xyzzyq&type=event /feed.ics?q=xyzzyq&type=event",
		"/search?place=bellerive&radius=5&q=": "",
	} {
		body := h.get(path).Body.String()
		var found, seen []string
		for n := range nodes(t, body) {
			if n.Data == "link" && attr(n, "rel") == "alternate" && attr(n, "type") != "" {
				found = append(found, attr(n, "href"))
			}
			if n.Data == "a" && attr(n, "type") != "" {
				seen = append(seen, attr(n, "href"))
			}
		}
		if got := strings.Join(found, " "); got != want || strings.Join(seen, " ") != want {
			t.Errorf("GET %s leads to the feeds %q, by links that are seen %q, want %q", path, got, seen, want)
		}
	}
}

// TestAddressToShare: it is the selection, without language, page or tracker.
func TestAddressToShare(t *testing.T) {
	h := newHub(t)
	body := h.get("/search?type=event,news&limit=3&ui=de&q=die").Body.String()
	want := "https://hub.example/search?limit=3&q=die&type=event,news"
	shown := 0
	for n := range nodes(t, body) {
		if n.Data == "link" && attr(n, "rel") == "canonical" || n.Data == "button" && attr(n, "data-copy") != "" || n.Data == "a" && strings.HasPrefix(attr(n, "href"), "https://hub.example/search") {
			shown++
			if got := attr(n, "href") + attr(n, "data-copy"); got != want {
				t.Errorf("<%s> has the address %q, want %q", n.Data, got, want)
			}
		}
	}
	if shown != 3 {
		t.Errorf("the address stands in %d places, want 3", shown)
	}
}

// TestWhomToAsk: a page without results leads to those who may know: the
// members that were chosen or serve the postal code, else the operator.
func TestWhomToAsk(t *testing.T) {
	h := newHub(t)
	for query, want := range map[string][]string{
		"q=xyzzyq&member=bellerive,hautecombe": {"https://www.bellerive.example/", "https://www.hautecombe.example/"},
		"q=xyzzyq&postcode=5070":               {"https://www.hautecombe.example/"},
		"q=xyzzyq&member=bellerive&ui=nl":      {"https://www.bellerive.example/"},
		"q=xyzzyq":                             nil,
		"q=passerelle&member=bellerive":        nil, // something is found
	} {
		got := slices.DeleteFunc(links(t, h.get("/search?"+query).Body.String()), func(l string) bool { return !strings.HasPrefix(l, "https://www.") })
		if !slices.Equal(got, want) {
			t.Errorf("GET /search?%s leads to %q, want %q", query, got, want)
		}
	}
	owned := ownedHub(t, nil)
	contact := owned.portal.cats.Current().Hub.Links.Contact
	body := owned.get("/search?q=xyzzyq&ui=fr").Body.String()
	if _, list, _ := strings.Cut(body, "À qui demander"); contact == "" || !strings.Contains(list[:min(len(list), 300)], contact) {
		t.Errorf("the operator's %q is not named", contact)
	}
}
