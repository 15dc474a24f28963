package federation

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// TaskHarvest is the kind of the tasks that fetch a source; the key is the
// source's full name.
const TaskHarvest = "harvest"

// TaskExpire is the kind of the task that withdraws what has ended.
const TaskExpire = "expire"

// TaskLikeness is the kind of the task that groups items that are alike.
const TaskLikeness = "likeness"

// AtOnce is when tasks are due that come before all others.
var AtOnce = time.Unix(0, 0).UTC()

// Task is work with a due time and a lease. (Kind, Key) is its identity, so
// that putting it twice is putting it once.
type Task struct {
	Kind     string
	Key      string
	Host     string // as HostOf names it, where the work is done; "" = nowhere that others would have to wait for
	Due      time.Time
	Attempts int       // claims so far
	Token    int64     // fencing: grows with every claim; a holder of an old one has lost
	Leased   time.Time // until when it is claimed; zero when free
}

// Claim is what somebody who is ready to work asks for.
type Claim struct {
	Kind  string
	Now   time.Time
	Lease time.Duration
	// Limit bounds the tasks that are given, of those that are due at Now. With
	// Named it is not read.
	Limit int
	// Named are tasks of the kind that a person asks for by their keys: they are
	// given whether or not they are due, and made where there are none.
	Named []Task
	// Offline, with Named: no host is going to be asked, so that it does not
	// matter whether another works there.
	Offline bool
}

// HostOf is the host and port of an address, in lower case and without the port
// that its scheme has by itself; "" when it has none (a file).
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; port != "" {
		host = strings.TrimSuffix(host, port)
	}
	return host
}

// PutTask puts one task in a transaction of its own.
func PutTask(ctx context.Context, store Transactor, t Task) error {
	return store.InTx(ctx, func(tx Tx) error { return tx.PutTask(ctx, t) })
}

// FinishTask finishes one in a transaction of its own.
func FinishTask(ctx context.Context, store Transactor, t Task, next time.Time) error {
	return store.InTx(ctx, func(tx Tx) error { return tx.FinishTask(ctx, t, next) })
}

// ErrLost tells the holder of a task that it is another's by now, or gone.
var ErrLost = errors.New("the claim was lost")

// Fenced is a store whose transactions are those of a task's holder: each holds
// the task first, so that whoever has lost it writes nothing more and is told
// ErrLost. Reading is as ever.
func Fenced(store Store, t Task) Store { return fenced{store, t} }

type fenced struct {
	Store
	task Task
}

func (f fenced) InTx(ctx context.Context, fn func(Tx) error) error {
	return f.Store.InTx(ctx, func(tx Tx) error {
		switch err := tx.HoldTask(ctx, f.task); {
		case errors.Is(err, ErrConflict):
			return fmt.Errorf("%w: %w", ErrLost, err)
		case err != nil:
			return err
		}
		return fn(tx)
	})
}
