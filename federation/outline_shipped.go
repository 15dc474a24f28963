package federation

import (
	"encoding/json"

	"github.com/plonegov/carillon/federation/territory"
)

// besideOutline is how far, in degrees, the place of a member may be from the
// box around an outline that is its own.
const besideOutline = .02

// outlines are those of the hub or, where it names none, those that ship for
// communes: found by their code, and by their place, which tells a code from
// the same digits of another country. credit is what maps must say of them.
func (c *Catalogue) outlines() (_ map[string]Outline, credit string) {
	if c.Hub.OutlineFile != "" || c.Hub.Outlines != nil {
		return c.Hub.Outlines, c.Hub.OutlineCredit
	}
	out := map[string]Outline{}
	for i := range c.Members {
		m := &c.Members[i]
		if m.Kind != KindCommune || m.Code == "" || m.Location == nil {
			continue
		}
		var o Outline
		if b := territory.Outline(m.Code); b != nil && json.Unmarshal(b, &o) == nil && o.around(*m.Location) {
			out[m.Code] = o
		}
	}
	if len(out) == 0 {
		return nil, ""
	}
	return out, territory.Credit
}

// around reports whether p is in the box around the outline, or beside it.
func (o Outline) around(p Point) bool {
	var west, east, south, north bool
	for _, ring := range o {
		for _, q := range ring {
			west, east = west || q.Lon-besideOutline <= p.Lon, east || q.Lon+besideOutline >= p.Lon
			south, north = south || q.Lat-besideOutline <= p.Lat, north || q.Lat+besideOutline >= p.Lat
		}
	}
	return west && east && south && north
}
