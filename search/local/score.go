package local

import "math"

// Constants of BM25. Fields are scored apart and summed, which is worth more
// than anything else here (reference/search.md 3); how long labels are says
// nothing.
const (
	saturation    = 1.6
	titleLength   = .4 // how much length counts, 0 to 1
	bodyLength    = .85
	summaryLength = .75
	fileLength    = .75
	coverCounts   = .3
	usualSummary  = 25  // words; summaries and files are few, their mean says nothing
	usualFile     = 600 // words
)

// fieldWeights are what fields count for.
var fieldWeights = [fields]float32{titleField: 1.8, summaryField: .8, bodyField: 1, labelField: .5, fileField: .3}

// ranking is what scores depend on besides the item and the query. It goes with
// a cursor, so that scores do not move from page to page while items come in;
// that is why all of it is made of small numbers.
type ranking struct {
	now              uint32        // the query is answered as at this second since 1970
	mean             [fields]uint8 // words of a field: 2^(mean/8)
	rarity           []uint8       // by word: its weight, see [view.weigh]
	cut              uint16        // what a match covers at least, in the units of rarity
	titleNo          [256]float32  // by length: saturation of a title
	whole            int           // what all words weigh
	telling          int           // words that are known and no function words; 0 of a further page
	bodyAdd, bodyPer float32       // saturation of a body: without length, and for each word
}

// rank measures terms against v.
func (v *view) rank(terms []term, now uint32) *ranking {
	r := &ranking{now: now}
	for _, f := range []field{titleField, bodyField} {
		r.mean[f] = uint8(min(math.Round(8*math.Log2(v.meanWords(f))), math.MaxUint8))
	}
	r.rarity, r.telling = v.weigh(terms)
	r.cut = r.least()
	return r.prepared()
}

// least is what any match covers.
func (r *ranking) least() uint16 {
	return uint16(max(1, math.Ceil(leastCover*float64(r.all()))))
}

// all is what an item covers that has every word.
func (r *ranking) all() (sum int) {
	for _, w := range r.rarity {
		sum += int(w)
	}
	return sum
}

// covering is a score made less by what is not covered.
func (r *ranking) covering(score uint32, cover uint16) uint32 {
	return uint32(float32(score) * r.coverage(cover))
}

// coverage is what a score is made less by where cover is all that is covered.
func (r *ranking) coverage(cover uint16) float32 {
	return 1 - coverCounts + coverCounts*float32(cover)/float32(r.whole)
}

// prepared fills in what follows from the rest.
func (r *ranking) prepared() *ranking {
	r.whole = max(r.all(), 1)
	title, body := math.Exp2(float64(r.mean[titleField])/8), math.Exp2(float64(r.mean[bodyField])/8)
	for n := range r.titleNo {
		r.titleNo[n] = float32(saturation * (1 - titleLength + titleLength*float64(n)/title))
	}
	r.bodyAdd = saturation * (1 - bodyLength)
	r.bodyPer = float32(saturation * bodyLength / body)
	return r
}

// sum is what a document has of the forms of one word: how often in each field,
// and how well at best: the first class that is added to a field is its best.
type sum struct {
	tf    [fields]uint16
	class [fields]class
	some  bool // any is there
}

// add counts n more of a class in a field.
func (s *sum) add(f field, n uint32, c class) {
	if s.tf[f] == 0 {
		s.class[f] = c
	}
	s.tf[f] = uint16(min(uint32(s.tf[f])+n, math.MaxUint16))
	s.some = true
}

// scoreUnit is one point of score: whole numbers make sums independent of the
// order of words.
const scoreUnit = 1 << 16

// score is that of one word in document d. Each field counts by its own best
// match: a topic of that name does not make a synonym in the title the word
// itself.
func (r *ranking) score(s *sum, word int, p *segment, d uint32) uint32 {
	var total float32
	for f := range fields {
		if s.tf[f] > 0 {
			total += weights[s.class[f]] * r.fieldScore(f, s.tf[f], p, d)
		}
	}
	idf := float32(r.rarity[word]) / 16
	return uint32(scoreUnit * idf * total)
}

// fieldScore is what it counts that a word is n times in a field.
func (r *ranking) fieldScore(f field, n uint16, p *segment, d uint32) float32 {
	tf := float32(n)
	with := float32(saturation)
	switch f {
	case titleField:
		with = r.titleNo[p.titleLen[d]]
	case summaryField:
		with = saturation * (1 - summaryLength + summaryLength/usualSummary*float32(p.summaryLen[d]))
	case bodyField:
		with = r.bodyAdd + r.bodyPer*float32(p.bodyLen[d])
	case fileField:
		with = saturation * (1 - fileLength + fileLength/usualFile*float32(p.fileLen(d)))
	}
	return fieldWeights[f] * tf / (tf + with)
}
