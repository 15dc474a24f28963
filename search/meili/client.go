package meili

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Time a request may take. The server answers a write with the number of a
// task, so that none takes long; a large batch has to be sent.
const (
	dialTimeout    = 2 * time.Second
	requestTimeout = 60 * time.Second
	idleTimeout    = 90 * time.Second
	maxIdle        = 32
	maxErrorBody   = 1 << 16 // bytes read of an answer that is an error
)

// newClient returns a client that never tries a request again by itself: the
// retry of meilisearch-go 0.36.3 sends a POST without its body, and takes a
// success at the last attempt for a failure. Nor does its default client have
// a time-out.
func newClient(server, key string, transport http.RoundTripper) meilisearch.ServiceManager {
	return meilisearch.New(server, meilisearch.WithAPIKey(key), meilisearch.DisableRetries(),
		meilisearch.WithCustomClient(&http.Client{Transport: busyTransport{transport}, Timeout: requestTimeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}))
}

func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = nil // the server is the operator's own
	t.MaxIdleConnsPerHost, t.IdleConnTimeout = maxIdle, idleTimeout
	t.TLSHandshakeTimeout, t.ResponseHeaderTimeout = dialTimeout, requestTimeout
	return t
}

// busyTransport makes an error of an answer that says "not now", because the
// client loses its Retry-After.
type busyTransport struct{ next http.RoundTripper }

func (t busyTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
	default:
		return res, nil
	}
	body, _ := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
	return nil, errors.Join(&busyError{status: res.StatusCode, after: retryAfter(res.Header.Get("Retry-After"), time.Now()),
		says: string(bytes.TrimSpace(body))}, res.Body.Close())
}

// busyError is an answer of a server that is there and cannot.
type busyError struct {
	status int
	after  time.Duration // 0 = it did not say
	says   string
}

func (e *busyError) Error() string {
	return fmt.Sprintf("the server answered %d: %.200s", e.status, e.says)
}

// maxRetryAfter bounds what a server, or what stands before it, can ask for.
const maxRetryAfter = 5 * time.Minute

// retryAfter reads seconds or a date (RFC 9110, 10.2.3).
func retryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(s); err == nil {
		return min(max(time.Duration(n)*time.Second, 0), maxRetryAfter)
	}
	if at, err := http.ParseTime(s); err == nil {
		return min(max(at.Sub(now), 0), maxRetryAfter)
	}
	return 0
}

// Codes of the server that decide what is done.
const (
	codeIndexNotFound    = "index_not_found"
	codeDocumentNotFound = "document_not_found"
	codeIndexExists      = "index_already_exists"
	codeQueueFull        = "no_space_left_on_device"
	codeTooLarge         = "payload_too_large"
	codeInvalidKey       = "invalid_api_key"
	codeMissingKey       = "missing_authorization_header"
	codeMissingMasterKey = "missing_master_key"
)

// codeOf is the server's code of an error, "" when it is none of the server's.
func codeOf(err error) string {
	var e *meilisearch.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.MeilisearchApiError.Code
}

// fault says what went wrong in a sentence, and keeps what decides: whether the
// server cannot answer now, and whether it lost the index. The client's own
// error holds the whole request, which belongs in no log.
func fault(doing string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	var e *meilisearch.Error
	if !errors.As(err, &e) {
		return &search.UnavailableError{Reason: doing, Err: err}
	}
	var busy *busyError
	switch {
	case errors.As(e.OriginError, &busy):
		return &search.UnavailableError{Reason: doing, Err: busy, After: busy.after}
	case e.OriginError != nil:
		return &search.UnavailableError{Reason: doing, Err: e.OriginError}
	}
	switch said := e.MeilisearchApiError; said.Code {
	case codeIndexNotFound:
		return &search.UnavailableError{Reason: doing, Err: errors.New(said.Message), Lost: true}
	case codeInvalidKey, codeMissingKey:
		return fmt.Errorf("%s: the server refused the key (%s); give one that may search and write with --search-key: %w", doing, said.Code, federation.ErrForbidden)
	case codeQueueFull:
		return &search.UnavailableError{Reason: doing, Err: fmt.Errorf("%s; free disk space, or delete old tasks (DELETE /tasks)", said.Message)}
	default:
		return &search.UnavailableError{Reason: doing, Err: &statusError{e.StatusCode, said.Code, said.Message}}
	}
}

// tooLarge reports whether the server, or a proxy before it, takes no request
// of this size.
func tooLarge(err error) bool {
	var said *statusError
	return errors.As(err, &said) && (said.code == codeTooLarge || said.status == http.StatusRequestEntityTooLarge)
}

// statusError is an answer of the server that is no success.
type statusError struct {
	status  int
	code    string
	message string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("the server answered %d: %s (%s)", e.status, e.message, e.code)
}
