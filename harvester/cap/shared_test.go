package cap_test

import (
	"bytes"
	"encoding/xml"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html/charset"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/cap"
	"github.com/plonegov/carillon/harvester/formattest"
)

// sharedAlerts returns the real messages, by name.
func sharedAlerts(t testing.TB) map[string][]byte {
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "cap"), "*.cap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages: %v", err)
	}
	all := map[string][]byte{}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(f)] = body
	}
	return all
}

// plainAlert is a message as encoding/xml reads it, which knows nothing of ours.
type plainAlert struct {
	Identifier string `xml:"identifier"`
	Sender     string `xml:"sender"`
	Sent       string `xml:"sent"`
	MsgType    string `xml:"msgType"`
	References string `xml:"references"`
	Signature  *struct{}
	Info       []struct {
		Language    string   `xml:"language"`
		Category    []string `xml:"category"`
		Event       string   `xml:"event"`
		Response    []string `xml:"responseType"`
		Urgency     string   `xml:"urgency"`
		Severity    string   `xml:"severity"`
		Certainty   string   `xml:"certainty"`
		Onset       string   `xml:"onset"`
		Expires     string   `xml:"expires"`
		SenderName  string   `xml:"senderName"`
		Headline    string   `xml:"headline"`
		Description string   `xml:"description"`
		Instruction string   `xml:"instruction"`
		Web         string   `xml:"web"`
		Contact     string   `xml:"contact"`
		Area        []struct {
			Desc    string   `xml:"areaDesc"`
			Polygon []string `xml:"polygon"`
			Circle  []string `xml:"circle"`
			Geocode []struct {
				Name  string `xml:"valueName"`
				Value string `xml:"value"`
			} `xml:"geocode"`
		} `xml:"area"`
	} `xml:"info"`
}

func TestSharedAlerts(t *testing.T) {
	for name, body := range sharedAlerts(t) {
		t.Run(name, func(t *testing.T) {
			doc := federation.Document{Body: body}
			if s := cap.Format().Sniff(doc); s != 100 {
				t.Errorf("Sniff = %d, want 100", s)
			}
			d, err := cap.Format().Decode(doc)
			if err != nil {
				t.Fatal(err)
			}
			var want plainAlert
			dec := xml.NewDecoder(bytes.NewReader(body))
			dec.CharsetReader = charset.NewReaderLabel
			if err := dec.Decode(&want); err != nil {
				t.Fatal(err)
			}
			compare(t, d, want)
		})
	}
}

// compare checks each field of the items against the message: as many items as
// languages, each with what its info says.
func compare(t *testing.T, d federation.Decoded, want plainAlert) {
	langs := map[string]int{}
	for i, info := range want.Info {
		if _, known := langs[info.Language]; !known {
			langs[info.Language] = i
		}
	}
	if n := max(1, len(langs)); len(d.Items) != n || d.Listed != n {
		t.Fatalf("%d items and %d listed, want %d", len(d.Items), d.Listed, n)
	}
	if len(want.Info) == 0 {
		if it := d.Items[0]; it.Title == "" || it.Updated.IsZero() || len(d.Warnings) != 1 {
			t.Errorf("title %q, updated %v, warnings %v", it.Title, it.Updated, d.Warnings)
		}
		return
	}
	at := 0
	for i, info := range want.Info {
		if langs[info.Language] != i {
			continue // more of a language is the fixtures' to test
		}
		it := d.Items[at]
		at++
		field := func(name, got, want string) {
			if squeeze(got) != squeeze(want) {
				t.Errorf("%s: %s = %q, want %q", it.OriginID, name, got, want)
			}
		}
		field("id", it.OriginID, want.Sender+","+want.Identifier+map[bool]string{true: "," + strings.Split(info.Language, "-")[0]}[at > 1])
		field("language", it.Language, or(info.Language, "en-US"))
		field("title", it.Title, or(info.Headline, info.Event))
		field("url", it.URL, info.Web)
		field("event", it.Alert.Event, info.Event)
		field("severity", it.Alert.Severity, strings.ToLower(or(info.Severity, "unknown")))
		field("urgency", it.Alert.Urgency, strings.ToLower(or(info.Urgency, "unknown")))
		field("certainty", it.Alert.Certainty, strings.ToLower(or(info.Certainty, "unknown")))
		field("response", strings.Join(it.Alert.Response, " "), strings.ToLower(strings.Join(info.Response, " ")))
		field("instruction", it.Alert.Instruction, info.Instruction)
		field("sender", it.Alert.Sender, or(info.SenderName, want.Sender))
		instant(t, "updated", it.Updated, want.Sent)
		instant(t, "published", it.Published, want.Sent)
		instant(t, "expires", it.Expires, info.Expires)
		instant(t, "onset", it.Alert.Onset, info.Onset)
		if it.Alert.Signed != (want.Signature != nil) {
			t.Errorf("signed = %v", it.Alert.Signed)
		}
		if n := len(strings.Fields(want.References)); want.MsgType == "Update" && len(it.Replaces) != n {
			t.Errorf("replaces %q, want %d", it.Replaces, n)
		}
		text := squeeze(it.Title + it.Content.Text() + it.Alert.Event)
		for _, s := range append(words(info.Description), info.Contact, info.Event, info.Instruction) {
			if s = plain(s); !strings.Contains(text, squeeze(s)) {
				t.Errorf("%s: text lost: %q", it.OriginID, s)
			}
		}
		for _, c := range info.Category {
			if !slices.Contains(it.Categories, c) {
				t.Errorf("categories %q lack %q", it.Categories, c)
			}
		}
		for _, a := range info.Area {
			z := slices.IndexFunc(it.Alert.Zones, func(z federation.AlertZone) bool {
				return z.Name == a.Desc && len(z.Codes) == len(a.Geocode) && len(z.Circles) == len(a.Circle)
			})
			if z < 0 || !slices.Contains(it.Alert.Areas, a.Desc) {
				t.Errorf("no area %q with %d codes and %d circles", a.Desc, len(a.Geocode), len(a.Circle))
				continue
			}
			drawn := 0
			for _, p := range a.Polygon {
				if p != "" {
					drawn++
				}
			}
			if got := it.Alert.Zones[z].Polygons; len(got) != drawn || drawn > 0 && len(got[0]) != len(strings.Fields(a.Polygon[0])) {
				t.Errorf("area %q has %d polygons, want %d with every point", a.Desc, len(got), drawn)
			}
			if len(a.Circle)+drawn > 0 && it.Place.Point == nil {
				t.Errorf("area %q gives no place", a.Desc)
			}
		}
	}
}

func or(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return strings.TrimSpace(a)
}

func words(s string) []string { return strings.Fields(markupTag.ReplaceAllString(s, " ")) }

var markupTag = regexp.MustCompile(`<[^>]*>`)

func plain(s string) string { return html.UnescapeString(markupTag.ReplaceAllString(s, " ")) }

func instant(t *testing.T, name string, got time.Time, want string) {
	if want == "" && got.IsZero() {
		return
	}
	w, err := time.Parse(time.RFC3339, want)
	if err != nil || !got.Equal(w) {
		t.Errorf("%s = %v, want %q", name, got, want)
	}
}

// squeeze removes white space, which the two sides place differently.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// TestHostile gives the reader XML made to hurt inside a message: it is not
// made more of.
func TestHostile(t *testing.T) {
	for name, body := range formattest.Cases(t, "xml/entity-attacks") {
		d, _ := formattest.Check(t, cap.Format(), corpus, name, message(public, "<info><description>"+string(body)+"</description></info>"))
		for _, it := range d.Items {
			if len(it.Content.String()) > 40*len(body)+10_000 {
				t.Errorf("%s: %d bytes of content from %d", name, len(it.Content.String()), len(body))
			}
		}
	}
}
