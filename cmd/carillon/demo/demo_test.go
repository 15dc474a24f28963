package demo

import (
	"testing"
	"time"
)

func TestNew(t *testing.T) {
	if _, err := New(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
}
