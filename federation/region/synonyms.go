package region

import (
	"errors"
	"io"
	"path/filepath"

	"github.com/plonegov/carillon/federation"
)

// synonyms reads the list of synonyms that the hub names. A fault in it is told
// with the line of that file.
func (c *checker) synonyms(hub *federation.Hub) error {
	name := hub.SynonymFile
	if name == "" {
		return nil
	}
	f, err := c.openBeside(name)
	if held := c.options.Held; errors.Is(err, errNoFile) && held != nil && held.Hub.SynonymFile == name {
		hub.Synonyms = held.Hub.Synonyms // an exported region file, without the files it was made from
		return nil
	}
	if err != nil {
		return c.synonymFault(err.Error())
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return c.synonymFault(name + " cannot be read: " + err.Error())
	}
	hub.Synonyms = string(body)
	if c.options.Synonyms == nil {
		return nil
	}
	err = c.options.Synonyms(name, body)
	var fault *Error
	if errors.As(err, &fault) {
		return &Error{filepath.Join(filepath.Dir(c.path), filepath.FromSlash(fault.File)), fault.Line, fault.Reason}
	}
	return err
}

func (c *checker) synonymFault(reason string) error {
	return c.fault("$.hub", federation.Invalid("synonyms", "%s", reason))
}
