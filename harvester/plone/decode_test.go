package plone_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plone"
)

func TestSniffAndRefuse(t *testing.T) {
	tests := []struct {
		body   string
		sniff  bool
		reason string // of Decode's error, "" = none
	}{
		{`{"@id":"https://v.example/@search","items":[],"items_total":0}`, true, ""},
		{"\ufeff" + ` {"@id":"https://v.example/a","@type":"Document","UID":"1","title":"A"}`, true, ""},
		{`{"@id":"https://v.example/@navigation","items":[{"@id":"https://v.example/a","title":"A","items":[]}]}`, true, "@navigation"},
		{`{"@id":"https://v.example/a/@workflow","history":[],"state":{"id":"private"}}`, true, "@workflow"},
		{`{"@id":"https://v.example/a/@translations","items":[{"@id":"https://v.example/b","language":"nl"}]}`, true, "@translations"},
		{`{"@id":"https://v.example/m","@type":"MeetingCouncil","UID":"1","title":"A","review_state":"created"}`, true, "plonemeeting"},
		{`{"message":"Sorry, insufficient privileges","type":"Unauthorized"}`, false, "insufficient privileges"},
		{`{"type":"FeatureCollection","features":[]}`, false, "JSON"},
		{`{"@context":"https://schema.org","@type":"Event","@id":"x","UID":"1","name":"A"}`, false, ""},
		{`{"id":"https://o.example/body","type":"https://schema.oparl.org/1.1/Body"}`, false, "JSON"},
		{`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"}]}`, false, ""},
		{`[1,2]`, false, ""},
		{strings.Repeat("[", 100), false, "nested"},
		{`<html></html>`, false, "application/json"},
		{" \n", false, "empty"},
	}
	for _, test := range tests {
		doc := federation.Document{Body: []byte(test.body)}
		short := test.body[:min(len(test.body), 60)]
		if got := plone.Format().Sniff(doc); got > 0 != test.sniff || got > 100 {
			t.Errorf("Sniff(%q) = %d, want above 0: %v", short, got, test.sniff)
		}
		d, err := plone.Format().Decode(doc)
		if test.reason != "" && (err == nil || !strings.Contains(err.Error(), test.reason)) {
			t.Errorf("Decode(%q) = %v, want an error with %q", short, err, test.reason)
		}
		if !test.sniff && len(d.Items) > 0 {
			t.Errorf("Decode(%q) = %d items, want none", short, len(d.Items))
		}
	}
}

// TestCut reads every beginning of a list: what came whole is kept.
func TestCut(t *testing.T) {
	entry := `{"@id":"https://v.example/a%","@type":"News Item","UID":"u%","title":"T%","parent":{}}`
	one, two := strings.ReplaceAll(entry, "%", "1"), strings.ReplaceAll(entry, "%", "2")
	body := `{"@id":"https://v.example/@search","items":[` + one + "," + two + `],"items_total":2}`
	for n := range len(body) {
		d, err := plone.Format().Decode(federation.Document{Body: []byte(body[:n])})
		want := 0
		if n >= strings.Index(body, one)+len(one) {
			want++
		}
		if n >= strings.Index(body, two)+len(two) {
			want++
		}
		if len(d.Items) != want || d.Complete || want > 0 && (err != nil || len(d.Warnings) == 0) {
			t.Errorf("Decode(%d bytes) = %d items, complete %v, %v; want %d items and a warning", n, len(d.Items), d.Complete, err, want)
		}
	}
}

var corpus = formattest.Corpus{URL: "https://www.ville.example/@search", Sniff: 60, Never: "NEVER", Large: large,
	Small: func(title string) string {
		return `{"@id":"https://www.ville.example/a","@type":"Document","UID":"u1","review_state":"published","title":"` + title + `"}`
	},
	List: formattest.List(`{"@id":"https://www.example.org/@search","items":[`, `{"@id":"https://www.example.org/%d","@type":"News Item","title":%s}`, ",", `],"items_total":2}`, formattest.JSON),
	Seeds: []string{
		`[{"@type":"Event","@id":"/a","start":"2026-01-01","end":"x","recurrence":"RRULE:FREQ=DAILY\nEXDATE:,,","parent":{}}]`,
		`{"data":[{"slug":"a","title":"\\ud800"},{"fields":{},"display_id":1}]}`,
	},
	Claims: func(path string, sure int) bool {
		return strings.Contains(path, "/imio-rest/") == (sure >= 60) || strings.Contains(path, "/plone")
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, plone.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, plone.Format(), corpus) }

// TestHostile reads JSON made to break parsers as a title in a listing.
func TestHostile(t *testing.T) {
	for name, body := range formattest.Cases(t, "json/jsontestsuite") {
		_, _ = formattest.Check(t, plone.Format(), corpus, name, []byte(`{"@id":"https://v.example/@search","items":[{"@type":"Document","@id":"https://v.example/a","UID":"u","title":`+string(body)+`,"parent":{}}]}`))
	}
}

// large are documents that are large in one way.
func large() map[string]string {
	entry := `{"@type":"Document","@id":"https://v.example/a","UID":"u","title":"A","parent":{},"x":%s}`
	of := func(x string) string { return strings.Replace(entry, "%s", x, 1) }
	return map[string]string{
		"deep":        of(strings.Repeat("[", 5000) + strings.Repeat("]", 5000)),
		"wide":        of("[" + strings.Repeat("{},", 1_000_000) + "1]"),
		"long list":   `[` + strings.Repeat(`{"@type":"Document","@id":"https://v.example/a","title":"A"},`, 60_000) + `{}]`,
		"many rows":   of("[" + strings.Repeat(`{"a":"b"},`, 20_000) + `{}]`),
		"many blocks": of(`1,"blocks":{"a":{"@type":"slate","value":[` + strings.Repeat(`{"text":"a","bold":true},`, 30_000) + `1]}},"blocks_layout":{"items":[` + strings.Repeat(`"a",`, 20_000) + `"a"]}`),
		"many dates":  of(`1,"start":"2026-01-01","end":"2026-01-02","recurrence":"EXDATE:` + strings.Repeat("20260101T000000,", 100_000) + `"`),
	}
}
