package portal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// mapView is a map as a picture in SVG: outlines of members, with how many
// results each has, and a pin for each place. It needs no tiles and nothing of
// anybody else. Coordinates are those of mapWidth and mapHeight.
type mapView struct {
	voice
	Title  string
	Sheet  template.CSS
	Areas  []mapArea  // outlines, those without results first
	Zones  []string   // paths of an alert's areas
	Circle *mapCircle // asked for
	Pins   []mapPin
	Credit string
}

// mapArea is the outline of a member.
type mapArea struct {
	Path  string
	Name  label
	At    mapPoint
	Count int    // of results; 0 = none
	Says  string // name and count
	URL   string // of the results of this member; "" without any
}

// mapPin is one place, or several too near to each other to be told apart.
type mapPin struct {
	At   mapPoint
	Text string // numbers of the results there
	Says string // the same with titles
	URL  string
}

// mapCircle is how far "near" reaches.
type mapCircle struct {
	At     mapPoint
	Radius int
}

// mapFrame is a map within a page: it is loaded when it is opened.
type mapFrame struct {
	URL   string // "" = there is nothing to draw
	Title string
}

// mapStyle is the only style of a map; the policy of the map names its hash.
const mapStyle = `:root{color-scheme:light dark;font:600 26px system-ui,"Noto Sans",sans-serif;background:#eef1ee}` +
	`.area{fill:#fff;stroke:#9aa5a3;stroke-width:2}.some{fill:#cfe5e1;stroke:#0f5e59;stroke-width:3}` +
	`a:hover .area,a:focus .area{fill:#9fcfc7}a:focus{outline:none}a:focus .area,a:focus circle{stroke:#0b57d0;stroke-width:8}` +
	`.circle{fill:none;stroke:#0b57d0;stroke-width:4;stroke-dasharray:12 8}.you{fill:#0b57d0}` +
	`.zone{fill:#b3123a;fill-opacity:.25;stroke:#b3123a;stroke-width:4}` +
	`text{fill:#1a2426;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:6px;stroke-linejoin:round}` +
	`.pin circle{fill:#0f5e59;stroke:#fff;stroke-width:4}.pin text{fill:#fff;stroke:none;font-size:28px}` +
	`.credit{font-size:18px;font-weight:400;text-anchor:end}` +
	`@media(max-width:600px){.pin g{transform:scale(1.9)}text{font-size:44px}.pin text{font-size:26px}.credit{font-size:30px}}` +
	`@media(prefers-color-scheme:dark){:root{background:#0d1317}.area{fill:#1a2127;stroke:#55605f}.some{fill:#16443f;stroke:#74cfc4}` +
	`a:hover .area,a:focus .area{fill:#2a6a63}a:focus .area,a:focus circle{stroke:#9cc3ff}.circle{stroke:#9cc3ff}.you{fill:#9cc3ff}` +
	`.zone{fill:#ff9d94;stroke:#ff9d94}text{fill:#eef2f1;stroke:#12181d}.pin circle{fill:#74cfc4;stroke:#12181d}.pin text{fill:#0a1a1a}}` +
	`@media(forced-colors:active){.area{stroke:CanvasText}.pin circle{fill:ButtonFace;stroke:ButtonText}.pin text{fill:ButtonText}}`

var mapPolicy = func() string {
	sum := sha256.Sum256([]byte(mapStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
}()

// resultsMap draws a page of results.
func (p *Portal) resultsMap(w http.ResponseWriter, v visit) error {
	sel, faults := federation.ReadSelection(asForm(v.query))
	if len(faults) > 0 {
		return faults[0]
	}
	if len(v.strangers(sel)) > 0 {
		return federation.NotFound("map", sel.String())
	}
	sel, _ = p.coming(sel, sel)
	a, err := p.search.Search(v.Context(), search.Request{Select: sel, Language: v.Lang, Facets: []search.Facet{search.ByMember}})
	if err != nil {
		return err
	}
	places := v.mapPlaces(a.Items)
	frame := v.mapAround(sel, places, a.Facets[search.ByMember])
	view := mapView{voice: v.voice, Title: v.N("map_results", a.Total), Sheet: mapStyle, Credit: v.cat.OutlineCredit}
	view.Areas = v.mapAreas(frame, a.Facets[search.ByMember], sel)
	view.Pins = v.mapPins(frame, places, sel)
	clearNames(view.Areas, view.Pins)
	if sel.Near != nil {
		view.Circle = &mapCircle{frame.at(*sel.Near), frame.length(sel.Reach())}
	}
	return p.renderMap(w, v, view)
}

// itemMap draws where an item is, and what an alert is for.
func (p *Portal) itemMap(w http.ResponseWriter, v visit) error {
	it, err := p.reader.Item(v.Context(), chi.URLParam(v.Request, "id"), "")
	if err != nil {
		return err
	}
	search.ReadsOf(v.Context()).Item(it, p.now())
	if !v.mapOf(it) {
		return federation.NotFound("map", it.ID)
	}
	frame := newFrame(v.mapPointsOf(it))
	view := mapView{voice: v.voice, Title: v.T("map_item", "Title", it.Title), Sheet: mapStyle, Credit: v.cat.OutlineCredit}
	view.Areas = v.mapAreas(frame, nil, federation.Selection{})
	if it.Alert != nil {
		for _, z := range it.Alert.Zones {
			view.Zones = append(view.Zones, frame.zone(z)...)
		}
	}
	if at := it.Point(); at != nil && len(view.Zones) == 0 {
		view.Pins = []mapPin{{At: frame.at(*at), Says: placeText(it), URL: v.itemURL(it.ID)}}
	}
	return p.renderMap(w, v, view)
}

// placeText is where an item is, in words.
func placeText(it federation.Item) string {
	if it.Place == nil || it.Place.Name == "" && it.Place.Address == "" {
		return it.Title
	}
	return strings.Trim(it.Place.Name+", "+it.Place.Address, ", ")
}

func (p *Portal) renderMap(w http.ResponseWriter, v visit, view mapView) error {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, "map", view); err != nil {
		return fmt.Errorf("draw the map: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Content-Security-Policy", mapPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Add("Vary", "Accept-Language")
	p.sendWhole(w, v, b.Bytes())
	return nil
}

// mapPlace is a result that is somewhere of its own.
type mapPlace struct {
	number int // on the page, from 1
	point  federation.Point
	title  string
	url    string
}

// mapPlaces are the results with a place of their own. What is where its
// commune is counts for the commune.
func (v visit) mapPlaces(found []search.Found) []mapPlace {
	var out []mapPlace
	for i, f := range found {
		if p := f.Point(); p != nil && p.Valid() && !v.ofMember(*p) {
			out = append(out, mapPlace{i + 1, *p, f.Title, v.itemURL(f.ID)})
		}
	}
	return out
}

// ofMember reports whether a point is that of a member: an item was put there
// because its commune is known and no more.
func (v visit) ofMember(p federation.Point) bool {
	return slices.ContainsFunc(v.cat.Members, func(m federation.Member) bool { return m.Location != nil && *m.Location == p })
}

// mapOf reports whether there is something to draw of an item.
func (v visit) mapOf(it federation.Item) bool {
	at := it.Point()
	return len(v.mapPointsOf(it)) > 0 && (it.Alert != nil || at != nil && !v.ofMember(*at))
}

// mapPointsOf are the points that a map of an item must show.
func (v visit) mapPointsOf(it federation.Item) []federation.Point {
	var points []federation.Point
	if it.Alert != nil {
		for _, z := range it.Alert.Zones {
			for _, ring := range z.Polygons {
				points = append(points, ring...)
			}
			for _, c := range z.Circles {
				points = append(points, around(c.Center, c.Radius)...)
			}
		}
	}
	if at := it.Point(); at != nil && at.Valid() && len(points) == 0 {
		points = around(*at, leastReach)
	}
	return points
}

// mapAround is the part of the world that shows a selection: as far as it
// reaches, else its places and the members that have results.
func (v visit) mapAround(sel federation.Selection, places []mapPlace, counts []search.LabelledCount) frame {
	if sel.Near != nil {
		return newFrame(around(*sel.Near, sel.Reach()))
	}
	var points []federation.Point
	for _, p := range places {
		points = append(points, p.point)
	}
	for _, c := range counts {
		if m, err := v.cat.Member(c.Value); err == nil && c.Count.Count > 0 {
			points = append(points, v.extent(m)...)
		}
	}
	if len(points) == 0 {
		for i := range v.cat.Members {
			points = append(points, v.extent(&v.cat.Members[i])...)
		}
	}
	return newFrame(points)
}

// extent are points about a member's territory.
func (v visit) extent(m *federation.Member) []federation.Point {
	var points []federation.Point
	for _, ring := range v.cat.Outlines[m.Code] {
		points = append(points, ring...)
	}
	if points == nil && m.Location != nil {
		points = around(*m.Location, leastReach)
	}
	return points
}

// mapAreas are the outlines that the frame shows. A member without one that
// has results is a pin of its own; see mapPins.
func (v visit) mapAreas(f frame, counts []search.LabelledCount, sel federation.Selection) []mapArea {
	var without, with []mapArea
	drawn := map[string]bool{}
	for i := range v.cat.Members {
		m := &v.cat.Members[i]
		outline := v.cat.Outlines[m.Code]
		if len(outline) == 0 || drawn[m.Code] || !f.meets(outline) {
			continue
		}
		a := mapArea{Path: f.path(outline), Name: v.name(m.Name), At: f.middle(outline), Count: countOf(counts, m.Slug)}
		if a.Path == "" {
			continue
		}
		drawn[m.Code] = true
		if a.Says = a.Name.Text; a.Count == 0 {
			without = append(without, a)
			continue
		}
		of := sel
		of.Members, of.Cursor = []string{m.Slug}, ""
		a.URL, a.Says = v.searchLink(of), v.N("map_area", a.Count, "Name", a.Name.Text)
		with = append(with, a)
	}
	return append(without, with...)
}

func countOf(counts []search.LabelledCount, slug string) int {
	for _, c := range counts {
		if c.Value == slug {
			return c.Count.Count
		}
	}
	return 0
}

// newMapFrame is the map of a page of results; none where it would show
// nothing.
func (v visit) newMapFrame(sel federation.Selection, found int, places []mapPlace) mapFrame {
	if len(v.cat.Outlines) == 0 && len(places) == 0 || found == 0 {
		return mapFrame{}
	}
	return mapFrame{URL: v.link("/map.svg", sel.String()), Title: v.T("map")}
}

// itemMapFrame is the map of an item.
func (v visit) itemMapFrame(it federation.Item) mapFrame {
	if !v.mapOf(it) {
		return mapFrame{}
	}
	return mapFrame{URL: v.link("/items/"+it.ID+"/map.svg", ""), Title: v.T("map")}
}
