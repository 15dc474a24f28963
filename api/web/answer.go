package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"sync"
)

// Answer is a whole response, ready to be sent any number of times. It is
// compressed when an encoding is first asked for, once. Safe for concurrent
// use.
type Answer struct {
	Status int
	Note   any         // what its maker wants to know again whenever it is given
	header http.Header // without what a variant brings
	vary   []string
	level  int
	plain  variant
	coded  [2]once // br and gzip, in the order of preference
}

// variant is the body in one encoding, with the values of its header ready.
type variant struct {
	body         []byte
	etag, length []string
	coding       []string // nil for the body as it is
}

type once struct {
	sync.Once
	variant *variant // nil when compressing saves nothing
}

// New returns an answer of 200 with a body of a type; further headers are set
// before [Answer.Write].
func New(contentType string, body []byte, level int) *Answer {
	return newAnswer(http.StatusOK, http.Header{"Content-Type": {contentType}}, body, level)
}

// newAnswer takes over header and body. An ETag given is that of all
// encodings and so has to be weak; without one each encoding has a strong tag
// of its own, because their bytes differ (RFC 9110, 8.8.3).
func newAnswer(status int, header http.Header, body []byte, level int) *Answer {
	a := &Answer{Status: status, header: header, level: level}
	tag := header.Get("Etag")
	if tag == "" {
		sum := sha256.Sum256(body)
		tag = `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	}
	a.vary = append(header["Vary"], "Accept-Encoding")
	for _, name := range []string{"Etag", "Vary", "Content-Length", "Accept-Ranges"} {
		delete(header, name)
	}
	a.plain = variant{body: body, etag: []string{tag}, length: []string{strconv.Itoa(len(body))}}
	return a
}

// Header is the header without validators, length and encoding. It must not
// be changed.
func (a *Answer) Header() http.Header { return a.header }

// Tag is the entity tag of the body as it is.
func (a *Answer) Tag() string { return a.plain.etag[0] }

// Body is the body as it is; it must not be changed.
func (a *Answer) Body() []byte { return a.plain.body }

// Size is about what the answer takes at most, all encodings and overhead
// included, in bytes: [coder.code] keeps nothing above half a body.
func (a *Answer) Size() int {
	n := 1500 + 2*len(a.plain.body)
	for name, values := range a.header {
		n += len(name) + 32
		for _, v := range values {
			n += len(v) + 16
		}
	}
	return n
}

// Write sends the answer in the encoding that r prefers, with its length, or
// 304. Values of the header are shared by all who are sent them, so that it
// allocates next to nothing.
func (a *Answer) Write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	if there := h["Vary"]; there == nil {
		h["Vary"] = a.vary
	} else {
		h["Vary"] = append(append([]string{}, there...), a.vary...)
	}
	v := a.choose(r.Header.Get("Accept-Encoding"))
	if a.Status == http.StatusOK {
		h["Etag"] = v.etag
		if Current(r, v.etag[0]) {
			delete(h, "Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h["Content-Length"] = v.length
	if v.coding != nil {
		h["Content-Encoding"] = v.coding
	}
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(v.body) // a reader that left is no fault of ours
	}
}

// tooShort is a body that fits into a packet as it is.
const tooShort = 512

func (a *Answer) choose(accepted string) *variant {
	if a.level < Best && len(a.plain.body) < tooShort {
		return &a.plain
	}
	for i, c := range []coder{brotled, gzipped} {
		if accepts(accepted, c.name) {
			if v := a.variant(i, c); v != nil {
				return v
			}
		}
	}
	return &a.plain
}

// variant is the body compressed by the coder, nil when that saves nothing.
func (a *Answer) variant(i int, c coder) *variant {
	o := &a.coded[i]
	o.Do(func() {
		body := c.code(a.plain.body, a.level)
		if body == nil {
			return
		}
		tag := a.Tag()
		if tag[0] == '"' {
			tag = tag[:len(tag)-1] + "-" + c.name + `"`
		}
		o.variant = &variant{body: body, etag: []string{tag}, length: []string{strconv.Itoa(len(body))}, coding: []string{c.name}}
	})
	return o.variant
}
