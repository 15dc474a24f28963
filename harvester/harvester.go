package harvester

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/robots"
	"github.com/plonegov/carillon/harvester/websub"
)

// Fetcher is the guarded client.
type Fetcher interface {
	Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error)
	Pace(address string) (next time.Time, gap time.Duration)
}

// Harvester harvests sources. Safe for concurrent use.
type Harvester struct {
	log     *slog.Logger
	store   federation.Store
	fetch   Fetcher
	formats []federation.Format
	now     func() time.Time
	cached  cachedTables
	robots  robots.Cache
	pushed  func(federation.Source) bool // the site tells of changes itself; nil = none does
	found   func(context.Context, federation.Source, websub.Found)
}

// New returns a harvester that reads the given formats.
func New(log *slog.Logger, store federation.Store, fetch Fetcher, formats []federation.Format) *Harvester {
	return &Harvester{log: log, store: store, fetch: fetch, formats: formats, now: time.Now}
}

// Options of one harvest.
type Options struct {
	Force bool // ignore validators, hashes and waits: read everything again
	// Confirm, of sources that list everything: what the list lacks now is
	// withdrawn at once, however much it is; of one that leads for good to another
	// owner: that it has moved there, and nothing else.
	Confirm bool
	// Progress, when not nil, is called once a source as it ends, from one
	// goroutine at a time.
	Progress func(Outcome)
}

// Outcome is what one harvest of one source came to.
type Outcome struct {
	Source                  string
	Result                  Result
	New, Changed, Withdrawn int
	Items                   int // live after it
	Read, Kept              int // entries of the last document that could be read, and of these that are on the hub
	Unkept                  map[federation.Reason]int
	Failure                 *federation.Failure // with Failed only
	Warnings                []string
	Took                    time.Duration
}

// describe takes from a state what it says of the last document that was read.
func (o *Outcome) describe(s federation.SourceState) {
	o.Items, o.Read, o.Kept, o.Unkept = s.Items, s.Read, s.Kept(), s.Unkept
}

// Result is how a harvest ended.
type Result string

// The results.
const (
	Fetched   Result = "fetched"   // read; items compared
	Unchanged Result = "unchanged" // 304, or the same bytes as before
	Failed    Result = "failed"
	Waiting   Result = "waiting" // not asked: the operator, or the host, wants it left alone
)

// Summary adds up outcomes.
type Summary struct {
	Sources, Fetched, Unchanged, Failed, Waiting int
	New, Changed, Withdrawn                      int
}

// Add counts one outcome.
func (s *Summary) Add(o Outcome) {
	s.Sources++
	switch o.Result {
	case Fetched:
		s.Fetched++
	case Unchanged:
		s.Unchanged++
	case Failed:
		s.Failed++
	case Waiting:
		s.Waiting++
	}
	s.New += o.New
	s.Changed += o.Changed
	s.Withdrawn += o.Withdrawn
}

// hostsAtOnce bounds how many hosts are asked at the same time.
const hostsAtOnce = 16

// Harvest harvests the sources: those on one host one after the other, several
// hosts at once. A failed source is an outcome, not an error; the error is
// that of ctx or of the store.
func (h *Harvester) Harvest(ctx context.Context, sources []federation.Source, opt Options) (Summary, error) {
	var (
		sum   Summary
		mu    sync.Mutex
		group errgroup.Group
	)
	group.SetLimit(hostsAtOnce)
	for _, list := range byHost(sources) {
		group.Go(func() error {
			for _, src := range list {
				out, err := h.ask(ctx, src, opt)
				if errors.Is(err, federation.ErrNotFound) || errors.Is(err, federation.ErrLost) {
					h.log.InfoContext(ctx, "source was removed before it was harvested", "source", src.Name())
					continue
				}
				if err != nil {
					return err
				}
				mu.Lock()
				sum.Add(out)
				if opt.Progress != nil {
					opt.Progress(out)
				}
				mu.Unlock()
			}
			return nil
		})
	}
	err := group.Wait()
	return sum, err
}

// byHost groups sources by host, in the order they first appear.
func byHost(sources []federation.Source) [][]federation.Source {
	at := map[string]int{}
	var groups [][]federation.Source
	for _, s := range sources {
		host := groupOf(s)
		i, known := at[host]
		if !known {
			i = len(groups)
			at[host] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}

// ask harvests one source by a person's word.
func (h *Harvester) ask(ctx context.Context, src federation.Source, opt Options) (Outcome, error) {
	t, err := h.claimNow(ctx, src)
	if err != nil {
		return Outcome{}, err
	}
	return h.work(ctx, t, src, opt)
}
