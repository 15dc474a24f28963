package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// PutTask implements [federation.Tasks].
func (s *Store) PutTask(ctx context.Context, task federation.Task) error {
	err := s.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO task (kind, key, due) VALUES ($1, $2, $3)
			ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due`,
			task.Kind, text(task.Key), task.Due.UnixMicro())
		return err
	})
	if err != nil {
		return fmt.Errorf("put task %s %q: %w", task.Kind, task.Key, err)
	}
	return nil
}

const claimTasks = `
	UPDATE task SET attempts = attempts + 1, token = $1, leased = $2
	WHERE (kind, key) IN (
		SELECT kind, key FROM task
		WHERE kind = $3 AND due <= $4 AND (leased IS NULL OR leased <= $4)
		ORDER BY due, key LIMIT $5)
	RETURNING kind, key, due, attempts, token, leased`

// ClaimTasks implements [federation.Tasks]. One claim is one transaction of
// the only writer, so no task can be claimed twice. It looks first: a hub that
// asks every moment and has nothing to do must not write each time.
func (s *Store) ClaimTasks(ctx context.Context, kind string, now time.Time, n int, lease time.Duration) (tasks []federation.Task, err error) {
	due, err := s.anyDue(ctx, kind, now)
	if err != nil || !due || n <= 0 {
		return nil, err
	}
	err = s.update(ctx, func(t *tx) (err error) {
		token, err := one(ctx, t.runner, value[int64], `UPDATE fence SET token = token + 1 WHERE id = 1 RETURNING token`)
		if err != nil {
			return err
		}
		tasks, err = collect(ctx, t.runner, scanTask, claimTasks,
			token, now.Add(lease).UnixMicro(), kind, now.UnixMicro(), n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim %s tasks: %w", kind, err)
	}
	slices.SortFunc(tasks, func(a, b federation.Task) int { // RETURNING has no order
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	return tasks, nil
}

func (s *Store) anyDue(ctx context.Context, kind string, now time.Time) (due bool, err error) {
	err = s.with(func(r runner) (err error) {
		due, err = one(ctx, r, value[bool], `
			SELECT EXISTS (SELECT 1 FROM task WHERE kind = $1 AND due <= $2 AND (leased IS NULL OR leased <= $2))`,
			kind, now.UnixMicro())
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look for due %s tasks: %w", kind, err)
	}
	return due, nil
}

func scanTask(row scanner) (t federation.Task, err error) {
	err = row.Scan(&t.Kind, &t.Key, instant{&t.Due}, &t.Attempts, &t.Token, instant{&t.Leased})
	return t, err
}

// RenewTasks implements [federation.Tasks].
func (s *Store) RenewTasks(ctx context.Context, tasks []federation.Task, until time.Time) (held []federation.Task, err error) {
	err = s.update(ctx, func(t *tx) error {
		held = nil
		for _, task := range tasks {
			n, err := t.exec(ctx, `
				UPDATE task SET leased = $4 WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`,
				task.Kind, text(task.Key), task.Token, until.UnixMicro())
			if err != nil {
				return err
			}
			if n > 0 {
				task.Leased = utc(until)
				held = append(held, task)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("renew %d tasks: %w", len(tasks), err)
	}
	return held, nil
}

// HoldTask implements [federation.Tx]. Nobody can claim the task before the
// transaction ends: there is one writer.
func (t *tx) HoldTask(ctx context.Context, task federation.Task) error {
	_, err := one(ctx, t.runner, value[int], `SELECT 1 FROM task WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`,
		task.Kind, text(task.Key), task.Token)
	if errors.Is(err, errNoRow) {
		err = federation.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("hold task %s %q: %w", task.Kind, task.Key, err)
	}
	return nil
}

// FinishTask implements [federation.Tasks]. A task that is gone was lost too.
func (s *Store) FinishTask(ctx context.Context, task federation.Task, next time.Time) error {
	err := s.update(ctx, func(t *tx) error {
		var n int64
		var err error
		if next.IsZero() {
			n, err = t.exec(ctx, `DELETE FROM task WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`,
				task.Kind, text(task.Key), task.Token)
		} else {
			n, err = t.exec(ctx, `
				UPDATE task SET due = CASE WHEN due = $5 THEN $4 ELSE min(due, $4) END, leased = NULL
				WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`,
				task.Kind, text(task.Key), task.Token, next.UnixMicro(), task.Due.UnixMicro())
		}
		if err == nil && n == 0 {
			err = federation.ErrConflict
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("finish task %s %q: %w", task.Kind, task.Key, err)
	}
	return nil
}

// NextDue implements [federation.Tasks]. Claimed tasks count.
func (s *Store) NextDue(ctx context.Context, kind string) (due time.Time, err error) {
	err = s.with(func(r runner) (err error) {
		due, err = one(ctx, r, func(row scanner) (t time.Time, err error) {
			err = row.Scan(instant{&t})
			return t, err
		}, `SELECT min(due) FROM task WHERE kind = $1`, kind)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("next due %s task: %w", kind, err)
	}
	return due, nil
}
