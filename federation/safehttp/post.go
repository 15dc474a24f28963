package safehttp

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// maxForm is the longest form sent, in bytes: hubs refuse longer ones.
const maxForm = 16 << 10

// Form is one form to send, as application/x-www-form-urlencoded.
type Form struct {
	URL    string // absolute, http or https; see [ParseURL]
	Values url.Values
	// MaxBody replaces Config.MaxBody, for the answer, when it is greater than 0.
	MaxBody int64
	// AllowPrivate is as of [Request].
	AllowPrivate []netip.Prefix
}

// Post sends a form. Redirects 307 and 308 are followed with the same form,
// under the rules and bounds of [Client.Get]; any other status, 303 included,
// is an answer. Nothing is sent twice by itself: a form whose answer was lost
// may or may not have been read.
//
// The error, if any, is an [*Error], and the response as for Get.
func (c *Client) Post(ctx context.Context, form Form) (*Response, error) {
	if len(form.Values.Encode()) > maxForm {
		return nil, &Error{Kind: KindRefused, URL: clip(form.URL), Err: errors.New("a form of more than 16 KiB"), post: true}
	}
	w := newWalk(c, Request{URL: form.URL, MaxBody: form.MaxBody, AllowPrivate: form.AllowPrivate})
	w.form = &form
	res, err := w.run(ctx)
	var e *Error
	if errors.As(err, &e) {
		e.post = true
	}
	return res, err
}

// fill makes r the request that sends f.
func (f *Form) fill(r *http.Request) {
	text := f.Values.Encode()
	r.Method = http.MethodPost
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
}
