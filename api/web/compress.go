package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Levels of compression. Of a page of 50 kB Quick takes a fifth of the time of
// Fast, and leaves 8 to 14 % more bytes.
const (
	Quick = 1                      // of what few will ask for again
	Fast  = 5                      // of what is made while somebody waits, and then asked for often
	Best  = brotli.BestCompression // of what is made once in the life of the process
)

// coder compresses with writers that are used again and again: a new one costs
// a millisecond and 2 MB.
type coder struct {
	name  string
	pools map[int]*sync.Pool // by level; without one a writer is made
	make  func(level int) resetter
}

type resetter interface {
	io.WriteCloser
	Reset(w io.Writer)
}

var (
	gzipped = newCoder("gzip", func(level int) resetter {
		w, err := gzip.NewWriterLevel(nil, level)
		if err != nil { // it has fewer levels than brotli
			w = gzip.NewWriter(nil)
		}
		return w
	})
	brotled = newCoder("br", func(level int) resetter {
		if level == Quick { // another way of looking for matches, quicker at this level
			return brotli.NewWriterV2(nil, level)
		}
		return brotli.NewWriterLevel(nil, level)
	})
)

func newCoder(name string, make func(level int) resetter) coder {
	pool := func(level int) *sync.Pool { return &sync.Pool{New: func() any { return make(level) }} }
	return coder{name, map[int]*sync.Pool{Quick: pool(Quick), Fast: pool(Fast)}, make}
}

// code returns the body compressed. Below Best it returns nil where that saves
// less than half: what a cache keeps of an answer stays within twice its body.
func (c coder) code(body []byte, level int) []byte {
	var w resetter
	if pool := c.pools[level]; pool != nil {
		w = pool.Get().(resetter)
		defer pool.Put(w)
	} else {
		w = c.make(level)
	}
	var b bytes.Buffer
	w.Reset(&b)
	_, err := w.Write(body)
	if err == nil {
		err = w.Close()
	}
	w.Reset(nil) // the pool must not keep the buffer
	if err != nil || level < Best && b.Len() > len(body)/2 {
		return nil
	}
	return bytes.Clone(b.Bytes())
}

// accepts reports whether an Accept-Encoding names the coding with a weight
// above zero (RFC 9110, 12.5.3).
func accepts(header, coding string) bool {
	for header != "" {
		var one string
		one, header, _ = strings.Cut(header, ",")
		name, weight, _ := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			weight = strings.TrimSpace(weight)
			return !strings.HasPrefix(weight, "q=0") || strings.Trim(weight[3:], ".0") != ""
		}
	}
	return false
}
