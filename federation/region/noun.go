package region

import (
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
type records[T federation.Configured] struct {
	ofFile func(*File) []T
	held   func(*federation.Catalogue) []T
}

// saveAll saves what the file has.
func (r records[T]) saveAll(a *applier, f *File) error {
	held := map[string]bool{}
	for _, v := range r.held(a.held) {
		held[v.Record().Key] = true
	}
	for _, v := range r.ofFile(f) {
		if err := r.saveOne(a, v, held[v.Record().Key]); err != nil {
			return err
		}
	}
	return nil
}

func (r records[T]) saveOne(a *applier, v T, held bool) error {
	as := v.Record()
	a.keep[as.Kind+" "+as.Key] = true
	changed, err := federation.Save(a.ctx, a.tx, v)
	return a.saved(as.Kind, as.Key, held, changed, err)
}

// pruneAll removes what nothing keeps.
func (r records[T]) pruneAll(a *applier, _ *File) error {
	for _, v := range r.held(a.held) {
		as := v.Record()
		if a.keep[as.Kind+" "+as.Key] {
			continue
		}
		if err := r.removeOne(a, as.Key); err != nil {
			return err
		}
	}
	return nil
}

func (r records[T]) removeOne(a *applier, name string) error {
	if err := federation.Remove[T](a.ctx, a.tx, name); err != nil {
		return err
	}
	var v T
	a.diff = append(a.diff, Difference{"remove", v.Record().Kind, name})
	return nil
}
