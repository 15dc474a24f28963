package harvester

import (
	"context"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

// maxInHand bounds the sources that are claimed at once, waiting included.
const maxInHand = 256

// job is a source with the task by which it was claimed.
type job struct {
	task   federation.Task
	source federation.Source
	until  time.Time // end of the lease
}

// hands works on jobs: those of one host one after the other, hostsAtOnce
// hosts at a time, so that a slow host holds up nobody but itself.
type hands struct {
	work  func(context.Context, job)
	slots chan struct{}
	freed chan struct{} // holds a value when a job has ended since it was read

	mu     sync.Mutex
	hosts  map[string][]job // waiting; a host that is being worked on has an entry
	inHand int
	done   sync.WaitGroup
}

func newHands(work func(context.Context, job)) *hands {
	return &hands{work: work, slots: make(chan struct{}, hostsAtOnce), freed: make(chan struct{}, 1), hosts: map[string][]job{}}
}

// take works on a job when its host's turn comes. It returns at once.
func (w *hands) take(ctx context.Context, j job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inHand++
	host := hostOf(j.source.URL)
	waiting, busy := w.hosts[host]
	w.hosts[host] = append(waiting, j)
	if !busy {
		w.done.Go(func() { w.serve(ctx, host) })
	}
}

// serve works on a host's jobs until there are none.
func (w *hands) serve(ctx context.Context, host string) {
	for {
		j, ok := w.next(host)
		if !ok {
			return
		}
		w.slots <- struct{}{}
		w.work(ctx, j)
		<-w.slots
		w.end()
	}
}

func (w *hands) next(host string) (job, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	waiting := w.hosts[host]
	if len(waiting) == 0 {
		delete(w.hosts, host)
		return job{}, false
	}
	w.hosts[host] = waiting[1:]
	return waiting[0], true
}

func (w *hands) end() {
	w.mu.Lock()
	w.inHand--
	w.mu.Unlock()
	select {
	case w.freed <- struct{}{}:
	default:
	}
}

// room is how many more jobs may be taken.
func (w *hands) room() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maxInHand - w.inHand
}

// full is ready when a job ends and there is no room; with room it never is.
func (w *hands) full() <-chan struct{} {
	if w.room() > 0 {
		return nil
	}
	return w.freed
}

// wait returns when all jobs have ended.
func (w *hands) wait() { w.done.Wait() }
