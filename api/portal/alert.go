package portal

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// alertView is what people need of an alert: how grave it is, whether it still
// holds, where, until when, and what to do.
type alertView struct {
	Level       string // extreme severe moderate minor, "ended", else "unknown": its colour and icon
	Severity    string // in words; "" unknown
	Over        string // that it is over, in words; "" while it is in force
	Event       string // what happens, unless the title says it
	Areas       []string
	From, Until moment
	Sender      string   // unless it is the member
	Instruction []string // paragraphs, unless the text has them
	Do          string   // the beginning of the instruction, for a card; "" when it is over
	Valid, Todo string   // names of Until and Do
	Map         string   // address of a map of the area
}

func (v visit) alert(it federation.Item, m *federation.Member, now time.Time) *alertView {
	if it.Type != federation.AlertItem {
		return nil
	}
	a := federation.Alert{}
	if it.Alert != nil {
		a = *it.Alert
	}
	out := &alertView{Level: "unknown", Until: v.dateTime(it.Until()), Areas: onceEach(a.Areas), Map: mapOf(it, m)}
	if slices.Contains(federation.Severities[:4], a.Severity) {
		out.Level, out.Severity = a.Severity, federation.SeverityNames[a.Severity].In(v.Lang)
	}
	if it.Over(now) {
		out.Level, out.Over = "ended", federation.AlertOver.In(v.Lang)
		if a.Ended {
			out.Until = v.dateTime(it.Updated)
		}
	} else if a.Onset.After(now) {
		out.From = v.dateTime(a.Onset)
	}
	out.Valid, out.Todo = federation.AlertUntil.In(v.Lang), v.T("alert_instruction")
	if out.Over == "" {
		out.Do = beginning(a.Instruction)
	}
	if !sameWords(a.Event, it.Title) {
		out.Event = a.Event
	}
	if a.Sender != m.Name.In(v.Lang) && !strings.Contains(a.Sender, "@") {
		out.Sender = a.Sender
	}
	if said := strings.Join(strings.Fields(a.Instruction), ""); !strings.Contains(strings.Join(strings.Fields(it.Content.Text()), ""), said) {
		for line := range strings.Lines(a.Instruction) {
			if line = strings.TrimSpace(line); line != "" {
				out.Instruction = append(out.Instruction, line)
			}
		}
	}
	return out
}

// maxDo is how much of an instruction a card has, in characters.
const maxDo = 200

func beginning(instruction string) string {
	s := []rune(strings.Join(strings.Fields(instruction), " "))
	if len(s) <= maxDo {
		return string(s)
	}
	cut := string(s[:maxDo])
	return strings.TrimRight(cut[:max(strings.LastIndexByte(cut, ' '), maxDo/2)], " ,;:") + "…"
}

func sameWords(a, b string) bool { return federation.NormalCategory(a) == federation.NormalCategory(b) }

func onceEach(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// mapOf is the address of a map that shows the outline's box, or the place of
// the alert or of its member; "" when nobody knows where that is. It is a link
// for those who want it: the page itself asks nobody else for anything.
func mapOf(it federation.Item, m *federation.Member) string {
	at, zoom := it.Point(), 12
	if box, ok := boxOf(it.Alert); ok {
		at, zoom = &box.middle, box.zoom()
	}
	if at == nil {
		if at = m.Location; m.SpeaksForAll() {
			zoom = 8
		}
	}
	if at == nil {
		return ""
	}
	return fmt.Sprintf("https://www.openstreetmap.org/?mlat=%.4[1]f&mlon=%.4[2]f#map=%[3]d/%.4[1]f/%.4[2]f", at.Lat, at.Lon, zoom)
}

// box is what all outlines of an alert lie in.
type box struct {
	middle federation.Point
	width  float64 // degrees
}

func (b box) zoom() int { return int(min(max(math.Log2(360/max(b.width, .001)), 4), 15)) }

func boxOf(a *federation.Alert) (box, bool) {
	if a == nil {
		return box{}, false
	}
	low, high, any := federation.Point{Lat: 90, Lon: 180}, federation.Point{Lat: -90, Lon: -180}, false
	take := func(p federation.Point, around float64) {
		any = true
		low.Lat, high.Lat = min(low.Lat, p.Lat-around), max(high.Lat, p.Lat+around)
		low.Lon, high.Lon = min(low.Lon, p.Lon-around), max(high.Lon, p.Lon+around)
	}
	for _, z := range a.Zones {
		for _, ring := range z.Polygons {
			for _, p := range ring {
				take(p, 0)
			}
		}
		for _, c := range z.Circles {
			take(c.Center, c.Radius/111) // km of a degree
		}
	}
	middle := federation.Point{Lat: (low.Lat + high.Lat) / 2, Lon: (low.Lon + high.Lon) / 2}
	return box{middle, max(high.Lon-low.Lon, 2*(high.Lat-low.Lat))}, any && middle.Valid()
}
