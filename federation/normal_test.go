package federation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestNormal: all that a value holds or points to is made normal, and what was
// given stays as it was.
func TestNormal(t *testing.T) {
	at := time.Date(2026, 3, 29, 3, 30, 0, 123456789, time.FixedZone("", 2*3600))
	given := federation.Item{Title: "a\x00b\xff", Authors: []string{"\x00"}, Published: at,
		Event: &federation.Event{Start: at}, Alert: &federation.Alert{Onset: at}}
	got := federation.Normal(given)
	utc := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.UTC)
	want := federation.Item{Title: "ab\ufffd", Authors: []string{""}, Published: utc,
		Event: &federation.Event{Start: at.Truncate(time.Microsecond)}, Alert: &federation.Alert{Onset: utc}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(federation.Item{}.Content)); diff != "" {
		t.Errorf("Normal (-want +got):\n%s", diff)
	}
	if _, offset := got.Event.Start.Zone(); offset != 2*3600 || got.Published.Location() != time.UTC {
		t.Errorf("Normal has an event at %v and a date of %v, want its offset and UTC", got.Event.Start, got.Published)
	}
	if given.Authors[0] != "\x00" || !given.Alert.Onset.Equal(at) {
		t.Errorf("Normal changed what it was given: %+v", given)
	}
	if s := federation.Normal(federation.SourceState{Title: "\xe9", Validators: federation.Validators{ETag: "\xe9"}}); s.ETag != "\xe9" || s.Title != "\ufffd" {
		t.Errorf("Normal(state) = %q, %q, want the validator byte by byte", s.ETag, s.Title)
	}
}
