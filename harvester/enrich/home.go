package enrich

import (
	"cmp"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dates"
)

// Defaults returns src as decoders get it: with the zone and the language of what
// neither it nor its documents say, which fall back from the source on its
// member and from there on the hub. It is the one place that decides them. A
// zone that nobody names is the one of the language; where that has none, the
// hub's own, never silently UTC.
func (k *Tables) Defaults(src federation.Source) federation.Source {
	m := k.members[src.Member]
	tongues := append(append([]string{src.Language}, m.Languages...), k.hub.Languages...)
	src.Home = cmp.Or(cmp.Or(m.Languages...), cmp.Or(k.hub.Languages...))
	src.Zone = cmp.Or(src.Zone, m.Zone, k.hub.Zone, zoneOf(tongues), federation.DefaultZone)
	return src
}

// zoneOf is the name of the zone of the first language that has one, "" when
// none has.
func zoneOf(tongues []string) string {
	for _, tongue := range tongues {
		if zone := dates.Zone(tongue); zone != time.UTC {
			return zone.String()
		}
	}
	return ""
}
