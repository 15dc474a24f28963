package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plonegov/carillon/federation"
)

// Run runs the suite. open returns a fresh, empty store; Run closes it.
func Run(t *testing.T, open func(*testing.T) federation.Store) {
	groups := []struct {
		name  string
		cases []testCase
	}{
		{"Tenants", tenantCases}, // first: nothing else matters when these fail
		{"Directory", directoryCases},
		{"Removal", removalCases},
		{"State", stateCases},
		{"Items", itemCases},
		{"Withdrawal", withdrawalCases},
		{"Values", valueCases},
		{"Remember", rememberCases},
		{"Changes", changeCases},
		{"Follow", followCases},
		{"Tasks", taskCases},
		{"Subscriptions", subscriptionCases},
		{"Likeness", likenessCases},
		{"Files", fileCases},
		{"Queries", queryCases},
		{"Concurrency", concurrencyCases},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for _, c := range g.cases {
				t.Run(c.name, func(t *testing.T) {
					s := store{Store: open(t), T: t, ctx: t.Context()}
					defer func() {
						if err := s.Close(); err != nil {
							t.Errorf("Close() = %v", err)
						}
					}()
					c.run(s)
				})
			}
		})
	}
}

// testCase is one promise of the contract.
type testCase struct {
	name string
	run  func(s store)
}

// store is the store under test with its test.
type store struct {
	federation.Store
	*testing.T
	ctx context.Context
}

// in runs fn in a transaction that must succeed.
func (s store) in(fn func(tx federation.Tx) error) {
	s.Helper()
	if err := s.InTx(s.ctx, fn); err != nil {
		s.Fatalf("InTx(…) = %v", err)
	}
}

// saveItem saves one item, which must succeed.
func (s store) saveItem(it federation.Item) {
	s.Helper()
	s.in(func(tx federation.Tx) error { return tx.SaveItem(s.ctx, it, day(1)) })
}

func (s store) withdraw(id string) {
	s.Helper()
	s.in(func(tx federation.Tx) error { return tx.WithdrawItem(s.ctx, id, "a reason", day(2)) })
}

// withMembers saves members with one source "member/news" each.
func (s store) withMembers(slugs ...string) {
	s.Helper()
	s.in(func(tx federation.Tx) error {
		for _, slug := range slugs {
			if _, err := federation.Save(s.ctx, tx, member(slug)); err != nil {
				return err
			}
			if _, err := federation.Save(s.ctx, tx, source(slug, "news")); err != nil {
				return err
			}
		}
		return nil
	})
}

// log returns every change there is, as "kind key".
func (s store) log() []string {
	s.Helper()
	list := must[[]federation.Change](s, "Changes(0)")(s.Changes(s.ctx, 0, 100000))
	var lines []string
	for _, c := range list {
		lines = append(lines, fmt.Sprintf("%s %s", c.Kind, c.Key))
	}
	return lines
}

// logged runs fn and returns the changes it wrote.
func (s store) logged(fn func()) []string {
	s.Helper()
	before := len(s.log())
	fn()
	return s.log()[before:]
}

// live returns the ids that EachItem yields.
func (s store) live() []string {
	s.Helper()
	var ids []string
	_, err := s.EachItem(s.ctx, federation.Part{}, func(it federation.Item) error {
		ids = append(ids, it.ID)
		return nil
	})
	if err != nil {
		s.Fatalf("EachItem(…) = %v", err)
	}
	return ids
}

func (s store) heads(source string) (heads map[string]federation.Head) {
	s.Helper()
	s.in(func(tx federation.Tx) (err error) {
		heads, err = tx.Heads(s.ctx, source)
		return err
	})
	return heads
}

// must returns the value of a call that must succeed.
func must[T any](s store, call string) func(T, error) T {
	return func(v T, err error) T {
		s.Helper()
		if err != nil {
			s.Fatalf("%s = %v", call, err)
		}
		return v
	}
}

// wantErr checks the kind of a failure.
func (s store) wantErr(call string, err, kind error) {
	s.Helper()
	if !errors.Is(err, kind) {
		s.Errorf("%s = %v, want %v", call, err, kind)
	}
}

// same compares; nil and empty lists are one.
func (s store) same(call string, got, want any) {
	s.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		s.Errorf("%s differs (-want +got):\n%s", call, diff)
	}
}

// day is noon UTC of a day of January 2026.
func day(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }
