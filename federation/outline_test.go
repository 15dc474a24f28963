package federation

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func square(south, west, size float64) []Point {
	return []Point{{south, west}, {south, west + size}, {south + size, west + size}, {south + size, west}, {south, west}}
}

func TestOutlineHas(t *testing.T) {
	o := Outline{square(50, 4, 1), square(50.4, 4.4, .2), square(52, 4, .5)} // with a hole, and an exclave
	for _, c := range []struct {
		p    Point
		want bool
	}{
		{Point{50.2, 4.2}, true}, {Point{50.5, 4.5}, false}, {Point{52.1, 4.1}, true}, {Point{51.5, 4.2}, false},
		{Point{50.2, 3.9}, false}, {Point{50.2, 5.1}, false}, {Point{-50.2, 4.2}, false},
	} {
		if got := o.Has(c.p); got != c.want {
			t.Errorf("Has(%v) = %v", c.p, got)
		}
	}
	if Outline(nil).Has(Point{0, 0}) || (Outline{{}}).Has(Point{0, 0}) {
		t.Error("an empty outline has a point")
	}
}

// TestOutlineKept writes and reads outlines, to the metre.
func TestOutlineKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		degrees := func(most int) float64 { return stored(float64(rapid.IntRange(-most*1e5, most*1e5).Draw(t, "degrees"))) }
		o := Outline{}
		for range rapid.IntRange(0, 3).Draw(t, "rings") {
			ring := []Point{}
			for range rapid.IntRange(0, 8).Draw(t, "points") {
				ring = append(ring, Point{degrees(90), degrees(180)})
			}
			o = append(o, ring)
		}
		b, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		var back Outline
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(o, back); diff != "" {
			t.Errorf("%s (-want +got):\n%s", b, diff)
		}
	})
}

func TestOutlineUnreadable(t *testing.T) {
	for _, s := range []string{`[[1]]`, `{}`, `[["a"]]`, `[[99999999999,1]]`} {
		var o Outline
		if err := json.Unmarshal([]byte(s), &o); err == nil {
			t.Errorf("%s was read as %v", s, o)
		}
	}
}

// TestNeighboursStillTouch: what two outlines share they share afterwards too.
func TestNeighboursStillTouch(t *testing.T) {
	border := []Point{{50.0001, 4.50007}, {50.10333, 4.50111}, {50.2071, 4.49876}, {50.30009, 4.50201}}
	west := append([]Point{{50.3, 4}, {50, 4}}, border...)
	east := []Point{{50, 5}, {50.3, 5}}
	for i := range border {
		east = append(east, border[len(border)-1-i])
	}
	a, b := (Outline{append(west, west[0])}).Coarser(.005), (Outline{append(east, east[0])}).Coarser(.005)
	shared := 0
	for _, p := range a[0] {
		for _, q := range b[0] {
			if p == q {
				shared++
			}
		}
	}
	if shared < len(border) {
		t.Errorf("%d points shared, want %d: %v, %v", shared, len(border), a, b)
	}
	if got := (Outline{square(50, 4, .001)}).Coarser(1); len(got) != 0 {
		t.Errorf("a ring smaller than the grid stayed: %v", got)
	}
}
