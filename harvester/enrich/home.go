package enrich

import (
	"cmp"

	"github.com/plonegov/carillon/federation"
)

// Defaults returns src as decoders get it: with the zone and the language of what
// neither it nor its documents say, which fall back from the source on its
// member and from there on the hub. It is the one place that decides them. A
// zone that nobody names is federation.DefaultZone, never silently UTC.
func (k *Tables) Defaults(src federation.Source) federation.Source {
	m := k.members[src.Member]
	src.Home = cmp.Or(cmp.Or(m.Languages...), cmp.Or(k.hub.Languages...))
	src.Zone = cmp.Or(src.Zone, m.Zone, k.hub.Zone, federation.DefaultZone)
	return src
}
