package local

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
)

// coder writes or reads arrays. After a failure it does nothing more.
type coder interface {
	text(*string)
	strings(*[]string)
	uint8s(*[]uint8)
	uint16s(*[]uint16)
	uint32s(*[]uint32)
	uint64s(*[]uint64)
	int64s(*[]int64)
	float32s(*[]float32)
	good() bool
}

type number interface {
	uint8 | uint16 | uint32 | uint64 | int64 | float32
}

// chunk is how many numbers are turned into bytes at a time.
const chunk = 8192

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encoder is the coder that writes.
type encoder struct {
	w   *bufio.Writer
	sum hash.Hash32
	err error
	buf []byte
}

func newEncoder(w io.Writer) *encoder {
	e := &encoder{sum: crc32.New(castagnoli)}
	e.w = bufio.NewWriterSize(io.MultiWriter(w, e.sum), 1<<20)
	return e
}

func (e *encoder) raw(b []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(b)
	}
}

func (e *encoder) length(n int) { e.raw(binary.LittleEndian.AppendUint64(nil, uint64(n))) }

// finish writes the checksum and returns the first error.
func (e *encoder) finish() error {
	if e.err == nil {
		e.err = e.w.Flush()
	}
	e.raw(e.sum.Sum(nil))
	if e.err == nil {
		e.err = e.w.Flush()
	}
	return e.err
}

func encode[T number](e *encoder, s []T) {
	e.length(len(s))
	for len(s) > 0 && e.err == nil {
		n := min(len(s), chunk)
		e.buf, e.err = binary.Append(e.buf[:0], binary.LittleEndian, s[:n])
		e.raw(e.buf)
		s = s[n:]
	}
}

func (e *encoder) text(s *string) {
	e.length(len(*s))
	if e.err == nil {
		_, e.err = e.w.WriteString(*s)
	}
}

func (e *encoder) strings(list *[]string) {
	e.length(len(*list))
	for i := range *list {
		e.text(&(*list)[i])
	}
}

func (e *encoder) uint8s(s *[]uint8)     { encode(e, *s) }
func (e *encoder) uint16s(s *[]uint16)   { encode(e, *s) }
func (e *encoder) uint32s(s *[]uint32)   { encode(e, *s) }
func (e *encoder) uint64s(s *[]uint64)   { encode(e, *s) }
func (e *encoder) int64s(s *[]int64)     { encode(e, *s) }
func (e *encoder) float32s(s *[]float32) { encode(e, *s) }
func (e *encoder) good() bool            { return e.err == nil }

// decoder is the coder that reads. It never makes room for more than the file
// still has.
type decoder struct {
	r    *bufio.Reader
	sum  hash.Hash32
	left int64 // bytes before the checksum
	err  error
	buf  []byte
}

func newDecoder(r io.Reader, size int64) *decoder {
	return &decoder{r: bufio.NewReaderSize(r, 1<<20), sum: crc32.New(castagnoli), left: size - crc32.Size, buf: make([]byte, 8*chunk)}
}

func (d *decoder) raw(b []byte) {
	if d.err != nil {
		return
	}
	if int64(len(b)) > d.left {
		d.err = errSnapshot
		return
	}
	d.left -= int64(len(b))
	if _, d.err = io.ReadFull(d.r, b); d.err == nil {
		d.sum.Write(b)
	}
}

// length reads how many things of a size follow, 0 if there cannot be.
func (d *decoder) length(size int) int {
	var b [8]byte
	d.raw(b[:])
	n := binary.LittleEndian.Uint64(b[:])
	if d.err == nil && n > uint64(d.left)/uint64(size) {
		d.err = errSnapshot
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

// finish checks that all was read and is as it was written.
func (d *decoder) finish() error {
	if d.err == nil && d.left != 0 {
		d.err = errSnapshot
	}
	want := d.sum.Sum(nil)
	d.left = crc32.Size
	got := make([]byte, crc32.Size)
	d.raw(got)
	if d.err == nil && string(got) != string(want) {
		d.err = fmt.Errorf("%w: checksum %x, want %x", errSnapshot, got, want)
	}
	return d.err
}

func decode[T number](d *decoder, s *[]T) {
	var one T
	size := binary.Size(one)
	n := d.length(size)
	if n == 0 {
		return
	}
	out := make([]T, n)
	for rest := out; len(rest) > 0 && d.err == nil; {
		n := min(len(rest), chunk)
		d.raw(d.buf[:n*size])
		if d.err == nil {
			_, d.err = binary.Decode(d.buf[:n*size], binary.LittleEndian, rest[:n])
		}
		rest = rest[n:]
	}
	*s = out
}

func (d *decoder) text(s *string) {
	b := make([]byte, d.length(1))
	d.raw(b)
	*s = string(b)
}

func (d *decoder) strings(list *[]string) {
	n := d.length(8) // the least that a string takes
	for range n {
		var s string
		if d.text(&s); d.err != nil {
			return
		}
		*list = append(*list, s)
	}
}

func (d *decoder) uint8s(s *[]uint8)     { decode(d, s) }
func (d *decoder) uint16s(s *[]uint16)   { decode(d, s) }
func (d *decoder) uint32s(s *[]uint32)   { decode(d, s) }
func (d *decoder) uint64s(s *[]uint64)   { decode(d, s) }
func (d *decoder) int64s(s *[]int64)     { decode(d, s) }
func (d *decoder) float32s(s *[]float32) { decode(d, s) }
func (d *decoder) good() bool            { return d.err == nil }
