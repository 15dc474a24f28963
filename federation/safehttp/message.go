package safehttp

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
)

// maxValidator is the longest ETag or Last-Modified kept or sent, in bytes.
const maxValidator = 1024

// Request is one fetch.
type Request struct {
	URL string // absolute, http or https; see [ParseURL]
	// ETag and LastModified are the validators of the copy at hand, verbatim as
	// the header of that response had them; empty when there is none. They are
	// not sent to another host than URL's, nor when they are longer than 1 KiB
	// or hold anything but printable ASCII.
	ETag, LastModified string
	// Accept is the Accept header; empty is "*/*".
	Accept string
	// MaxBody replaces Config.MaxBody when it is greater than 0.
	MaxBody int64
	// Header holds further headers, such as Authorization. They go to the origin
	// of URL only (scheme, host and port). Headers that the client owns are ignored:
	// Accept-Encoding, Cookie, Host, Range, Referer, User-Agent and those of the connection.
	Header http.Header
	// AllowPrivate lists networks that this request and its redirects may reach
	// on any port although they are not public: what the operator grants to one
	// source. No other request gains by it.
	AllowPrivate []netip.Prefix
}

// Response is an answer. The caller owns all of it.
type Response struct {
	Status int
	// Header is the answer's, without Content-Encoding and Content-Length, which
	// tell of the body before decoding, and without an ETag or Last-Modified
	// that is not fit to be sent back.
	Header http.Header
	// Body is decoded. It is nil for 204 and 304, and for statuses that are not
	// 2xx it holds no more than the first 64 KiB, with faults of coding and
	// length ignored: the status is what matters there.
	Body []byte
	URL  string // where the answer came from, after redirects, as ParseURL writes it
	// Redirects are those followed, in order.
	Redirects []Redirect
	// Permanent is where the unbroken run of 301 and 308 redirects from the
	// start leads: the address to keep instead of the one asked for. Empty when
	// the first redirect is another, or there is none.
	Permanent string
}

// Redirect is one hop that was followed.
type Redirect struct {
	From, To string
	Status   int
}

// ignoredHeaders are never taken from Request.Header.
func ignoredHeaders() []string {
	return []string{
		"Accept", "Accept-Encoding", "User-Agent", "If-None-Match", "If-Modified-Since", // set from elsewhere
		"Cookie", "Host", "Range", "Referer",
		"Connection", "Content-Length", "Expect", "Keep-Alive", "Proxy-Authorization",
		"Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
	}
}

// newRequest builds the request of one hop from what is left of req.
func newRequest(ctx context.Context, u *url.URL, userAgent string, req Request) *http.Request {
	h := http.Header{}
	for name, values := range req.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	for _, name := range ignoredHeaders() {
		h.Del(name)
	}
	h.Set("User-Agent", userAgent)
	h.Set("Accept-Encoding", acceptEncoding)
	h.Set("Accept", "*/*")
	if req.Accept != "" {
		h.Set("Accept", req.Accept)
	}
	if usable(req.ETag) {
		h.Set("If-None-Match", req.ETag)
	}
	if usable(req.LastModified) {
		h.Set("If-Modified-Since", req.LastModified)
	}
	r := &http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: h}
	return r.WithContext(ctx)
}

// usable reports whether v can be stored and sent back as a validator.
func usable(v string) bool {
	for _, b := range []byte(v) {
		if b < ' ' || b > '~' {
			return false
		}
	}
	return v != "" && len(v) <= maxValidator
}

// cleanHeader makes an answer's header fit to be kept; see [Response].
func cleanHeader(h http.Header) http.Header {
	h.Del("Content-Encoding")
	h.Del("Content-Length")
	for _, name := range []string{"ETag", "Last-Modified"} {
		if !usable(h.Get(name)) {
			h.Del(name)
		}
	}
	return h
}
