package web

import (
	"bytes"
	"net/http"
	"sync"
)

// Capture lets h answer the request and holds the answer until it is whole, so
// that no half of one is ever sent with a 200. Finish may complete the header.
// The request must carry no condition: see [Unconditional].
func Capture(h http.Handler, r *http.Request, finish func(status int, h http.Header, body []byte)) *Answer {
	b := &held{header: http.Header{}, status: http.StatusOK, body: rooms.Get().(*bytes.Buffer)}
	defer b.free()
	h.ServeHTTP(b, r)
	body := bytes.Clone(b.body.Bytes())
	finish(b.status, b.header, body)
	return newAnswer(b.status, b.header, body, Quick)
}

// Unconditional is r as a GET that asks for the whole answer as it is: what is
// kept serves others, who hold something else and accept another encoding.
func Unconditional(r *http.Request) *http.Request {
	out := r.Clone(r.Context())
	out.Method = http.MethodGet
	for _, name := range []string{"If-None-Match", "If-Modified-Since", "Accept-Encoding", "Range", "If-Range"} {
		out.Header.Del(name)
	}
	return out
}

// held is a response that is kept until it is whole.
type held struct {
	header http.Header
	status int
	body   *bytes.Buffer
	begun  bool
}

// rooms are buffers for answers that grow, to be used again.
var rooms = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxRoom is the largest buffer that is kept, in bytes.
const maxRoom = 1 << 20

func (b *held) free() {
	if b.body.Reset(); b.body.Cap() <= maxRoom {
		rooms.Put(b.body)
	}
}

func (b *held) Header() http.Header { return b.header }

func (b *held) WriteHeader(status int) {
	if !b.begun {
		b.begun, b.status = true, status
	}
}

func (b *held) Write(p []byte) (int, error) {
	b.begun = true
	return b.body.Write(p)
}
