package main

import (
	"errors"
	"io"
	"path/filepath"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// synonyms reads the list of synonyms that the hub names. A fault in it is told
// with the line of that file.
func (c *checker) synonyms(y *hubYAML) error {
	if y == nil || y.Synonyms == "" {
		return nil
	}
	hub := c.out.Hub
	hub.SynonymFile = y.Synonyms
	f, err := c.openBeside(y.Synonyms)
	if errors.Is(err, errNoFile) && c.held.store != nil && c.held.store.Hub.SynonymFile == y.Synonyms {
		hub.Synonyms = c.held.store.Hub.Synonyms // an exported region file, without the files it was made from
		return nil
	}
	if err != nil {
		return c.synonymFault(err.Error())
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, text.MaxSynonymFile+1))
	if err != nil {
		return c.synonymFault(y.Synonyms + " cannot be read: " + err.Error())
	}
	_, err = text.ParseSynonyms(y.Synonyms, body)
	var fault *text.SynonymError
	if errors.As(err, &fault) {
		return &regionError{filepath.Join(filepath.Dir(c.path), filepath.FromSlash(fault.File)), fault.Line, fault.Reason}
	}
	hub.Synonyms = string(body)
	return err
}

func (c *checker) synonymFault(reason string) error {
	return c.fault("$.hub", federation.Invalid("synonyms", "%s", reason))
}
