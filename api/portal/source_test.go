package portal

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
)

// textOf is what a page says, without its markup.
func textOf(t *testing.T, body string) string {
	t.Helper()
	var b strings.Builder
	for n := range nodes(t, body) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data + " ")
			}
		}
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(b.String()), " "), "\u00a0", " ")
}

func TestSourcePage(t *testing.T) {
	h := newHub(t)
	for path, wants := range map[string][]string{
		"/members/bellerive/sources/actualites": {"All is well: read 12 minutes ago, 42 of 42 items.", "Next read in 40 minutes, because new items usually appear every 26 hours.",
			"Usually 6 new items a week; 4 this week.", "42 of 42 listed", "2 new, 1 changed", "carillon check https://www.bellerive.example/actualites.xml",
			"The site names a WebSub hub (https://push.example/)"},
		"/members/bellerive/sources/agenda": {"since Tuesday: the site refuses the hub’s robot (403)", "User-Agent that begins with “Carillon”",
			"Whom to ask: the site’s host or IT service.", "5 publications of this source stay visible meanwhile.", "not read", "growing wait"},
		"/members/hautecombe/sources/agenda": {"nothing new for 9 days", "5 items are no longer listed", "carillon harvest --confirm hautecombe/agenda",
			"Your server sends no ETag and no Last-Modified", "redirects for good to https://agenda.hautecombe.example/feed?type=rss&lang=fr", "3 items read have no date.",
			"2 items are dated in the future.", "a warning"},
		"/members/amis/sources/billets":        {"since 20 October 2026: the site’s security certificate", "It is tried only once a week now.", "Next read in 5 days"},
		"/members/eaux/sources/avis":           {"this address is gone for good (410)", "It is not read any more: the address was declared gone."},
		"/members/lindewater/sources/nieuws":   {"The operator of the hub has stopped the reading"},
		"/members/rosenthal/sources/termine":   {"This source has not been read yet.", "Next read as soon as the hub gets to it."},
		"/members/ornelle/sources/demarches":   {"the file on the hub’s own machine cannot be opened", "a file on the hub’s own machine"},
		"/members/bellerive":                   {"Cannot be read: the site refuses the hub’s robot (403)"},
		"/members/lindewater":                  {"Reading is suspended."},
		"/members/eaux":                        {"The address no longer exists."},
		"/items/" + h.titled("La passerelle"):  {"How this source is doing"},
		"/members/rosenthal/sources/nothing":   {"Page not found"},
		"/members/nobody/sources/nothing":      {"Page not found"},
		"/members/bellerive/sources/avis?a=b":  {"Page not found"},
		"/members/eaux/sources/avis?colour=no": {"“colour”"},
	} {
		w := h.get(withUI(path, "en"))
		said := textOf(t, w.Body.String())
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("GET %s (%d) lacks %q: %s", path, w.Code, want, said)
			}
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("GET %s names a folder of the hub's machine", path)
		}
	}
}

// TestSourcePageIsLinked: from the member's page and from each item's.
func TestSourcePageIsLinked(t *testing.T) {
	h := newHub(t)
	for from, to := range map[string]string{
		"/members/bellerive":                  "/members/bellerive/sources/agenda",
		"/items/" + h.titled("La passerelle"): "/members/bellerive/sources/actualites",
	} {
		found := false
		for _, link := range links(t, h.get(from).Body.String()) {
			found = found || link == to
		}
		if !found {
			t.Errorf("GET %s does not lead to %s", from, to)
		}
	}
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/rss.xml":  "https://a.example/rss.xml",
		"https://a.example/?a=1&b=2": "'https://a.example/?a=1&b=2'",
		"https://a.example/$(x)'y":   `'https://a.example/$(x)'\''y'`,
	} {
		if got := shellWord(in); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", in, got, want)
		}
	}
}

// TestAttachmentsByRole: a thumbnail is nothing to download, and what is to be
// seen or heard says so.
func TestAttachmentsByRole(t *testing.T) {
	it := newItem("bellerive", "actualites", "urn:media", federation.News, "Avec médias")
	at := func(name, role string) federation.Attachment {
		return federation.Attachment{URL: "https://media.example/" + name, Role: role}
	}
	picture := at("2.jpg", federation.RoleImage)
	picture.Alt = "La place sous la neige"
	it.Attachments = []federation.Attachment{at("small.jpg", federation.RoleThumbnail), picture, at("a.mp3", federation.RoleAudio),
		at("v.mp4", federation.RoleVideo), at("t.txt", federation.RoleTranscript), at("plan.pdf", "")}
	h := newHub(t, it)
	body := h.get("/items/" + it.ID + "?ui=en").Body.String()
	said := textOf(t, body)
	for _, want := range []string{"La place sous la neige Picture", "a.mp3 Audio", "v.mp4 Video", "t.txt Transcript", "plan.pdf"} {
		if !strings.Contains(said, want) {
			t.Errorf("the page lacks %q: %s", want, said)
		}
	}
	if strings.Contains(body, "small.jpg") {
		t.Error("the page offers a thumbnail")
	}
	for n := range nodes(t, body) {
		if src := attr(n, "src"); strings.HasPrefix(src, "https://media.example") {
			t.Errorf("the page loads %s from others", src)
		}
	}
}
