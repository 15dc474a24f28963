package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
)

// PutTask implements [federation.Tx].
func (t *tx) PutTask(ctx context.Context, task federation.Task) error {
	_, err := t.exec(ctx, `
		INSERT INTO task (kind, key, host, due) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due, host = coalesce(nullif(excluded.host, ''), host)`,
		task.Kind, federation.NormalText(task.Key), federation.NormalText(task.Host), task.Due.UnixMicro())
	if err != nil {
		return fmt.Errorf("put task %s %q: %w", task.Kind, task.Key, err)
	}
	return nil
}

// leasable are the tasks t of a kind ($1) that are due at a time ($2), free,
// and at a host where nobody works.
const leasable = `
	FROM task t WHERE kind = $1 AND due <= $2 AND (leased IS NULL OR leased <= $2) AND ` + hostFree

const hostFree = `(host = '' OR NOT EXISTS (SELECT 1 FROM task o WHERE o.host = t.host AND o.leased > $2))`

// dueTasks are the keys of those to lease: of each host the one that is due the
// longest.
const dueTasks = `
	SELECT key FROM (
		SELECT key, due, row_number() OVER (PARTITION BY host, iif(host = '', key, '') ORDER BY due, key) AS place` + leasable + `)
	WHERE place = 1 ORDER BY due, key LIMIT $3`

const nextToken = `UPDATE fence SET token = token + 1 WHERE id = 1 RETURNING token`

const makeTask = `INSERT INTO task (kind, key, host, due) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`

// namedTask is the host of a task of which one may have the lease.
const namedTask = `
	SELECT host FROM task t WHERE kind = $1 AND key = $3 AND (leased IS NULL OR leased <= $2) AND ($4 OR ` + hostFree + `)`

const leaseTask = `
	UPDATE task SET attempts = attempts + 1, token = $3, leased = $4
	WHERE kind = $1 AND key = $5 AND (leased IS NULL OR leased <= $2)
	RETURNING kind, key, host, due, attempts, token, leased`

// ClaimTasks implements [federation.Tasks]. One claim is one transaction of
// the only writer, so no task can be claimed twice. It looks first: a hub that
// asks every moment and has nothing to do must not write each time.
func (s *Store) ClaimTasks(ctx context.Context, c federation.Claim) (tasks []federation.Task, err error) {
	if len(c.Named) == 0 {
		if due, err := s.anyDue(ctx, c); err != nil || !due {
			return nil, err
		}
	}
	err = s.update(ctx, func(t *tx) (err error) {
		tasks, err = t.claim(ctx, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim %s tasks: %w", c.Kind, err)
	}
	return tasks, nil
}

func (s *Store) anyDue(ctx context.Context, c federation.Claim) (due bool, err error) {
	if c.Limit <= 0 {
		return false, nil
	}
	err = s.with(func(r runner) (err error) {
		due, err = one(ctx, r, value[bool], `SELECT EXISTS (SELECT 1 `+leasable+`)`, c.Kind, c.Now.UnixMicro())
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look for due %s tasks: %w", c.Kind, err)
	}
	return due, nil
}

func (t *tx) claim(ctx context.Context, c federation.Claim) (tasks []federation.Task, err error) {
	var keys []string
	if len(c.Named) > 0 {
		keys, err = t.named(ctx, c)
	} else {
		keys, err = collect(ctx, t.runner, value[string], dueTasks, c.Kind, c.Now.UnixMicro(), c.Limit)
	}
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	token, err := one(ctx, t.runner, value[int64], nextToken)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		some, err := collect(ctx, t.runner, scanTask, leaseTask, c.Kind, c.Now.UnixMicro(), token, c.Now.Add(c.Lease).UnixMicro(), key)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, some...)
	}
	return tasks, nil
}

// named makes the tasks that a claim names, where there are none, and returns
// the keys of those whose host is not worked at, one a host.
func (t *tx) named(ctx context.Context, c federation.Claim) (keys []string, err error) {
	taken := map[string]bool{}
	for _, task := range c.Named {
		hosts, err := collect(ctx, t.runner, value[string], namedTask, c.Kind, c.Now.UnixMicro(), federation.NormalText(task.Key), c.Offline)
		if err == nil && len(hosts) == 0 {
			var made int64
			if made, err = t.exec(ctx, makeTask, c.Kind, federation.NormalText(task.Key), federation.NormalText(task.Host), c.Now.UnixMicro()); made > 0 {
				hosts, err = collect(ctx, t.runner, value[string], namedTask, c.Kind, c.Now.UnixMicro(), federation.NormalText(task.Key), c.Offline)
			}
		}
		if err != nil {
			return nil, err
		}
		if len(hosts) == 0 || taken[hosts[0]] {
			continue
		}
		taken[hosts[0]] = hosts[0] != "" && !c.Offline
		keys = append(keys, federation.NormalText(task.Key))
	}
	return keys, nil
}

func scanTask(row scanner) (t federation.Task, err error) {
	err = row.Scan(&t.Kind, &t.Key, &t.Host, instant{&t.Due}, &t.Attempts, &t.Token, instant{&t.Leased})
	return t, err
}

func scanTime(row scanner) (t time.Time, err error) {
	err = row.Scan(instant{&t})
	return t, err
}

// RenewTasks implements [federation.Tasks].
func (s *Store) RenewTasks(ctx context.Context, tasks []federation.Task, until time.Time) (held []federation.Task, err error) {
	err = s.update(ctx, func(t *tx) error {
		held = nil
		for _, task := range tasks {
			n, err := t.exec(ctx, `
				UPDATE task SET leased = $4 WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`,
				task.Kind, federation.NormalText(task.Key), task.Token, until.UnixMicro())
			if err != nil {
				return err
			}
			if n > 0 {
				task.Leased = federation.NormalTime(until)
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

const holdTask = `SELECT 1 FROM task WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`

// HoldTask implements [federation.Tx]. Nobody can claim the task before the
// transaction ends: there is one writer.
func (t *tx) HoldTask(ctx context.Context, task federation.Task) error {
	_, err := one(ctx, t.runner, value[int], holdTask, task.Kind, federation.NormalText(task.Key), task.Token)
	if errors.Is(err, errNoRow) {
		err = federation.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("hold task %s %q: %w", task.Kind, task.Key, err)
	}
	return nil
}

const finishTask = `
	UPDATE task SET due = CASE WHEN due = $5 THEN $4 ELSE min(due, $4) END, host = coalesce(nullif($6, ''), host), leased = NULL
	WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`

// RemoveTask implements [federation.Tx].
func (t *tx) RemoveTask(ctx context.Context, kind, key string) error {
	if _, err := t.exec(ctx, `DELETE FROM task WHERE kind = $1 AND key = $2`, kind, federation.NormalText(key)); err != nil {
		return fmt.Errorf("remove task %s %q: %w", kind, key, err)
	}
	return nil
}

// FinishTask implements [federation.Tx]. A task that is gone was lost too.
func (t *tx) FinishTask(ctx context.Context, task federation.Task, next time.Time) error {
	var n int64
	var err error
	if next.IsZero() {
		n, err = t.exec(ctx, `DELETE FROM task WHERE kind = $1 AND key = $2 AND token = $3 AND leased IS NOT NULL`,
			task.Kind, federation.NormalText(task.Key), task.Token)
	} else {
		n, err = t.exec(ctx, finishTask, task.Kind, federation.NormalText(task.Key), task.Token, next.UnixMicro(), task.Due.UnixMicro(), federation.NormalText(task.Host))
	}
	if err == nil && n == 0 {
		err = federation.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("finish task %s %q: %w", task.Kind, task.Key, err)
	}
	return nil
}

// RestHost implements [federation.Tx]. Rests that are over are cleared away
// with it.
func (t *tx) RestHost(ctx context.Context, host string, until time.Time) error {
	if host == "" || until.IsZero() {
		return nil
	}
	_, err := t.exec(ctx, `DELETE FROM rest WHERE until < $1`, until.Add(-longestRest).UnixMicro())
	if err == nil {
		_, err = t.exec(ctx, `
			INSERT INTO rest (host, until) VALUES ($1, $2)
			ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until)`, federation.NormalText(host), until.UnixMicro())
	}
	if err != nil {
		return fmt.Errorf("give %q rest: %w", host, err)
	}
	return nil
}

// longestRest is beyond any: a rest so much older than another one is over,
// whatever the clock says.
const longestRest = 48 * time.Hour

const selectRest = `SELECT max(until) FROM rest WHERE host = $1`

// Rest implements [federation.Tasks].
func (s *Store) Rest(ctx context.Context, host string) (until time.Time, err error) {
	err = s.with(func(r runner) (err error) {
		until, err = one(ctx, r, scanTime, selectRest, federation.NormalText(host))
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("rest of %q: %w", host, err)
	}
	return until, nil
}

// NextDue implements [federation.Tasks]. Claimed tasks count.
func (s *Store) NextDue(ctx context.Context, kind string) (due time.Time, err error) {
	err = s.with(func(r runner) (err error) {
		due, err = one(ctx, r, scanTime, `SELECT min(due) FROM task WHERE kind = $1`, kind)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("next due %s task: %w", kind, err)
	}
	return due, nil
}
