package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// PutTask implements [federation.Tx].
func (t *memTx) PutTask(_ context.Context, task federation.Task) error {
	id := [2]string{task.Kind, task.Key}
	held := t.tasks[id]
	held.Kind, held.Key, held.Host, held.Due = task.Kind, task.Key, cmp.Or(task.Host, held.Host), federation.NormalTime(task.Due)
	t.tasks[id] = held
	return nil
}

// ClaimTasks implements [federation.Tasks].
func (m *Mem) ClaimTasks(ctx context.Context, c federation.Claim) (claimed []federation.Task, err error) {
	err = m.update(ctx, func(t *memTx) error {
		claimed = nil
		t.token++
		list := t.due(c)
		if len(c.Named) > 0 {
			list = t.named(c)
		}
		for _, task := range list {
			if len(c.Named) == 0 && len(claimed) >= c.Limit {
				break
			}
			if task.Leased.After(c.Now) || !c.Offline && t.workedAt(task.Host, c.Now) {
				continue
			}
			task.Attempts, task.Token, task.Leased = task.Attempts+1, t.token, federation.NormalTime(c.Now.Add(c.Lease))
			t.tasks[[2]string{task.Kind, task.Key}] = task
			claimed = append(claimed, task)
		}
		return nil
	})
	return claimed, err
}

// due returns the tasks that are due, earliest first.
func (s *memState) due(c federation.Claim) []federation.Task {
	var list []federation.Task
	for _, t := range s.tasks {
		if t.Kind == c.Kind && !t.Due.After(c.Now) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b federation.Task) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	return list
}

// named returns the tasks that a claim names; those there are not are made.
func (t *memTx) named(c federation.Claim) (list []federation.Task) {
	for _, n := range c.Named {
		id := [2]string{c.Kind, n.Key}
		held, ok := t.tasks[id]
		if !ok {
			held = federation.Task{Kind: c.Kind, Key: n.Key, Host: n.Host, Due: federation.NormalTime(c.Now)}
			t.tasks[id] = held
		}
		list = append(list, held)
	}
	return list
}

// workedAt reports whether a task of the host is leased.
func (s *memState) workedAt(host string, now time.Time) bool {
	for _, t := range s.tasks {
		if host != "" && t.Host == host && t.Leased.After(now) {
			return true
		}
	}
	return false
}

// RenewTasks implements [federation.Tasks].
func (m *Mem) RenewTasks(ctx context.Context, tasks []federation.Task, until time.Time) (held []federation.Task, err error) {
	err = m.update(ctx, func(t *memTx) error {
		for _, task := range tasks {
			if t.HoldTask(ctx, task) != nil {
				continue
			}
			id := [2]string{task.Kind, task.Key}
			now := t.tasks[id]
			now.Leased, task.Leased = federation.NormalTime(until), federation.NormalTime(until)
			t.tasks[id] = now
			held = append(held, task)
		}
		return nil
	})
	return held, err
}

// HoldTask implements [federation.Tx].
func (t *memTx) HoldTask(_ context.Context, task federation.Task) error {
	held, ok := t.tasks[[2]string{task.Kind, task.Key}]
	if !ok || held.Token != task.Token || held.Leased.IsZero() {
		return fmt.Errorf("hold task %s %q: %w", task.Kind, task.Key, federation.ErrConflict)
	}
	return nil
}

// RemoveTask implements [federation.Tx].
func (t *memTx) RemoveTask(_ context.Context, kind, key string) error {
	delete(t.tasks, [2]string{kind, key})
	return nil
}

// FinishTask implements [federation.Tx]. A task that is gone was lost too.
func (t *memTx) FinishTask(ctx context.Context, task federation.Task, next time.Time) error {
	id := [2]string{task.Kind, task.Key}
	if err := t.HoldTask(ctx, task); err != nil {
		return err
	}
	held := t.tasks[id]
	if next.IsZero() {
		delete(t.tasks, id)
		return nil
	}
	if putSince := !held.Due.Equal(federation.NormalTime(task.Due)); !putSince || next.Before(held.Due) {
		held.Due = federation.NormalTime(next)
	}
	held.Host, held.Leased = cmp.Or(task.Host, held.Host), time.Time{}
	t.tasks[id] = held
	return nil
}

// RestHost implements [federation.Tx].
func (t *memTx) RestHost(_ context.Context, host string, until time.Time) error {
	if host != "" && until.After(t.rests[host]) {
		t.rests[host] = federation.NormalTime(until)
	}
	return nil
}

// Rest implements [federation.Tasks].
func (m *Mem) Rest(ctx context.Context, host string) (time.Time, error) {
	s, err := m.view(ctx)
	if err != nil {
		return time.Time{}, err
	}
	return s.rests[host], nil
}

// NextDue implements [federation.Tasks]. Claimed tasks count.
func (m *Mem) NextDue(ctx context.Context, kind string) (time.Time, error) {
	s, err := m.view(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var due time.Time
	for _, t := range s.tasks {
		if t.Kind == kind && (due.IsZero() || t.Due.Before(due)) {
			due = t.Due
		}
	}
	return due, nil
}
