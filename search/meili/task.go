package meili

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/search"
)

// taskPoll is the pause between two looks at a task that is under way.
const taskPoll = 20 * time.Millisecond

// errExists is a task that would make what there is.
var errExists = errors.New("it is there already")

// enqueue is a request that the server answers with the number of a task.
type enqueue func(ctx context.Context) (*meilisearch.TaskInfo, error)

// do enqueues tasks, which the server does in their order, and waits for all.
func (x *Index) do(ctx context.Context, doing string, tasks ...enqueue) error {
	var uids []int64
	for _, t := range tasks {
		info, err := t(ctx)
		if codeOf(err) == codeQueueFull {
			if err = x.sweep(ctx); err == nil {
				info, err = t(ctx)
			}
		}
		if err != nil {
			return errors.Join(fault(doing, err), x.await(ctx, doing, uids))
		}
		uids = append(uids, info.TaskUID)
	}
	return x.await(ctx, doing, uids)
}

// await waits for tasks. The client returns one that failed without an error.
func (x *Index) await(ctx context.Context, doing string, uids []int64) error {
	for _, uid := range uids {
		task, err := x.write.WaitForTaskWithContext(ctx, uid, taskPoll)
		if err != nil {
			return fault(doing, err)
		}
		if task.Status == meilisearch.TaskStatusSucceeded {
			continue
		}
		said := task.Error
		switch said.Code {
		case codeIndexExists:
			return errExists
		case codeIndexNotFound:
			return &search.UnavailableError{Reason: doing, Err: errors.New(said.Message), Lost: true}
		}
		return &search.UnavailableError{Reason: doing, Err: fmt.Errorf("task %d %s: %s (%s); see GET /tasks/%d of the server, then run `carillon reindex`",
			uid, task.Status, said.Message, said.Code, uid)}
	}
	return nil
}

// sweep deletes the finished tasks of our index, so that a full queue takes new
// ones; the server takes this one even then.
func (x *Index) sweep(ctx context.Context) error {
	x.log.WarnContext(ctx, "the search server's list of tasks is full; deleting finished ones of this index", "index", x.uid)
	info, err := x.write.DeleteTasksWithContext(ctx, &meilisearch.DeleteTasksQuery{IndexUIDS: []string{x.uid, x.staging()},
		Statuses: []meilisearch.TaskStatus{meilisearch.TaskStatusSucceeded, meilisearch.TaskStatusFailed, meilisearch.TaskStatusCanceled}})
	if err != nil {
		return err
	}
	return x.await(ctx, "delete finished tasks", []int64{info.TaskUID})
}
