package search

import "context"

// Asked is a query as it is counted: what was searched for, and how much was
// found. It knows nothing of who asked.
type Asked struct {
	Words    string
	Language string // of the pages it was asked on; "" = by a program
	Found    int
}

type askedKey struct{}

// WithAsked returns a context whose answer is noted in a by [NoteAsked].
func WithAsked(ctx context.Context, a *Asked) context.Context {
	return context.WithValue(ctx, askedKey{}, a)
}

// NoteAsked notes the query that an answer is the first page of. An answer is
// made once and given many times: each time counts. Nothing is noted when
// nobody wants to know.
func NoteAsked(ctx context.Context, a Asked) {
	if to, ok := ctx.Value(askedKey{}).(*Asked); ok {
		*to = a
	}
}
