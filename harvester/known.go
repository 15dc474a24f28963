package harvester

import (
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// readingEpoch is part of every mark: raise it when the same bytes are to be
// read again because a decoder has learnt something.
const readingEpoch = "1"

// wholeEvery is how often a source is asked without validators: some servers
// answer 304 for ever, whatever changed.
const wholeEvery = 7 * 24 * time.Hour

// building is what of a source's state the next request may build on: its
// validators and the mark of its last body. There is nothing when all is to be
// read again: by force, from another address, or in another way (see mark).
func building(src federation.Source, state federation.SourceState, force bool, now time.Time) federation.SourceState {
	if force || state.FetchedURL != src.URL || !strings.HasPrefix(state.BodyHash, reading(src)) {
		state.ETag, state.LastModified, state.BodyHash = "", "", ""
	}
	if period(src, state.LastFetch) != period(src, now) {
		state.ETag, state.LastModified = "", ""
	}
	return state
}

// mark is kept as the state's BodyHash: the hash of a document after the way
// it was read.
func mark(src federation.Source, hash string) string { return reading(src) + hash }

// reading is a short hash of all that decides, beside the bytes, what items a
// document gives: when a source's settings change, the same bytes are read
// again.
func reading(src federation.Source) string {
	parts := slices.Concat([]string{readingEpoch, src.Format, string(src.Type), src.Language, src.License}, src.Categories)
	var b [][]byte
	for _, p := range parts {
		b = append(b, []byte(p))
	}
	return digest(b...)[:12] + ":"
}

// period numbers the spans of wholeEvery, which begin at another moment for
// each source, so that they do not all come whole at once.
func period(src federation.Source, t time.Time) int64 {
	sum := fnv.New32a()
	sum.Write([]byte(src.Name()))
	week := int64(wholeEvery / time.Second)
	return (t.Unix() + int64(sum.Sum32())%week) / week
}
