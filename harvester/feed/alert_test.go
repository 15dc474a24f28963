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
