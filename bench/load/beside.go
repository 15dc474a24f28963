package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

// question is a query that our engine and bench/relevance/bleve are both asked.
type question struct {
	Words  string
	Typo   bool // the words have one
	Type   string
	Facets bool
}

// questions are the kinds that are put to both: the n-th of each.
var questions = []struct {
	name string
	make func(r *region, n int) question
}{
	{"word", func(r *region, n int) question { return question{Words: r.word(n)} }},
	{"typo", func(r *region, n int) question { return question{Words: mistyped(r.word(n)), Typo: true} }},
	{"word + facets", func(r *region, n int) question { return question{Words: r.word(n), Facets: true} }},
	{"browse + facets", func(_ *region, n int) question {
		return question{Type: []string{"news", "event", "service", "decision"}[n%4], Facets: true}
	}},
}

// put is how many questions of a kind are put, each three times: the best counts.
const put = 200

// mistyped is a word with an error in it.
func mistyped(w string) string {
	letters := []rune(w)
	letters[len(letters)/2] = 'w'
	return string(letters)
}

// beside measures the embedded engine and Bleve on the same items in one run.
func beside(ctx context.Context, items int, out io.Writer) error {
	dir, err := os.MkdirTemp("", "carillon-beside-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is in the temporary folder
	r := newRegion(items)
	x, err := local.New(slog.New(slog.DiscardHandler), "")
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "items.jsonl")
	ours, err := r.index(ctx, x, file)
	if err != nil {
		return err
	}
	p, theirs, err := startBleve(ctx, dir, file)
	if err != nil {
		return err
	}
	defer p.stop()
	fmt.Fprintf(out, "%d items: built in %v, Bleve in %v\n", items, ours.Round(time.Second), theirs.Round(time.Second))
	for _, kind := range questions {
		var own, other []float64
		for n := range put {
			q := kind.make(r, n)
			ms, err := timed(ctx, x, q)
			if err != nil {
				return err
			}
			t, err := p.ask(q)
			if err != nil {
				return err
			}
			own, other = append(own, ms), append(other, t)
		}
		slices.Sort(own)
		slices.Sort(other)
		fmt.Fprintf(out, "%-16s p50 %6.2f ms, p99 %6.2f; Bleve %6.2f and %6.2f\n", kind.name, own[put/2], own[put*99/100], other[put/2], other[put*99/100])
	}
	return nil
}

// index fills x, and a file for the peer, and returns how long x took.
func (r *region) index(ctx context.Context, x *local.Index, file string) (took time.Duration, err error) {
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for n := 0; n < r.items && err == nil; {
		var b search.Batch
		for ; n < r.items && len(b.Put) < 2000 && err == nil; n++ {
			it := r.item(n)
			b.Put = append(b.Put, it)
			err = lines.Encode(map[string]any{"id": it.ID, "title": it.Title, "text": it.Content.Text(), "member": it.Member, "type": it.Type,
				"category": it.Categories, "lang": it.Language, "date": it.Date().Unix()})
		}
		begin := time.Now()
		err = errors.Join(err, x.Apply(ctx, b))
		took += time.Since(begin)
	}
	return took, errors.Join(err, w.Flush(), f.Close())
}

// timed is how many milliseconds our engine takes for a question.
func timed(ctx context.Context, x *local.Index, q question) (float64, error) {
	s := search.Query{Select: federation.Selection{Words: q.Words, Limit: 10}}
	if q.Words != "" {
		s.Select.Words += " " // no prefix
	}
	if q.Type != "" {
		s.Select.Types = []federation.ItemType{federation.ItemType(q.Type)}
	}
	if q.Facets {
		s.Facets = search.Facets
	}
	best := time.Hour
	for range 3 {
		begin := time.Now()
		if _, err := x.Search(ctx, s); err != nil {
			return 0, err
		}
		best = min(best, time.Since(begin))
	}
	return milliseconds(best), nil
}

// bleve is bench/relevance/bleve in a process of its own.
type bleve struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	replies *json.Decoder
}

func startBleve(ctx context.Context, dir, file string) (p *bleve, built time.Duration, err error) {
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/plonegov/carillon").Output()
	if err != nil {
		return nil, 0, err
	}
	command := filepath.Join(dir, "bleve")
	build := exec.CommandContext(ctx, "go", "build", "-o", command, ".")
	build.Dir = filepath.Join(strings.TrimSpace(string(root)), "bench", "relevance", "bleve")
	build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		return nil, 0, err
	}
	p = &bleve{cmd: exec.CommandContext(ctx, command, "-speed", "-lang", "fr", file)}
	p.cmd.Stderr = os.Stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, 0, err
	}
	reply, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	p.replies = json.NewDecoder(bufio.NewReader(reply))
	if err := p.cmd.Start(); err != nil {
		return nil, 0, err
	}
	ms, err := p.reply()
	return p, time.Duration(ms * float64(time.Millisecond)), err
}

func (p *bleve) stop() {
	_ = p.in.Close() // its input ends, and so does it
	_ = p.cmd.Wait()
}

func (p *bleve) ask(q question) (ms float64, err error) {
	if err := json.NewEncoder(p.in).Encode(q); err != nil {
		return 0, err
	}
	return p.reply()
}

func (p *bleve) reply() (ms float64, err error) {
	var t struct{ MS float64 }
	err = p.replies.Decode(&t)
	return t.MS, err
}
