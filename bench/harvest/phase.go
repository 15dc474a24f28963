package main

import (
	"context"
	"fmt"
	"time"
)

// maxPeakMB is the gate of the peak memory of every phase.
const maxPeakMB = 80

// phase is one harvest of all feeds, and what must come of it.
type phase struct {
	name   string
	before string // what the origin is told first, "" = nothing
	maxCPU time.Duration

	sent200, sent304 int // answers
	fresh, unchanged int // items, feeds
}

// phases are those of issue 3, in order: each begins where the one before
// ended.
func phases(p publication) []phase {
	n := p.feeds
	return []phase{
		{name: "cold", maxCPU: 10 * time.Second, sent200: n, fresh: n * p.items},
		{name: "all 304", maxCPU: 600 * time.Millisecond, sent304: n, unchanged: n},
		{name: "all 304 again", maxCPU: 600 * time.Millisecond, sent304: n, unchanged: n},
		{name: "one new item each", before: sayNew, maxCPU: 4 * time.Second, sent200: n, fresh: n},
		{name: "200, the same ETag", before: sayAlways, maxCPU: 1500 * time.Millisecond, sent200: n, unchanged: n},
		{name: "200 without validators", before: sayBare, maxCPU: 1500 * time.Millisecond, sent200: n, unchanged: n},
	}
}

// result is what one phase came to.
type result struct {
	usage
	summary
	sent200, sent304 int

	theirs time.Duration // CPU of Miniflux and PostgreSQL; 0 = not run
}

// run has the feeds harvested, and then read by Miniflux, unless it is nil.
func (p phase) run(ctx context.Context, h hub, o *origin, m *miniflux) (got result, err error) {
	if p.before != "" {
		if _, err := o.say(p.before); err != nil {
			return got, err
		}
	}
	if _, err := o.counts(); err != nil { // begins to count anew
		return got, err
	}
	if got.usage, got.summary, err = h.harvest(ctx); err != nil {
		return got, err
	}
	counts, err := o.counts()
	if err != nil {
		return got, err
	}
	got.sent200, got.sent304 = counts[0], counts[1]
	if m != nil {
		if got.theirs, err = m.refresh(ctx, o, p); err != nil {
			return got, fmt.Errorf("miniflux: %w", err)
		}
	}
	return got, nil
}

// judge is nil when the phase did what it is named after, within its gates.
func (p phase) judge(got result) error {
	type outcome struct{ sent200, sent304, fresh, unchanged, failed, changed, withdrawn int }
	want := outcome{sent200: p.sent200, sent304: p.sent304, fresh: p.fresh, unchanged: p.unchanged}
	have := outcome{got.sent200, got.sent304, got.New, got.Unchanged, got.Failed, got.Changed, got.Withdrawn}
	switch {
	case have != want:
		return fmt.Errorf("%s: %+v, want %+v", p.name, have, want)
	case got.cpu > p.maxCPU:
		return fmt.Errorf("%s: %.2f CPU seconds, the gate is %.1f", p.name, got.cpu.Seconds(), p.maxCPU.Seconds())
	case got.peakMB() > maxPeakMB:
		return fmt.Errorf("%s: %.0f MB resident, the gate is %d", p.name, got.peakMB(), maxPeakMB)
	}
	return nil
}
