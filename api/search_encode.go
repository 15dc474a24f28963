package api

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"sync"

	"github.com/plonegov/carillon/api/web"
)

// readyResult is a [SearchResult] as JSON that waits to be written, once.
type readyResult struct {
	json *bytes.Buffer // with 0 as the time taken
	at   int           // where that stands
	took float64
}

// results keep the room of some 60 kB that an answer is encoded in.
var results = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxSpare is what of such room is kept, in bytes.
const maxSpare = 1 << 20

// encode leaves the time taken, which differs in every answer, out of the
// validator: it is put among the bytes when they are written.
func (r *SearchResult) encode() (tag string, err error) {
	took := r.TookMS
	r.TookMS = 0
	b := results.Get().(*bytes.Buffer)
	b.Reset()
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false) // as huma has it
	err = e.Encode(r)
	if r.TookMS = took; err != nil {
		return "", err
	}
	const key = `,"took_ms":` // in a string its quotes would be escaped
	r.ready = &readyResult{json: b, took: took, at: bytes.LastIndex(b.Bytes(), []byte(key+"0")) + len(key)}
	return web.Tag(b.Bytes()), nil
}

// written reports whether the result was encoded and is written to w by now.
func (r SearchResult) written(w io.Writer) (bool, error) {
	if r.ready == nil {
		return false, nil
	}
	all := r.ready.json.Bytes()
	_, err := w.Write(all[:r.ready.at])
	if err == nil {
		_, err = w.Write(strconv.AppendFloat(nil, r.ready.took, 'f', -1, 64))
	}
	if err == nil {
		_, err = w.Write(all[r.ready.at+1:])
	}
	if cap(all) <= maxSpare {
		results.Put(r.ready.json)
	}
	return true, err
}
