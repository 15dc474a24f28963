package meili

import (
	"context"
	"fmt"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/search"
)

// staging is the name of the index that is being made.
func (x *Index) staging() string { return x.uid + "-next" }

// Stage begins an index beside the one that answers; see [search.Staged].
func (x *Index) Stage(ctx context.Context) (search.Stage, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.remove(ctx, x.staging()); err != nil { // what a process that died left behind
		return nil, err
	}
	if err := x.create(ctx, x.staging()); err != nil {
		return nil, err
	}
	return &stage{x}, nil
}

type stage struct{ x *Index }

func (s *stage) Apply(ctx context.Context, b search.Batch) error {
	s.x.writing.Lock()
	defer s.x.writing.Unlock()
	return s.x.apply(ctx, s.x.staging(), b)
}

// Commit swaps the two indexes, in one step of the server, and deletes the old
// one. Where there is none yet, an empty one is made to swap with.
func (s *stage) Commit(ctx context.Context) error {
	x := s.x
	x.writing.Lock()
	defer x.writing.Unlock()
	if _, err := x.write.GetIndexWithContext(ctx, x.uid); codeOf(err) == codeIndexNotFound {
		if err := x.create(ctx, x.uid); err != nil {
			return err
		}
	} else if err != nil {
		return fault("look for the search index", err)
	}
	err := x.do(ctx, fmt.Sprintf("swap the indexes %s and %s", x.uid, x.staging()), func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.write.SwapIndexesWithContext(ctx, []*meilisearch.SwapIndexesParams{{Indexes: []string{x.uid, x.staging()}}})
	})
	if err != nil {
		return err
	}
	x.state = state{}
	if err := x.prepare(ctx); err != nil {
		return err
	}
	return x.remove(ctx, x.staging())
}

// Abort deletes what was begun.
func (s *stage) Abort(ctx context.Context) error {
	s.x.writing.Lock()
	defer s.x.writing.Unlock()
	return s.x.remove(ctx, s.x.staging())
}
