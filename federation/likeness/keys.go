package likeness

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/plonegov/carillon/federation"
)

// version is part of every digest: another one makes all prints anew.
const version = "3"

// MinHash of bands × rows minima. Two texts of which a share j of all shingles
// is common have a band in common with probability 1-(1-j^rows)^bands: 0.97
// at 0.6, 0.9997 at 0.8, 0.08 at 0.1.
const (
	bands = 8
	rows  = 2
)

// titleEnd is how many words at the end of a title are a key: those who
// republish put the name of their town before it.
const titleEnd = 5

// Keys are what items are found by: two that are alike have one in common, but
// for about one in a thousand. Conditions that must be equal (type, day of an
// event) are part of every key.
func (p *Print) Keys() []int64 {
	salt := string(p.kind) + " " + p.day()
	key := func(parts ...string) int64 {
		return int64(xxhash.Sum64String(salt + "\x00" + strings.Join(parts, "\x00")))
	}
	var out []int64
	if p.address != "" {
		out = append(out, key("address", p.address))
	}
	if len(p.title) >= minTitle || p.event != nil {
		end := p.title[max(0, len(p.title)-titleEnd):]
		out = append(out, key("title", strings.Join(end, " ")))
	}
	if p.words >= minWords {
		least := minima(p.parts)
		for b := range bands {
			out = append(out, key("band", fmt.Sprint(b, least[b*rows:(b+1)*rows])))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// minima are the least values of the shingles under several hash functions.
func minima(parts []uint64) (least [bands * rows]uint64) {
	for i := range least {
		seed := mix(uint64(i) + 1)
		least[i] = math.MaxUint64
		for _, h := range parts {
			least[i] = min(least[i], mix(h^seed))
		}
	}
	return least
}

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func coordinates(p federation.Point) string { return fmt.Sprintf("%.5f,%.5f", p.Lat, p.Lon) }

func figuresText(s map[string]figures) string {
	var b strings.Builder
	for _, place := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintln(&b, place, s[place])
	}
	return b.String()
}
