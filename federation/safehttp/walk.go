package safehttp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"
)

const (
	maxErrorBody = 64 << 10
	// maxDrain is how much of a redirect's body is read to keep its connection.
	maxDrain = 4 << 10
)

// walk is one Get or Post: its redirects, and what is left of its time.
type walk struct {
	c     *Client
	pool  *pool
	req   Request // loses headers and validators on the way
	form  *Form   // nil for Get
	left  time.Duration
	trail []Redirect
	seen  map[string]bool
}

func newWalk(c *Client, req Request) *walk {
	if req.MaxBody <= 0 {
		req.MaxBody = c.cfg.MaxBody
	}
	req.MaxBody = min(req.MaxBody, maxBodyLimit)
	return &walk{c: c, pool: c.pool(req.AllowPrivate), req: req, left: c.cfg.Timeout, seen: map[string]bool{}}
}

// run makes requests until one is answered.
func (w *walk) run(ctx context.Context) (*Response, error) {
	u, err := ParseURL(w.req.URL)
	if err != nil {
		return nil, &Error{Kind: KindRefused, URL: clip(w.req.URL), Err: err}
	}
	for {
		res, next, err := w.hop(ctx, u)
		if next == nil || err != nil {
			return res, err
		}
		u = next
	}
}

// hop makes one request. It returns the next URL, or else the result of the walk.
func (w *walk) hop(ctx context.Context, u *url.URL) (res *Response, next *url.URL, err error) {
	release, err := w.c.turns.take(ctx, hostPort(u))
	if err != nil {
		return nil, nil, &Error{Kind: classify(err), URL: u.String(), Err: err}
	}
	near := false // on a network of the operator's own
	defer func() { release(near) }()
	defer func(start time.Time) { w.left -= time.Since(start) }(time.Now())
	ctx, cancel := context.WithTimeout(ctx, w.left)
	defer cancel()

	w.seen[address(u)] = true
	sent := newRequest(ctx, u, w.c.cfg.UserAgent, w.req)
	if w.form != nil {
		w.form.fill(sent)
	}
	sent = sent.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		near = w.pool.guard.has(info.Conn.RemoteAddr())
	}}))
	got, err := w.pool.transport.RoundTrip(sent)
	if err != nil {
		return nil, nil, &Error{Kind: classify(err), URL: u.String(), Err: err}
	}
	defer got.Body.Close()
	if w.follows(got.StatusCode) {
		next, err = w.follow(u, got)
		return nil, next, err
	}
	res, err = w.answer(u, sent, got)
	return res, nil, err
}

// follow checks a redirect from u and returns its target.
func (w *walk) follow(u *url.URL, got *http.Response) (*url.URL, error) {
	location := got.Header.Get("Location")
	if location == "" {
		return nil, failure(KindRedirect, u, got, errors.New("redirect without a target"))
	}
	to, err := resolve(u, location)
	if err != nil {
		return nil, failure(KindRefused, u, got, fmt.Errorf("redirect to %q: %w", clip(location), err))
	}
	switch {
	case len(w.trail) >= max(w.c.cfg.MaxRedirects, 0):
		err = fmt.Errorf("more than %d redirects", len(w.trail))
	case u.Scheme == "https" && to.Scheme == "http":
		err = fmt.Errorf("redirect from https to %q", to)
	case w.seen[address(to)]:
		err = fmt.Errorf("redirects run in a circle at %q", to)
	}
	if err != nil {
		return nil, failure(KindRedirect, u, got, err)
	}
	io.CopyN(io.Discard, got.Body, maxDrain) // an error shows on the next request
	w.trail = append(w.trail, Redirect{From: u.String(), To: to.String(), Status: got.StatusCode})
	if !sameHost(u, to) {
		w.req.ETag, w.req.LastModified = "", ""
	}
	if !sameOrigin(u, to) {
		w.req.Header = nil
	}
	return to, nil
}

// answer reads the last response.
func (w *walk) answer(u *url.URL, sent *http.Request, got *http.Response) (*Response, error) {
	if got.StatusCode < 200 {
		return nil, failure(KindProtocol, u, got, errors.New("an interim answer nobody asked for"))
	}
	if got.StatusCode == http.StatusNotModified && !conditional(sent) {
		return nil, failure(KindProtocol, u, got, errors.New("not modified, but nothing to compare with was sent"))
	}
	res := &Response{
		Status: got.StatusCode, URL: u.String(),
		Redirects: w.trail, Permanent: permanent(w.trail),
	}
	var kind Kind
	var err error
	switch {
	case res.Status == http.StatusNoContent || res.Status == http.StatusNotModified:
	case res.Status < 300:
		res.Body, kind, err = readBody(got, w.req.MaxBody)
	default:
		res.Body, _, _ = readBody(got, min(w.req.MaxBody, maxErrorBody))
	}
	res.Header = cleanHeader(got.Header)
	if err == nil {
		return res, nil
	}
	err = failure(kind, u, got, err)
	if errors.Is(err, ErrTruncated) {
		return res, err
	}
	return nil, err
}

// permanent is the target of the unbroken run of permanent redirects.
func permanent(trail []Redirect) (to string) {
	for _, r := range trail {
		if r.Status != http.StatusMovedPermanently && r.Status != http.StatusPermanentRedirect {
			break
		}
		to = r.To
	}
	return to
}

// follows reports whether an answer with the status leads on. A body is only
// sent on where that is asked for (RFC 9110, 15.4.8 and 15.4.9).
func (w *walk) follows(status int) bool {
	if w.form != nil {
		return status == http.StatusTemporaryRedirect || status == http.StatusPermanentRedirect
	}
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

func conditional(r *http.Request) bool {
	return r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""
}

// address is u without its fragment, which is never sent.
func address(u *url.URL) string {
	v := *u
	v.Fragment, v.RawFragment = "", ""
	return v.String()
}

// failure is an error after an answer was read.
func failure(kind Kind, u *url.URL, got *http.Response, err error) error {
	after, _ := RetryAfter(got.Header, time.Now())
	return &Error{Kind: kind, URL: u.String(), Status: got.StatusCode, RetryAfter: after, Err: err}
}
