package harvester

import (
	"context"
	"sync"

	"github.com/plonegov/carillon/federation"
)

// maxInHand bounds the sources that are claimed at once, waiting included.
const maxInHand = 256

// job is a source with the task by which it was claimed.
type job struct {
	task   federation.Task
	source federation.Source
}

// claimed names one claim: a source may be claimed anew while a lost claim of
// it still waits.
type claimed struct {
	key   string
	token int64
}

func claimOf(t federation.Task) claimed { return claimed{t.Key, t.Token} }

// hands works on jobs: those of one host one after the other, hostsAtOnce
// hosts at a time, so that a slow host holds up nobody but itself.
type hands struct {
	work  func(context.Context, job)
	slots chan struct{}
	freed chan struct{} // holds a value when a job has ended since it was read

	mu     sync.Mutex
	hosts  map[string][]job // waiting; a host that is being worked on has an entry
	inHand map[claimed]bool // whether the claim is still ours
	done   sync.WaitGroup
}

func newHands(work func(context.Context, job)) *hands {
	return &hands{work: work, slots: make(chan struct{}, hostsAtOnce), freed: make(chan struct{}, 1),
		hosts: map[string][]job{}, inHand: map[claimed]bool{}}
}

// take works on a job when its host's turn comes. It returns at once.
func (w *hands) take(ctx context.Context, j job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inHand[claimOf(j.task)] = true
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
		if w.ours(j) {
			w.work(ctx, j)
		}
		<-w.slots
		w.end(j)
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

// tasks are those in hand whose claim is still ours.
func (w *hands) tasks() []federation.Task {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []federation.Task
	for id, ours := range w.inHand {
		if ours {
			list = append(list, federation.Task{Kind: federation.TaskHarvest, Key: id.key, Token: id.token})
		}
	}
	return list
}

// renewed notes which of the tasks are still held. The others are not begun.
func (w *hands) renewed(tasks, held []federation.Task) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, list := range []struct {
		tasks []federation.Task
		ours  bool
	}{{tasks, false}, {held, true}} {
		for _, t := range list.tasks {
			if _, here := w.inHand[claimOf(t)]; here {
				w.inHand[claimOf(t)] = list.ours
			}
		}
	}
}

func (w *hands) ours(j job) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.inHand[claimOf(j.task)]
}

func (w *hands) end(j job) {
	w.mu.Lock()
	delete(w.inHand, claimOf(j.task))
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
	return maxInHand - len(w.inHand)
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
