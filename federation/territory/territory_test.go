package territory

import "testing"

func TestOutline(t *testing.T) {
	if n := len(outlines()); n != 565 {
		t.Errorf("outlines of %d municipalities ship, want the 565 that Belgium has since 2025", n)
	}
	for code, want := range map[string]bool{"52011": true, "71071": true, "62063": true, "71057": false, "99010": false, "": false} {
		if got := Outline(code) != nil; got != want {
			t.Errorf("Outline(%q) is there = %v, want %v", code, got, want)
		}
	}
}
