package search

import (
	"sync/atomic"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// synonyms are those of a hub, made anew only when the operator's list is
// another one. The zero value is ready.
type synonyms struct {
	made atomic.Pointer[madeSynonyms]
}

type madeSynonyms struct {
	own string // the operator's list
	all *text.Synonyms
}

// of returns the synonyms that ship with those of the operator. A list that
// cannot be read was written by a newer Carillon: what ships is left.
func (s *synonyms) of(h federation.Hub) *text.Synonyms {
	if m := s.made.Load(); m != nil && m.own == h.Synonyms {
		return m.all
	}
	own, _ := text.ParseSynonyms("synonyms", []byte(h.Synonyms))
	m := &madeSynonyms{h.Synonyms, text.NewSynonyms(text.DefaultSynonyms(), own)}
	s.made.Store(m)
	return m.all
}
