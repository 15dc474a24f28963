package local

import "testing"

// TestEven: strings that are all as long are kept without their places, others
// with them, and read the same.
func TestEven(t *testing.T) {
	for _, list := range [][]string{{}, {"abc"}, {"abc", "abd", "xyz"}, {"a", "bc"}, {"", "a"}, {"ab", "c"}} {
		var b dictionaryBuilder
		for _, s := range list {
			b.add(s)
		}
		d := b.done().even()
		if d.len() != len(list) || !d.fits(false) {
			t.Errorf("%q: len = %d, fits = %v", list, d.len(), d.fits(false))
			continue
		}
		for i, s := range list {
			if got := d.at(uint32(i)); got != s {
				t.Errorf("%q: at(%d) = %q", list, i, got)
			}
		}
	}
	if d := (dictionary{blob: "abcd", each: 3}); d.fits(false) {
		t.Error("fits = true of one string and a third")
	}
}
