package meili

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/search"
)

// maxPayload is the size of one request, in bytes, far below the server's
// default limit of 100 MB: an operator may have lowered it.
const maxPayload = 16 << 20

// Apply sends the batch and returns when the server has it. Documents that were
// withdrawn are deleted first; the cursor comes with the last documents.
func (x *Index) Apply(ctx context.Context, b search.Batch) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.prepare(ctx); err != nil {
		return err
	}
	if x.state.stale {
		return &search.UnavailableError{Reason: "write to the search index", Err: errors.New("it is not as this version makes it"), Lost: true}
	}
	if err := x.apply(ctx, x.uid, b); err != nil {
		return err
	}
	return x.verify(ctx)
}

// verify sees to it that the index written to is the one that was made: the
// server makes a lost one by itself when documents come, without settings.
func (x *Index) verify(ctx context.Context) error {
	info, err := x.write.GetIndexWithContext(ctx, x.uid)
	if err != nil {
		x.state = state{}
		return fault("look for the search index", err)
	}
	if info.CreatedAt.Equal(x.state.born) {
		return nil
	}
	x.state = state{} // another made it: `carillon reindex`, or nobody
	if err := x.prepare(ctx); err != nil {
		return err
	}
	if x.state.stale {
		return &search.UnavailableError{Reason: "write to the search index", Err: errors.New("it was lost, and the server made an empty one"), Lost: true}
	}
	return nil
}

func (x *Index) apply(ctx context.Context, uid string, b search.Batch) error {
	gone := b.Delete
	var docs []any
	for _, it := range b.Put {
		if it.Withdrawn.IsZero() {
			summary, content := search.Bodies(&it)
			x.words.learn(stemLanguage(it.Language), summary, content, it.Title)
		}
	}
	for _, it := range b.Put {
		if !it.Withdrawn.IsZero() {
			gone = append(gone[:len(gone):len(gone)], it.ID)
			continue
		}
		docs = append(docs, x.words.document(it, b))
	}
	return x.send(ctx, uid, gone, docs, stateAt(b.Cursor))
}

// send deletes and puts documents. The state comes with the last of them, and
// that one is sent when all others are done: a task that fails does not keep the
// server from doing those behind it.
func (x *Index) send(ctx context.Context, uid string, gone []string, docs []any, at stateDocument) error {
	index := x.write.Index(uid)
	var tasks []enqueue
	if len(gone) > 0 {
		tasks = append(tasks, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
			return index.DeleteDocumentsWithContext(ctx, gone, nil)
		})
	}
	payloads, err := split(append(docs, at), maxPayload)
	if err != nil {
		return err
	}
	for _, p := range payloads {
		tasks = append(tasks, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
			return index.AddDocumentsWithContext(ctx, []byte(p), nil)
		})
	}
	doing, last := fmt.Sprintf("put %d and delete %d items", len(docs), len(gone)), len(tasks)-1
	if err = x.do(ctx, doing, tasks[:last]...); err == nil {
		err = x.do(ctx, doing, tasks[last])
	}
	if err != nil && tooLarge(err) && len(docs) > 1 {
		half := len(docs) / 2
		if err := x.sendPart(ctx, uid, docs[:half]); err != nil {
			return err
		}
		return x.send(ctx, uid, gone, docs[half:], at)
	}
	return err
}

// sendPart puts documents without telling how far the index is.
func (x *Index) sendPart(ctx context.Context, uid string, docs []any) error {
	err := x.do(ctx, fmt.Sprintf("put %d items", len(docs)), func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.write.Index(uid).AddDocumentsWithContext(ctx, docs, nil)
	})
	if err != nil && tooLarge(err) && len(docs) > 1 {
		half := len(docs) / 2
		return errors.Join(x.sendPart(ctx, uid, docs[:half]), x.sendPart(ctx, uid, docs[half:]))
	}
	return err
}

// split cuts documents into JSON lists of at most most bytes, as long as one
// document is not more by itself.
func split(docs []any, most int) ([]json.RawMessage, error) {
	var out []json.RawMessage
	var list []byte
	for _, d := range docs {
		b, err := json.Marshal(d)
		if err != nil {
			return nil, fmt.Errorf("encode a document of the search index: %w", err)
		}
		if len(list) > 0 && len(list)+len(b) > most {
			out, list = append(out, append(list, ']')), nil
		}
		if len(list) == 0 {
			list = append(list, '[')
		} else {
			list = append(list, ',')
		}
		list = append(list, b...)
	}
	return append(out, append(list, ']')), nil
}
