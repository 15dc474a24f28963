package local

import (
	"encoding/binary"
	"math"
	"slices"
	"sync"
	"unicode/utf8"
)

// sharing is, for each form of a segment, how many bytes it begins with that the
// form before begins with too, at most 255: what finds near forms without
// comparing any. It is made when it is asked for.
type sharing struct {
	once  sync.Once
	bytes []uint8
}

func (s *segment) sharing() []uint8 {
	s.shares.once.Do(func() { s.shares.bytes = s.forms.shared() })
	return s.shares.bytes
}

func (d *dictionary) shared() []uint8 {
	out := make([]uint8, d.len())
	for i := 1; i < len(out); i++ {
		a, b, n := d.at(uint32(i-1)), d.at(uint32(i)), 0
		for n < min(len(a), len(b), math.MaxUint8) && a[n] == b[n] {
			n++
		}
		out[i] = uint8(n)
	}
	return out
}

// firstBelow is the first place from one on at which less than least is shared.
func firstBelow(shared []uint8, from, least int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; from < len(shared); from++ {
		for least < 128 && from+8 <= len(shared) {
			x := binary.LittleEndian.Uint64(shared[from:]) | tops
			if (x-uint64(least)*ones)&tops != tops {
				break
			}
			from += 8
		}
		if from == len(shared) || int(shared[from]) < least {
			break
		}
	}
	return from
}

// near are the strings at most most errors from word, which is at most two:
// letters added, missing, wrong, or two neighbours exchanged. With prefix, those
// that begin with such. Strings with fewer errors come first. It needs what the
// strings share; near a word of more than [longestNear] letters there is none.
func (d *dictionary) near(shared []uint8, word string, most int, prefix bool) []match {
	letters := []rune(word)
	if len(letters) > longestNear {
		return nil
	}
	w := typoWalk{dict: d, shared: shared, most: most, prefix: prefix, others: map[rune]uint64{}, whole: 1 << len(letters)}
	for i, r := range letters {
		if r < utf8.RuneSelf {
			w.at[r] |= 2 << i
		} else {
			w.others[r] |= 2 << i
		}
	}
	first := step{}
	for e := range first.meets {
		first.meets[e] = (2<<e - 1) & (w.whole<<1 - 1)
	}
	first.best = w.errors(&first)
	w.steps = append(make([]step, 0, len(letters)+most+2), first)
	w.walk()
	slices.SortStableFunc(w.found, func(a, b match) int { return int(a.class) - int(b.class) })
	return w.found
}

const (
	longestNear = 62
	mostTypos   = 2
)

// typoWalk goes through a sorted dictionary as through a tree of letters. For
// each letter on the way it knows how the letters so far compare with each
// beginning of the word, by the distance of optimal string alignment. Where
// none is near it passes over all strings that begin so.
type typoWalk struct {
	dict   *dictionary
	shared []uint8
	most   int
	prefix bool
	at     [utf8.RuneSelf]uint64 // by letter: where the word has it, bit n for letter n, from 1
	others map[rune]uint64       // likewise
	whole  uint64                // the bit of the last letter
	steps  []step                // by number of letters
	found  []match
}

// step is a letter on the way.
type step struct {
	// meets has, by number of errors, bit n set where the letters so far are the
	// first n of the word with at most so many.
	meets [mostTypos + 1]uint64
	at    uint64 // where the word has the letter
	end   int    // bytes so far
	best  int    // fewest errors of a beginning so far
}

func (w *typoWalk) walk() {
	letters := 0
	for i := 0; i < len(w.shared); {
		for w.steps[letters].end > int(w.shared[i]) {
			letters--
		}
		form := w.dict.at(uint32(i))
		var hopeless int
		letters, hopeless = w.follow(form, letters)
		one, next := &w.steps[letters], i+1
		if hopeless == 0 {
			w.take(span{uint32(i), uint32(next)}, w.errors(one), one.best)
		} else {
			next = firstBelow(w.shared, next, hopeless)
			w.take(span{uint32(i), uint32(next)}, w.most+1, one.best)
		}
		i = next
	}
}

// follow takes the steps of a form behind the first ones. It returns how many
// there are then and, if it gave up, the bytes with which there is no hope.
func (w *typoWalk) follow(form string, letters int) (steps, hopeless int) {
	for end := w.steps[letters].end; end < len(form); letters++ {
		at := uint64(0)
		if c := form[end]; c < utf8.RuneSelf {
			at = w.at[c]
			end++
		} else {
			r, n := utf8.DecodeRuneInString(form[end:])
			at = w.others[r]
			end += n
		}
		if letters+1 == len(w.steps) {
			w.steps = append(w.steps, step{})
		}
		next := &w.steps[letters+1]
		next.at, next.end = at, end
		if w.meet(letters + 1); next.meets[w.most] == 0 {
			return letters, end
		}
		next.best = min(w.steps[letters].best, w.errors(next))
	}
	return letters, 0
}

// meet fills in what step n meets, all bits at once: a letter is the next of the
// word, or it is added, or wrong, or it comes behind one that is missing, or it
// and the one before have changed places.
func (w *typoWalk) meet(n int) {
	one, before := &w.steps[n], &w.steps[n-1]
	within := w.whole<<1 - 1
	one.meets[0] = before.meets[0] << 1 & one.at
	for e := 1; e <= w.most; e++ {
		less := before.meets[e-1]
		m := before.meets[e]<<1&one.at | less | less<<1 | one.meets[e-1]<<1
		if n > 1 {
			m |= w.steps[n-2].meets[e-1] << 2 & (one.at << 1) & before.at
		}
		one.meets[e] = m & within
	}
}

// errors are those between all letters so far and the whole word.
func (w *typoWalk) errors(s *step) int {
	for e, m := range s.meets[:w.most+1] {
		if m&w.whole != 0 {
			return e
		}
	}
	return w.most + 1
}

// take keeps strings at errors, or at best if their beginnings count.
func (w *typoWalk) take(s span, errors, best int) {
	if w.prefix {
		errors = best
	}
	if errors > w.most || errors == 0 {
		return
	}
	c := oneTypo + class(errors-1)
	if n := len(w.found); n > 0 && w.found[n-1].hi == s.lo && w.found[n-1].class == c {
		w.found[n-1].hi = s.hi
		return
	}
	w.found = append(w.found, match{s, c, fields})
}
