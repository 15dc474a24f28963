package main

import (
	"context"
	"fmt"
	"os"

	"github.com/plonegov/carillon/harvester/extract"
)

// readFileCommand is the child in which a hub reads a file that it does not
// trust; see [extract.Process]. Nobody types it.
type readFileCommand struct {
	Cache string `arg:"" help:"Folder for machine code."`
}

// Run reads the file on standard input and writes its pages.
func (c *readFileCommand) Run(ctx context.Context, s streams) error {
	return extract.Serve(ctx, s.in, s.out, c.Cache)
}

// fileReader starts this program as such a child.
func fileReader(c hubConfig) (extract.Process, error) {
	self, err := os.Executable()
	if err == nil {
		err = os.MkdirAll(c.codeFolder(), 0o750)
	}
	if err != nil {
		return extract.Process{}, fmt.Errorf("cannot prepare to read files: %w", err)
	}
	return extract.Process{Command: []string{self, "read-file", c.codeFolder()}}, nil
}
