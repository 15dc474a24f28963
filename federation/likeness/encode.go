package likeness

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/plonegov/carillon/federation"
)

// version begins every fingerprint that is kept: one of another is made anew.
const version = "4"

// Bytes are the fingerprint as a store keeps it: equal when all is equal that
// items are compared by. A text is its length and its bytes, a number a
// uvarint, a shingle four bytes.
func (f *Fingerprint) Bytes() []byte {
	e := encoder(make([]byte, 0, 256+4*len(f.shingles)))
	for _, s := range []string{version, string(f.kind), f.source, f.address} {
		e.text(s)
	}
	e.list(f.title)
	e.number(uint64(f.words))
	e.number(uint64(len(f.shingles)))
	for _, h := range f.shingles {
		e = binary.LittleEndian.AppendUint32(e, h)
	}
	e.number(uint64(len(f.figures)))
	for _, at := range f.figures {
		e.text(at.before)
		e.text(at.after)
		e.list(at.values)
	}
	e.number(uint64(f.wording))
	e.when(f.event)
	e.where(f.place)
	return e
}

type encoder []byte

func (e *encoder) number(n uint64) { *e = binary.AppendUvarint(*e, n) }

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	*e = append(*e, s...)
}

func (e *encoder) list(all []string) {
	e.number(uint64(len(all)))
	for _, s := range all {
		e.text(s)
	}
}

func (e *encoder) when(ev *federation.Event) {
	switch {
	case ev == nil:
		e.list(nil)
	case ev.AllDay:
		e.list([]string{ev.Start.Format(time.RFC3339Nano), "all day"})
	default:
		e.list([]string{ev.Start.Format(time.RFC3339Nano)})
	}
}

func (e *encoder) where(p *federation.Place) {
	if p == nil {
		e.list(nil)
		return
	}
	e.list([]string{p.Name, p.Address, p.PostalCode})
	if p.Point == nil {
		e.number(0)
		return
	}
	e.number(1)
	e.number(math.Float64bits(p.Point.Lat))
	e.number(math.Float64bits(p.Point.Lon))
}

// read is the fingerprint of which b are the Bytes; nil when they are none of
// this version.
func read(b []byte) *Fingerprint {
	d := decoder{rest: string(b)}
	if d.text() != version {
		return nil
	}
	f := &Fingerprint{kind: federation.ItemType(d.text()), source: d.text(), address: d.text(), title: d.list(), words: int(d.number())}
	f.shingles = make([]uint32, d.count(4))
	for i := range f.shingles {
		f.shingles[i] = binary.LittleEndian.Uint32([]byte(d.take(4)))
	}
	f.figures = make([]figures, d.count(3))
	for i := range f.figures {
		f.figures[i] = figures{before: d.text(), after: d.text(), values: d.list()}
	}
	f.wording = int64(d.number())
	f.event, f.place = d.when(), d.where()
	if d.broken || d.rest != "" {
		return nil
	}
	return f
}

// decoder reads what an encoder wrote. What it reads is part of one string;
// once broken it reads nothing more.
type decoder struct {
	rest   string
	broken bool
}

func (d *decoder) take(n uint64) (s string) {
	if n > uint64(len(d.rest)) {
		d.broken, d.rest = true, ""
		return ""
	}
	s, d.rest = d.rest[:n], d.rest[n:]
	return s
}

func (d *decoder) number() (n uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := d.take(1)
		if b == "" {
			return 0
		}
		n |= uint64(b[0]&0x7f) << shift
		if b[0] < 0x80 {
			return n
		}
	}
	d.broken = true
	return 0
}

// count is how many entries of at least size bytes follow.
func (d *decoder) count(size int) int {
	n := d.number()
	if n > uint64(len(d.rest)/size) {
		d.broken, d.rest = true, ""
		return 0
	}
	return int(n)
}

func (d *decoder) text() string { return d.take(d.number()) }

func (d *decoder) list() []string {
	n := d.count(1)
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = d.text()
	}
	return out
}

func (d *decoder) when() *federation.Event {
	parts := d.list()
	if len(parts) == 0 {
		return nil
	}
	start, err := time.Parse(time.RFC3339Nano, parts[0])
	d.broken = d.broken || err != nil
	return &federation.Event{Start: start, AllDay: len(parts) > 1}
}

func (d *decoder) where() *federation.Place {
	parts := d.list()
	if len(parts) != 3 {
		d.broken = d.broken || len(parts) != 0
		return nil
	}
	p := &federation.Place{Name: parts[0], Address: parts[1], PostalCode: parts[2]}
	if d.number() == 1 {
		p.Point = &federation.Point{Lat: math.Float64frombits(d.number()), Lon: math.Float64frombits(d.number())}
	}
	return p
}
