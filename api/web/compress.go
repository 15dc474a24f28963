package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Levels of compression, for brotli; gzip has its own default.
const (
	Fast = 5                      // of what is made while somebody waits
	Best = brotli.BestCompression // of what is made once in the life of the process
)

// coder compresses with writers that are used again and again: a new one costs
// a millisecond and 2 MB.
type coder struct {
	name string
	pool *sync.Pool
}

type resetter interface {
	io.WriteCloser
	Reset(w io.Writer)
}

var (
	gzipped = coder{"gzip", &sync.Pool{New: func() any { return gzip.NewWriter(nil) }}}
	brotled = coder{"br", &sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, Fast) }}}
)

// code returns the body compressed. At Fast it returns nil where that saves
// less than half: what a cache keeps of an answer stays within twice its body.
func (c coder) code(body []byte, level int) []byte {
	var w resetter
	if level == Fast || c.name == "gzip" {
		w = c.pool.Get().(resetter)
		defer c.pool.Put(w)
	} else {
		w = brotli.NewWriterLevel(nil, level)
	}
	var b bytes.Buffer
	w.Reset(&b)
	_, err := w.Write(body)
	if err == nil {
		err = w.Close()
	}
	w.Reset(nil) // the pool must not keep the buffer
	if err != nil || level == Fast && b.Len() > len(body)/2 {
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
