package local

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/plonegov/carillon/federation"
)

// A snapshot is a view in a file: a head that names kind and version, the
// arrays of the view one after the other, each behind its length, and a CRC-32C
// of all of it. It is derived data: when in doubt it is thrown away.
const (
	snapshotName = "search.snapshot"
	snapshotHead = "carillon search "
	// snapshotVersion changes with the layout, and with any change of
	// search/text that gives words other forms or stems.
	snapshotVersion = 11
)

var errSnapshot = errors.New("damaged")

// open makes dir and reads the snapshot in it, if there is a good one.
func (x *Index) open(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	x.file = filepath.Join(dir, snapshotName)
	x.sweep()
	begin := time.Now()
	v, err := readSnapshot(x.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		x.log.Warn("the search snapshot cannot be used; the index begins empty", "file", x.file, "err", err)
	default:
		v.renew(x.now())
		v.sort()
		v.tally = newTally(v, x.many)
		x.view.Store(v)
		x.log.Info("search snapshot read", "file", x.file, "items", v.docs(), "took", time.Since(begin))
	}
	return nil
}

// sweep removes what a process left that died while it wrote.
func (x *Index) sweep() {
	left, err := filepath.Glob(x.file + ".*.new")
	if err != nil {
		return // the directory's name is no pattern to us; nothing is lost
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			x.log.Warn("a search snapshot left half written cannot be removed", "file", name, "err", err)
		}
	}
}

// save is write where a failure must not stop the work.
func (x *Index) save(ctx context.Context) {
	if err := x.write(); err != nil {
		x.log.ErrorContext(ctx, "the search snapshot cannot be written; a restart will index again from the last one", "file", x.file, "err", err)
	}
}

// write replaces the snapshot, or leaves the old one whole.
func (x *Index) write() error {
	if x.file == "" {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(x.file), snapshotName+".*.new")
	if err != nil {
		return fmt.Errorf("save the search snapshot: %w", err)
	}
	err = errors.Join(writeSnapshot(f, x.view.Load()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), x.file)
	}
	if err != nil {
		return fmt.Errorf("save the search snapshot: %w", errors.Join(err, os.Remove(f.Name())))
	}
	x.unsaved = 0
	return nil
}

func writeSnapshot(f *os.File, v *view) error {
	e := newEncoder(f)
	head := []byte(snapshotHead)
	e.raw(binary.BigEndian.AppendUint32(head, snapshotVersion))
	v.layout(e)
	return e.finish()
}

func readSnapshot(name string) (*view, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	d := newDecoder(f, info.Size())
	head := make([]byte, len(snapshotHead)+4)
	d.raw(head)
	if string(head[:len(snapshotHead)]) != snapshotHead {
		return nil, errSnapshot
	}
	if n := binary.BigEndian.Uint32(head[len(snapshotHead):]); n != snapshotVersion {
		return nil, fmt.Errorf("of version %d, not %d", n, snapshotVersion)
	}
	v := new(view)
	v.layout(d)
	if err := d.finish(); err != nil {
		return nil, err
	}
	if !v.restore() {
		return nil, errSnapshot
	}
	return v, nil
}

// layout names what a view is made of, to be written or read.
func (v *view) layout(c coder) {
	at := []int64{int64(v.cursor)}
	c.int64s(&at)
	if len(at) == 1 {
		v.cursor = federation.Cursor(at[0])
	}
	for i := range v.tables {
		c.strings(&v.tables[i].values)
	}
	parts := []uint32{uint32(len(v.parts))}
	c.uint32s(&parts)
	for i := 0; len(parts) == 1 && i < int(parts[0]) && c.good(); i++ {
		if i == len(v.parts) {
			v.parts = append(v.parts, part{segment: new(segment)})
		}
		c.uint64s((*[]uint64)(&v.parts[i].dead))
		v.parts[i].layout(c)
	}
}

func (s *segment) layout(c coder) {
	for _, d := range []*dictionary{&s.ids, &s.forms, &s.spellings} {
		d.layout(c)
	}
	for f := range s.places {
		c.uint8s(&s.places[f].blob)
		c.uint32s(&s.places[f].skip)
		s.postings[f].layout(c)
	}
	s.stems.layout(c)
	c.uint32s(&s.categories.off)
	c.uint32s(&s.categories.entries)
	for i := range s.ords {
		s.ords[i].layout(c)
	}
	c.uint8s(&s.titleLen)
	c.uint8s(&s.summaryLen)
	c.uint16s(&s.bodyLen)
	c.int64s(&s.date)
	layoutSparse(c, &s.fileLens, c.uint16s)
	for _, one := range []*sparse[int64]{&s.starts, &s.lasts, &s.untils} {
		layoutSparse(c, one, c.int64s)
	}
	layoutSparse(c, &s.lats, c.float32s)
	layoutSparse(c, &s.lons, c.float32s)
	layoutSparse(c, &s.gravities, c.uint8s)
	layoutSparse(c, &s.precedences, c.uint64s)
	s.layoutSeries(c)
}

func (d *dictionary) layout(c coder) {
	c.text(&d.blob)
	c.uint32s(&d.off)
	each := []uint32{d.each}
	c.uint32s(&each)
	if len(each) == 1 {
		d.each = each[0]
	}
}
