package search

import (
	"context"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// The engines in a turn.
const (
	byServer  = "s"
	byProcess = "p"
)

// turn is a place in the pages of one of the engines, by which the other one
// can go on too: at the same number of hits.
type turn struct {
	engine string
	offset int
	after  string
}

// Bounds of the hits before the page that the other engine is asked for, to
// find the place.
const (
	maxTurn  = 1000   // in one search
	maxReach = 10_000 // in several, of the engine in the process
)

// staysHere reports whether the engine in the process goes on though the server
// may be asked again: where it is, the server finds no place.
func (t turn) staysHere(q Query) bool {
	return t.engine == byProcess && t.offset+q.Select.Size() > maxTurn
}

func (t turn) String() string { return t.engine + strconv.Itoa(t.offset) + "." + t.after }

func parseTurn(s string) (turn, error) {
	if s == "" {
		return turn{}, nil
	}
	if head, after, ok := strings.Cut(s, "."); ok && len(head) > 1 && after != "" {
		n, err := strconv.Atoi(head[1:])
		if engine := head[:1]; err == nil && n >= 0 && (engine == byServer || engine == byProcess) {
			return turn{engine, n, after}, nil
		}
	}
	return turn{}, federation.InvalidAs("cursor", "cursor", "", "is not one that this search gave; start again without it")
}

// search asks one engine for the page at a turn.
func search(ctx context.Context, x Index, engine string, q Query, at turn) (Result, error) {
	size := q.Select.Size()
	skip := 0
	switch {
	case at.engine == engine || at.engine == "":
		q.After = at.after
	case at.offset+size > maxTurn && (engine == byServer || at.offset > maxReach):
		return Result{}, federation.InvalidAs("cursor", "cursor", "", "is too far in results that are another engine's now; start again without it")
	case at.offset+size > maxTurn:
		after, err := behind(ctx, x, q, at.offset)
		if err != nil {
			return Result{}, err
		}
		if q.After = after; after == "" {
			skip = size // no more than the totals
		}
	default:
		skip = at.offset
		q.After, q.Select.Limit = "", skip+size
	}
	res, err := x.Search(ctx, q)
	if err != nil {
		return Result{}, err
	}
	if res.Hits = res.Hits[min(skip, len(res.Hits)):]; len(res.Hits) == 0 {
		res.Next = ""
	}
	if res.Next != "" {
		res.Next = turn{engine, at.offset + len(res.Hits), res.Next}.String()
	}
	return res, nil
}

// behind is the place behind the first n hits; "" when there are no more.
func behind(ctx context.Context, x Index, q Query, n int) (string, error) {
	q.After, q.Facets = "", nil
	for n > 0 {
		q.Select.Limit = min(n, maxTurn)
		res, err := x.Search(ctx, q)
		if err != nil || res.Next == "" {
			return "", err
		}
		q.After, n = res.Next, n-q.Select.Limit
	}
	return q.After, nil
}
