package federation

import (
	"math"
	"slices"
)

// Nearness is how near a member is to a reader's own.
type Nearness uint8

// How near a member can be. What is not named is Elsewhere.
const (
	Elsewhere  Nearness = iota
	RegionWide          // it publishes for all: a region or a province
	Neighbour           // its territory touches the own one, or its place is close to it
	AtHome              // it is the own one, or serves one of its postal codes
)

// nearnessNames are those of an explanation.
var nearnessNames = [...]string{Elsewhere: "elsewhere", RegionWide: "region", Neighbour: "neighbour", AtHome: "home"}

func (n Nearness) String() string { return nearnessNames[n] }

// neighbourKM is how far apart the places of neighbours are at most, where not
// both have an outline that tells whether they touch.
const neighbourKM = 10.0

// Home is how near every member is to the one that a reader is of, by slug, as
// its key in a selection (as) has it: the slug of a member, or a postal code,
// which stands for the communes that it belongs to, or all members that have
// it. It is an InvalidError for what is neither. It follows from what the
// operator says of members, and must not be changed. Safe for concurrent use.
func (c *Catalogue) Home(as string) (map[string]Nearness, error) {
	if held, ok := c.homes.Load(as); ok {
		return held.(map[string]Nearness), nil
	}
	own := c.ownOf(as)
	if len(own) == 0 {
		return nil, InvalidAs("as", "as", as, "%q is neither a member nor the postal code of one", as)
	}
	near := c.around(own)
	c.homes.Store(as, near)
	return near, nil
}

// ownOf are the members that as names; a merged one with all that became one.
func (c *Catalogue) ownOf(as string) []*Member {
	var family, serving, communes []*Member
	for _, slug := range c.Family(as) {
		if m := c.members[slug]; m != nil {
			family = append(family, m)
		}
	}
	if len(family) > 0 {
		return family
	}
	for _, slug := range c.Serving(as) {
		m := c.members[slug]
		if serving = append(serving, m); m.Kind == KindCommune {
			communes = append(communes, m)
		}
	}
	if len(communes) > 0 {
		return communes
	}
	return serving
}

// around tells of every member how near it is to some. Who has one of the
// postal codes of a commune beside it, such as its agency for social welfare, is
// at home there too, but for what is wider.
func (c *Catalogue) around(own []*Member) map[string]Nearness {
	near := map[string]Nearness{}
	codes := map[string]bool{}
	for _, m := range own {
		near[m.Slug] = AtHome
		if m.Kind != KindCommune {
			continue
		}
		for _, code := range m.PostalCodes {
			codes[normalPostcode(code)] = true
		}
	}
	var grounds []ground
	for _, m := range own {
		grounds = append(grounds, newGround(c.Outlines[m.Code], m.Location))
	}
	for _, m := range c.Members {
		switch {
		case near[m.Slug] == AtHome:
		case m.Kind == KindRegion || m.Kind == KindProvince:
			near[m.Slug] = RegionWide
		case m.Kind != KindCommune && slices.ContainsFunc(m.PostalCodes, func(p string) bool { return codes[normalPostcode(p)] }):
			near[m.Slug] = AtHome
		case slices.ContainsFunc(grounds, func(g ground) bool { return g.next(c.Outlines[m.Code], m.Location) }):
			near[m.Slug] = Neighbour
		}
	}
	return near
}

// ground is where a member is, made ready to tell who is next to it.
type ground struct {
	cells      map[[2]int32]bool // on and beside its boundary
	south, top Point             // the corners of all cells
	place      *Point
}

// touchStep is the side of a cell in degrees: boundaries that come so close
// touch. Outlines are simplified, and not always together.
const touchStep = .002

func cellOf(p Point) [2]int32 {
	return [2]int32{int32(math.Floor(p.Lat / touchStep)), int32(math.Floor(p.Lon / touchStep))}
}

func newGround(o Outline, place *Point) ground {
	g := ground{place: place, south: Point{Lat: 90, Lon: 180}, top: Point{Lat: -90, Lon: -180}}
	if len(o) > 0 {
		g.cells = map[[2]int32]bool{}
	}
	for p := range o.steps(touchStep) {
		g.south = Point{Lat: min(g.south.Lat, p.Lat-2*touchStep), Lon: min(g.south.Lon, p.Lon-2*touchStep)}
		g.top = Point{Lat: max(g.top.Lat, p.Lat+2*touchStep), Lon: max(g.top.Lon, p.Lon+2*touchStep)}
		at := cellOf(p)
		for i := int32(-1); i <= 1; i++ {
			for j := int32(-1); j <= 1; j++ {
				g.cells[[2]int32{at[0] + i, at[1] + j}] = true
			}
		}
	}
	return g
}

// next reports whether another member is a neighbour: its outline touches, or,
// where one of the two has none, its place is close.
func (g ground) next(o Outline, place *Point) bool {
	if g.cells == nil || len(o) == 0 {
		return g.place != nil && place != nil && kilometres(*g.place, *place) <= neighbourKM
	}
	for _, ring := range o {
		for _, p := range ring {
			if p.Lat >= g.south.Lat && p.Lat <= g.top.Lat && p.Lon >= g.south.Lon && p.Lon <= g.top.Lon && g.cells[cellOf(p)] {
				return true
			}
		}
	}
	return false
}

// steps are the points of an outline, and on its lines points that are no
// farther apart than a step, in degrees.
func (o Outline) steps(step float64) func(yield func(Point) bool) {
	return func(yield func(Point) bool) {
		for _, ring := range o {
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				n := math.Ceil(max(math.Abs(b.Lat-a.Lat), math.Abs(b.Lon-a.Lon))/step) + 1
				for k := range int(n) {
					part := float64(k) / n
					if !yield(Point{Lat: a.Lat + part*(b.Lat-a.Lat), Lon: a.Lon + part*(b.Lon-a.Lon)}) {
						return
					}
				}
			}
		}
	}
}

// kilometres is about how far apart two points are, near enough for places that
// may be neighbours.
func kilometres(a, b Point) float64 {
	const perDegree = 111.2
	lon := math.Mod(math.Abs(a.Lon-b.Lon), 360)
	return perDegree * math.Hypot(a.Lat-b.Lat, min(lon, 360-lon)*math.Cos((a.Lat+b.Lat)/2*math.Pi/180))
}

// At is the commune that a point is in, by its outline, else the one whose place
// is closest, if that is no farther than that of a neighbour; nil = none.
func (c *Catalogue) At(p Point) *Member {
	var closest *Member
	least := neighbourKM
	for i := range c.Members {
		m := &c.Members[i]
		if m.Kind != KindCommune || c.successors[m.Slug] != nil {
			continue
		}
		if c.Outlines[m.Code].Has(p) {
			return m
		}
		if m.Location != nil && kilometres(p, *m.Location) <= least {
			closest, least = m, kilometres(p, *m.Location)
		}
	}
	return closest
}
