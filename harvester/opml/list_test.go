package opml

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParse(t *testing.T) {
	l, err := Parse([]byte("<opml version=\"1.1\" xmlns:carillon='x'>\n<head><title>Les flux de l&rsquo;Ornelle</title></head><body>\n"+
		"<outline text='Sambre'>\n <outline text='Actus &amp; co' xmlUrl='https://a.example/rss' htmlUrl=https://a.example/ carillon:slug=actus carillon:every='15m'/>\n"+
		" <outline text=vide type=rss>\n</outline>\n <outline type=link text=Page url=https://p.example/>\n</opml>"), "")
	want := List{Version: "opml1", Title: "Les flux de l’Ornelle",
		Feeds: []Feed{{URL: "https://a.example/rss", Title: "Actus & co", Site: "https://a.example/", Folders: []string{"Sambre"},
			Settings: map[string]string{"slug": "actus", "every": "15m"}, Line: 4}},
		Sites:  []Link{{"Page", "https://p.example/", 7}},
		Faults: []Fault{{"vide", "it has no address (xmlUrl)", 5}}}
	if diff := cmp.Diff(want, l, cmpopts.IgnoreUnexported(List{})); diff != "" || err != nil {
		t.Errorf("Parse = %v (-want +got):\n%s", err, diff)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, body := range []string{"", "<html><body>", "{}", "\x00\x01", "<rss><channel/></rss>"} {
		if l, err := Parse([]byte(body), ""); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", body, l)
		}
	}
}

func TestCharsets(t *testing.T) {
	const text = `<opml version="2.0"><head><title>Évènements</title></head></opml>`
	latin := strings.NewReplacer("É", "\xc9", "è", "\xe8").Replace(text)
	var wide []byte
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	tests := []struct{ name, contentType, body string }{
		{"UTF-8", "", text}, {"UTF-8 with a mark", "", "\ufeff" + text},
		{"declared", "", `<?xml version='1.0' encoding='ISO-8859-1'?>` + latin},
		{"sent", "text/xml; charset=iso-8859-1", latin},
		{"undeclared", "", latin},
		{"UTF-16", "", "\xff\xfe" + string(wide)}, {"UTF-16 without a mark", "", string(wide)},
	}
	for _, test := range tests {
		if l, err := Parse([]byte(test.body), test.contentType); l.Title != "Évènements" || err != nil {
			t.Errorf("%s: Parse(…).Title = %q, %v", test.name, l.Title, err)
		}
	}
}

// TestParseIsBounded: what is nested, repeated or long without end is read in
// part.
func TestParseIsBounded(t *testing.T) {
	deep := "<opml><body>" + strings.Repeat("<outline text=a>", 200_000) + `<outline xmlUrl="https://a.example/">`
	if l, err := Parse([]byte(deep), ""); err != nil || len(l.Feeds) > 0 && len(l.Feeds[0].Folders) > maxDepth {
		t.Errorf("Parse(nested 200,000 deep) = %d feeds, %v", len(l.Feeds), err)
	}
	long := `<opml><body><outline text="` + strings.Repeat("x", 1<<20) + `" xmlUrl="https://a.example/">`
	if l, err := Parse([]byte(long), ""); err != nil || len(l.Feeds) != 1 || len(l.Feeds[0].Title) > maxValue {
		t.Errorf("Parse(a title of 1 MiB) = %d feeds, %v", len(l.Feeds), err)
	}
}

func TestEncode(t *testing.T) {
	l := List{Version: "opml2", Title: `Flux <&"> de l’Ornelle`, Created: "Mon, 23 Nov 2026 10:00:00 GMT", Owner: Person{Name: "Hub", URL: "https://hub.example/"}, Feeds: []Feed{
		{URL: "https://a.example/rss?a=1&b=2", Title: "A\u00a0b", Site: "https://a.example/", Language: "fr", Folders: []string{"Sambre", "Ville"},
			Categories: [][]string{{"vie"}, {"a", "b"}}, Settings: map[string]string{"slug": "actus", "every": "15m"}},
		{URL: "https://b.example/rss", Title: "B", Folders: []string{"Sambre"}},
		{URL: "https://c.example/rss", Title: "C"},
	}}
	var b bytes.Buffer
	if err := l.Encode(&b); err != nil {
		t.Fatal(err)
	}
	back, err := Parse(b.Bytes(), "")
	l.Feeds[0].Title = "A b"
	if diff := cmp.Diff(l, back, cmpopts.IgnoreFields(Feed{}, "Line"), cmpopts.IgnoreUnexported(List{})); diff != "" || err != nil {
		t.Errorf("Parse(Encode(…)) = %v (-want +got):\n%s\n%s", err, diff, b.String())
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<opml version="2.0"><head><title>a</title></head><body><outline text="f" category="a,/b/c"><outline xmlUrl="https://a.example/" text="&eacute;" carillon:slug="x"/></outline></body></opml>`))
	f.Add([]byte(`<rdf:RDF><foaf:Group><foaf:name>g</foaf:name><foaf:Agent><foaf:weblog><foaf:Document rdf:about="x"><rdfs:seeAlso><rss:channel rdf:about="y"/>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		l, err := Parse(body, "")
		if err != nil || l.Version == "rdf" { // names of FOAF groups may hold the commas and slashes of categories
			return
		}
		var b bytes.Buffer
		if err := l.Encode(&b); err != nil {
			t.Fatal(err)
		}
		back, err := Parse(b.Bytes(), "")
		if diff := cmp.Diff(l.Feeds, back.Feeds, cmpopts.IgnoreFields(Feed{}, "Line"), cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Errorf("Parse(Encode(Parse(…))) = %v (-once +twice):\n%s\n%s", err, diff, b.String())
		}
	})
}

// TestComments: an outline that is commented out is passed over with all below
// it, however that is written; an address for a program is one of the web.
func TestComments(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"a French group":  {`<outline text="Actus" xmlUrl="https://a.example/rss"/><outline isComment="true" text="Abandonnés"><outline text="Vieux"><outline text="B" xmlUrl="https://b.example/rss"/></outline></outline>`, "https://a.example/rss"},
		"a Dutch feed":    {`<outline text="Gemeenten"><outline isComment=TRUE text="Oud" xmlUrl="https://o.example/rss"/><outline isComment="false" text="Nieuw" xmlUrl="https://n.example/rss"/></outline>`, "https://n.example/rss"},
		"a German list":   {`<outline iscomment='True' text="Liste" type="include" url="https://l.example/l.opml"/><outline text="Termine" type="ics" xmlUrl="webcals://t.example/t.ics"/>`, "https://t.example/t.ics"},
		"an English feed": {`<outline text="Agenda" xmlUrl="webcal://e.example/a.ics"/><outline text="News" xmlUrl="feed:https://e.example/rss"/>`, "https://e.example/a.ics https://e.example/rss"},
	} {
		l, err := Parse([]byte("<opml version=\"2.0\"><body>"+test.body+"</body></opml>"), "")
		var got []string
		for _, f := range l.Feeds {
			got = append(got, f.URL)
		}
		if s := strings.Join(got, " "); s != test.want || err != nil || len(l.Lists) > 0 {
			t.Errorf("%s: feeds %q, lists %v, %v; want %q", name, s, l.Lists, err, test.want)
		}
	}
}
