package search

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Counter counts what people search for, by day, without a person: no address,
// no session, no time of the day, no order. A query that looks like a person's
// own, see [personal], is not counted; of one that was asked seldom on a day
// the text is not even held in memory: a sketch says when it has been asked
// often enough, and only then is it written down. Safe for concurrent use.
//
// Memory is bounded whatever is asked: 512 kB of sketch and 2,000 queries.
// What a flood of different queries adds to the error of the sketch is added
// to the number of times that a query must be asked.
type Counter struct {
	log   *slog.Logger
	store federation.Queries
	cats  *federation.Catalogues
	now   func() time.Time

	mu     sync.Mutex
	day    string
	seldom *sketch
	kept   map[askedBy]*federation.QueryCount // of day, not yet stored
	known  map[askedBy]bool                   // asked often enough today

	frequent []federation.QueryCount // of the last weeks, those asked most first
}

// askedBy is what makes two queries the same.
type askedBy struct{ language, key string }

const (
	mostKept     = 2000 // queries of one day
	mostFrequent = 500  // that may be suggested
	flushEvery   = 10 * time.Minute
	frequentDays = 28 // whose queries may be suggested
	frequentOn   = 3  // days that a query was asked on before it may
)

// NewCounter returns a counter that [Counter.Run] writes to the store.
func NewCounter(log *slog.Logger, store federation.Queries, cats *federation.Catalogues) *Counter {
	return &Counter{log: log, store: store, cats: cats, now: time.Now,
		seldom: newSketch(), kept: make(map[askedBy]*federation.QueryCount), known: make(map[askedBy]bool)}
}

// Count counts a query once more.
func (c *Counter) Count(a Asked) {
	cat := c.cats.Current()
	rule := cat.Hub.Queries
	if rule.Off || a.Words == "" || personal(a.Words) {
		return
	}
	key := strings.TrimSpace(foldedWords(a.Words))
	if key == "" || never(rule, key) {
		return
	}
	by := askedBy{a.Language, key}
	day := c.now().In(cat.Hub.Location()).Format(federation.DayFormat)
	nothing := 0
	if a.Found == 0 {
		nothing = 1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if day != c.day && c.day != "" {
		c.seldom, c.known = newSketch(), make(map[askedBy]bool)
	}
	c.day = day
	times := 1
	if !c.known[by] {
		times = c.seldom.add(by.language + " " + by.key)
		if times < rule.Threshold()+c.seldom.margin() || len(c.known) >= mostKept {
			return
		}
		c.known[by] = true
		nothing *= times
	}
	byDay := askedBy{a.Language, day + " " + key}
	n := c.kept[byDay]
	if n == nil {
		if len(c.kept) >= 2*mostKept { // the store has not been written for days
			return
		}
		n = &federation.QueryCount{Day: day, Language: a.Language, Key: key}
		c.kept[byDay] = n
	}
	n.Words, n.Found = strings.Join(strings.Fields(a.Words), " "), a.Found
	n.Asked, n.Nothing = n.Asked+times, n.Nothing+nothing
}

// Run writes what was counted to the store every ten minutes and at the end,
// forgets what is older than the operator wants, and learns what is asked
// often. It returns when ctx is done.
func (c *Counter) Run(ctx context.Context) error {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		c.tidy(ctx)
		select {
		case <-tick.C:
			c.Flush(ctx)
		case <-ctx.Done():
			// What was counted is still to be written.
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			c.Flush(last)
			return nil
		}
	}
}

// Flush writes what was counted to the store. What cannot be written is kept
// for the next time.
func (c *Counter) Flush(ctx context.Context) {
	c.mu.Lock()
	kept := c.kept
	c.kept = make(map[askedBy]*federation.QueryCount)
	c.mu.Unlock()
	if len(kept) == 0 {
		return
	}
	counts := make([]federation.QueryCount, 0, len(kept))
	for _, n := range kept {
		counts = append(counts, *n)
	}
	if err := c.store.AddQueries(ctx, counts); err != nil {
		c.log.WarnContext(ctx, "the counts of queries cannot be written; tried again later", "queries", len(counts), "err", err)
		c.restore(kept)
	}
}

func (c *Counter) restore(kept map[askedBy]*federation.QueryCount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for by, n := range kept {
		if newer := c.kept[by]; newer != nil {
			newer.Asked, newer.Nothing = newer.Asked+n.Asked, newer.Nothing+n.Nothing
		} else {
			c.kept[by] = n
		}
	}
}

// tidy forgets old counts and reads what is asked often.
func (c *Counter) tidy(ctx context.Context) {
	hub := c.cats.Current().Hub
	today := c.now().In(hub.Location())
	err := c.store.ForgetQueries(ctx, today.AddDate(0, -hub.Queries.Kept(), 0).Format(federation.DayFormat))
	var list []federation.QueryCount
	if err == nil {
		list, err = c.store.QueriesBetween(ctx, today.AddDate(0, 0, -frequentDays).Format(federation.DayFormat), today.Format(federation.DayFormat), 20*mostKept)
	}
	if err != nil {
		if ctx.Err() == nil {
			c.log.WarnContext(ctx, "the counts of queries cannot be read", "err", err)
		}
		return
	}
	often := frequent(list)
	c.mu.Lock()
	c.frequent = often
	c.mu.Unlock()
}

// frequent are the queries that were asked on several days and mostly found
// something, those asked most first.
func frequent(list []federation.QueryCount) []federation.QueryCount {
	type sum struct {
		federation.QueryCount
		days int
	}
	sums := make(map[askedBy]*sum)
	for _, n := range list {
		by := askedBy{n.Language, n.Key}
		if sums[by] == nil {
			sums[by] = &sum{QueryCount: federation.QueryCount{Language: n.Language, Key: n.Key, Words: n.Words}}
		}
		s := sums[by]
		s.days, s.Asked, s.Nothing = s.days+1, s.Asked+n.Asked, s.Nothing+n.Nothing
	}
	var out []federation.QueryCount
	for _, s := range sums {
		if s.days >= frequentOn && 2*s.Nothing < s.Asked {
			out = append(out, s.QueryCount)
		}
	}
	slices.SortFunc(out, func(a, b federation.QueryCount) int {
		return cmp.Or(cmp.Compare(b.Asked, a.Asked), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Language, b.Language))
	})
	return out[:min(len(out), mostFrequent)]
}

// Frequent are the queries that people of a language ask often and that begin
// as what was typed, folded, those asked most first.
func (c *Counter) Frequent(prefix, language string) []string {
	key := strings.TrimSuffix(foldedWords(prefix), " ")
	rule := c.cats.Current().Hub.Queries
	if key == "" || rule.Off {
		return nil
	}
	c.mu.Lock()
	list := c.frequent
	c.mu.Unlock()
	var out []string
	for _, n := range list {
		if strings.HasPrefix(n.Key, key) && (language == "" || n.Language == language) && !never(rule, n.Key) {
			out = append(out, strings.ToLower(n.Words))
		}
		if len(out) == 2*mostOffers {
			break
		}
	}
	return out
}

// never reports whether the operator wants to see no query of this key.
func never(rule federation.QueryRule, key string) bool {
	return slices.ContainsFunc(rule.Never, func(w string) bool {
		return strings.Contains(" "+key+" ", " "+foldedWords(w))
	})
}
