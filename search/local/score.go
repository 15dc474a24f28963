package local

import "math"

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
	rarity           []uint8       // by word: its weight, see [view.weigh]
	cut              uint16        // what a match covers at least, in the units of rarity
	titleNo          [256]float32  // by length: saturation of a title
	bodyAdd, bodyPer float32       // saturation of a body: without length, and for each word
}

// rank measures terms against v.
func (v *view) rank(terms []term, now uint32) *ranking {
	r := &ranking{now: now}
	for _, f := range []field{titleField, bodyField} {
		r.mean[f] = uint8(min(math.Round(8*math.Log2(v.meanWords(f))), math.MaxUint8))
	}
	r.rarity = v.weigh(terms)
	r.cut = r.least()
	return r.prepared()
}

// least is what any match covers.
func (r *ranking) least() uint16 {
	all := 0
	for _, w := range r.rarity {
		all += int(w)
	}
	return uint16(max(1, math.Ceil(leastCover*float64(all))))
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
