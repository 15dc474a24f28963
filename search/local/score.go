package local

import (
	"math"
	"slices"
)

// Constants of BM25. Titles and bodies are scored apart and summed, which is
// worth more than anything else here (reference/search.md 3); how long labels
// are says nothing.
const (
	saturation  = 1.2
	titleWeight = 1.8
	labelWeight = .5
	titleLength = .5 // how much length counts, 0 to 1
	bodyLength  = .75
)

// ranking is what scores depend on besides the item and the query. It goes with
// a cursor, so that scores do not move from page to page while items come in;
// that is why all of it is made of small numbers.
type ranking struct {
	now              uint32        // the query is answered as at this second since 1970
	mean             [fields]uint8 // words of a field: 2^(mean/8)
	rarity           []uint8       // by word: its inverse document frequency, in sixteenths
	titleNo          [256]float32  // by length: saturation of a title
	bodyAdd, bodyPer float32       // saturation of a body: without length, and for each word
}

// rank measures terms against v.
func (v *view) rank(terms []term, now uint32) *ranking {
	r := &ranking{now: now}
	for _, f := range []field{titleField, bodyField} {
		r.mean[f] = uint8(min(math.Round(8*math.Log2(v.meanWords(f))), math.MaxUint8))
	}
	docs := float64(v.docs())
	for _, t := range terms {
		df := 0
		for i, p := range v.parts {
			df += p.frequency(t.matches[i])
		}
		idf := math.Log(1 + (docs-float64(df)+.5)/(float64(df)+.5))
		r.rarity = append(r.rarity, uint8(max(1, min(math.Round(idf*16), math.MaxUint8))))
	}
	return r.prepared()
}

// prepared fills in what follows from the rest.
func (r *ranking) prepared() *ranking {
	title, body := math.Exp2(float64(r.mean[titleField])/8), math.Exp2(float64(r.mean[bodyField])/8)
	for n := range r.titleNo {
		r.titleNo[n] = float32(saturation * (1 - titleLength + titleLength*float64(n)/title))
	}
	r.bodyAdd = saturation * (1 - bodyLength)
	r.bodyPer = float32(saturation * bodyLength / body)
	return r
}

// sum is what a document has of the forms of one word: the frequencies by
// field, and above them one more than the best class. 0 = nothing.
type sum uint64

const (
	classShift = 60
	titleShift = 40
	labelShift = 24
	sumBits    = 1<<16 - 1
	bodyBits   = 1<<24 - 1
)

var shifts = [fields]int{titleField: titleShift, bodyField: 0, labelField: labelShift}

// scoreUnit is one point of score: whole numbers make sums independent of the
// order of words.
const scoreUnit = 1 << 16

// score is that of one word in document d.
func (r *ranking) score(s sum, word int, p *segment, d uint32) uint32 {
	var total float32
	if tf := float32(s >> titleShift & sumBits); tf > 0 {
		total = titleWeight * tf / (tf + r.titleNo[p.titleLen[d]])
	}
	if tf := float32(s & bodyBits); tf > 0 {
		total += tf / (tf + r.bodyAdd + r.bodyPer*float32(p.bodyLen[d]))
	}
	if tf := float32(s >> labelShift & sumBits); tf > 0 {
		total += labelWeight * tf / (tf + saturation)
	}
	idf := float32(r.rarity[word]) / 16
	return uint32(scoreUnit * weights[s>>classShift-1] * idf * total)
}

// scratch is the room one search works in, reused by others.
type scratch struct {
	sums   []sum    // by document: of the word in hand
	scores []uint32 // by document
	met    []uint8  // by document: words met
	open   bitmap   // documents that may still match
	found  []uint32 // documents that match so far
	hit    []uint32 // documents that have the word in hand

	kept    []uint32               // documents found that meet all conditions
	refused [facetColumns][]uint32 // documents found that only this facet shuts out
	groups  groups

	versions versions
}

// fit makes room for n documents. Arrays by document are all zero between
// searches.
func (s *scratch) fit(n int) {
	if len(s.sums) < n {
		s.sums, s.scores, s.met = make([]sum, n), make([]uint32, n), make([]uint8, n)
		s.open = newBitmap(n)
	}
	s.open = s.open[:cap(s.open)]
	s.found, s.hit = s.found[:0], s.hit[:0]
}

// all finds all living documents.
func (s *scratch) all(p part) {
	s.fit(p.len())
	for d := range uint32(p.len()) {
		if !p.dead.has(d) {
			s.found = append(s.found, d)
		}
	}
}

// match finds the living documents of part i that have all terms but slack of
// them. Their numbers are in s.found, their scores in s.scores; drop must be
// called before the next match.
func (s *scratch) match(p part, i int, terms []term, slack int, r *ranking) {
	s.fit(p.len())
	s.open = s.open.fillAbsent(p.dead, p.len())
	order := make([]int, len(terms))
	for n := range order {
		order[n] = n
	}
	// The rarest word first: later ones then have few documents to look at.
	slices.SortStableFunc(order, func(a, b int) int { return p.size(terms[a].matches[i]) - p.size(terms[b].matches[i]) })
	for round, n := range order {
		s.collect(p.segment, terms[n].matches[i])
		s.settle(p.segment, n, r)
		if round >= slack {
			s.narrow(round + 1 - slack)
			if len(s.found) == 0 {
				return
			}
		}
	}
}

// collect adds up the frequencies of one word in the open documents.
func (s *scratch) collect(p *segment, list []match) {
	s.hit = s.hit[:0]
	for _, m := range list {
		begin := sum(m.class+1) << classShift
		for f := range m.fields {
			shift := shifts[f]
			for _, e := range p.postings[f].across(m.span) {
				d := e >> tfBits
				if !s.open.has(d) {
					continue
				}
				if s.sums[d] == 0 {
					s.sums[d] = begin
					s.hit = append(s.hit, d)
				}
				s.sums[d] += sum(e&maxTF) << shift
			}
		}
	}
}

// settle turns the sums of a word into scores.
func (s *scratch) settle(p *segment, word int, r *ranking) {
	for _, d := range s.hit {
		if s.met[d] == 0 {
			s.found = append(s.found, d)
		}
		s.met[d]++
		s.scores[d] += r.score(s.sums[d], word, p, d)
		s.sums[d] = 0
	}
}

// narrow drops the found documents with fewer words than need, and closes all
// that were not found.
func (s *scratch) narrow(need int) {
	kept := s.found[:0]
	clear(s.open)
	for _, d := range s.found {
		if int(s.met[d]) < need {
			s.met[d], s.scores[d] = 0, 0
			continue
		}
		s.open.set(d)
		kept = append(kept, d)
	}
	s.found = kept
}

// drop forgets what match found.
func (s *scratch) drop() {
	for _, d := range s.found {
		s.met[d], s.scores[d] = 0, 0
	}
	s.found = s.found[:0]
}
