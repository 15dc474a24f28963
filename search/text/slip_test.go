package text

import "testing"

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		typed, meant string
		begun        bool
		want         float32
	}{
		{"dechets", "dechets", false, 0}, {"dechtes", "dechets", false, swapSlip}, {"colecte", "collecte", false, doubleSlip},
		{"dechrts", "dechets", false, keySlip}, {"biblioteque", "bibliotheque", false, soundSlip}, {"dechpts", "dechets", false, 1},
		{"edchets", "dechets", false, swapSlip}, {"lephant", "elephant", false, 1 + firstSlip}, {"dech", "dechets", true, 0}, {"dehcet", "dechets", true, swapSlip},
		{"ordure", "ordre", false, 1}, {"creche", "rechent", true, 3 + firstSlip}, {"", "ab", false, 2}, {"школа", "школы", false, 1},
	} {
		if got := Slips(c.typed, c.meant, c.begun); got < c.want-.001 || got > c.want+.001 {
			t.Errorf("Slips(%q, %q, %v) = %v, want %v", c.typed, c.meant, c.begun, got, c.want)
		}
	}
}
