package discover

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const address = "https://www.samb.example/fr/accueil"

// read reads a page at address, with headers in pairs.
func readPage(body string, headers ...string) Page {
	h := http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Add(headers[i], headers[i+1])
	}
	return Read([]byte(body), address, h)
}

func TestLinks(t *testing.T) {
	tests := []struct {
		name, body string
		headers    []string
		want       []Link
	}{
		{"parameters and case of the type", `<LINK REL="Alternate" TYPE="Application/RSS+XML; charset=utf-8" HREF=/rss TITLE=" Les  actus ">`, nil,
			[]Link{{"https://www.samb.example/rss", "Alternate", "application/rss+xml", "Les actus"}}},
		{"several rels", `<link rel="alternate home" type="application/atom+xml" href="a">`, nil,
			[]Link{{"https://www.samb.example/fr/a", "alternate home", "application/atom+xml", ""}}},
		{"base", `<base href="/nl/"><base href="/de/"><link rel=alternate type=text/calendar href=c.ics>`, nil,
			[]Link{{"https://www.samb.example/nl/c.ics", "alternate", "text/calendar", ""}}},
		{"JSON Feed, and an API that is none", `<link rel=alternate type=application/feed+json href=f><link rel=alternate type=application/json href=/wp-json/wp/v2/posts/1><link rel=alternate type=application/json href=/feed.json>`, nil,
			[]Link{{"https://www.samb.example/fr/f", "alternate", "application/feed+json", ""}, {"https://www.samb.example/feed.json", "alternate", "application/json", ""}}},
		{"Link header", ``, []string{"Link", `</a,b>; rel="alternate"; type="application/rss+xml"; title="Un, deux", <https://o.example/x>; rel=preload`},
			[]Link{{"https://www.samb.example/a,b", "alternate", "application/rss+xml", "Un, deux"}}},
		{"what is not to be fetched", `<link rel=alternate type=application/rss+xml href="javascript:alert(1)"><link rel=alternate type=application/rss+xml href="file:///etc/passwd"><link rel=alternate type=application/rss+xml href="https://u:p@o.example/"><link rel=alternate type=application/rss+xml href="http://[::1">`, nil, nil},
		{"in a comment or a script", `<!-- <link rel=alternate type=application/rss+xml href=a> --><script>"<link rel=alternate type=application/rss+xml href=b>"</script>`, nil, nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, readPage(test.body, test.headers...).Links); diff != "" {
			t.Errorf("%s: Read(%s).Links (-want +got):\n%s", test.name, test.body, diff)
		}
	}
}

func TestAnchors(t *testing.T) {
	feeds := []string{"/actualites/RSS", "/feed/", "/feed", "/rss", "/rss.xml", "/fr/atom.xml", "/feeds/posts/default?alt=rss", "/spip.php?page=backend",
		"/?type=9818", "/?format=feed&type=rss", "/agenda.ics", "/events/?ical=1", "/news.rss", "/flux.php", "/aktuelles/rss", "webcal://www.samb.example/x"}
	for _, href := range feeds {
		if p := readPage(`<a href="` + href + `">x</a>`); len(p.Anchors) != 1 {
			t.Errorf("Read(<a href=%q>) has the anchors %v, want it", href, p.Anchors)
		}
	}
	for _, href := range []string{"/", "/feedback", "/fr/presse", "/rss-erklaert.html", "mailto:a@b.example", "#rss", "/journal.pdf", "/prospectus/", "/?page=2", "/atomium"} {
		if p := readPage(`<a href="` + href + `">x</a>`); len(p.Anchors) != 0 {
			t.Errorf("Read(<a href=%q>) has the anchors %v, want none", href, p.Anchors)
		}
	}
	p := readPage(`<a href=/rss title=Flux><img alt="RSS"><b>Actus &amp; co</b><a href=/fr/agenda>Agenda</a><a href=/fr/agenda/>Agenda</a><a href=https://o.example/agenda>`)
	if want := []Link{{URL: "https://www.samb.example/rss", Title: "Flux RSS Actus & co"}}; !cmp.Equal(p.Anchors, want) {
		t.Errorf("Anchors = %+v, want %+v", p.Anchors, want)
	}
	if len(p.Sections) == 0 || p.Sections[0].Title != "Agenda" || p.Sections[0].URL != "https://www.samb.example/fr/agenda" {
		t.Errorf("Sections = %+v, want the agenda of the site", p.Sections)
	}
}

func TestLook(t *testing.T) {
	p := readPage(`<html lang="fr_BE"><head><title>Accueil - Ville de Samb</title>
<link rel="mask-icon" href=/m.svg><link rel="Shortcut Icon" href=/f.ico sizes="16x16 32x32"><link rel=apple-touch-icon href=/t.png sizes=180x180><link rel=icon href=/180.png sizes=180x180>
<meta name=theme-color content="#FFF"><meta name=msapplication-TileColor content="#b3123a">
<style>:root{--bs-primary: #0a0; --gap: 3px}</style><link rel=canonical href="https://www.samb.example/"></head>`)
	got := []string{p.Name(), p.Slug(), p.Language, p.Accent(), p.Logo(), p.Canonical}
	want := []string{"Ville de Samb", "samb", "fr-BE", "#b3123a", "https://www.samb.example/t.png", "https://www.samb.example/"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("name, slug, language, accent, logo, canonical (-want +got):\n%s", diff)
	}
	if want := []string{"#b3123a", "#00aa00", "#ffffff"}; !cmp.Equal(p.Colours, want) {
		t.Errorf("Colours = %v, want %v", p.Colours, want)
	}
	if bare := readPage("<p>"); bare.Logo() != "https://www.samb.example/favicon.ico" || bare.Accent() != "" {
		t.Errorf("a bare page has the logo %q and the accent %q", bare.Logo(), bare.Accent())
	}
}

func TestCMS(t *testing.T) {
	tests := []struct {
		body, header string
		want         CMS
		path         string // one of the candidates
	}{
		{`<meta name=generator content="WordPress 6.5.2"><script src="/ville/wp-includes/js/a.js">`, "",
			CMS{"wordpress", "6.5.2", "https://www.samb.example/ville/"}, "https://www.samb.example/ville/feed/"},
		{`<link rel="https://api.w.org/" href="https://www.samb.example/wp-json/">`, "", CMS{"wordpress", "", "https://www.samb.example/"}, "https://www.samb.example/events/?ical=1"},
		{`<body class="frontend portaltype-document template-document_view" data-portal-url="https://www.samb.example/fr">`, "",
			CMS{"plone", "", "https://www.samb.example/fr/"}, "https://www.samb.example/fr/RSS"},
		{`<script src="https://www.samb.example/fr/++webresource++8d417e05-799d/++plone++static/a.js"></script>`, "", CMS{"plone", "", "https://www.samb.example/fr/"}, "https://www.samb.example/fr/RSS"},
		{`<link href="/++theme++barceloneta/++plone++x/a.css"><body data-portal-url="https://www.samb.example/nl">`, "", CMS{"plone", "", "https://www.samb.example/nl/"}, "https://www.samb.example/nl/RSS"},
		{`<script src="/ville/++resource++plone.app.jquery.js"></script>`, "", CMS{"plone", "", "https://www.samb.example/ville/"}, "https://www.samb.example/ville/RSS"},
		{`<meta name=generator content="Plone - https://plone.org/">`, "", CMS{"plone", "", "https://www.samb.example/"}, "https://www.samb.example/aggregator/RSS"},
		{``, "Drupal 10 (https://www.drupal.org)", CMS{"drupal", "10", "https://www.samb.example/"}, "https://www.samb.example/rss.xml"},
		{`<img src="/fileadmin/a.png"><link rel=stylesheet href="/typo3temp/assets/a.css">`, "", CMS{"typo3", "", "https://www.samb.example/"}, "https://www.samb.example/?type=9818"},
		{`<meta name="generator" content="SPIP 4.2.8"><img src="local/cache-vignettes/a.png">`, "", CMS{"spip", "4.2.8", "https://www.samb.example/fr/"}, "https://www.samb.example/fr/spip.php?page=backend"},
		{`<meta name="generator" content="Joomla! - Open Source Content Management">`, "", CMS{"joomla", "", "https://www.samb.example/"}, "https://www.samb.example/?format=feed&type=rss"},
		{`<img src="https://cdn.example/wp-content/a.png">`, "", CMS{"wordpress", "", "https://www.samb.example/"}, "https://www.samb.example/feed/"},
		{`<p>WordPress is a system`, "", CMS{"", "", "https://www.samb.example/"}, "https://www.samb.example/feed"},
	}
	for _, test := range tests {
		p := readPage(test.body, "X-Generator", test.header)
		if p.CMS != test.want {
			t.Errorf("Read(%s).CMS = %+v, want %+v", test.body, p.CMS, test.want)
		}
		found := false
		for _, c := range p.Candidates() {
			found = found || c.URL == test.path
		}
		if !found {
			t.Errorf("Read(%s).Candidates() lack %s", test.body, test.path)
		}
	}
}

func TestCandidates(t *testing.T) {
	p := readPage(`<link rel=alternate type=application/rss+xml href=/feed/ title="Samb » Flux">
<link rel=alternate type=application/rss+xml href=/comments/feed/ title="Samb » Flux des commentaires">
<link rel=service.post type=application/atom+xml href=/post>
<a href="http://samb.example/feed">RSS</a><a href=/agenda.ics>Agenda</a><a href="https://region.example/rss">Région</a>
<a href="https://blog.samb.example/rss">Blog</a><a href="https://calendars.example/samb.ics">Sports</a><link rel=sitemap href=/carte.xml>`)
	var got []string
	for _, c := range p.Candidates() {
		if c.Reason != Guessed {
			got = append(got, string(c.Kind)+" "+string(c.Reason)+" "+c.URL)
		}
	}
	want := []string{"feed link https://www.samb.example/feed/", "calendar anchor https://www.samb.example/agenda.ics",
		"feed anchor https://blog.samb.example/rss", "calendar anchor https://calendars.example/samb.ics", "sitemap link https://www.samb.example/carte.xml"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Candidates (-want +got):\n%s", diff)
	}
}

func TestStructured(t *testing.T) {
	p := readPage(`<script type="application/ld+json">{"@context":"https://schema.org","@type":["schema.org/Event","Thing"],"x":{"@type":"Place"}</script><script>{"@type":"Person"}</script>`)
	if want := []string{"Event", "Thing", "Place"}; !cmp.Equal(p.Structured, want) || !p.HasContent() {
		t.Errorf("Structured = %v, HasContent() = %v, want %v, true", p.Structured, p.HasContent(), want)
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Hautecombe-les-Prés": "hautecombe-les-pres", "L'Œuvre  à Liège !": "l-oeuvre-a-liege", "Straße 5": "strasse-5", "": "", "日本": "", "--a--b--": "a-b",
		"Der Bürgermeister informiert über die Sitzung des Gemeinderates am Montag": "der-burgermeister-informiert-uber-die-sitzung-des-gemeinderates",
	} {
		if got := Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
	taken := map[string]bool{"a": true, "a-2": true}
	if got := Unique("a", func(s string) bool { return taken[s] }); got != "a-3" {
		t.Errorf("Unique(a) = %q, want a-3", got)
	}
}

// TestSignposts: a page that only leads to another says where.
func TestSignposts(t *testing.T) {
	for body, want := range map[string]string{
		`<meta http-equiv="refresh" content="0; URL=debut/">`:                              "https://www.samb.example/fr/debut/",
		`<META HTTP-EQUIV=Refresh CONTENT="0;url='/nl/start'">`:                            "https://www.samb.example/nl/start",
		`<meta http-equiv="refresh" content="3 ; url = https://stadt.example/de/">`:        "https://stadt.example/de/",
		`<meta http-equiv="refresh" content="0, /en/home">`:                                "https://www.samb.example/en/home",
		`<meta http-equiv="refresh" content="300">`:                                        "",
		`<meta http-equiv="refresh" content="300; url=/slow">`:                             "",
		`<meta http-equiv="refresh" content="5; url=https://www.samb.example/fr/accueil">`: "",
		`<meta http-equiv="refresh" content="0; url=javascript:alert(1)">`:                 "",
	} {
		if got := readPage(body).Refresh; got != want {
			t.Errorf("Read(%s).Refresh = %q, want %q", body, got, want)
		}
	}
	if got := readPage(`<frameset><frame src="menu.html" name=menu><frame src="menu.html"><frame src="/inhalt/"></frameset>`).Frames; len(got) != 2 || got[1].URL != "https://www.samb.example/inhalt/" {
		t.Errorf("Frames = %v", got)
	}
}
