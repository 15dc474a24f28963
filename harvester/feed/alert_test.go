package feed_test

import (
	"os"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/feed"
)

// TestAlerts reads the indexes of alerts of the shared data.
func TestAlerts(t *testing.T) {
	for _, test := range []struct {
		file, severity, event, area string
		items, codes                int
	}{
		{"weather_index.atom", "unknown", "", "Middlesex", 0, 1},
		{"amber.atom", "severe", "Child Abduction", "Washington D.C.", 1, 1},
		{"earthquake-validator.atom", "minor", "Earthquake", "", 1, 0},
		{"ny_index.rss", "", "", "", 2, 0},
	} {
		body, err := os.ReadFile(shareddata.Dir(t, "cap", test.file))
		if err != nil {
			t.Fatal(err)
		}
		d, err := feed.Format().Decode(federation.Document{URL: "https://alerts.example/" + test.file, Body: body})
		if err != nil || len(d.Items) == 0 || test.items > 0 && len(d.Items) != test.items || len(d.Warnings) > 0 {
			t.Errorf("%s: Decode = %d items, warnings %v, %v", test.file, len(d.Items), d.Warnings, err)
			continue
		}
		it := d.Items[0]
		if test.severity == "" {
			if it.Alert != nil {
				t.Errorf("%s: alert %+v, but nothing says that it is one", test.file, it.Alert)
			}
			continue
		}
		if it.Type != federation.AlertItem || it.Alert == nil {
			t.Errorf("%s: type %q, want an alert", test.file, it.Type)
			continue
		}
		a := it.Alert
		if a.Severity != test.severity || test.event != "" && a.Event != test.event || test.area != "" && a.Areas[0] != test.area {
			t.Errorf("%s: alert %+v, want %s %s in %s", test.file, a, test.severity, test.event, test.area)
		}
		if test.codes > 0 && (len(a.Zones) == 0 || len(a.Zones[0].Codes) < test.codes) {
			t.Errorf("%s: zones %+v, want codes", test.file, a.Zones)
		}
		t.Logf("%s: %+v", test.file, a)
	}
}

// TestAlertsEnded: an entry that says that there is no danger is ended, and one
// that is a drill is none.
func TestAlertsEnded(t *testing.T) {
	for _, c := range []struct {
		name, elements string
		items          int
		ended          bool
	}{
		{"in force", "<cap:severity>Severe</cap:severity><cap:urgency>Immediate</cap:urgency>", 1, false},
		{"past", "<cap:severity>Severe</cap:severity><cap:urgency>Past</cap:urgency>", 1, true},
		{"all clear", "<cap:severity>Severe</cap:severity><cap:responseType>AllClear</cap:responseType>", 1, true},
		{"all clear, apart", "<cap:severity>Severe</cap:severity><cap:responseType>All Clear</cap:responseType>", 1, true},
		{"green", "<cap:severity>Minor</cap:severity><cap:parameter><cap:valueName>awareness_level</cap:valueName><cap:value>1; green; Minor</cap:value></cap:parameter>", 1, true},
		{"a green severity", "<cap:severity>Green</cap:severity>", 1, true},
		{"an exercise", "<cap:severity>Severe</cap:severity><cap:status>Exercise</cap:status>", 0, false},
		{"a test", "<cap:severity>Severe</cap:severity><cap:status>test</cap:status>", 0, false},
		{"a draft", "<cap:severity>Severe</cap:severity><cap:status>Draft</cap:status>", 0, false},
		{"of the system", "<cap:severity>Severe</cap:severity><cap:status>System</cap:status>", 0, false},
	} {
		d, err := feed.Format().Decode(federation.Document{URL: "https://alerts.example/", Body: []byte(
			`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><title>T</title><id>f</id><updated>2026-11-28T07:00:00Z</updated>
			<entry><id>1</id><title>Orages</title><updated>2026-11-28T07:00:00Z</updated><summary>Orages.</summary><cap:event>Orages</cap:event>` + c.elements + `</entry></feed>`)})
		if err != nil || len(d.Items) != c.items {
			t.Errorf("%s: %d items, %v; want %d", c.name, len(d.Items), err, c.items)
			continue
		}
		if c.items > 0 && d.Items[0].Alert.Ended != c.ended {
			t.Errorf("%s: %+v, want ended %v", c.name, d.Items[0].Alert, c.ended)
		}
	}
}
