package likeness

import (
	"math"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

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
func (f *Fingerprint) Keys() []int64 {
	salt := string(f.kind) + " " + f.day() + "\x00"
	key := func(kind, of string) int64 { return int64(xxhash.Sum64String(salt + kind + "\x00" + of)) }
	out := make([]int64, 0, bands+2)
	if f.address != "" {
		out = append(out, key("address", f.address))
	}
	if len(f.title) >= minTitle || f.event != nil {
		end := f.title[max(0, len(f.title)-titleEnd):]
		out = append(out, key("title", strings.Join(end, " ")))
	}
	if f.words >= minWords {
		least := minima(f.shingles)
		for b := range bands {
			h := xxhash.Sum64String(salt) ^ uint64(b)
			for _, value := range least[b*rows : (b+1)*rows] {
				h = mix(h) ^ value
			}
			out = append(out, int64(mix(h)))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// minima are the least values of the shingles under several hash functions.
func minima(shingles []uint32) (least [bands * rows]uint64) {
	for i := range least {
		seed := mix(uint64(i) + 1)
		least[i] = math.MaxUint64
		for _, h := range shingles {
			least[i] = min(least[i], mix(uint64(h)^seed))
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
