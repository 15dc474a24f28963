package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// notices writes a feed without ids of "text@date" entries; one without a date
// is a page of its own.
func notices(list ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>T</title><link>https://v.example/</link><description>d</description><language>fr</language>`)
	for _, n := range list {
		text, date, dated := strings.Cut(n, "@")
		if !dated {
			fmt.Fprintf(&b, "<item><title>%s</title><link>https://v.example/%[1]s</link><pubDate>Sun, 01 Nov 2026 08:00:00 GMT</pubDate></item>", text)
			continue
		}
		fmt.Fprintf(&b, "<item><description>%s</description><pubDate>%s Nov 2026 08:00:00 GMT</pubDate></item>", text, date)
	}
	return b.String() + "</channel></rss>"
}

func (h *times) days(t *testing.T, source, text string) []string {
	t.Helper()
	var out []string
	for _, it := range h.items(t, source) {
		if strings.Contains(it.Title, text) {
			out = append(out, it.Published.Format("02"))
		}
	}
	slices.Sort(out)
	return out
}

// TestNoticeAgain: the same words days later are a new notice, and the same
// entry dated anew with every answer is not.
func TestNoticeAgain(t *testing.T) {
	for _, test := range []struct {
		name   string
		states [][]string
		want   string // days on which there is a notice "coupure"
	}{
		{"again, the old one still listed", [][]string{{"coupure@02", "a"}, {"coupure@09", "coupure@02", "a"}, {"coupure@16", "coupure@09", "a"}}, "02 09 16"},
		{"again, the old one gone", [][]string{{"coupure@02", "a", "b"}, {"a", "b"}, {"coupure@09", "a", "b"}}, "02 09"},
		{"again, at once in its place", [][]string{{"coupure@02", "a", "b"}, {"coupure@09", "a", "b"}}, "02 09"},
		{"alone", [][]string{{"coupure@02"}, {"coupure@09"}}, "02 09"},
		{"dated anew each time", [][]string{{"coupure@02", "a", "b"}, {"coupure@03", "a", "b"}, {"coupure@04", "a", "b"}, {"coupure@06", "a", "b"}, {"coupure@08", "a", "b"}, {"coupure@10", "a", "b"}}, "02"},
		{"all dated anew", [][]string{{"coupure@02", "travaux@02"}, {"coupure@12", "travaux@12"}, {"coupure@22", "travaux@22"}}, "02"},
		{"in another order", [][]string{{"coupure@09", "coupure@02"}, {"coupure@02", "coupure@09"}}, "02 09"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newTimes(t, commune+"      - {slug: rss, url: \"@/a.xml\"}\n", map[string]string{"/a.xml": notices(test.states[0]...)})
			for _, state := range test.states[1:] {
				h.put("/a.xml", notices(state...))
				h.harvest(t)
				h.harvest(t)
			}
			if got := strings.Join(h.days(t, "m/rss", "coupure"), " "); got != test.want {
				t.Errorf("notices of %s, want %s", got, test.want)
			}
		})
	}
}

// TestTrialAge reads harvest/03 and harvest/04 of the shared trials.
func TestTrialAge(t *testing.T) {
	h := newTimes(t, commune+`      - {slug: alerte, url: "@/alerte.xml"}
      - {slug: etat, url: "@/etat.xml"}
      - {slug: maj, url: "@/maj.xml"}
`, map[string]string{"/alerte.xml": trial(t, "harvest", "03-repeated-notice-swallowed", "alerte.xml"),
		"/etat.xml": trial(t, "harvest", "03-repeated-notice-swallowed", "etat.1.xml"), "/maj.xml": trial(t, "harvest", "04-one-guid-twice-older-kept", "maj.xml")})
	if got := strings.Join(h.days(t, "m/alerte", ""), " "); got != "08 09 16" {
		t.Errorf("reminders of %s", got)
	}
	if got := strings.Join(h.days(t, "m/etat", "Réseau"), " "); got != "02 02 04 04" {
		t.Errorf("states of %s", got)
	}
	h.put("/etat.xml", trial(t, "harvest", "03-repeated-notice-swallowed", "etat.2.xml"))
	h.harvest(t)
	if got := strings.Join(h.days(t, "m/etat", "Réseau"), " "); got != "02 02 04 04 06" {
		t.Errorf("states of %s after a new outage", got)
	}
	all := h.items(t, "m/maj")
	i := slices.IndexFunc(all, func(it federation.Item) bool { return strings.Contains(it.Title, "jusqu'au 20") })
	if len(all) != 2 || i < 0 || all[i].Published.Format("2006-01-02") != "2026-11-04" || all[i].OriginID != "route-1" {
		t.Errorf("the update is not the one that is shown: %+v", all)
	}
}
