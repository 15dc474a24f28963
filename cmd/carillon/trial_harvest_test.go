package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// fact is what the item of a trial with the title must show: see facts.
type fact struct{ title, name, want string }

// TestTrialsOfHarvest reads each kind of fault of the shared trials and asks for
// the value that its notes say is right. 01 to 04 are TestTrialHome,
// TestTrialDays and TestTrialAge, for they are told by more than a value.
func TestTrialsOfHarvest(t *testing.T) {
	for _, c := range []struct {
		folder, file string
		titles       string // of all items, in order, where that is what is asked
		facts        []fact
	}{
		{"05-tzid-with-colon", "decalage.ics", "", []fact{
			{"A GMT nu", "start", "2027-07-12T18:00Z"}, {"B offset nu", "start", "2027-07-13T18:00Z"}, {"C UTC+02:00 cité", "start", "2027-07-14T18:00Z"},
			{"D (GMT +01:00) cité", "start", "2027-07-15T19:00Z"}, {"E TZID et Z", "start", "2027-07-16T18:00Z"}, {"F param X", "start", "2027-07-17T18:00Z"},
			{"G contrôle", "start", "2027-07-18T18:00Z"}, {"H UTC+2:00 nu avec VTIMEZONE", "start", "2027-07-19T18:00Z"}}},
		{"06-plone-ics-midnight-dates", "plone.ics", "", []fact{
			{"Conférence A", "days", "0218 10:30,0219 10:30,0221 10:30,0222 10:30,0306 10:30"}, {"Conférence B", "days", "0318 10:30,0330 10:30,0331 10:30,0401 10:30"},
			{"Conférence C", "days", "0418 10:30,0425 10:30,0502 09:00"}, {"Conférence D minuit UTC", "days", "0518 10:30,0520 10:30"}}},
		{"07-xml-base-on-content", "bulletin.atom", "", []fact{
			{"Budget participatif", "lead", "@/2026/10/12/vue.jpg"}, {"Budget participatif", "links", "@/2026/10/12/annexe.pdf"}}},
		{"08-links-relative-to-the-item", "journal.xml", "", []fact{
			{"Marché couvert", "lead", "@/actualites/2027/photo.jpg"},
			{"Marché couvert", "links", "@/actualites/2027/plan.pdf,@/actualites/2026/bilan.html,@/actualites/2027/marche.html#horaires"},
			{"Coupure d'eau", "links", "@/actualites/2027/plan.pdf,http://cdn.essai.example/x.pdf,@/actualites/2027/eau.html?ts=1"}}},
		{"09-lazy-images", "lazy.xml", "", []fact{
			{"A data-src", "pictures", "@/a.jpg"}, {"B data-srcset", "pictures", "@/b-1280.jpg"}, {"C noscript", "pictures", "@/c.jpg"}, {"D placeholder svg", "pictures", "@/d.webp"},
			{"E srcset only", "pictures", "@/e.jpg"}, {"F data-original", "pictures", "@/f.jpg"}, {"G normal", "pictures", "@/g.jpg"},
			{"C noscript", "lead", "@/c.jpg"}, {"F data-original", "lead", "@/f.jpg"}, {"G normal", "lead", "@/g.jpg"}}},
		{"10-embedded-video-lost", "video.xml", "", []fact{
			{"Conseil en direct", "content", `youtube.com/`}, {"Conseil en direct", "content", "Conseil communal du 3 mars</a>"}, {"Conseil en direct", "content", `"@/film.mp4"`}, {"Conseil en direct", "content", "https://www.openstreetmap.org/"}}},
		{"11-entities-and-tags-in-ics", "entites.ics", "Marché d’été & brocante", []fact{
			{"", "place", `Salle "Le Tilleul"/rue de l'Église`}, {"", "categories", "Fêtes & culture"}, {"", "content", "Café &amp; thé offerts"}, {"", "content", "Entrée libre"}}},
		{"12-quoted-printable", "vieux.ics", "Marché d’été,Cours hebdo", []fact{
			{"Marché d’été", "content", "Ligne 1<br>Ligne 2 avec é"}, {"Marché d’été", "place", "Salle des fêtes/"}}},
		{"13-cdata-in-a-title", "titres.xml", "Lettre ouverte,Lettre fermée", []fact{{"Lettre fermée", "text", "Corps"}}},
		{"14-default-language-believed", "anglais.xml", "", []fact{{"", "language", "fr"}}},
		{"16-line-breaks-of-plain-text", "journal.json", "", []fact{
			{"Ordre du jour", "content", "Points :<br>"}, {"Ordre du jour", "content", "Budget 2027<br>"}, {"Ordre du jour", "content", "Voirie &lt; 5 t</p>"}}},
		{"16-line-breaks-of-plain-text", "video.xml", "", []fact{
			{"Conseil filmé", "content", "Première ligne.<br>Deuxième ligne."}, {"Conseil filmé", "links", "https://www.essai.example/pv.pdf"}, {"Conseil 2", "content", "Point 1.<br>Point 2."}}},
		{"17-json-feed-raw-line-break", "brut.json", "Un,Deux,Trois", []fact{{"Deux", "text", "Ligne suite"}}},
	} {
		t.Run(c.folder+"/"+c.file, func(t *testing.T) {
			path := "/" + strings.Replace(c.file, ".atom", ".xml", 1)
			h := newTimes(t, commune+"      - {slug: s, url: \"@"+path+"\"}\n", map[string]string{path: trial(t, "harvest", c.folder, c.file)})
			all := h.items(t, "m/s")
			if c.titles != "" {
				var titles []string
				for _, it := range all {
					titles = append(titles, it.Title)
				}
				if want := strings.Split(c.titles, ","); !equalSets(titles, want) {
					t.Errorf("titles %q, want %q", titles, want)
				}
			}
			for _, f := range c.facts {
				for _, it := range all {
					if f.title == "" || f.title == it.Title {
						h.holds(t, it, f)
					}
				}
				if f.title != "" {
					h.titled(t, "m/s", f.title)
				}
			}
		})
	}
}

func equalSets(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// holds compares a fact of an item with what is wanted; @ is the publisher.
func (h *times) holds(t *testing.T, it federation.Item, f fact) {
	t.Helper()
	want := strings.ReplaceAll(f.want, "@", h.origin)
	var got string
	switch f.name {
	case "content":
		if !strings.Contains(it.Content.String(), want) {
			t.Errorf("%s: the content %s lacks %s", it.Title, it.Content, want)
		}
		return
	case "text":
		got = strings.TrimSpace(it.Summary)
	case "days":
		got = strings.Join(occursOn(t, it.Event), ",")
	case "start":
		if it.Event != nil {
			got = it.Event.Start.UTC().Format("2006-01-02T15:04Z")
		}
	case "links":
		got = strings.Join(hrefs(it.Content.String()), ",")
	case "pictures":
		got = strings.Join(it.Content.Pictures(), ",")
	case "lead":
		if it.Image != nil {
			got = it.Image.URL
		}
	case "language":
		got = it.Language
	case "categories":
		got = strings.Join(it.Categories, ",")
	case "place":
		if it.Place != nil {
			got = it.Place.Name + "/" + it.Place.Address
		}
	}
	if got != want {
		t.Errorf("%s: %s is %q, want %q", it.Title, f.name, got, want)
	}
}

func hrefs(content string) []string {
	var out []string
	for _, part := range strings.Split(content, ` href="`)[1:] {
		to, _, _ := strings.Cut(part, `"`)
		out = append(out, to)
	}
	return out
}

// TestTrialOfMovedSite reads harvest/15: a site that goes from http to https
// keeps its items.
func TestTrialOfMovedSite(t *testing.T) {
	h := newTimes(t, commune+"      - {slug: s, url: \"@/a.xml\"}\n", map[string]string{"/a.xml": trial(t, "harvest", "15-http-becomes-https", "actus.1.xml")})
	before := h.items(t, "m/s")
	h.put("/a.xml", trial(t, "harvest", "15-http-becomes-https", "actus.2.xml"))
	h.harvest(t)
	after := h.items(t, "m/s")
	if len(before) != 2 || len(after) != 2 || before[0].ID != after[0].ID || before[1].ID != after[1].ID || !strings.HasPrefix(after[0].URL, "https:") {
		t.Errorf("%d items became %d: %+v", len(before), len(after), after)
	}
}

// TestTrialOfSignpost reads harvest/18: the site stands where its home page
// leads to at once.
func TestTrialOfSignpost(t *testing.T) {
	p, origin := newPublisher(t)
	root := shareddata.Dir(t, "trials", "harvest", "18-discovery-meta-refresh", "site-refresh")
	for path, file := range map[string]string{"/": "index.html", "/accueil/": "accueil/index.html", "/accueil/fil-g.xml": "accueil/fil-g.xml"} {
		b, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		p.put(path, bytesOf(typesByName[filepath.Ext(file)], strings.ReplaceAll(string(b), "@BASE@", origin)))
	}
	if _, out := carillon(t, "check", "--yaml", "--allow-private=127.0.0.1/32", origin+"/"); !strings.Contains(out, origin+"/accueil/fil-g.xml") {
		t.Errorf("check finds no feed: %s", out)
	}
}

// TestTrialOfOutlines reads harvest/19: outlines that are commented out, and all
// below them, are no sources.
func TestTrialOfOutlines(t *testing.T) {
	file := shareddata.Dir(t, "trials", "harvest", "19-opml-iscomment", "liste.opml")
	_, out := carillon(t, "import", "opml", "--dry-run", "--json", "--member=m", "--data="+applied(t, commune+"      - {slug: s, url: \"https://m.example/rss\"}\n"), file)
	if strings.Contains(out, "i.example") || strings.Contains(out, "j.example") || !strings.Contains(out, "https://l.example/agenda.ics") {
		t.Errorf("imported: %s", out)
	}
}
