package enrich

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// grant holds an item that says that it is an alert to what the operator lets
// its source say: without a grant it is news. It reports whether it took the
// alert away.
func grant(it *federation.Item, src federation.Source) (refused bool) {
	if it.Type != federation.AlertItem && it.Alert == nil || src.GrantsAlerts() {
		return false
	}
	it.Alert = nil
	if it.Type == federation.AlertItem {
		it.Type = federation.News
	}
	return true
}

// notGranted says in health what became of the alerts of a source that may have
// none, and what to do.
func notGranted(n int) string {
	return fmt.Sprintf("%d items say that they are alerts. This source is not allowed to publish alerts, so they are shown as news. "+
		"If it may, write “alerts: true” at this source in the region file.", n)
}

// confine holds an alert to the time and the area that it may claim.
func (k *Tables) confine(it *federation.Item, d *federation.Decoded) {
	if it.Type != federation.AlertItem {
		return
	}
	if !it.Expires.IsZero() && it.Until().Before(it.Expires) {
		d.Warn(it.OriginID, fmt.Sprintf("ends on %s, too far off for an alert; it is over %d hours after its last update",
			it.Expires.UTC().Format(time.DateOnly), int(federation.AlertLife.Hours())))
		it.Expires = time.Time{}
	}
	m, known := k.members[it.Member]
	if !known || m.SpeaksForAll() || it.Alert == nil {
		return
	}
	own := ownArea{member: m, named: k.named, name: m.Name.In(it.Language, m.Language())}
	if own.confine(it) {
		d.Warn(it.OriginID, fmt.Sprintf("claims a wider area than that of %.80s; it is shown as an alert for %[1]s", own.name))
	}
}

// ownArea is what a member may warn for that speaks for its own territory.
type ownArea struct {
	member federation.Member
	named  map[string]string // member slugs by folded name
	name   string
}

// maxReach is how far from its middle the largest communes go, in km.
const maxReach = 30

// confine takes out of an alert what is not the member's, and reports whether
// there was such a thing. Areas are named as the member's.
func (o ownArea) confine(it *federation.Item) (wider bool) {
	a := *it.Alert
	var areas []string
	for _, name := range a.Areas {
		if o.isWider(name) {
			wider = true
			continue
		}
		areas = append(areas, o.within(name))
	}
	if len(areas) == 0 {
		areas = []string{o.name}
	}
	a.Areas = areas
	a.Zones = nil
	for _, z := range it.Alert.Zones {
		kept := federation.AlertZone{Name: o.within(z.Name)}
		if o.isWider(z.Name) {
			kept.Name = o.name
		}
		kept.Polygons = slices.DeleteFunc(slices.Clone(z.Polygons), func(ring []federation.Point) bool { return !o.reaches(ring, 0) })
		kept.Circles = slices.DeleteFunc(slices.Clone(z.Circles), func(c federation.Circle) bool {
			return !o.reaches([]federation.Point{c.Center}, c.Radius)
		})
		kept.Codes = slices.DeleteFunc(slices.Clone(z.Codes), func(c federation.Code) bool {
			return o.member.Code == "" || !strings.HasPrefix(c.Value, o.member.Code)
		})
		wider = wider || len(kept.Polygons) < len(z.Polygons) || len(kept.Circles) < len(z.Circles)
		a.Zones = append(a.Zones, kept)
	}
	it.Alert = &a
	if it.Place != nil {
		p := *it.Place
		if p.Address == "" {
			p.Name = areas[0]
		}
		if p.Point != nil && !o.reaches([]federation.Point{*p.Point}, 0) {
			p.Point = nil
		}
		it.Place = &p
	}
	return wider
}

// within names a part of the member's territory.
func (o ownArea) within(name string) string {
	if name == "" {
		return o.name
	}
	if strings.Contains(spacedWords(name), spacedWords(o.name)) {
		return name
	}
	return o.name + " – " + name
}

// wide are words of areas that are more than one municipality.
var wide = []string{"region", "regio", "province", "provincie", "provinz", "pays", "national", "nationale", "nationaal", "federal", "federale",
	"arrondissement", "departement", "kreis", "bezirk", "bundesland", "canton", "country", "county", "state", "europe", "europa",
	"belgique", "belgie", "belgien", "belgium", "france", "frankrijk", "frankreich", "deutschland", "allemagne", "nederland",
	"luxembourg", "wallonie", "vlaanderen", "flandre", "toute", "tous", "toutes", "heel", "ganz", "ganze", "entire", "whole", "all", "alle", "everywhere", "partout"}

// isWider reports whether a name is that of more than the member: of another
// member, or with a word that says so.
func (o ownArea) isWider(name string) bool {
	spaced := spacedWords(name)
	own := spacedWords(o.name)
	rest := strings.Replace(spaced, own, " ", 1) // "Luxembourg-Ville" is its own
	for other, slug := range o.named {
		if slug != o.member.Slug && strings.Contains(rest, " "+other+" ") {
			return true
		}
	}
	return slices.ContainsFunc(strings.Fields(rest), func(w string) bool { return slices.Contains(wide, w) })
}

// spacedWords are the folded words of s, with a space before and after each.
func spacedWords(s string) string { return " " + strings.Join(nameWords(s), " ") + " " }

// reaches reports whether an outline stays where the member is. Where nobody
// knows where that is, it may be as large as a member, anywhere.
func (o ownArea) reaches(outline []federation.Point, around float64) bool {
	middle := outline[0]
	if o.member.Location != nil {
		middle = *o.member.Location
	}
	for _, p := range outline {
		if kilometres(middle, p)+around > maxReach {
			return false
		}
	}
	return true
}

// kilometres is the distance of two points on a sphere of the earth's size.
func kilometres(a, b federation.Point) float64 {
	const radius, degree = 6371, math.Pi / 180
	lat, lon := (b.Lat-a.Lat)*degree/2, (b.Lon-a.Lon)*degree/2
	h := math.Sin(lat)*math.Sin(lat) + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*math.Sin(lon)*math.Sin(lon)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
