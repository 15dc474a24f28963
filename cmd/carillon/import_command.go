package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/harvester/opml"
)

type importCommand struct {
	OPML importOPML `cmd:"" name:"opml" help:"Add the feeds of an OPML file to the members."`
}

type importOPML struct {
	hubConfig
	File   string `arg:"" help:"OPML file."`
	Member string `placeholder:"SLUG" help:"Member to add the feeds to; without it each folder at the top of the list is a member."`
	DryRun bool   `help:"Show what would be added and write nothing."`
	JSON   bool   `name:"json" help:"Print one JSON object a line."`
}

// maxOPML bounds a list, in bytes.
const maxOPML = 16 << 20

// Run reads the list, and adds in one transaction what is new in it. What is
// there already stays as it is.
func (c *importOPML) Run(ctx context.Context, s streams) (err error) {
	list, err := readOPML(c.File)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, c.logger(s.err), c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	held, err := federation.LoadCatalogue(ctx, store)
	if err != nil {
		return err
	}
	p := newImport(held, formatNames())
	if err := p.list(list, c.Member); err != nil {
		return err
	}
	apply := region.Apply
	if c.DryRun {
		apply = region.Diff
	}
	if _, err := apply(ctx, store, &p.file, time.Now(), false); err != nil {
		return err
	}
	if err := c.report(s.out, p.lines); err != nil {
		return err
	}
	if n := count(p.lines, importRefused); n > 0 && n == len(p.lines) {
		return errors.New("no feed of the list could be added; the lines above say why")
	}
	return nil
}

func readOPML(path string) (opml.List, error) {
	f, err := os.Open(path)
	if err != nil {
		return opml.List{}, fmt.Errorf("cannot open the list: %w", err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxOPML+1))
	if err != nil {
		return opml.List{}, fmt.Errorf("cannot read the list: %w", err)
	}
	if len(body) > maxOPML {
		return opml.List{}, fmt.Errorf("%s is larger than %d MiB: split it", path, maxOPML>>20)
	}
	list, err := opml.Parse(body, "")
	if err != nil {
		return list, fmt.Errorf("%s: %w", path, err)
	}
	return list, nil
}

func count(lines []importLine, act string) int {
	n := 0
	for _, l := range lines {
		if l.Act == act {
			n++
		}
	}
	return n
}

func (c *importOPML) report(w io.Writer, lines []importLine) error {
	if c.JSON {
		enc := json.NewEncoder(w)
		for _, l := range lines {
			if err := enc.Encode(l); err != nil {
				return err
			}
		}
		return nil
	}
	for _, l := range lines {
		switch l.Act {
		case importAdded:
			fmt.Fprintf(w, "+ source %s %s\n", l.Source, l.URL)
		case importThere:
			fmt.Fprintf(w, "= line %d: %s is already there as %s\n", l.Line, l.URL, l.Source)
		default:
			fmt.Fprintf(w, "! line %d: %s refused: %s\n", l.Line, orDash(l.name()), l.Reason)
		}
	}
	_, err := fmt.Fprintf(w, "%d added, %d already there, %d refused\n", count(lines, importAdded), count(lines, importThere), count(lines, importRefused))
	if err == nil && c.DryRun {
		_, err = fmt.Fprintln(w, "nothing was written (--dry-run)")
	}
	return err
}
