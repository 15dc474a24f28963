package main

import (
	"context"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/api"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/likeness"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester"
	"github.com/plonegov/carillon/search"
)

// atomEntry is an entry of an Atom feed as its publisher writes it.
type atomEntry struct {
	id, title, link, text string
	updated               time.Time
	cap                   string // CAP elements, written as they are
}

func (e atomEntry) String() string {
	return fmt.Sprintf("<entry><id>%s</id><title>%s</title><link href=%q/><updated>%s</updated><summary>%s</summary>%s</entry>\n",
		html.EscapeString(e.id), html.EscapeString(e.title), e.link, e.updated.Format(time.RFC3339), html.EscapeString(e.text), e.cap)
}

// feedSite publishes feeds that a test changes, by path.
type feedSite struct {
	*publisher
	URL string
}

func newSite(t testing.TB) *feedSite {
	p, origin := newPublisher(t)
	return &feedSite{p, origin}
}

func (s *feedSite) put(path, body string) { s.publisher.put(path, bytesOf("application/xml", body)) }

func (s *feedSite) publish(path string, entries ...atomEntry) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">` +
		`<title>X</title><id>x</id><updated>2026-11-28T07:00:00Z</updated>`)
	for _, e := range entries {
		b.WriteString(e.String())
	}
	b.WriteString("</feed>")
	s.put(path, b.String())
}

// trustHub is a hub in this process that a test harvests, links and asks.
type trustHub struct {
	*hub
	t      testing.TB
	worker *harvester.Harvester
	linker *likeness.Linker
	server *api.Server
	region *region.File
}

func newTrustHub(t testing.TB, yaml string) *trustHub {
	t.Helper()
	ctx, log := context.Background(), testLog(t)
	c := hubConfig{Data: t.TempDir(), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	r, err := region.Parse("test.yaml", []byte(yaml), regionOptions(nil, false))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := openHub(ctx, log, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := region.Apply(ctx, opened.store, r, time.Now(), false); err != nil {
		t.Fatal(err)
	}
	if err := opened.catchUp(ctx); err != nil {
		t.Fatal(err)
	}
	worker, client := newHarvester(log, opened.store, c, "")
	t.Cleanup(client.Close)
	h := &trustHub{hub: opened, t: t, worker: worker, linker: likeness.NewLinker(log, opened.store), region: r}
	h.server = api.New(log, api.Config{PublicURL: "http://hub.example"}, opened.reader, opened.store, opened.service, opened.catalogue, client)
	return h
}

// harvest reads all sources, links what is alike and brings the index level.
func (h *trustHub) harvest() {
	h.t.Helper()
	ctx := context.Background()
	if _, err := h.worker.Harvest(ctx, h.region.Sources, harvester.Options{Force: true}); err != nil {
		h.t.Fatal(err)
	}
	if err := h.linker.CatchUp(ctx); err != nil {
		h.t.Fatal(err)
	}
	before, err := h.indexer.Cursor(ctx, "")
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.indexer.CatchUp(ctx); err != nil {
		h.t.Fatal(err)
	}
	changes, err := h.store.Changes(ctx, before, 1000)
	if err == nil {
		err = h.server.Changed(ctx, changes)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// list is everything of a selection, page by page.
func (h *trustHub) list(sel string) (all []search.Found) {
	h.t.Helper()
	s, err := federation.ParseSelection(sel)
	if err != nil {
		h.t.Fatal(err)
	}
	s.Limit = 40
	for {
		a, err := h.service.Search(context.Background(), search.Request{Select: s, Language: "fr"})
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, a.Items...)
		if s.Cursor = a.Next; s.Cursor == "" {
			if a.Total != len(all) {
				h.t.Fatalf("Search(%q).Total = %d, and %d in its pages", sel, a.Total, len(all))
			}
			return all
		}
	}
}

// page is what an address of the hub answers.
func (h *trustHub) page(target string) string {
	h.t.Helper()
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
	if w.Code != http.StatusOK {
		h.t.Fatalf("GET %s = %d: %.300s", target, w.Code, w.Body)
	}
	return w.Body.String()
}

// trials replaces the two sites of a shared trial by those of the test.
func trials(t testing.TB, name, official, attacker string) string {
	t.Helper()
	b, err := os.ReadFile(shareddata.Dir(t, "trials", "trust", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("http://127.0.0.1:19001", official, "http://127.0.0.1:19002", attacker).Replace(string(b))
}

// TestTrialLikeness: an item that is edited into a copy of another member's,
// with a line of its own before it, hides nothing and is not said to be the
// other's.
func TestTrialLikeness(t *testing.T) {
	official, attacker := newSite(t), newSite(t)
	h := newTrustHub(t, trials(t, "region-nomal.yaml", official.URL, attacker.URL)+
		"  - {slug: mal, kind: commune, name: Mal, url: '"+attacker.URL+"', languages: [fr], sources: [{slug: actus, url: '"+attacker.URL+"/feed.xml', format: feed, type: news, language: fr}]}\n")
	attacker.put("/feed.xml", trials(t, "likeness-attacker-1-old.xml", official.URL, attacker.URL))
	official.put("/feed.xml", trials(t, "likeness-official.xml", official.URL, attacker.URL))
	h.harvest()
	attacker.put("/feed.xml", trials(t, "likeness-attacker-2-edited.xml", official.URL, attacker.URL))
	h.harvest()
	for _, sel := range []string{"", "type=news", "q=taxe+déchets", "member=ville", "sort=oldest"} {
		if !slices.ContainsFunc(h.list(sel), func(f search.Found) bool { return f.Member.Slug == "ville" }) {
			t.Errorf("list of %q lacks the official item", sel)
		}
	}
	for _, target := range []string{"/", "/search?q=taxe", "/api/v1/items", "/api/v1/search?q=taxe", "/feed.rss", "/embed/widget/list.html?type=news"} {
		page := h.page(target)
		if !strings.Contains(page, "Ville-Officielle") && !strings.Contains(page, official.URL+"/taxe-dechets") {
			t.Errorf("GET %s lacks the official item", target)
		}
		if strings.Contains(page, "Aussi publié par") || strings.Contains(page, `"also"`) {
			t.Errorf("GET %s names another publisher beside what they did not publish", target)
		}
	}
}

// TestTrialAlert: an alert that lifts another member's alert, and claims its
// address, replaces it nowhere.
func TestTrialAlert(t *testing.T) {
	official, attacker := newSite(t), newSite(t)
	yaml := trials(t, "region-al.yaml", official.URL, attacker.URL)
	for name, yaml := range map[string]string{"not granted": yaml, "granted": strings.Replace(yaml, "type: news", "type: alert", 1)} {
		t.Run(name, func(t *testing.T) {
			h := newTrustHub(t, yaml)
			official.put("/feed.xml", trials(t, "alert-official.atom", official.URL, attacker.URL))
			attacker.put("/feed.xml", trials(t, "alert-attacker-1-old.atom", official.URL, attacker.URL))
			h.harvest()
			for _, file := range []string{"alert-attacker-2-edited.atom", "alert-flood.atom", "news-source-declares-alert.atom"} {
				attacker.put("/feed.xml", trials(t, file, official.URL, attacker.URL))
				h.harvest()
				alerts := h.list("type=alert")
				if len(alerts) == 0 || alerts[0].Member.Slug != "gouverneur" || alerts[0].Title != "Eau non potable dans le centre" {
					t.Errorf("%s: the first alert of %d is not the governor's", file, len(alerts))
				}
				for _, target := range []string{"/", "/search?type=alert", "/channels/alertes", "/channels/alertes.rss", "/embed/p-alertes.html", "/api/v1/items?type=alert&limit=3", "/members/gouverneur"} {
					if !strings.Contains(h.page(target), "Eau non potable dans le centre") {
						t.Errorf("%s: GET %s lacks the governor's alert", file, target)
					}
				}
				if name == "not granted" && len(alerts) != 1 {
					t.Errorf("%s: %d alerts, want the governor's alone: nobody granted others", file, len(alerts))
				}
			}
		})
	}
}

// officialEntries are what the governor publishes, by path.
func officialEntries(base string) map[string]atomEntry {
	at := time.Now().Add(-time.Hour).UTC()
	long := " La mesure vaut pour tout le territoire de la province. Les habitants sont priés de suivre les consignes des autorités, " +
		"d'écouter la radio et de téléphoner au 081 24 60 11 pour toute question."
	return map[string]atomEntry{
		"/alerts": {id: "a1", title: "Eau non potable dans le centre", link: base + "/eau", updated: at, text: "Ne buvez pas l'eau du robinet." + long,
			cap: "<cap:event>Eau</cap:event><cap:urgency>Immediate</cap:urgency><cap:severity>Extreme</cap:severity><cap:certainty>Observed</cap:certainty>" +
				"<cap:status>Actual</cap:status><cap:msgType>Alert</cap:msgType><cap:expires>" + at.Add(48*time.Hour).Format(time.RFC3339) + "</cap:expires><cap:areaDesc>Centre</cap:areaDesc>"},
		"/notices":   {id: "n1", title: "Enquête publique sur le plan d'eau", link: base + "/enquete", updated: at, text: "L'enquête est ouverte jusqu'au 15 décembre." + long},
		"/decisions": {id: "d1", title: "Taxe sur les déchets ménagers", link: base + "/taxe", updated: at, text: "Le conseil fixe la taxe à 85 euros, à payer au compte BE71 0961 2345 6769." + long},
		"/news":      {id: "w1", title: "Travaux au pont de la gare", link: base + "/pont", updated: at, text: "Le pont est fermé du 1er au 20 décembre." + long},
	}
}

// attack is an entry made of an official one by every means a publisher has.
func attack(r *rand.Rand, official atomEntry, base, officialBase string, n int) atomEntry {
	e := official
	e.id = fmt.Sprint("m", n)
	if r.IntN(3) == 0 {
		e.id = official.id
	}
	if r.IntN(2) == 0 {
		e.link = base + fmt.Sprint("/", n)
	}
	if r.IntN(6) == 0 {
		e.link = officialBase + "/copie"
	}
	switch r.IntN(8) {
	case 0:
		e.text = "Ce n'est plus vrai: " + e.text
	case 1:
		e.text = strings.Replace(e.text, "6769", "9999", 1) + " Payez avant ce soir."
	case 2:
		e.text = strings.Replace(e.text, "081 24 60 11", "0900 12 34 56", 1)
	case 3:
		e.title = "ANNULÉ: " + e.title
	case 4:
		words := strings.Fields(e.text)
		e.text = strings.Join(words[:len(words)/2], " ")
	case 5:
		e.title, e.text = e.title+"\u200b", e.text+"\u202e"
	case 6:
		e.text = e.text + " " + base + "/payer"
	}
	switch r.IntN(4) {
	case 0:
		e.updated = time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	case 1:
		e.updated = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	case 2:
		e.updated = time.Now().UTC()
	}
	if r.IntN(3) == 0 {
		e.cap = "<cap:event>x</cap:event><cap:urgency>Immediate</cap:urgency><cap:severity>Extreme</cap:severity><cap:certainty>Observed</cap:certainty>" +
			"<cap:status>Actual</cap:status><cap:msgType>" + []string{"Alert", "Update", "Cancel"}[r.IntN(3)] + "</cap:msgType>" +
			"<cap:references>x,a1," + official.updated.Format(time.RFC3339) + "</cap:references><cap:responseType>AllClear</cap:responseType>" +
			"<cap:expires>2099-01-01T00:00:00Z</cap:expires><cap:areaDesc>Toute la province</cap:areaDesc>"
	}
	return e
}

// TestAttackerHidesNothing has a member edit its items in 200 random ways: no
// official act of another is ever missing from a list that it matches, no news
// of another is replaced by anything but its very words, and no item whose
// address is on another member's site stands for one.
func TestAttackerHidesNothing(t *testing.T) {
	official, attacker := newSite(t), newSite(t)
	var sources [2]strings.Builder
	for _, path := range []string{"alert", "notice", "decision", "new"} {
		typ := path + "s"
		itemType := path
		if path == "new" {
			itemType = "news"
		}
		for i, base := range []string{official.URL, attacker.URL} {
			fmt.Fprintf(&sources[i], "{slug: %s, url: '%s/%s', format: feed, type: %s, language: fr},", typ, base, typ, itemType)
		}
	}
	h := newTrustHub(t, "members:\n"+
		"  - {slug: mal, kind: commune, name: Mal-sur-Ombre, url: '"+attacker.URL+"', languages: [fr], sources: ["+sources[1].String()+"]}\n"+
		"  - {slug: ville, kind: commune, name: Ville, url: '"+official.URL+"', languages: [fr], sources: ["+sources[0].String()+"]}\n")
	acts := officialEntries(official.URL)
	r := rand.New(rand.NewPCG(7, 7))
	for path := range acts {
		attacker.publish(path, atomEntry{id: "m1", title: "Brocante", link: attacker.URL + "/b", text: "Vieux texte.", updated: time.Now().Add(-1000 * time.Hour)})
		official.publish(path)
	}
	h.harvest()
	for path, e := range acts {
		official.publish(path, e)
	}
	folded := 0
	for round := range 200 {
		for path, e := range acts {
			target := e
			if r.IntN(4) == 0 {
				target = acts[[]string{"/alerts", "/notices", "/decisions", "/news"}[r.IntN(4)]]
			}
			var list []atomEntry
			for n := range 1 + r.IntN(3) {
				list = append(list, attack(r, target, attacker.URL, official.URL, n))
			}
			attacker.publish(path, list...)
		}
		h.harvest()
		folded += h.wantOfficial(round, acts, official.URL)
		if t.Failed() {
			return
		}
	}
	if folded == 0 {
		t.Error("no list ever showed one item for two equal ones: the test never came near what it is about")
	}
}

// wantOfficial looks for the official items in every list that they match, and
// returns how many copies of the news are shown by one for all.
func (h *trustHub) wantOfficial(round int, acts map[string]atomEntry, site string) (folded int) {
	h.t.Helper()
	for path, e := range acts {
		typ := strings.TrimSuffix(path[1:], "s")
		if path == "/news" {
			typ = "news"
		}
		for _, sel := range []string{"", "type=" + typ, "member=ville", "member=ville,mal&sort=oldest", "q=" + strings.Fields(e.title)[0]} {
			list := h.list(sel)
			at := slices.IndexFunc(list, func(f search.Found) bool {
				return f.Member.Slug == "ville" && f.Title == e.title && string(f.Type) == typ
			})
			if at >= 0 {
				continue
			}
			stands := slices.IndexFunc(list, func(f search.Found) bool { return f.Title == e.title && f.Summary == e.text })
			if typ != "news" || stands < 0 {
				h.t.Errorf("round %d: list of %q lacks the official %s", round, sel, typ)
			} else if strings.HasPrefix(list[stands].URL, site) {
				h.t.Errorf("round %d: list of %q: an item of mal on the site of ville stands for ville's", round, sel)
			}
		}
	}
	return len(h.list("member=ville&type=news")) + len(h.list("member=mal&type=news")) - len(h.list("type=news"))
}

// TestStandsFor: of equal news, what decides is on whose site it is, the
// operator's order, and when the text was first seen; never an id or a date.
func TestStandsFor(t *testing.T) {
	a, b := newSite(t), newSite(t)
	text := "Le pont de la gare est fermé aux voitures du 1er au 20 décembre pour le remplacement des joints de dilatation et de l'éclairage."
	news := func(id, link string, at time.Time) atomEntry {
		return atomEntry{id: id, title: "Pont fermé", link: link, text: text, updated: at}
	}
	other := atomEntry{id: "x", title: "Brocante", link: b.URL + "/x", text: "Vieux papiers, livres et jouets sur la place tous les dimanches de décembre, de neuf heures à midi.", updated: time.Now()}
	past, future := time.Now().Add(-9000*time.Hour), time.Now().AddDate(5, 0, 0)
	for _, tt := range []struct {
		name, aIs, bIs string // kind and more of two members
		aLink, bLink   string
		before         []atomEntry // of b, at a first harvest
		first          string      // whose text the hub sees first, "" = both at once
		bDate          time.Time
		want           []string
	}{
		{"first seen", "commune", "commune", a.URL + "/1", b.URL + "/1", nil, "a", past, []string{"a"}},
		{"first seen, the other way round", "commune", "commune", a.URL + "/1", b.URL + "/1", nil, "b", future, []string{"b"}},
		{"an old item made a copy", "commune", "commune", a.URL + "/1", b.URL + "/1", []atomEntry{{id: "1", title: other.title, link: other.link, text: other.text, updated: past}}, "a", past, []string{"a"}},
		{"the region's copy", "region", "commune", a.URL + "/1", b.URL + "/1", nil, "b", past, []string{"a"}},
		{"the operator says otherwise", "region", "association, authority: 99", a.URL + "/1", b.URL + "/1", nil, "a", past, []string{"b"}},
		{"an address on the other's site", "commune", "region", a.URL + "/1", a.URL + "/1", nil, "b", past, []string{"a"}},
		{"each on the other's site", "commune", "commune", b.URL + "/1", a.URL + "/1", nil, "b", past, []string{"a", "b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newTrustHub(t, fmt.Sprintf("members:\n"+
				"  - {slug: a, kind: %s, name: Ah, url: '%s', languages: [fr], sources: [{slug: n, url: '%[2]s/feed', format: feed, type: news}]}\n"+
				"  - {slug: b, kind: %s, name: Be, url: '%s', languages: [fr], sources: [{slug: n, url: '%[4]s/feed', format: feed, type: news}]}\n", tt.aIs, a.URL, tt.bIs, b.URL))
			ofA, ofB := news("1", tt.aLink, time.Now()), news("1", tt.bLink, tt.bDate)
			a.publish("/feed")
			b.publish("/feed", tt.before...)
			h.harvest()
			if tt.first != "b" {
				a.publish("/feed", ofA)
			}
			if tt.first != "a" {
				b.publish("/feed", ofB)
			}
			h.harvest()
			a.publish("/feed", ofA)
			b.publish("/feed", ofB)
			h.harvest()
			var got []string
			for _, f := range h.list("type=news") {
				if f.Title == ofA.title {
					got = append(got, f.Member.Slug)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("the list shows the news of %q, want of %q", got, tt.want)
			}
			if own := h.list("member=b&q=pont"); len(own) != 1 {
				t.Errorf("member=b lists %d, want its own: it is hidden from mixed lists alone", len(own))
			}
		})
	}
}
