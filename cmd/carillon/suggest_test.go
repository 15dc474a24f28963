package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

// suggested are the suggestions of a hub for what was typed, each of which is
// searched: it must find something, and be one that nobody else is.
func suggested(t testing.TB, hub, query string) []string {
	t.Helper()
	var got struct {
		Suggestions []string `json:"suggestions"`
	}
	getJSON(t, hub+"/api/v1/suggest?"+query, &got)
	if len(got.Suggestions) > 8 {
		t.Errorf("suggest %s gives %d, want at most 8", query, len(got.Suggestions))
	}
	v, _ := url.ParseQuery(query)
	said := map[string]bool{}
	for _, s := range got.Suggestions {
		var found struct {
			Total     int
			Corrected string
		}
		getJSON(t, hub+"/api/v1/search?"+url.Values{"q": {s}, "member": v["member"]}.Encode(), &found)
		if found.Total == 0 || found.Corrected != "" {
			t.Errorf("suggest %s gives %q, which finds %d, corrected to %q", query, s, found.Total, found.Corrected)
		}
		if key := strings.ToLower(s); said[key] {
			t.Errorf("suggest %s gives %q twice", query, s)
		} else {
			said[key] = true
		}
	}
	return got.Suggestions
}

// TestSuggestionsFind is trials/hub/15 in four languages: the words before the
// last are looked at, function words complete nothing, whole phrases of titles
// and topics are offered, the reader's language first.
func TestSuggestionsFind(t *testing.T) {
	p, origin := newPublisher(t)
	titles := map[string][]string{
		"fr": {"La piscine ferme pour vidange", "Élections : procuration et bureau de vote", "Carte d'identité et passeport : prendre rendez-vous",
			"Bus 63a : arrêt déplacé", "Travaux rue Basse à Saint-Vaast", "Où déposer ses déchets verts ?", "PERMIS DE CONSTRUIRE"},
		"nl": {"Het zwembad sluit voor onderhoud", "Identiteitskaart en paspoort aanvragen", "Ophaling van groenafval", "Bus 4 rijdt om"},
		"de": {"Das Freibad schließt zur Wartung", "Personalausweis und Reisepass beantragen", "Abfuhr von Grünabfall", "Bus 7 hält nicht"},
		"en": {"The pool closes for maintenance", "Identity card and passport", "Collection of garden waste", "Bus stop moved"},
	}
	var y strings.Builder
	y.WriteString("topics:\n  - {slug: dechets, name: {fr: Déchets et tri, nl: Afval en sorteren, de: Abfall und Trennung, en: Waste and recycling}, from: [tri]}\n" +
		"  - {slug: sport, name: {fr: Détente}, from: [sport]}\nmembers:\n")
	for _, lang := range []string{"fr", "nl", "de", "en"} {
		var entries []entry
		for i, title := range titles[lang] {
			entries = append(entries, entry{fmt.Sprint(i), title, fmt.Sprintf("https://%s.example/%d", lang, i), ""})
		}
		p.put("/"+lang, bytesOf("application/rss+xml", rssOf("x", entries...)))
		fmt.Fprintf(&y, "  - {slug: %s, kind: commune, name: M, languages: [%[1]s], sources: [{slug: s, url: %[2]q, language: %[1]s, categories: [%[3]s]}]}\n",
			lang, origin+"/"+lang, map[bool]string{true: "tri", false: "garden"}[lang != "en"])
	}
	hub := startHub(t, y.String())
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"q=piscine+v&lang=fr", []string{"piscine vidange", "piscine ferme pour vidange"}},
		{"q=bus+p&lang=fr", nil},
		{"q=piscine+vo&lang=fr", nil},
		{"q=pisc&lang=fr", []string{"piscine", "piscine ferme pour vidange"}},
		{"q=carte&lang=fr", []string{"carte d'identité et passeport"}},
		{"q=carte+id&lang=fr", []string{"carte identité", "carte d'identité et passeport"}},
		{"q=permis&lang=fr", []string{"permis de construire"}},
		{"q=o%C3%B9+d%C3%A9poser+ses+d&lang=fr", []string{"où déposer ses déchets", "où déposer ses déchets verts"}},
		{"q=tri&lang=fr", []string{"Déchets et tri"}},
		{"q=zwembad+o&lang=nl", []string{"zwembad onderhoud", "zwembad sluit voor onderhoud"}},
		{"q=zwembad+voor&lang=nl", []string{"zwembad sluit voor onderhoud"}},
		{"q=identit&lang=nl", []string{"identiteitskaart", "identiteitskaart en paspoort aanvragen", "identity", "identité", "identité et passeport", "identity card and passport"}},
		{"q=freibad+W&lang=de", []string{"freibad Wartung", "Freibad schließt zur Wartung"}},
		{"q=freibad+zur&lang=de", []string{"Freibad schließt zur Wartung"}},
		{"q=personal&lang=de", []string{"personalausweis", "Personalausweis und Reisepass beantragen"}},
		{"q=abfall&lang=de", []string{"Abfall und Trennung"}},
		{"q=pool+m&lang=en", []string{"pool maintenance", "pool closes for maintenance"}},
		{"q=the+b&lang=en", []string{"the bus", "bus stop moved"}}, // not Basse, beantragen
		{"q=pool+for&lang=en", []string{"pool closes for maintenance"}},
		{"q=d%C3%A9te&lang=fr", nil}, // a topic that nothing is filed under
		{"q=p&lang=en&member=nl", []string{"paspoort"}},
		{"q=xyzzy&lang=fr", nil},
		{"q=", nil},
	} {
		if got := suggested(t, hub, c.query); !slices.Equal(got, c.want) {
			t.Errorf("suggest %s = %q, want %q", c.query, got, c.want)
		}
	}
	for prefix := 'a'; prefix <= 'z'; prefix++ {
		for _, lang := range []string{"fr", "nl", "de", "en"} {
			suggested(t, hub, "lang="+lang+"&q="+string(prefix))
			for _, first := range []string{"piscine", "bus", "zwembad", "freibad", "pool", "the"} {
				suggested(t, hub, "lang="+lang+"&q="+first+"+"+string(prefix))
			}
		}
	}
	for query, want := range map[string]int{"q=a&member=nobody": http.StatusNotFound, "q=a&member=N+N": http.StatusBadRequest, "q=a&as=nl": http.StatusBadRequest} {
		if status, body := get(t, hub+"/api/v1/suggest?"+query); status != want {
			t.Errorf("GET suggest?%s = %d, want %d: %.200s", query, status, want, body)
		}
	}
}

// TestSuggestionsOfAnAttacker: a member that fills its titles with words does
// not fill the suggestions, nor put addresses or markup into them.
func TestSuggestionsOfAnAttacker(t *testing.T) {
	p, origin := newPublisher(t)
	var spam []entry
	for n := range 80 {
		word := fmt.Sprintf("pisc%cne%c", 'a'+n%8, 'a'+n/8)
		spam = append(spam, entry{fmt.Sprint(n), "Piscine " + word + " pas cher www.pilules.example", "https://pill.example/" + word, ""})
		spam = append(spam, entry{"m" + fmt.Sprint(n), "Piscine gagnez " + word + " <b>ici</b>", "https://pill.example/m" + word, ""})
	}
	p.put("/spam", bytesOf("application/rss+xml", rssOf("x", spam...)))
	p.put("/fair", bytesOf("application/rss+xml", rssOf("x", entry{"1", "Piscine communale", "https://fair.example/1", ""}, entry{"2", "Pisciculture", "https://fair.example/2", ""})))
	hub := startHub(t, "members:\n"+
		"  - {slug: pill, kind: association, name: Pill, languages: [fr], sources: [{slug: s, url: "+origin+"/spam}]}\n"+
		"  - {slug: fair, kind: commune, name: Fair, languages: [fr], sources: [{slug: s, url: "+origin+"/fair}]}\n")
	for _, q := range []string{"pisc", "pi", "p", "piscine", "PISC"} {
		got := suggested(t, hub, "lang=fr&q="+q)
		theirs := 0
		for _, s := range got {
			if s == "" || strings.Contains(s, "www.") || strings.ContainsAny(s, "<>") {
				t.Errorf("suggest %s gives %q", q, s)
			}
			if strings.Contains(s, "gagnez") || !slices.Contains([]string{"piscine", "pisciculture", "piscine communale"}, strings.ToLower(s)) {
				theirs++
			}
		}
		if theirs > 4 || !slices.Contains(got, "pisciculture") && q != "piscine" {
			t.Errorf("suggest %s = %q: %d of the attacker alone, want at most 4, and the others' words", q, got, theirs)
		}
	}
}

// TestSuggestionsOfTheTrial runs the trial's own file.
func TestSuggestionsOfTheTrial(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(shareddata.Dir(t, "trials", "hub", "15-suggestions-that-find-nothing"), "fr.json"))
	if err != nil {
		t.Fatal(err)
	}
	p, origin := newPublisher(t)
	p.put("/fr.json", bytesOf("application/feed+json", string(body)))
	hub := startHub(t, "members:\n  - {slug: samb, kind: commune, name: Samb, languages: [fr], sources: [{slug: fr, url: "+origin+"/fr.json}]}\n")
	total := 0
	for _, q := range []string{"piscine v", "bus p", "collecte ", "collecte e", "carte", "march", "élec", "tra", "per", "c", "e", "l'e", "rue b", "rendez", "wi", "secteur 50"} {
		got := suggested(t, hub, "lang=fr&q="+url.QueryEscape(q))
		total += len(got)
		t.Logf("%q: %q", q, got)
	}
	if total < 20 {
		t.Errorf("%d suggestions in all; want 20 at least", total)
	}
}
