package safehttp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"
)

// Kind is the class of a failed request, for the health of a source.
type Kind string

// The kinds of [Error].
const (
	KindRefused   Kind = "refused"   // the URL or the address it leads to is not allowed
	KindDNS       Kind = "dns"       // the name has no address, or the resolver failed
	KindTLS       Kind = "tls"       // no handshake, or a certificate that does not verify
	KindTimeout   Kind = "timeout"   // a time limit of ours, or the caller's deadline, passed
	KindCanceled  Kind = "canceled"  // the caller gave up: says nothing about the origin
	KindConnect   Kind = "connect"   // no connection, or closed before an answer
	KindTooLarge  Kind = "too-large" // the body, decoded, is over the limit: see ErrTooLarge
	KindRedirect  Kind = "redirect"  // too many, a loop, from https to http, no target
	KindEncoding  Kind = "encoding"  // unknown, several or corrupt content codings
	KindTruncated Kind = "truncated" // the body ended early: see ErrTruncated
	KindProtocol  Kind = "protocol"  // not HTTP, header over the limit, 304 to no question
)

// ErrTooLarge and ErrTruncated are found by [errors.Is] in errors of
// [Client.Get]. With ErrTruncated the response is not nil and holds the part
// of the body that came.
var (
	ErrTooLarge  = errors.New("body too large")
	ErrTruncated = errors.New("body cut short")
)

// Error is what [Client.Get] and [Client.Post] return, always as a pointer.
type Error struct {
	Kind       Kind
	URL        string        // of the hop that failed; not always the URL asked for
	Status     int           // 0 when no answer was read
	RetryAfter time.Duration // of the answer, 0 when none; see [RetryAfter]
	Err        error         // never nil

	post bool // a form was sent
}

// Error names the address, the kind and the cause.
func (e *Error) Error() string {
	act := "get"
	if e.post {
		act = "post to"
	}
	return fmt.Sprintf("%s %q: %s: %v", act, e.URL, e.Kind, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// classify finds the kind of an error that came before the body.
func classify(err error) Kind {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, errRefused):
		return KindRefused
	case errors.Is(err, context.Canceled):
		return KindCanceled
	case errors.As(err, &dns):
		return KindDNS
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return KindTimeout
	case isTLS(err):
		return KindTLS
	case isConnect(err):
		return KindConnect
	}
	return KindProtocol
}

func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	if errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) {
		return true
	}
	// Much of crypto/tls has errors without a type, and one of net/http.
	text := err.Error()
	return strings.Contains(text, "tls: ") || strings.Contains(text, "HTTP response to HTTPS client")
}

func isConnect(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial" ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
