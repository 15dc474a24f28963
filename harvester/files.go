package harvester

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

// FileReader reads the text of a file of which nothing is known but its bytes.
type FileReader interface {
	// Read returns what could be read; the error is that of ctx, or tells that
	// nothing can be read at all at the moment.
	Read(ctx context.Context, body []byte) (federation.FileText, error)
}

const (
	filesFollower = "files" // the cursor by which items that link files are met

	filesATurn   = 20              // that are looked at before another source has its turn
	turnTime     = 2 * time.Minute // after which a turn begins no further file
	turnPause    = time.Minute     // until the next turn of a source that has more
	sourcesATime = 2               // whose files are fetched at the same time
	filesPoll    = pollTasks
	fileRest     = time.Hour // at least, between two looks at a file, however often its item changes
)

// Files reads the files that items of some types link, and keeps their text, so
// that an item is found by what is said in them. It has no haste: sources have
// their turns, one file after the other. Safe to run in several hubs on one
// store.
type Files struct {
	*Harvester
	reader FileReader
	one    chan struct{} // holds a value while no file is being read: reading costs
}

// Files returns the reading of files by a reader.
func (h *Harvester) Files(reader FileReader) *Files {
	f := &Files{Harvester: h, reader: reader, one: make(chan struct{}, 1)}
	f.one <- struct{}{}
	return f
}

// Run reads what is due until ctx is done, then returns nil when all that was
// under way has ended.
func (f *Files) Run(ctx context.Context) error {
	var turns sync.WaitGroup
	defer turns.Wait()
	for range sourcesATime {
		turns.Go(func() { f.turns(ctx) })
	}
	return federation.Singleton(ctx, f.log, f.store, filesFollower, func(ctx context.Context, held federation.Store) error {
		return f.follower(held).Run(ctx)
	})
}

// turns gives sources their turns until ctx is done.
func (f *Files) turns(ctx context.Context) {
	for ctx.Err() == nil {
		worked, err := f.turn(ctx)
		if err != nil && ctx.Err() == nil {
			f.log.ErrorContext(ctx, "reading files paused; it goes on in a moment", "err", err)
		}
		if !worked || err != nil {
			pause(ctx, filesPoll)
		}
	}
}

// follower meets files with the store as its holder writes it.
func (f *Files) follower(held federation.Store) *federation.Follower {
	return federation.NewFollower(f.log, filesFollower, held, held, func(ctx context.Context, changes []federation.Change) error {
		return f.meet(ctx, held, changes)
	})
}

// meet takes note of the files of items that were saved. Those of withdrawn
// items went with them.
func (f *Files) meet(ctx context.Context, store federation.Store, changes []federation.Change) error {
	var ids []string
	for _, ch := range changes {
		if ch.Kind == federation.ItemSaved && !slices.Contains(ids, ch.Key) {
			ids = append(ids, ch.Key)
		}
	}
	items, err := store.ItemsByID(ctx, ids)
	if err != nil {
		return err
	}
	return store.InTx(ctx, func(tx federation.Tx) error {
		for _, it := range items {
			some, err := f.note(ctx, tx, it)
			if err != nil {
				return fmt.Errorf("note the files of item %q: %w", it.ID, err)
			}
			if !some {
				continue
			}
			if err := tx.PutTask(ctx, federation.Task{Kind: federation.TaskFiles, Key: it.Source, Due: f.now()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// note brings what is kept of an item's files level with what it links, and
// reports whether there is one to fetch.
func (f *Files) note(ctx context.Context, tx federation.Tx, it federation.Item) (some bool, err error) {
	urls, more := it.ReadableFiles()
	held, err := tx.Files(ctx, it.ID)
	if err != nil || len(held) == 0 && len(urls) == 0 {
		return false, err
	}
	some = len(urls) > 0
	if more { // told once an item: there may be a hundred
		urls = append(urls, moreFiles)
	}
	err = f.level(ctx, tx, it.ID, held, urls)
	if errors.Is(err, federation.ErrNotFound) { // withdrawn meanwhile
		return false, nil
	}
	return some, err
}

// moreFiles stands for the files of an item beyond those that are read.
const moreFiles = "…"

// level makes those of urls the files that are kept of an item. One that was
// kept may have changed with its item, at the same address.
func (f *Files) level(ctx context.Context, tx federation.Tx, item string, held []federation.File, urls []string) error {
	now := f.now()
	known := map[string]bool{}
	for _, file := range held {
		known[file.URL] = true
		next := latest(file.Read.Add(fileRest), now)
		var err error
		switch {
		case !slices.Contains(urls, file.URL):
			err = tx.RemoveFile(ctx, item, file.URL, now)
		case file.Due.After(next):
			file.Due = next
			err = tx.SaveFile(ctx, file, now)
		}
		if err != nil {
			return err
		}
	}
	for _, url := range urls {
		file := federation.File{Item: item, URL: url, Due: now}
		if url == moreFiles {
			file.Due, file.Reason = time.Time{}, federation.FileTooMany
		}
		if known[url] {
			continue
		}
		if err := tx.SaveFile(ctx, file, now); err != nil {
			return err
		}
	}
	return nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// turn gives one source its turn; worked reports whether one was due.
func (f *Files) turn(ctx context.Context) (worked bool, err error) {
	tasks, err := f.store.ClaimTasks(ctx, federation.Claim{Kind: federation.TaskFiles, Now: f.now(), Limit: 1, Lease: federation.Lease})
	if err != nil || len(tasks) == 0 {
		return false, err
	}
	t := tasks[0]
	held, stop := federation.Renewed(ctx, f.store, f.now, t)
	defer stop()
	return true, f.read(held, t)
}

// read gives the source of a claimed task its turn.
func (f *Files) read(ctx context.Context, t federation.Task) error {
	src, err := federation.Get[federation.Source](ctx, f.store, t.Key)
	if errors.Is(err, federation.ErrNotFound) {
		f.finish(t, time.Time{}) // removed: so is its task
		return nil
	}
	next := f.now().Add(afterFault)
	if err == nil && !src.Suspended && f.store.Trouble(ctx) == nil {
		if next, err = f.source(ctx, t, src); errors.Is(err, federation.ErrLost) {
			f.log.InfoContext(ctx, "files are read by another meanwhile; nothing is saved", "source", src.Name())
			return nil
		}
	}
	if err != nil {
		next = f.now().Add(afterFault)
	}
	f.finish(t, next)
	return err
}

// source looks at the files of a source that are due, as long as its turn is,
// and returns when its next turn is; zero when there is nothing to come.
func (f *Files) source(ctx context.Context, t federation.Task, src federation.Source) (time.Time, error) {
	begin := f.now()
	list, err := f.store.DueFiles(ctx, src.Name(), begin, filesATurn)
	if err != nil {
		return time.Time{}, err
	}
	r := reading{Files: f, store: federation.Fenced(f.store, t), src: src}
	for _, file := range list {
		if ctx.Err() != nil || f.now().Sub(begin) > turnTime {
			break
		}
		if err := r.look(ctx, file); err != nil {
			return time.Time{}, err
		}
	}
	next, err := f.store.NextFile(context.WithoutCancel(ctx), src.Name())
	if err != nil || next.IsZero() {
		return next, err
	}
	return latest(next, f.now().Add(turnPause)), nil
}
