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
		"/members/bellerive/sources/actualites": {"All is well. Checked 12 minutes ago; publications collected: 42 of 42.", "Next check in 40 minutes, because new publications usually appear every 26 hours.",
			"New publications a week: usually 6, 4 this week.", "Publications collected 42 of 42", "2 new, 1 changed", "carillon check https://www.bellerive.example/actualites.xml",
			"The site names a WebSub server (https://push.example/)"},
		"/members/bellerive/sources/agenda": {"since Tuesday: the site refuses Carillon’s robot (403)", "User-Agent that begins with “Carillon”",
			"Who to contact: the site’s host or IT service.", "Publications of this source that stay visible: 5.", "not checked", "growing wait"},
		"/members/hautecombe/sources/agenda": {"nothing new for 9 days", "5 publications are no longer listed", "carillon harvest --confirm hautecombe/agenda",
			"Your server sends no ETag and no Last-Modified", "redirects permanently to https://agenda.hautecombe.example/feed?type=rss&lang=fr", "3 publications have no date.",
			"2 publications are dated in the future.", "a warning"},
		"/members/amis/sources/billets":       {"since 20 October 2026: the site’s security certificate", "It is tried only once a week now.", "Next check in 5 days"},
		"/members/eaux/sources/avis":          {"this address has been removed (410)", "No check is planned: the site says the address is gone."},
		"/members/lindewater/sources/nieuws":  {"The portal’s operator has paused checks"},
		"/members/rosenthal/sources/termine":  {"This source has not been checked yet.", "Next check as soon as possible."},
		"/members/ornelle/sources/demarches":  {"the file on Carillon’s own machine cannot be opened", "a file on Carillon’s own machine"},
		"/members/bellerive":                  {"Cannot be read: the site refuses Carillon’s robot (403)"},
		"/members/lindewater":                 {"Checks are paused."},
		"/members/eaux":                       {"The address no longer exists."},
		"/items/" + h.titled("La passerelle"): {"See the status of this source"},
		"/members/rosenthal/sources/nothing":  {"Page not found"},
		"/members/nobody/sources/nothing":     {"Page not found"},
		"/members/bellerive/sources/avis":     {"Page not found"},
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
