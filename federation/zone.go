package federation

import (
	"sync"
	"time"
	_ "time/tzdata" // the machine may have no zone files, a container from scratch has none
)

// zones keeps what time.LoadLocation reads from disk each time. It holds
// names of the zone data alone, so it cannot grow.
var zones sync.Map

// Location is the IANA zone with the name. "" is none, and neither is "Local",
// the machine's own, which would differ from node to node.
func Location(name string) (*time.Location, bool) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), true
	}
	if name == "" || name == "Local" {
		return nil, false
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err == nil
}
