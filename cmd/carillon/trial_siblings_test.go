package main

import (
	"fmt"
	"strings"
	"testing"
)

// icsOf is a calendar of events, each given by its lines without UID.
func icsOf(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\n")
	for i, e := range events {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:u%d\r\n%s\r\nEND:VEVENT\r\n", i, strings.ReplaceAll(e, "\n", "\r\n"))
	}
	return b.String() + "END:VCALENDAR\r\n"
}

// rssItems is a feed of items, each given by its elements.
func rssItems(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>@BASE@/</link><description>d</description><item>` +
		strings.Join(items, "</item><item>") + `</item></channel></rss>`
}

func atomWith(entries ...string) string {
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:f</id><updated>2026-11-01T10:00:00Z</updated><entry>` + strings.Join(entries, "</entry><entry>") + `</entry></feed>`
}

func jsonFeedOf(items ...string) string {
	return `{"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"@BASE@/","items":[` + strings.Join(items, ",") + `]}`
}

func jsonldPage(objects ...string) string {
	return `<!doctype html><html lang="fr"><head><title>T</title><script type="application/ld+json">[` + strings.Join(objects, ",") + `]</script></head><body></body></html>`
}

// TestSiblingsOfTrials: each kind of fault of the shared trials in other formats
// and other spellings than those of its own case.
func TestSiblingsOfTrials(t *testing.T) {
	const french = "Les inscriptions pour la rentrée prochaine sont ouvertes jusqu'à la fin du mois auprès du service de la petite enfance."
	const dutch = "De gemeente organiseert een informatievergadering over de heraanleg van de straat en het plein. Alle bewoners zijn welkom in de zaal."
	cases := []struct {
		kind, ext, body string
		more            string // of the source
		facts           []fact
	}{
		{"05 zone", ".ics", icsOf("SUMMARY:a\nDTSTART;TZID=GMT+05:30:20270712T200000", "SUMMARY:b\nDTSTART;TZID=(UTC+01:00) Brussels, Copenhagen, Madrid, Paris:20270712T200000",
			"SUMMARY:c\nDTSTART;VALUE=DATE-TIME;TZID=UTC-03:00:20270712T200000", "SUMMARY:d\nDTSTART;TZID=tzone://Microsoft/Utc:20270712T200000",
			"SUMMARY:e\nDTSTART;TZID=Europe/Brussels:20270712T200000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=UTC+02:00:20270713T200000",
			"SUMMARY:f\nDTSTART;TZID=/freeassociation.sourceforge.net/Europe/Brussels:20270712T200000", "SUMMARY:g\nDTSTART;TZID=W. Europe Standard Time:20270712T200000"), "",
			[]fact{{"a", "start", "2027-07-12T14:30Z"}, {"b", "start", "2027-07-12T18:00Z"}, {"c", "start", "2027-07-12T23:00Z"}, {"d", "start", "2027-07-12T20:00Z"},
				{"e", "days", "0712 20:00,0714 20:00"}, {"f", "start", "2027-07-12T18:00Z"}, {"g", "start", "2027-07-12T18:00Z"}}},
		{"05 zone in JSON-LD", ".html", jsonldPage(`{"@context":"https://schema.org","@type":"Event","@id":"#a","name":"a","startDate":"2027-07-12T20:00:00 GMT+02:00"}`,
			`{"@context":"https://schema.org","@type":"Event","@id":"#b","name":"b","startDate":"2027-07-12T20:00:00 UTC+02:00"}`,
			`{"@context":"https://schema.org","@type":"Event","@id":"#c","name":"c","startDate":"2027-07-12T20:00"}`), "", []fact{{"a", "start", "2027-07-12T18:00Z"}, {"b", "start", "2027-07-12T18:00Z"}, {"c", "start", "2027-07-12T18:00Z"}}},
		{"06 midnights", ".ics", icsOf("SUMMARY:a\nDTSTART;TZID=Europe/Brussels:20270218T103000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20270219",
			"SUMMARY:b\nDTSTART;TZID=Europe/Brussels:20270218T103000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20270219T000000,20270220T000000",
			"SUMMARY:c\nDTSTART:20270218T093000Z\nRRULE:FREQ=DAILY;COUNT=2\nRDATE:20270301T000000Z"), "",
			[]fact{{"a", "days", "0218 10:30,0220 10:30"}, {"b", "days", "0218 10:30"}, {"c", "days", "0218 10:30,0219 10:30,0301 10:30"}}},
		{"07 base", ".xml", atomWith(`<id>1</id><title>a</title><updated>2026-11-01T10:00:00Z</updated><content type="xhtml" xml:base="/2026/"><div xmlns="http://www.w3.org/1999/xhtml"><a href="x.pdf">x</a></div></content>`,
			`<id>2</id><title>b</title><updated>2026-11-01T10:00:00Z</updated><summary type="html" xml:base="@BASE@/s/">&lt;a href="x.pdf"&gt;x&lt;/a&gt;</summary>`,
			`<id>3</id><title>c</title><updated>2026-11-01T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="@BASE@/d/"><a href="x.pdf">x</a><p xml:base="e/"><a href="y.pdf">y</a></p></div></content>`), "",
			[]fact{{"a", "links", "@/2026/x.pdf"}, {"b", "links", "@/s/x.pdf"}, {"c", "links", "@/d/x.pdf,@/d/e/y.pdf"}}},
		{"08 links", ".json", jsonFeedOf(`{"id":"1","url":"@BASE@/n/2027/a.html","title":"a","content_html":"<a href='plan.pdf'>p</a><a href='#h'>h</a><img src='v.jpg'>"}`,
			`{"id":"2","url":"/n/b.html","title":"b","content_html":"<a href='plan.pdf'>p</a>","image":"i.jpg"}`), "",
			[]fact{{"a", "links", "@/n/2027/plan.pdf,@/n/2027/a.html#h"}, {"a", "lead", "@/n/2027/v.jpg"}, {"b", "links", "@/n/plan.pdf"}}},
		{"08 links of RSS", ".xml", rssItems(`<guid isPermaLink="true">@BASE@/n/2027/a.html</guid><title>a</title><description>&lt;a href="plan.pdf"&gt;p&lt;/a&gt;</description>`,
			`<guid isPermaLink="false">2</guid><title>b</title><description>&lt;a href="plan.pdf"&gt;p&lt;/a&gt;&lt;a href="//cdn.example/x"&gt;c&lt;/a&gt;</description>`,
			`<link>/n/2027/c.html</link><title>c</title><content:encoded><![CDATA[<a href="../plan.pdf">p</a>]]></content:encoded>`), "",
			[]fact{{"a", "links", "@/n/2027/plan.pdf"}, {"b", "links", "@/plan.pdf,http://cdn.example/x"}, {"c", "links", "@/n/plan.pdf"}}},
		{"09 pictures", ".json", jsonFeedOf(`{"id":"1","url":"@BASE@/a","title":"a","content_html":"<picture><source data-srcset='/a-1.webp 1x, /a-2.webp 2x' type='image/webp'><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='/a.jpg'></picture>"}`,
			`{"id":"2","url":"@BASE@/b","title":"b","content_html":"<img class='lazy' src='/blank.gif' data-lazy-src='/b.jpg'>"}`,
			`{"id":"3","url":"@BASE@/c","title":"c","content_html":"<img src='/wp-content/plugins/x/placeholder.png' data-lazy-srcset='/c-300.jpg 300w, /c-900.jpg 900w'>"}`,
			`{"id":"4","url":"@BASE@/d","title":"d","content_html":"<img src='/spacer.gif' data-original='/d.jpg'><noscript><img src='/d.jpg'></noscript>"}`), "",
			[]fact{{"a", "pictures", "@/a.jpg"}, {"b", "pictures", "@/b.jpg"}, {"c", "pictures", "@/c-900.jpg"}, {"d", "pictures", "@/d.jpg"}}},
		{"10 players", ".json", jsonFeedOf(`{"id":"1","url":"@BASE@/a","title":"a","content_html":"<iframe data-src='https://player.vimeo.com/video/76979871' title='La fête'></iframe>"}`,
			`{"id":"2","url":"@BASE@/b","title":"b","content_html":"<audio controls><source src='/conseil.mp3' type='audio/mpeg'></audio>"}`,
			`{"id":"3","url":"@BASE@/c","title":"c","content_html":"<object data='/plan.pdf' type='application/pdf'></object>"}`,
			`{"id":"4","url":"@BASE@/d","title":"d","content_html":"<embed src='https://www.youtube.com/embed/abc123def45'>"}`), "",
			[]fact{{"a", "content", "vimeo.com/"}, {"a", "content", "La fête"}, {"b", "content", "@/conseil.mp3"}, {"c", "content", "@/plan.pdf"}, {"d", "content", "youtube.com/"}}},
		{"11 entities", ".ics", icsOf("SUMMARY:L&rsquo;&eacute;t&eacute;\nDTSTART:20270712T180000Z\nLOCATION:<b>Salle</b> &quot;A&quot;\nCATEGORIES:F&ecirc;tes &amp\\; culture\nDESCRIPTION:&lt;p&gt;Un&lt;/p&gt;&lt;p&gt;Deux&lt;/p&gt;"), "",
			[]fact{{"L’été", "place", `Salle "A"/`}, {"L’été", "content", "<p>Deux</p>"}, {"L’été", "categories", "Fêtes & culture"}}},
		{"11 entities of feeds", ".json", jsonFeedOf(`{"id":"1","url":"@BASE@/a","title":"L&#8217;été &amp; <b>vous</b>","tags":["F&ecirc;tes &amp; vie"],"content_text":"x","authors":[{"name":"Ren&eacute;"}]}`), "",
			[]fact{{"L’été & vous", "categories", "Fêtes & vie"}}},
		{"11 entities of tables", ".csv", "id,titre,lieu,description\n1,L&#8217;été &amp; vous,Salle &quot;A&quot;,Caf&eacute;\n", "type: event, ",
			[]fact{{"L’été & vous", "place", `Salle "A"/`}}},
		{"11 entities of data", ".html", jsonldPage(`{"@context":"https://schema.org","@type":"Event","@id":"#a","name":"L&#039;été &amp;amp; vous","startDate":"2027-07-12T20:00","location":{"@type":"Place","name":"Salle &quot;A&quot;"}}`), "",
			[]fact{{"L'été & vous", "place", `Salle "A"/`}}},
		{"12 quoted-printable", ".ics", icsOf("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1252:F=EAte d=92=E9t=E9\nDTSTART:20270712T180000Z",
			"SUMMARY;QUOTED-PRINTABLE;CHARSET=UTF-8:F=C3=AAte du =\nparc\nDTSTART:20270713T180000Z",
			"SUMMARY;encoding=quoted-printable:No=C3=ABl\nDTSTART:20271225T180000Z\nDESCRIPTION;ENCODING=QUOTED-PRINTABLE:Un=0AD=\n=C3=A9ux",
			"SUMMARY;LANGUAGE=fr;CHARSET=ISO-8859-15;ENCODING=Quoted-Printable:Prix =A4 5\nDTSTART:20271226T180000Z"), "",
			[]fact{{"Fête d’été", "start", "2027-07-12T18:00Z"}, {"Fête du parc", "start", "2027-07-13T18:00Z"}, {"Noël", "content", "Un<br>Déux"}, {"Prix € 5", "start", "2027-12-26T18:00Z"}}},
		{"13 CDATA", ".json", jsonFeedOf(`{"id":"1","url":"@BASE@/a","title":"<![CDATA[Lettre ouverte]]>","content_html":"<p>Corps</p>"}`, `{"id":"2","url":"@BASE@/b","title":"&lt;![CDATA[Lettre fermée]]&gt;","summary":"<![CDATA[Résumé]]>","content_html":"<p><![CDATA[Corps deux]]></p>"}`), "",
			[]fact{{"Lettre ouverte", "text", "Corps"}, {"Lettre fermée", "text", "Résumé"}, {"Lettre fermée", "content", "Corps deux"}}},
		{"13 CDATA of feeds", ".xml", rssItems(`<guid>1</guid><title>&lt;![CDATA[A &amp;amp; B]]&gt;</title><description>Corps</description><category>&lt;![CDATA[Vie]]&gt;</category>`,
			`<guid>2</guid><title><![CDATA[<![CDATA[Deux]]]]><![CDATA[>]]></title><description><![CDATA[<![CDATA[<p>Corps</p>]]]]><![CDATA[>]]></description>`,
			`<guid>3</guid><title>&amp;lt;![CDATA[Trois]]&amp;gt;</title><description>Corps</description>`), "",
			[]fact{{"A & B", "categories", "Vie"}, {"Deux", "text", "Corps"}, {"Trois", "text", "Corps"}}},
		{"13 CDATA of calendars", ".ics", icsOf("SUMMARY:<![CDATA[Bal]]>\nDTSTART:20270712T180000Z\nLOCATION:<![CDATA[Salle]]>"), "", []fact{{"Bal", "place", "Salle/"}}},
		{"14 language of an entry", ".xml", atomWith(`<id>1</id><title>a</title><updated>2026-11-01T10:00:00Z</updated><summary>`+french+`</summary>`,
			`<id>2</id><title>b</title><updated>2026-11-01T10:00:00Z</updated><summary xml:lang="fr">`+dutch+`</summary>`), "language: en, ", []fact{{"a", "language", "fr"}, {"b", "language", "nl"}}},
		{"14 language of an item", ".json", jsonFeedOf(`{"id":"1","url":"@BASE@/a","title":"a","language":"en_US","content_text":"`+french+`"}`, `{"id":"2","url":"@BASE@/b","title":"b","language":"fr_BE","content_text":"`+french+`"}`,
			`{"id":"3","url":"@BASE@/c","title":"Fête de la bière","language":"nl","content_text":"Zaal 3"}`), "", []fact{{"a", "language", "fr"}, {"b", "language", "fr-BE"}, {"Fête de la bière", "language", "nl"}}},
		{"14 dc:language", ".xml", rssItems(`<guid>1</guid><title>a</title><description>`+dutch+`</description><dc:language>fre</dc:language>`, `<guid>2</guid><title>b</title><description>`+french+`</description><dc:language>fre</dc:language>`), "",
			[]fact{{"a", "language", "nl"}, {"b", "language", "fr"}}},
		{"14 fixed", ".xml", rssItems(`<guid>1</guid><title>a</title><description>`+dutch+`</description><dc:language>en</dc:language>`, `<guid>2</guid><title>b</title><description>x</description>`), `"language!": de, `,
			[]fact{{"a", "language", "de"}, {"b", "language", "de"}}},
		{"14 language of a calendar", ".ics", icsOf("SUMMARY;LANGUAGE=en-us:a\nDTSTART:20270712T180000Z\nDESCRIPTION:" + french), "", []fact{{"a", "language", "fr"}}},
		{"14 language of a page", ".html", strings.Replace(jsonldPage(`{"@context":"https://schema.org","@type":"NewsArticle","@id":"#a","headline":"a","inLanguage":"EN_gb","articleBody":"`+french+`"}`), `lang="fr"`, `lang="en"`, 1), "", []fact{{"a", "language", "fr"}}},
		{"16 lines", ".xml", atomWith(`<id>1</id><title>a</title><updated>2026-11-01T10:00:00Z</updated><summary type="text">Un :`+"\n"+`Deux https://www.x.example/pv.pdf</summary>`,
			`<id>2</id><title>b</title><updated>2026-11-01T10:00:00Z</updated><content type="text">Un`+"\n\n"+`Deux &lt; 5</content>`), "", []fact{{"a", "content", "Un :<br>"}, {"a", "links", "https://www.x.example/pv.pdf"}, {"b", "content", "Deux &lt; 5"}}},
		{"16 lines of tables", ".csv", "id;titre;description\n1;a;\"Un\nDeux\"\n", "", []fact{{"a", "content", "Un<br>Deux"}}},
		{"16 lines of data", ".html", jsonldPage(`{"@context":"https://schema.org","@type":"NewsArticle","@id":"#a","headline":"a","articleBody":"Un\nDeux"}`), "", []fact{{"a", "content", "Un<br>Deux"}}},
		{"17 raw breaks", ".json", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":\"a\tb\",\"content_text\":\"x\r\ny\"},{\"id\":\"2\",\"title\":\"c\",\"content_text\":\"\x01z\",},]}", "", []fact{{"a b", "content", "x<br>y"}, {"c", "text", "z"}}},
		{"17 raw breaks of data", ".html", jsonldPage("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"@id\":\"#a\",\"headline\":\"a\",\"articleBody\":\"Un\nDeux\"}", `{"@context":"https://schema.org","@type":"NewsArticle","@id":"#b","headline":"b"}`), "", []fact{{"a", "content", "Un"}, {"b", "text", ""}}},
		{"17 raw breaks of Plone", ".json", "{\"@id\":\"@BASE@/@search?x\",\"items\":[{\"@id\":\"@BASE@/a\",\"@type\":\"News Item\",\"UID\":\"a\",\"title\":\"a\",\"description\":\"Un\nDeux\",\"text\":{\"data\":\"<p>x\ty</p>\"},\"review_state\":\"published\"},{\"@id\":\"@BASE@/b\",\"@type\":\"News Item\",\"UID\":\"b\",\"title\":\"b\",\"text\":{\"data\":\"<p>z</p>\"},\"review_state\":\"published\"}],\"items_total\":2}", "", []fact{{"a", "content", "x"}, {"b", "content", "z"}}},
	}
	region, docs := commune, map[string]string{}
	for i, c := range cases {
		path := fmt.Sprintf("/s%d%s", i, c.ext)
		docs[path] = c.body
		region += fmt.Sprintf("      - {slug: s%d, %surl: \"@%s\"}\n", i, c.more, path)
	}
	h := newTimes(t, region, docs)
	for i, c := range cases {
		t.Run(c.kind, func(t *testing.T) {
			source := fmt.Sprintf("m/s%d", i)
			for _, f := range c.facts {
				h.holds(t, h.titled(t, source, f.title), f)
			}
		})
	}
}
