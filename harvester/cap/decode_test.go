package cap_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/cap"
	"github.com/plonegov/carillon/harvester/formattest"
)

func message(head, rest string) []byte {
	return []byte(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>i1</identifier><sender>s</sender><sent>2026-01-02T10:00:00+01:00</sent>` +
		head + rest + `</alert>`)
}

const (
	public = `<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>`
	storm  = `<event>Storm</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>`
)

// TestWithheld is what must never be shown to the public.
func TestWithheld(t *testing.T) {
	tests := []struct {
		head           string
		listed, warned int
	}{
		{`<status>Exercise</status><msgType>Alert</msgType><scope>Public</scope>`, 1, 1},
		{`<status>System</status><msgType>Alert</msgType><scope>Public</scope>`, 1, 1},
		{`<status>Test</status><msgType>Update</msgType><scope>Public</scope><references>s,i0,2026-01-02T09:00:00+01:00</references>`, 1, 1},
		{`<status>Draft</status><msgType>Alert</msgType><scope>Public</scope>`, 1, 1},
		{`<status>Test</status><msgType>Cancel</msgType><scope>Public</scope><references>s,i0,2026-01-02T09:00:00+01:00</references>`, 0, 1},
		{`<msgType>Alert</msgType><scope>Public</scope>`, 1, 1},
		{`<status>Actual</status><msgType>Alert</msgType><scope>Private</scope><addresses>a b</addresses>`, 1, 1},
		{`<status>Actual</status><msgType>Alert</msgType><scope>Restricted</scope>`, 1, 1},
		{`<status>Actual</status><msgType>Ack</msgType><scope>Public</scope>`, 0, 1},
		{`<status>Actual</status><msgType>Error</msgType><scope>Public</scope><references>s,i0,2026-01-02T09:00:00+01:00</references>`, 0, 1},
	}
	for _, test := range tests {
		d, err := cap.Format().Decode(federation.Document{Body: message(test.head, "<info>"+storm+"</info>")})
		if err != nil || len(d.Items)+len(d.Gone) != 0 || d.Listed != test.listed || len(d.Warnings) != test.warned {
			t.Errorf("Decode(%s) = %d items, %d gone, %d listed, warnings %v, %v; want none of either, %d listed, %d warnings",
				test.head, len(d.Items), len(d.Gone), d.Listed, d.Warnings, err, test.listed, test.warned)
		}
	}
}

func TestValues(t *testing.T) {
	tests := []struct {
		info   string
		want   federation.Alert
		warned int
	}{
		{`<urgency>IMMEDIATE</urgency><severity> Extreme </severity><certainty>Very Likely</certainty>`,
			federation.Alert{Urgency: "immediate", Severity: "extreme", Certainty: "likely"}, 0},
		{`<urgency>Soon</urgency><severity/><certainty>Observed</certainty>`,
			federation.Alert{Urgency: "unknown", Severity: "unknown", Certainty: "observed"}, 2},
		{``, federation.Alert{Urgency: "unknown", Severity: "unknown", Certainty: "unknown"}, 3},
		{`<urgency>Past</urgency><severity>Minor</severity><certainty>Unlikely</certainty><responseType>All Clear</responseType><responseType>Pray</responseType>`,
			federation.Alert{Urgency: "past", Severity: "minor", Certainty: "unlikely", Response: []string{"allclear"}, Ended: true}, 1},
	}
	for _, test := range tests {
		d, err := cap.Format().Decode(federation.Document{Body: message(public, "<info><event>E</event>"+test.info+"</info>")})
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("Decode(%s) = %d items, %v", test.info, len(d.Items), err)
		}
		got := *d.Items[0].Alert
		test.want.Event, test.want.Sender = "E", "s"
		if diff := cmp.Diff(test.want, got); diff != "" || len(d.Warnings) != test.warned {
			t.Errorf("Decode(%s): alert (-want +got):\n%s\nwarnings %v, want %d", test.info, diff, d.Warnings, test.warned)
		}
	}
}

func TestExpires(t *testing.T) {
	end := func(s string) string { return "<info>" + storm + "<expires>" + s + "</expires></info>" }
	tests := []struct {
		infos string
		want  string
	}{
		{end("2026-01-02T12:00:00+01:00") + end("2026-01-03T12:00:00+01:00"), "2026-01-03T12:00:00+01:00"},
		{end("2026-01-02T12:00:00+01:00") + "<info>" + storm + "</info>", ""},
		{end("tomorrow"), ""},
	}
	for _, test := range tests {
		d, err := cap.Format().Decode(federation.Document{Body: message(public, test.infos)})
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("Decode(%s) = %d items, %v", test.infos, len(d.Items), err)
		}
		got := ""
		if e := d.Items[0].Expires; !e.IsZero() {
			got = e.Format(time.RFC3339)
		}
		if got != test.want {
			t.Errorf("Decode(%s): expires %q, want %q", test.infos, got, test.want)
		}
	}
}

func TestSniff(t *testing.T) {
	tests := []struct {
		body, contentType string
		want              int
	}{
		{`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">`, "", 100},
		{"\ufeff<?xml version='1.0'?>\n<!-- a > b --><c:alert xmlns:c='http://www.incident.com/cap/1.0'>", "", 100},
		{`<alert><identifier>1</identifier>`, "", 80},
		{`<alert><info/>`, "application/cap+xml", 80},
		{`<EDXLDistribution><x><alert xmlns="urn:oasis:names:tc:emergency:cap:1.1">`, "", 70},
		{`<alert level="red">`, "", 20},
		{`<feed xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1"><entry><alert>`, "", 0},
		{`<rss><channel><cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1">`, "", 0},
		{`<html><alert>`, "", 0},
		{`{"alert":1}`, "application/cap+xml", 0},
		{``, "", 0},
	}
	for _, test := range tests {
		if got := cap.Format().Sniff(federation.Document{Body: []byte(test.body), ContentType: test.contentType}); got != test.want {
			t.Errorf("Sniff(%q, %q) = %d, want %d", test.body, test.contentType, got, test.want)
		}
	}
}

// TestEnded: what says that there is no danger warns of nothing, however its
// publisher says it.
func TestEnded(t *testing.T) {
	values := func(severity, urgency string, rest ...string) string {
		return "<info><event>Orages</event><urgency>" + urgency + "</urgency><severity>" + severity + "</severity><certainty>Observed</certainty>" +
			strings.Join(rest, "") + "</info>"
	}
	level := func(name, value string) string {
		return "<parameter><valueName>" + name + "</valueName><value>" + value + "</value></parameter>"
	}
	respond := func(kind string) string { return "<responseType>" + kind + "</responseType>" }
	for _, c := range []struct {
		name, infos string
		want        bool
	}{
		{"a warning", values("Severe", "Immediate", respond("Avoid")), false},
		{"all clear", values("Minor", "Expected", respond("AllClear")), true},
		{"all clear, of something severe", values("Severe", "Immediate", respond("AllClear")), true},
		{"past", values("Severe", "Past"), true},
		{"green", values("Minor", "Future", level("awareness_level", "1; green; Minor")), true},
		{"green, written tightly", values("Minor", "Future", level("Awareness_Level", "1;GREEN")), true},
		{"vert", values("Minor", "Future", level("vigilance", "vert")), true},
		{"a green severity", values("Green", "Future"), true},
		{"nothing to do", values("Minor", "Future", respond("None")), true},
		{"yellow", values("Moderate", "Future", level("awareness_level", "2; yellow; Moderate")), false},
		{"a green something else", values("Moderate", "Future", level("sender_logo", "green")), false},
		{"lifted for a part", values("Minor", "Past") + values("Moderate", "Expected"), false},
		{"lifted for every part", values("Minor", "Past") + values("Minor", "Expected", respond("AllClear")), true},
	} {
		d, err := cap.Format().Decode(federation.Document{Body: message(public, c.infos)})
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("%s: %d items, %v", c.name, len(d.Items), err)
		}
		if a := d.Items[0].Alert; a.Ended != c.want {
			t.Errorf("%s: %+v, want ended %v", c.name, a, c.want)
		}
		if text := d.Items[0].Content.Text(); strings.Contains(strings.ToLower(text), "green") || strings.Contains(text, "wareness") {
			t.Errorf("%s: what a machine reads is shown: %q", c.name, text)
		}
	}
}

// TestLiftedInPart: the part that goes on gives the values, also when what was
// lifted was graver and lasted longer.
func TestLiftedInPart(t *testing.T) {
	d, err := cap.Format().Decode(federation.Document{Body: message(public,
		`<info><event>A</event><responseType>AllClear</responseType><urgency>Past</urgency><severity>Extreme</severity><certainty>Observed</certainty>
		<expires>2026-01-09T10:00:00Z</expires><area><areaDesc>Nord</areaDesc></area></info>
		<info><event>B</event><urgency>Expected</urgency><severity>Minor</severity><certainty>Likely</certainty>
		<expires>2026-01-03T10:00:00Z</expires><area><areaDesc>Sud</areaDesc></area></info>`)})
	if err != nil || len(d.Items) != 1 {
		t.Fatal(len(d.Items), err)
	}
	it := d.Items[0]
	if a := it.Alert; a.Ended || a.Severity != "minor" || len(a.Response) != 0 || !slices.Equal(a.Areas, []string{"Sud"}) || it.Expires.Day() != 3 {
		t.Errorf("alert %+v until %v, want that of the south", a, it.Expires)
	}
}

// TestSame: the languages of a message are one document, and two messages of
// one second are two.
func TestSame(t *testing.T) {
	in := func(lang string) string { return "<info><language>" + lang + "</language>" + storm + "</info>" }
	one := string(message(public, in("fr")+in("nl")))
	two := strings.Replace(string(message(public, in("fr"))), "i1", "i2", 1)
	d, err := cap.Format().Decode(federation.Document{Body: []byte("<alerts>" + one + two + "</alerts>")})
	if err != nil || len(d.Items) != 3 {
		t.Fatal(len(d.Items), err)
	}
	if a, b, c := d.Items[0].Same, d.Items[1].Same, d.Items[2].Same; a == "" || a != b || c == a {
		t.Errorf("Same = %q, %q and %q, want two of one", a, b, c)
	}
}

var corpus = formattest.Corpus{Sniff: 70,
	Small: func(title string) string {
		return string(message(public, "<info><language>fr</language><category>Met</category><event>x</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><headline>"+title+"</headline></info>"))
	},
	Seeds: []string{"\xff\xfe<\x00a\x00l\x00e\x00r\x00t\x00>\x00",
		string(message(public, "<info><area><polygon>1,1 1,1 1,1 1,1</polygon><circle>90,180 0</circle></area><description><![CDATA[a<b]]></info>"))},
	Claims: func(path string, sure int) bool { return sure == 0 || strings.Contains(path, "cap") },
	Check: func(t testing.TB, name string, d federation.Decoded) {
		for _, it := range d.Items {
			if it.Title == "" || it.Alert == nil || it.Type != federation.AlertItem {
				t.Fatalf("%s: item %q, title %q", name, it.OriginID, it.Title)
			}
			for _, z := range it.Alert.Zones {
				for _, ring := range z.Polygons {
					if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
						t.Fatalf("%s: polygon %v", name, ring)
					}
				}
			}
		}
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, cap.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, cap.Format(), corpus) }
