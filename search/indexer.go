package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/plonegov/carillon/federation"
)

// Indexer keeps an index level with the store by following the change log.
type Indexer struct {
	log       *slog.Logger
	index     Index
	store     federation.Store
	catalogue *federation.Catalogues
	follower  *federation.Follower
	level     atomic.Bool
	// sites is the catalogue by whose sites the index was made; nil = not known.
	sites *federation.Catalogue
}

// NewIndexer returns an indexer; it also refreshes the catalogue, because an
// item takes its place from its member when it has none.
func NewIndexer(log *slog.Logger, index Index, store federation.Store, catalogue *federation.Catalogues) *Indexer {
	x := &Indexer{log: log, index: index, store: store, catalogue: catalogue}
	x.follower = federation.NewFollower(log, "search", store, x, x.Index)
	return x
}

// buildBatch bounds how many items a rebuild holds at once.
const buildBatch = 2000

// Run brings the index level and keeps it so until ctx is done.
func (x *Indexer) Run(ctx context.Context) error {
	return x.follower.Run(ctx)
}

// Follower is what [Indexer.Run] and [Indexer.CatchUp] are: it tells how far
// the index has come.
func (x *Indexer) Follower() *federation.Follower { return x.follower }

// CatchUp brings the index level with the log as it is now.
func (x *Indexer) CatchUp(ctx context.Context) error {
	before := x.catalogue.Current()
	_, err := x.follower.Drain(ctx)
	if err != nil {
		return err
	}
	if x.sites == nil { // no member was saved since before
		x.sites = before
	}
	x.level.Store(true)
	return nil
}

// Level reports whether the index holds what the store does, give or take the
// last moment: it has caught up once, and is not being made anew.
func (x *Indexer) Level() bool { return x.level.Load() }

// Cursor is the index's own: its state lives in the index, not in the store.
func (x *Indexer) Cursor(ctx context.Context, _ string) (federation.Cursor, error) {
	return x.index.Cursor(ctx)
}

// SaveCursor does nothing: Apply carries the cursor with the batch.
func (x *Indexer) SaveCursor(context.Context, string, federation.Cursor) error { return nil }

// Rebuild empties the index and fills it from the store. Searches meanwhile
// would find only what is there again, so it is not [Indexer.Level] until the
// end; one that was not before has yet to catch up.
//
// An index that is [Staged] is made beside the one that answers, and put in its
// place when it is level with the change log.
func (x *Indexer) Rebuild(ctx context.Context) error {
	if staged, ok := x.index.(Staged); ok {
		if err := x.restage(ctx, staged); err != nil {
			return fmt.Errorf("rebuild the index: %w", err)
		}
		return nil
	}
	was := x.level.Swap(false)
	if err := x.rebuild(ctx); err != nil {
		return fmt.Errorf("rebuild the index: %w", err)
	}
	x.level.Store(was)
	return nil
}

func (x *Indexer) rebuild(ctx context.Context) error {
	if err := x.catalogue.Refresh(ctx); err != nil {
		return err
	}
	if err := x.index.Reset(ctx); err != nil {
		return err
	}
	_, err := x.refill(ctx)
	return err
}

// restage fills a new index, brings it level with the log and swaps. What
// changes between the two is then read again: another process may write to the
// old index meanwhile, so that its cursor tells nothing of the new one.
func (x *Indexer) restage(ctx context.Context, index Staged) error {
	if err := x.catalogue.Refresh(ctx); err != nil {
		return err
	}
	stage, err := index.Stage(ctx)
	if err != nil {
		return err
	}
	aside := &Indexer{log: x.log, index: &stageIndex{Index: index, stage: stage}, store: x.store, catalogue: x.catalogue}
	at, err := aside.refill(ctx)
	done := federation.CursorAt(at)
	if err == nil {
		_, err = federation.NewFollower(x.log, "search", x.store, done, aside.Index).Drain(ctx)
	}
	if err == nil {
		err = stage.Commit(ctx)
	}
	if err != nil {
		return errors.Join(err, stage.Abort(context.WithoutCancel(ctx)))
	}
	x.sites = aside.sites
	_, err = federation.NewFollower(x.log, "search", x.store, done, x.Index).Drain(ctx)
	return err
}

// stageIndex writes to the index that is being made.
type stageIndex struct {
	Index
	stage Stage
	at    federation.Cursor
}

func (s *stageIndex) Apply(ctx context.Context, b Batch) error {
	err := s.stage.Apply(ctx, b)
	if err == nil {
		s.at = b.Cursor
	}
	return err
}

func (s *stageIndex) Cursor(context.Context) (federation.Cursor, error) { return s.at, nil }

// refill puts every item of the store into an empty index, and tells how far
// the log is contained then.
func (x *Indexer) refill(ctx context.Context) (federation.Cursor, error) {
	before := x.catalogue.Current()
	at, err := x.fill(ctx, 0, federation.Part{}, every)
	if err != nil {
		return 0, err
	}
	// The cursor is past the changes of members that were saved meanwhile.
	if err := x.catalogue.Refresh(ctx); err != nil {
		return 0, err
	}
	after := x.catalogue.Current()
	moved := movedMembers(before, after)
	topics := !reflect.DeepEqual(before.Topics, after.Topics)
	if len(moved) > 0 || topics {
		want := func(it federation.Item) bool {
			return moved[it.Member] || FoldKey(it) != "" || topics && len(it.Categories) > 0
		}
		if _, err := x.fill(ctx, 0, federation.Part{}, want); err != nil {
			return 0, err
		}
	}
	x.sites = after
	return at, x.index.Apply(ctx, Batch{Cursor: at})
}

func every(federation.Item) bool { return true }

// fill puts every live item of a part that is wanted into the index, in batches
// that leave its cursor as it is, and returns the cursor of what was read.
func (x *Indexer) fill(ctx context.Context, held federation.Cursor, part federation.Part, want func(federation.Item) bool) (federation.Cursor, error) {
	b := Batch{Cursor: held}
	flush := func() error {
		err := x.apply(ctx, b)
		b.Put, b.Precedence = nil, nil // the index may keep what it was given
		return err
	}
	at, err := x.store.EachItem(ctx, part, func(it federation.Item) error {
		if want(it) {
			x.put(&b, it)
		}
		if len(b.Put) < buildBatch {
			return nil
		}
		return flush()
	})
	if err == nil && len(b.Put) > 0 {
		err = flush()
	}
	return at, err
}

func movedMembers(before, after *federation.Catalogue) map[string]bool {
	moved := map[string]bool{}
	for _, m := range after.Members {
		old, err := before.Member(m.Slug)
		if err != nil || !samePoint(old.Location, m.Location) || old.Rank() != m.Rank() || old.URL != m.URL || !slices.Equal(old.Sites, m.Sites) {
			moved[m.Slug] = true
		}
	}
	return moved
}

func samePoint(a, b *federation.Point) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// Index applies a batch of changes; an item changed several times is read
// once, as it is now. The items of a member that was saved are put anew,
// because it may have moved, or weigh more or less than before.
func (x *Indexer) Index(ctx context.Context, changes []federation.Change) error {
	if err := x.catalogue.Follow(ctx, changes); err != nil {
		return err
	}
	if err := x.indexDirectory(ctx, changes); err != nil {
		return err
	}
	b := Batch{Cursor: federation.Cursor(changes[len(changes)-1].Seq)}
	ids := changedItems(changes)
	items, err := x.store.ItemsByID(ctx, ids)
	if err != nil {
		return err
	}
	live := make(map[string]bool, len(items))
	for _, it := range items {
		live[it.ID] = true
		x.put(&b, it)
	}
	for _, id := range ids {
		if !live[id] { // unknown to the store, or a tombstone
			b.Delete = append(b.Delete, id)
		}
	}
	return x.apply(ctx, b)
}

// indexDirectory puts anew the items of the members among changes, and, when
// topics are among them, all that are filed under something.
func (x *Indexer) indexDirectory(ctx context.Context, changes []federation.Change) error {
	var saved []string
	members, topics := false, false
	for _, ch := range changes {
		switch ch.Kind {
		case federation.MemberSaved:
			members, saved = true, append(saved, ch.Key)
		case federation.MemberRemoved:
			members = true
		case federation.TopicSaved, federation.TopicRemoved:
			topics = true
		}
	}
	if !members && !topics {
		return nil
	}
	held, err := x.index.Cursor(ctx)
	if err != nil {
		return err
	}
	if topics {
		if _, err := x.fill(ctx, held, federation.Part{}, func(it federation.Item) bool { return len(it.Categories) > 0 }); err != nil {
			return err
		}
	}
	slices.Sort(saved)
	for _, slug := range slices.Compact(saved) {
		if _, err := x.fill(ctx, held, federation.Part{Member: slug}, every); err != nil {
			return err
		}
	}
	if !members {
		return nil
	}
	return x.indexSites(ctx, held)
}

// indexSites puts anew what may stand for another item and is on the site of
// other members than before.
func (x *Indexer) indexSites(ctx context.Context, held federation.Cursor) error {
	before, after := x.sites, x.catalogue.Current()
	if before == nil || !before.SameSites(after) {
		_, err := x.fill(ctx, held, federation.Part{Grouped: true}, func(it federation.Item) bool {
			return FoldKey(it) != "" && (before == nil || before.Elsewhere(it.Member, it.URL) != after.Elsewhere(it.Member, it.URL))
		})
		if err != nil {
			return err
		}
	}
	x.sites = after
	return nil
}

// changedItems are the ids of the items among changes, each once.
func changedItems(changes []federation.Change) []string {
	seen := map[string]bool{}
	var ids []string
	for _, ch := range changes {
		isItem := ch.Kind == federation.ItemSaved || ch.Kind == federation.ItemWithdrawn || ch.Kind == federation.ItemLinked || ch.Kind == federation.FilesRead
		if isItem && !seen[ch.Key] {
			seen[ch.Key] = true
			ids = append(ids, ch.Key)
		}
	}
	return ids
}

// maxFileText is how much of the text of an item's files is indexed, in bytes:
// some forty pages. The index is in memory.
const maxFileText = 128 << 10

// apply gives a batch to the index, with the texts of its items' files.
func (x *Indexer) apply(ctx context.Context, b Batch) error {
	files, err := x.store.ItemFiles(ctx, linking(b.Put))
	if err != nil {
		return err
	}
	b.Files = fileTexts(files)
	return x.index.Apply(ctx, b)
}

// fileTexts are the texts of files by the item that links them.
func fileTexts(files []federation.File) map[string]string {
	by := map[string]*strings.Builder{}
	for _, f := range files {
		all := by[f.Item]
		if all == nil {
			all = new(strings.Builder)
			by[f.Item] = all
		}
		for _, page := range f.Pages {
			if all.Len()+len(page) >= maxFileText {
				break
			}
			all.WriteString(page)
			all.WriteByte('\n')
		}
	}
	texts := make(map[string]string, len(by))
	for id, all := range by {
		texts[id] = all.String()
	}
	return texts
}

// linking are the ids of the items that link files which are read.
func linking(items []federation.Item) []string {
	var ids []string
	for _, it := range items {
		if urls, _ := it.ReadableFiles(); len(urls) > 0 {
			ids = append(ids, it.ID)
		}
	}
	return ids
}

// put adds an item to a batch.
func (x *Indexer) put(b *Batch, it federation.Item) {
	cat := x.catalogue.Current()
	it.Categories = cat.Subjects(it.Categories)
	b.Put, b.Topics = append(b.Put, x.place(it)), cat.TopicWords()
	if FoldKey(it) == "" {
		return
	}
	if b.Precedence == nil {
		b.Precedence = map[string]Precedence{}
	}
	b.Precedence[it.ID] = precedence(cat, it)
}

// place gives an item without coordinates those of its member, in the index
// only: "near me" finds a commune's news at the commune.
func (x *Indexer) place(it federation.Item) federation.Item {
	if it.Point() != nil {
		return it
	}
	m, err := x.catalogue.Current().Member(it.Member)
	if err != nil || m.Location == nil {
		return it
	}
	p := federation.Place{Point: m.Location}
	if it.Place != nil {
		p.Name, p.Address = it.Place.Name, it.Place.Address
	}
	it.Place = &p
	return it
}
