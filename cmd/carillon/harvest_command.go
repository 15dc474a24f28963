package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester"
)

type harvestCommand struct {
	hubConfig
	Sources []string `arg:"" optional:"" name:"slug" help:"Sources (member/source) or members; default: what is due."`
	Force   bool     `help:"Read everything again, whatever validators and hashes say."`
	Confirm bool     `help:"Accept the site that these sources have moved to; where none waits, withdraw at once what they no longer list. Needs the names of the sources."`
	JSON    bool     `name:"json" help:"Print one JSON object a source."`
}

// Run harvests once. A running hub follows the change log and shows what is
// new at once; the embedded index needs nothing from here.
func (c *harvestCommand) Run(ctx context.Context, s streams) (err error) {
	over := &overBar{w: s.err}
	log := c.logger(over)
	store, err := openStore(ctx, log, c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if c.Confirm && len(c.Sources) == 0 {
		return usageError{errors.New("--confirm accepts a move or withdraws what sources no longer list: name the sources")}
	}
	sources, err := c.due(ctx, store, time.Now())
	if err != nil {
		return err
	}
	worker, client := newHarvester(log, store, c.hubConfig, "")
	defer client.Close()
	show := newHarvestPrinter(s, over, len(sources), c.JSON)
	sum, err := worker.Harvest(ctx, sources, harvester.Options{Force: c.Force, Confirm: c.Confirm, Progress: show.outcome})
	if err == nil {
		err = show.end(sum)
	}
	if err == nil && sum.Sources > 0 && sum.Failed == sum.Sources {
		err = errors.New("every source failed; the lines above say why")
	}
	return err
}

// due resolves the arguments to sources: by name whether due or not, else
// what is due.
func (c *harvestCommand) due(ctx context.Context, store federation.Store, now time.Time) ([]federation.Source, error) {
	all, err := federation.All[federation.Source](ctx, store)
	if err != nil {
		return nil, err
	}
	if len(c.Sources) > 0 {
		return named(all, c.Sources)
	}
	states, err := federation.States(ctx, store)
	if err != nil {
		return nil, err
	}
	var due []federation.Source
	for _, src := range all {
		if c.Force || !states[src.Name()].NextFetch.After(now) {
			due = append(due, src)
		}
	}
	return due, nil
}

func named(all []federation.Source, names []string) ([]federation.Source, error) {
	var out []federation.Source
	for _, name := range names {
		n := len(out)
		for _, src := range all {
			if src.Name() == name || src.Member == name || src.Slug == name {
				out = append(out, src)
			}
		}
		if len(out) == n {
			return nil, fmt.Errorf("there is no source or member %q; `carillon apply` brings sources into the store", name)
		}
	}
	return out, nil
}

// harvestPrinter shows a bar on a terminal, lines elsewhere.
type harvestPrinter struct {
	out  io.Writer
	bar  *overBar      // nil without a terminal
	json *json.Encoder // nil without --json
	fail []harvester.Outcome

	lacking []string // what the lists of sources have and the hub has not, while a bar is shown
}

func newHarvestPrinter(s streams, over *overBar, n int, asJSON bool) *harvestPrinter {
	p := &harvestPrinter{out: s.out}
	if asJSON {
		p.json = json.NewEncoder(s.out)
	}
	if isTerminal(s.err) && n > 0 {
		p.bar = over
		over.bar = progressbar.NewOptions(n, progressbar.OptionSetWriter(s.err), progressbar.OptionSetDescription("harvesting"),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	}
	return p
}

func (p *harvestPrinter) outcome(o harvester.Outcome) {
	if p.bar != nil {
		p.bar.add()
		if lacks := unkept(o); lacks != "" && p.json == nil {
			p.lacking = append(p.lacking, o.Source+lacks)
		}
	}
	switch {
	case p.json != nil:
		_ = p.json.Encode(outcomeJSON(o))
	case o.Failure != nil:
		p.fail = append(p.fail, o)
	case p.bar == nil:
		fmt.Fprintf(p.out, "%-9s %s: %s, %d new, %d changed, %d withdrawn%s\n", o.Result, o.Source, counted(o.Items, "item"), o.New, o.Changed, o.Withdrawn, unkept(o))
	}
}

func (p *harvestPrinter) end(sum harvester.Summary) error {
	if p.json != nil {
		return p.json.Encode(summaryJSON(sum))
	}
	for _, o := range p.fail {
		fmt.Fprintf(p.out, "failed    %s: %s %s\n", o.Source, o.Failure.Message, o.Failure.Advice)
	}
	for _, line := range p.lacking {
		fmt.Fprintln(p.out, line)
	}
	waiting := ""
	if sum.Waiting > 0 {
		waiting = fmt.Sprintf(", %d left alone", sum.Waiting)
	}
	_, err := fmt.Fprintf(p.out, "%s: %d fetched, %d unchanged, %d failed%s; %s new, %d changed, %d withdrawn\n",
		counted(sum.Sources, "source"), sum.Fetched, sum.Unchanged, sum.Failed, waiting, counted(sum.New, "item"), sum.Changed, sum.Withdrawn)
	return err
}

// reasonWords say why an entry is not on the hub, as a line of the command does.
var reasonWords = map[federation.Reason]string{
	federation.Older: "with an older text than the one held", federation.Waiting: "waiting for your word", federation.Unreadable: "unreadable or not public",
	federation.Untitled: "without title and text", federation.Barred: "withdrawn here for good", federation.Twice: "listed twice", federation.Expired: "over",
}

// unkept tells what of the last document is not on the hub, and why; "" when
// all is.
func unkept(o harvester.Outcome) string {
	var why []string
	for _, r := range federation.Reasons {
		if n := o.Unkept[r]; n > 0 {
			why = append(why, fmt.Sprintf("%d %s", n, reasonWords[r]))
		}
	}
	if len(why) == 0 {
		return ""
	}
	return fmt.Sprintf("; %d read, %d kept (%s)", o.Read, o.Kept, strings.Join(why, ", "))
}

func outcomeJSON(o harvester.Outcome) any {
	return struct {
		Source    string           `json:"source"`
		Result    harvester.Result `json:"result"`
		Items     int              `json:"items"`
		New       int              `json:"new"`
		Changed   int              `json:"changed"`
		Withdrawn int              `json:"withdrawn"`
		Read      int              `json:"read"`
		Kept      int              `json:"kept"`

		Unkept map[federation.Reason]int `json:"unkept,omitempty"`

		Failure  *federation.Failure `json:"failure,omitempty"`
		Warnings []string            `json:"warnings,omitempty"`
		TookMS   int64               `json:"took_ms"`
	}{o.Source, o.Result, o.Items, o.New, o.Changed, o.Withdrawn, o.Read, o.Kept, o.Unkept, o.Failure, o.Warnings, o.Took.Milliseconds()}
}

func summaryJSON(s harvester.Summary) any {
	return map[string]int{"sources": s.Sources, "fetched": s.Fetched, "unchanged": s.Unchanged, "failed": s.Failed, "waiting": s.Waiting,
		"new": s.New, "changed": s.Changed, "withdrawn": s.Withdrawn}
}
