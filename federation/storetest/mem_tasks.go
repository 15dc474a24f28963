package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// PutTask implements [federation.Tasks].
func (m *Mem) PutTask(ctx context.Context, task federation.Task) error {
	return m.update(ctx, func(t *memTx) error {
		id := [2]string{task.Kind, task.Key}
		held := t.tasks[id]
		held.Kind, held.Key, held.Due = task.Kind, task.Key, utc(task.Due)
		t.tasks[id] = held
		return nil
	})
}

// ClaimTasks implements [federation.Tasks].
func (m *Mem) ClaimTasks(ctx context.Context, kind string, now time.Time, n int, lease time.Duration) (claimed []federation.Task, err error) {
	err = m.update(ctx, func(t *memTx) error {
		claimed = t.free(kind, now)
		claimed = claimed[:min(len(claimed), max(n, 0))]
		t.token++
		for i := range claimed {
			c := &claimed[i]
			c.Attempts, c.Token, c.Leased = c.Attempts+1, t.token, utc(now.Add(lease))
			t.tasks[[2]string{c.Kind, c.Key}] = *c
		}
		return nil
	})
	return claimed, err
}

// free returns the tasks that may be claimed at now, earliest first.
func (s *memState) free(kind string, now time.Time) []federation.Task {
	var list []federation.Task
	for _, t := range s.tasks {
		if t.Kind == kind && !t.Due.After(now) && !t.Leased.After(now) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b federation.Task) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	return list
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
			now.Leased, task.Leased = utc(until), utc(until)
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

// FinishTask implements [federation.Tasks]. A task that is gone was lost too.
func (m *Mem) FinishTask(ctx context.Context, task federation.Task, next time.Time) error {
	return m.update(ctx, func(t *memTx) error {
		id := [2]string{task.Kind, task.Key}
		if err := t.HoldTask(ctx, task); err != nil {
			return err
		}
		held := t.tasks[id]
		if next.IsZero() {
			delete(t.tasks, id)
			return nil
		}
		if putSince := !held.Due.Equal(utc(task.Due)); !putSince || next.Before(held.Due) {
			held.Due = utc(next)
		}
		held.Leased = time.Time{}
		t.tasks[id] = held
		return nil
	})
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
