package main

import (
	"io"
	"sync"

	"github.com/schollz/progressbar/v3"
)

// overBar writes lines where a progress bar is drawn: the bar makes way for
// each and is drawn again below it.
type overBar struct {
	w io.Writer

	mu  sync.Mutex
	bar *progressbar.ProgressBar // nil while there is none
}

// Write implements io.Writer for whole lines.
func (o *overBar) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bar == nil || o.bar.IsFinished() {
		return o.w.Write(p)
	}
	_ = o.bar.Clear() // a bar that cannot be drawn is no reason to stop
	n, err := o.w.Write(p)
	_ = o.bar.RenderBlank()
	return n, err
}

// add counts one more on the bar, unless a line is being written.
func (o *overBar) add() {
	o.mu.Lock()
	defer o.mu.Unlock()
	_ = o.bar.Add(1)
}
