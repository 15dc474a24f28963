package likeness

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// TestFingerprintKept: what is read back is what was kept, of every kind of
// item; what is no fingerprint of this version is none.
func TestFingerprintKept(t *testing.T) {
	place := &federation.Place{Name: "Salle", Address: "Rue 1, 5060 Alba", PostalCode: "5060"}
	at := *place
	at.Point = &federation.Point{Lat: 50.5, Lon: -4.25}
	start := time.Date(2026, 7, 1, 20, 0, 0, 0, time.FixedZone("", 2*60*60))
	items := []federation.Item{{}, {Type: federation.EventItem, Event: &federation.Event{Start: start}, Place: place},
		{Type: federation.EventItem, Event: &federation.Event{Start: start, AllDay: true}, Place: &at}}
	for _, p := range readPairs(t) {
		items = append(items, p.a, p.b)
	}
	for _, it := range items {
		f := Of(it)
		kept := f.Bytes()
		got := read(kept)
		if got == nil || !slices.Equal(got.Bytes(), kept) || !slices.Equal(got.Keys(), f.Keys()) {
			t.Fatalf("%q: read back as %+v, want %+v", it.Title, got, f)
		}
		if f.event != nil && (!got.event.Start.Equal(f.event.Start) || got.day() != f.day()) {
			t.Errorf("%q: start %v, want %v", it.Title, got.event.Start, f.event.Start)
		}
		if !reflect.DeepEqual(got.figures, f.figures) && len(f.figures) > 0 || !reflect.DeepEqual(got.place, f.place) {
			t.Errorf("%q: read back as %+v, want %+v", it.Title, got, f)
		}
		for n := range kept {
			if read(kept[:n]) != nil {
				t.Fatalf("%q: %d of %d bytes are a fingerprint", it.Title, n, len(kept))
			}
		}
	}
	if read(nil) != nil || read([]byte("\x01x")) != nil {
		t.Error("no fingerprint is read as one")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(Of(federation.Item{Title: "Marché le 12 mars à 20h"}).Bytes())
	f.Add([]byte("\x014\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got := read(b); got != nil {
			if again := read(got.Bytes()); again == nil || !slices.Equal(again.Bytes(), got.Bytes()) {
				t.Errorf("read(%q) is not read back", b)
			}
		}
	})
}

// TestFold: each character is folded by itself as it is among others.
func TestFold(t *testing.T) {
	var all strings.Builder
	for r := range rune(maxSign) {
		one := "a" + string(r) + "b"
		if got, want := fold(one), foldAny(one); got != want {
			t.Errorf("fold(%q) = %q, want %q", one, got, want)
		}
		if r < maxLatin || r >= firstSign {
			all.WriteRune(r)
		}
	}
	for _, s := range []string{all.String(), "É\xffa", "Ⅳ e\u0301 가", ""} {
		if got, want := fold(s), foldAny(s); got != want {
			t.Errorf("fold(%q) = %q, want %q", s, got, want)
		}
	}
}
