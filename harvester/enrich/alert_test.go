package enrich

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// warner is a hub of a region, two communes and an association.
var warner = NewTables(nil, []federation.Member{
	{Slug: "vallonie", Kind: federation.KindRegion, Name: federation.Text{"fr": "Vallonie", "nl": "Vallonië"}},
	{Slug: "samb", Kind: federation.KindCommune, Name: federation.Text{"fr": "Commune de Samb"}, Code: "92094", Location: &federation.Point{Lat: 50.4, Lon: 4.6}},
	{Slug: "orne", Kind: federation.KindCommune, Name: federation.Text{"fr": "Orne"}},
	{Slug: "amis", Kind: federation.KindAssociation, Name: federation.Text{"fr": "Les Amis"}},
}, federation.Hub{})

func alertOf(alert federation.Alert) federation.Item {
	return federation.Item{OriginID: "1", Title: "Quittez la région", Type: federation.AlertItem, Language: "fr", Updated: noon, Alert: &alert}
}

func completedAlert(src federation.Source, it federation.Item) (federation.Item, federation.Decoded) {
	d := federation.Decoded{Items: []federation.Item{it}}
	warner.Complete(&d, Origin{Source: src, URL: "https://x.example/rss", Hash: "h", Time: noon})
	return d.Items[0], d
}

// TestAlertsAreGranted gives the same alert to sources that may publish alerts
// and to sources that may not.
func TestAlertsAreGranted(t *testing.T) {
	for _, c := range []struct {
		name    string
		src     federation.Source
		granted bool
	}{
		{"news", federation.Source{Type: federation.News}, false},
		{"nothing said", federation.Source{}, false},
		{"notices", federation.Source{Type: federation.Notice}, false},
		{"a format that may hold alerts", federation.Source{Format: "feed"}, false},
		{"alerts", federation.Source{Type: federation.AlertItem}, true},
		{"news that may warn", federation.Source{Type: federation.News, Alerts: true}, true},
		{"CAP", federation.Source{Format: "cap"}, true},
	} {
		c.src.Member, c.src.Slug = "samb", "actus"
		it, d := completedAlert(c.src, alertOf(federation.Alert{Severity: "extreme"}))
		if granted := it.Type == federation.AlertItem && it.Alert != nil; granted != c.granted || !granted && (it.Type != federation.News || it.Alert != nil) {
			t.Errorf("%s: type %s, alert %+v; granted is to be %v", c.name, it.Type, it.Alert, c.granted)
		}
		told := slices.ContainsFunc(d.Warnings, func(w federation.Warning) bool { return strings.Contains(w.Message, "alerts: true") })
		if told == c.granted {
			t.Errorf("%s: warnings %v", c.name, d.Warnings)
		}
	}
	it, _ := completedAlert(federation.Source{Member: "samb", Slug: "x"}, federation.Item{OriginID: "1", Title: "T", Type: federation.Notice, Alert: &federation.Alert{Severity: "extreme"}})
	if it.Type != federation.Notice || it.Alert != nil {
		t.Errorf("a notice with the values of an alert is of type %s with %+v", it.Type, it.Alert)
	}
}

// TestAlertsEnd: an end that is none counts as none, and health says so.
func TestAlertsEnd(t *testing.T) {
	src := federation.Source{Member: "samb", Slug: "alertes", Type: federation.AlertItem}
	for _, c := range []struct {
		end  time.Time
		want time.Time // of Until
		told bool
	}{
		{time.Time{}, noon.Add(federation.AlertLife), false},
		{noon.Add(36 * 24 * time.Hour), noon.Add(36 * 24 * time.Hour), false},
		{time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), noon.Add(federation.AlertLife), true},
		{noon.AddDate(0, 4, 0), noon.Add(federation.AlertLife), true},
	} {
		it := alertOf(federation.Alert{})
		it.Expires = c.end
		got, d := completedAlert(src, it)
		if !got.Until().Equal(c.want) || got.Expires.After(noon.AddDate(0, 3, 0)) || len(d.Warnings) > 0 != c.told {
			t.Errorf("an alert that ends on %v ends on %v, until %v, warnings %v; want until %v", c.end, got.Expires, got.Until(), d.Warnings, c.want)
		}
	}
}

// TestAlertAreas: a commune warns for itself, whatever it says.
func TestAlertAreas(t *testing.T) {
	near, far := []federation.Point{{Lat: 50.4, Lon: 4.6}, {Lat: 50.5, Lon: 4.7}, {Lat: 50.4, Lon: 4.7}, {Lat: 50.4, Lon: 4.6}},
		[]federation.Point{{Lat: 49, Lon: 2}, {Lat: 51, Lon: 6}, {Lat: 49, Lon: 6}, {Lat: 49, Lon: 2}}
	for _, c := range []struct {
		member string
		areas  []string
		want   []string
		wider  bool
	}{
		{"vallonie", []string{"Toute la région"}, []string{"Toute la région"}, false},
		{"samb", []string{"Centre"}, []string{"Commune de Samb – Centre"}, false},
		{"samb", nil, []string{"Commune de Samb"}, false},
		{"samb", []string{"Commune de Samb, quartier de la gare"}, []string{"Commune de Samb, quartier de la gare"}, false},
		{"samb", []string{"Toute la région"}, []string{"Commune de Samb"}, true},
		{"samb", []string{"Orne"}, []string{"Commune de Samb"}, true},
		{"samb", []string{"Vallonië"}, []string{"Commune de Samb"}, true},
		{"samb", []string{"Rue Haute", "Belgique"}, []string{"Commune de Samb – Rue Haute"}, true},
		{"amis", []string{"PROVINCE entière"}, []string{"Les Amis"}, true},
	} {
		it, d := completedAlert(federation.Source{Member: c.member, Slug: "alertes", Alerts: true}, alertOf(federation.Alert{Areas: c.areas}))
		if diff := cmp.Diff(c.want, it.Alert.Areas); diff != "" || len(d.Warnings) > 0 != c.wider {
			t.Errorf("areas %q of %s (-want +got):\n%s\nwarnings %v", c.areas, c.member, diff, d.Warnings)
		}
	}
	it := alertOf(federation.Alert{Areas: []string{"Centre"}, Zones: []federation.AlertZone{{Name: "Centre", Polygons: [][]federation.Point{near, far},
		Circles: []federation.Circle{{Center: near[0], Radius: 4}, {Center: near[0], Radius: 400}},
		Codes:   []federation.Code{{System: "NIS", Value: "92094A00-"}, {System: "NUTS", Value: "BE"}}}}})
	it.Place = &federation.Place{Name: "Centre", Point: &far[0]}
	got, d := completedAlert(federation.Source{Member: "samb", Slug: "alertes", Alerts: true}, it)
	z := got.Alert.Zones[0]
	if len(z.Polygons) != 1 || z.Polygons[0][1] != near[1] || len(z.Circles) != 1 || z.Circles[0].Radius != 4 || len(z.Codes) != 1 || len(d.Warnings) != 1 {
		t.Errorf("zones %+v, warnings %v; want what is near alone", got.Alert.Zones, d.Warnings)
	}
	if got.Place.Point != nil || got.Place.Name != "Commune de Samb – Centre" {
		t.Errorf("place %+v", got.Place)
	}
	if len(it.Alert.Zones[0].Polygons) != 2 || it.Place.Point == nil {
		t.Error("what the decoder gave was changed")
	}
}
