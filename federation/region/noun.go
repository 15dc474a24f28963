package region

import (
	"context"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// fileYAML is a region file as it is written.
type fileYAML struct {
	Hub        *hubYAML        `yaml:"hub"`
	BestBets   []bestBetYAML   `yaml:"best_bets"`
	Members    []memberYAML    `yaml:"members"`
	Channels   []channelYAML   `yaml:"channels"`
	Placements []placementYAML `yaml:"placements"`
	Topics     []topicYAML     `yaml:"topics"`
}

// noun is one kind of thing in a region file. A new one is a file with its
// YAML and these functions, a field of [File] and of fileYAML, and a row below.
type noun struct {
	check func(*checker, fileYAML) error                      // each one by itself, into checker.out; nil = with another noun
	refer func(*checker) error                                // what it names, once all are known; nil = nothing
	write func(*federation.Catalogue) (key string, value any) // nil = with another noun
	save  func(*applier, *File) error
	prune func(*applier, *File) error // removes what the file lacks
}

// nouns are in the order in which a file is checked, saved and written; what
// it lacks is removed in the opposite order, dependants first.
var nouns = []noun{
	hubNoun,
	bestBetNoun,
	memberNoun, // with their sources, but for applying
	sourceNoun,
	channelNoun,
	placementNoun,
	topicNoun,
}

// records is a noun of which a hub has many, each under a name of its own.
type records[T any] struct {
	kind   string
	name   func(T) string
	ofFile func(*File) []T
	held   func(*federation.Catalogue) []T
	save   func(federation.Tx) func(context.Context, T) (changed bool, err error)
	remove func(federation.Tx) func(context.Context, string) error
}

// saveAll saves what the file has.
func (r records[T]) saveAll(a *applier, f *File) error {
	held := map[string]bool{}
	for _, v := range r.held(a.held) {
		held[r.name(v)] = true
	}
	for _, v := range r.ofFile(f) {
		if err := r.saveOne(a, v, held[r.name(v)]); err != nil {
			return err
		}
	}
	return nil
}

func (r records[T]) saveOne(a *applier, v T, held bool) error {
	a.keep[r.kind+" "+r.name(v)] = true
	changed, err := r.save(a.tx)(a.ctx, v)
	return a.saved(r.kind, r.name(v), held, changed, err)
}

// pruneAll removes what nothing keeps.
func (r records[T]) pruneAll(a *applier, _ *File) error {
	for _, v := range r.held(a.held) {
		if a.keep[r.kind+" "+r.name(v)] {
			continue
		}
		if err := r.removeOne(a, r.name(v)); err != nil {
			return err
		}
	}
	return nil
}

func (r records[T]) removeOne(a *applier, name string) error {
	if err := r.remove(a.tx)(a.ctx, name); err != nil {
		return fmt.Errorf("remove %s %s: %w", r.kind, name, err)
	}
	a.diff = append(a.diff, Difference{"remove", r.kind, name})
	return nil
}
