package meili

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// position is the place behind a hit: by what it is ordered by, and by how many
// came before it where the server turns the pages.
type position struct {
	level  int
	offset uint32
	now    int64 // seconds since 1970
	key    sortKey
	id     string
}

const (
	positionVersion = 1
	positionHead    = 2 + 4 + 8 + 3*8
	positionSum     = 4 // against cursors cut short in a mail, not against forgers
)

// String is the text of a position, for Result.Next.
func (p position) String() string {
	b := []byte{positionVersion, byte(p.level)}
	b = binary.BigEndian.AppendUint32(b, p.offset)
	b = binary.BigEndian.AppendUint64(b, uint64(p.now))
	for _, k := range p.key {
		b = binary.BigEndian.AppendUint64(b, uint64(k))
	}
	b = append(b, p.id...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

func parsePosition(s string) (*position, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < positionHead+positionSum || len(b) > 500 {
		return nil, errPosition()
	}
	b, sum := b[:len(b)-positionSum], b[len(b)-positionSum:]
	if binary.BigEndian.Uint32(sum) != crc32.ChecksumIEEE(b) || b[0] != positionVersion || int(b[1]) >= levels {
		return nil, errPosition()
	}
	p := &position{level: int(b[1]), offset: binary.BigEndian.Uint32(b[2:]), now: int64(binary.BigEndian.Uint64(b[6:])), id: string(b[positionHead:])}
	for i := range p.key {
		p.key[i] = int64(binary.BigEndian.Uint64(b[14+8*i:]))
	}
	return p, nil
}

func errPosition() error {
	return federation.InvalidAs("cursor", "cursor", "", "is not one that this search gave; start again without it")
}

// page cuts the page out of all hits in their order.
func (r *run) page(list []match) search.Result {
	res := search.Result{Total: len(list)}
	size := max(r.query.Select.Size(), 1)
	rest := list
	if r.after != nil {
		rest = list[r.passed(list):]
	}
	hits := rest[:min(size, len(rest))]
	if len(rest) > size {
		last := hits[size-1]
		res.Next = position{level: r.level, offset: uint32(len(list) - len(rest) + size), now: r.now.Unix(), key: last.key, id: last.ID}.String()
	}
	res.Hits = r.hits(hits)
	return res
}

// passed is how many hits are before the page. Alerts in force are shared out
// between members, not in the order of their keys.
func (r *run) passed(list []match) int {
	if r.by == federation.BySeverity && r.after.key[0] == inForce {
		if i := slices.IndexFunc(list, func(m match) bool { return m.ID == r.after.id }); i >= 0 {
			return i + 1
		}
	}
	mark := match{ID: r.after.id, key: r.after.key}
	i := slices.IndexFunc(list, func(m match) bool { return compareMatches(m, mark) > 0 })
	if i < 0 {
		return len(list)
	}
	return i
}

// hits are those of a page, the gravest alert of it first.
func (r *run) hits(list []match) []search.Hit {
	if r.by == federation.BySeverity {
		list = slices.SortedStableFunc(slices.Values(list), compareMatches)
	}
	var out []search.Hit
	for _, m := range list {
		out = append(out, search.Hit{ID: m.ID, Score: m.Score, Distance: m.distance})
	}
	return out
}

// from is the moment from which the next date of a series counts.
func (r *run) from() time.Time {
	if from := r.query.Select.From; !from.IsZero() {
		return from.Time
	}
	return r.now.Truncate(10 * time.Minute)
}

// facets counts the values of all facets asked for. Of a document in several
// languages each value counts once.
func (r *run) facets(lists []*list) map[search.Facet][]search.Count {
	if len(r.query.Facets) == 0 {
		return nil
	}
	out := make(map[search.Facet][]search.Count, len(r.query.Facets))
	for _, f := range r.query.Facets {
		field, known := fields[f]
		if !known {
			continue
		}
		counts := map[string]int{}
		for _, l := range lists {
			if l.but != f && (l.but != "" || r.cond.facet[f] != "") {
				continue
			}
			if l.total <= r.x.window {
				counts = count(l.matches, f)
			} else {
				counts = l.counts[field]
			}
		}
		chosen := r.chosen(f)
		if f == search.ByLanguage {
			counts = byLanguage(counts, chosen)
		}
		out[f] = top(counts, chosen)
	}
	return out
}

func (r *run) chosen(f search.Facet) []string {
	switch sel := r.query.Select; f {
	case search.ByMember:
		return sel.Members
	case search.ByType:
		return search.TypeNames(sel.Types)
	case search.ByCategory:
		return search.NormalCategories(sel.Categories)
	default:
		return sel.Languages
	}
}

func count(list []match, f search.Facet) map[string]int {
	type pair struct{ document, value string }
	seen, out := map[pair]bool{}, map[string]int{}
	for _, m := range list {
		document := cmp.Or(m.Same, m.ID)
		for _, v := range m.values(f) {
			if p := (pair{document, v}); v != "" && !seen[p] {
				seen[p] = true
				out[v]++
			}
		}
	}
	return out
}

func (m match) values(f search.Facet) []string {
	switch f {
	case search.ByMember:
		return []string{m.Member}
	case search.ByType:
		return []string{m.Type}
	case search.ByCategory:
		return m.Categories
	}
	return []string{m.Language}
}

// byLanguage counts by primary subtag; a region that was chosen has a count of
// its own.
func byLanguage(counts map[string]int, chosen []string) map[string]int {
	out := map[string]int{}
	for has, n := range counts {
		primary := has[:len(has)-len(region(has))]
		out[primary] += n
		for _, l := range chosen {
			if l != primary && federation.MatchLanguage(l, has) {
				out[l] += n
			}
		}
	}
	return out
}

func region(lang string) string {
	for i := range len(lang) {
		if lang[i] == '-' {
			return lang[i:]
		}
	}
	return ""
}

// top lists counts, largest first, and cuts the list but for chosen values.
func top(counts map[string]int, chosen []string) []search.Count {
	var list []search.Count
	for v, n := range counts {
		list = append(list, search.Count{Value: v, Count: n})
	}
	for _, v := range chosen {
		if _, has := counts[v]; !has && !slices.Contains(list, search.Count{Value: v}) {
			list = append(list, search.Count{Value: v})
		}
	}
	return search.TopCounts(list, chosen)
}
