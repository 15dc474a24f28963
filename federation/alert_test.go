package federation

import (
	"testing"
	"time"
)

var alertRead = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)

func TestAlertUntil(t *testing.T) {
	day := 24 * time.Hour
	sent := alertRead.Add(-day)
	for _, c := range []struct {
		name                    string
		typ                     ItemType
		published, updated, end time.Time
		want                    time.Time
	}{
		{"its own end", AlertItem, sent, sent, sent.Add(2 * day), sent.Add(2 * day)},
		{"an end five weeks off", AlertItem, sent, sent, sent.Add(35 * day), sent.Add(35 * day)},
		{"no end", AlertItem, sent, sent, time.Time{}, sent.Add(AlertLife)},
		{"an end in 2099", AlertItem, sent, sent, time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), sent.Add(AlertLife)},
		{"renewed", AlertItem, sent.Add(-30 * day), sent, time.Time{}, sent.Add(AlertLife)},
		{"published alone", AlertItem, sent, time.Time{}, time.Time{}, sent.Add(AlertLife)},
		{"without dates", AlertItem, time.Time{}, time.Time{}, time.Time{}, alertRead.Add(AlertLife)},
		{"updated in 2099", AlertItem, sent, alertRead.AddDate(73, 0, 0), time.Time{}, alertRead.Add(AlertLife)},
		{"both in 2099", AlertItem, sent, alertRead.AddDate(73, 0, 0), alertRead.AddDate(73, 1, 0), alertRead.Add(AlertLife)},
		{"long over", AlertItem, sent.AddDate(-1, 0, 0), time.Time{}, time.Time{}, sent.AddDate(-1, 0, 0).Add(AlertLife)},
		{"news", News, sent, sent, time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"news without end", News, sent, sent, time.Time{}, time.Time{}},
	} {
		it := Item{Type: c.typ, Published: c.published, Updated: c.updated, Expires: c.end, Provenance: Provenance{Fetched: alertRead}}
		if got := it.Until(); !got.Equal(c.want) {
			t.Errorf("%s: Until() = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAlertOver(t *testing.T) {
	it := Item{Type: AlertItem, Updated: alertRead, Alert: &Alert{}}
	if it.Over(alertRead.Add(AlertLife-1)) || !it.Over(alertRead.Add(AlertLife)) {
		t.Error("an alert without an end is not over exactly after its life")
	}
	it.Expires = alertRead.Add(time.Hour)
	if it.Over(alertRead) || !it.Over(it.Expires) {
		t.Error("an alert is not over exactly at its end")
	}
	it.Alert.Ended = true
	if !it.Over(alertRead) {
		t.Error("an alert that its source has ended is in force")
	}
	if it.Type = News; it.Over(it.Expires) {
		t.Error("news is over")
	}
}

func TestAlertLifted(t *testing.T) {
	for _, c := range []struct {
		name string
		a    Alert
		want bool
	}{
		{"nothing said", Alert{}, false},
		{"all clear", Alert{Severity: "severe", Response: []string{"allclear"}}, true},
		{"all clear, and what to do", Alert{Response: []string{"monitor", "allclear"}}, true},
		{"past", Alert{Severity: "extreme", Urgency: "past"}, true},
		{"nothing to do, of little", Alert{Severity: "minor", Response: []string{"none"}}, true},
		{"nothing to do, of something grave", Alert{Severity: "severe", Response: []string{"none"}}, false},
		{"nothing and something to do", Alert{Severity: "minor", Response: []string{"none", "avoid"}}, false},
		{"minor", Alert{Severity: "minor", Urgency: "future", Response: []string{"monitor"}}, false},
	} {
		if got := c.a.Lifted(); got != c.want {
			t.Errorf("%s: Lifted() = %v, want %v", c.name, got, c.want)
		}
	}
}

// TestAlertHash: an alert that is renewed by its date alone lives on, and so
// has changed; any other item has not.
func TestAlertHash(t *testing.T) {
	it := Item{Type: AlertItem, Title: "Eau", Updated: alertRead}
	again := it
	again.Updated = alertRead.Add(time.Hour)
	if ContentHash(it) == ContentHash(again) {
		t.Error("an alert without an end that was renewed has the same hash")
	}
	it.Provenance.Fetched, again = alertRead.Add(time.Hour), it
	if ContentHash(it) != ContentHash(again) {
		t.Error("when an alert was read changes its hash")
	}
	it.Type, again.Type, again.Updated = News, News, alertRead.Add(time.Hour)
	if ContentHash(it) != ContentHash(again) {
		t.Error("a date alone changes the hash of news")
	}
}

func TestGravity(t *testing.T) {
	order := []*Alert{
		{Severity: "extreme", Urgency: "immediate"}, {Severity: "extreme", Urgency: "expected"}, {Severity: "extreme"},
		{Severity: "severe", Urgency: "immediate"}, {Severity: "moderate", Urgency: "past"}, {Severity: "minor", Urgency: "future"},
		{Severity: "vert"},
	}
	for i := 1; i < len(order); i++ {
		if a, b := (Item{Alert: order[i-1]}).Gravity(), (Item{Alert: order[i]}).Gravity(); a >= b {
			t.Errorf("%+v is not graver than %+v", order[i-1], order[i])
		}
	}
	if got, want := (Item{}).Gravity(), (Item{Alert: &Alert{Severity: "unknown", Urgency: "unknown"}}).Gravity(); got != want {
		t.Errorf("Gravity() without values = %d, want %d", got, want)
	}
}

func TestGrantsAlerts(t *testing.T) {
	for _, c := range []struct {
		src  Source
		want bool
	}{
		{Source{}, false}, {Source{Format: "auto", Type: News}, false}, {Source{Format: "feed"}, false},
		{Source{Type: AlertItem}, true}, {Source{Type: News, Alerts: true}, true}, {Source{Format: "cap"}, true},
	} {
		if got := c.src.GrantsAlerts(); got != c.want {
			t.Errorf("GrantsAlerts() of %+v = %v, want %v", c.src, got, c.want)
		}
	}
}

func TestCalmLevel(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"awareness_level", "1; green; Minor", true}, {"awareness_level", "1;vert;Minor", true}, {"AWARENESS_LEVEL", "GRÜN", true}, {"awareness-level", "1", true},
		{"awarenessLevel", "1; green; Minor", true}, {"meteoalarm:awareness_level", "1", true}, {"niveau de vigilance", "groen", true}, {"Warnstufe", "grün", true},
		{"kleurcode", "groen", true}, {"Farbe", "gruen", true}, {"code couleur", "vert", true},
		{"awareness_level", "3; orange; Severe", false}, {"awareness_level", "10", false}, {"awareness_type", "1; Wind", false}, {"Warnstufe", "1", false},
		{"place", "Green", false}, {"", "green", false}, {"awareness_level", "", false},
	} {
		if got := CalmLevel(c.name, c.value); got != c.want {
			t.Errorf("CalmLevel(%q, %q) = %v, want %v", c.name, c.value, got, c.want)
		}
	}
}
