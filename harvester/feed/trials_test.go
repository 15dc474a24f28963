package feed_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
)

func only(t *testing.T, body string) (it federation.Item) {
	t.Helper()
	d, err := feed.Format().Decode(federation.Document{URL: "https://v.example/feed/all.xml", Body: []byte(body)})
	if err != nil || len(d.Items) != 1 {
		t.Errorf("Decode(%s) = %d items, %v", body, len(d.Items), err)
		return it
	}
	return d.Items[0]
}

// TestBases resolves what an item's text refers to: RFC 4287, 2 for Atom, the
// page of the item, then the channel, for RSS.
func TestBases(t *testing.T) {
	const link = "&lt;p>&lt;a href='x.pdf'>a&lt;/a>&lt;/p>"
	atom := func(feed, entry, rest string) string {
		return "<feed xmlns='http://www.w3.org/2005/Atom' " + feed + "><link href='https://v.example/'/><entry " + entry + "><id>1</id><title>t</title><link href='https://v.example/a/b.html'/>" + rest + "</entry></feed>"
	}
	rss := func(rest string) string {
		return "<rss><channel><link>https://v.example/</link><item><title>t</title>" + rest + "</item></channel></rss>"
	}
	for body, want := range map[string]string{
		atom("", "", "<content type='html' xml:base='/2026/10/b.html'>"+link+"</content>"):                                  "https://v.example/2026/10/x.pdf",
		atom("", "", "<summary type='html' xml:base='https://w.example/s/'>"+link+"</summary>"):                             "https://w.example/s/x.pdf",
		atom("", "xml:base='https://v.example/deep/'", "<content type='html' xml:base='er/'>"+link+"</content>"):            "https://v.example/deep/er/x.pdf",
		atom("xml:base='https://v.example/f/'", "", "<content type='html'>"+link+"</content>"):                              "https://v.example/f/x.pdf",
		atom("", "", "<content type='xhtml' xml:base='/y/'><div><p><a href='x.pdf'>a</a></p></div></content>"):              "https://v.example/y/x.pdf",
		rss("<link>https://v.example/news/2027/a.html</link><description>" + link + "</description>"):                       "https://v.example/news/2027/x.pdf",
		rss("<link>/news/2027/a.html</link><description>" + link + "</description>"):                                        "https://v.example/news/2027/x.pdf",
		rss("<guid isPermaLink='false'>1</guid><description>" + link + "</description>"):                                    "https://v.example/x.pdf",
		rss("<link>https://v.example/n/a.html</link><description xml:base='https://w.example/'>" + link + "</description>"): "https://w.example/x.pdf",
	} {
		if it := only(t, body); !strings.Contains(it.Content.String(), `"`+want+`"`) {
			t.Errorf("Decode(%s) = %s, want %s in it", body, it.Content, want)
		}
	}
}

// TestCDATATwice reads texts that were wrapped once too often.
func TestCDATATwice(t *testing.T) {
	for title, want := range map[string]string{
		"<![CDATA[<![CDATA[Lettre ouverte]]]]><![CDATA[>]]>": "Lettre ouverte",
		"&lt;![CDATA[Lettre fermée]]&gt;":                    "Lettre fermée",
		"<![CDATA[Lettre]]>":                                 "Lettre",
		"Lettre &lt;b>ouverte&lt;/b>":                        "Lettre ouverte",
	} {
		it := only(t, "<rss><channel><item><guid>1</guid><title>"+title+"</title><description>&lt;![CDATA[&lt;p&gt;Corps&lt;/p&gt;]]&gt;</description></item></channel></rss>")
		if it.Title != want || it.Content.String() != "<p>Corps</p>" {
			t.Errorf("title %s = %q, content %s; want %q and <p>Corps</p>", title, it.Title, it.Content, want)
		}
		if it := only(t, "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title type='html'>"+title+"</title></entry></feed>"); it.Title != want {
			t.Errorf("Atom title %s = %q, want %q", title, it.Title, want)
		}
	}
}

// TestRawLineBreaks reads a JSON Feed whose strings hold what must be escaped.
func TestRawLineBreaks(t *testing.T) {
	for _, text := range []string{"a\nb", "a\tb", "a\r\nb"} {
		body := `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"` + text + `"},{"id":"2","title":"c",},]}`
		d, err := feed.Format().Decode(federation.Document{Body: []byte(body)})
		if err != nil || len(d.Items) != 2 || len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0].Message, "mended") {
			t.Errorf("Decode(%q) = %d items, %v, %v; want two and one warning", body, len(d.Items), d.Warnings, err)
		}
	}
}
