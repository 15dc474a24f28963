package harvester

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// sourceError is a failure already in words.
type sourceError struct {
	class           federation.FailureClass
	message, advice string
}

func (e *sourceError) Error() string { return e.message }

// unreadable is a document that no format could read.
func unreadable(err error) error {
	var known *sourceError
	if errors.As(err, &known) {
		return err
	}
	return &sourceError{class: federation.FailFormat, message: sentence(err.Error()),
		advice: "Open the address in a browser and compare it with the feed or file you meant; `carillon check` tells what the hub sees there."}
}

// notAFormat says what the bytes are instead of a document we know.
func notAFormat(doc federation.Document) error {
	head := bytes.ToLower(bytes.TrimSpace(doc.Body[:min(len(doc.Body), 1024)]))
	what := "something that is not"
	switch {
	case len(head) == 0:
		return unreadable(errors.New("the address answers with nothing"))
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.Contains(head, []byte("<html")):
		what = "a web page, not with"
	case bytes.HasPrefix(head, []byte("%pdf")):
		what = "a PDF, not with"
	}
	return unreadable(fmt.Errorf("the address answers with %s a feed or another document the hub can read", what))
}

// sentence makes an error's text a sentence for people: bounded, valid, with a
// capital letter and a full stop.
func sentence(s string) string {
	s = clip(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " "), 300)
	if s == "" {
		return "The document cannot be read."
	}
	first, size := utf8.DecodeRuneInString(s)
	if s = string(unicode.ToUpper(first)) + s[size:]; strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// failure puts an error into words, with how long the server asked to be left
// alone.
func failure(err error, now time.Time) (federation.Failure, time.Duration) {
	f := federation.Failure{Time: now}
	var known *sourceError
	var status *statusError
	var fetch *safehttp.Error
	var away movedAway
	switch {
	case errors.As(err, &away):
		f.Class = federation.FailMoved
		f.Message, f.Advice = away.failure("member/source")
		return f, 0
	case errors.As(err, &known):
		f.Class, f.Message, f.Advice = known.class, known.message, known.advice
		return f, 0
	case errors.As(err, &status):
		f.Class, f.Status = federation.FailHTTP, status.status
		f.Message = strings.TrimSpace(fmt.Sprintf("The site answers %d %s", status.status, http.StatusText(status.status))) + "."
		f.Advice = statusAdvice(status.status)
		return f, status.retryAfter
	case errors.As(err, &fetch):
		w := kindWords[fetch.Kind]
		f.Class, f.Status, f.Message, f.Advice = w.class, fetch.Status, w.message, w.advice
		return f, fetch.RetryAfter
	}
	f.Class, f.Message = federation.FailConnect, "The site could not be read."
	f.Advice = "The hub's operator has the details in the log."
	return f, 0
}

func statusAdvice(status int) string {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return "Ask the webmaster or the host to let the hub's User-Agent read this address; a firewall or a login stands before it."
	case status == http.StatusNotFound:
		return "The address has moved: look on the site for the new address of the feed and change it."
	case status == http.StatusGone:
		return "The site says this address is gone for good: remove the source or give its new address."
	case status == http.StatusTooManyRequests:
		return "The site asks for fewer visits; the hub waits. Raise `every` if it goes on."
	case status >= 500:
		return "The site has a fault of its own; the hub tries again. Tell the webmaster if it lasts."
	}
	return "Ask the webmaster what the address should answer."
}

// words is a failure class with what to say.
type words struct {
	class           federation.FailureClass
	message, advice string
}

// kindWords has an entry for every kind of the guarded client, which a test
// holds.
var kindWords = map[safehttp.Kind]words{
	safehttp.KindRefused: {federation.FailRefused, "The address, or one it redirects to, is not one the hub may read: it is private, local or malformed.",
		"Give a public address; for a server on your own network, write that network as `allow_private` of the source into the region file."},
	safehttp.KindDNS: {federation.FailDNS, "The site's name is not known.",
		"Check the spelling of the address; the domain may have lapsed or moved."},
	safehttp.KindTLS: {federation.FailTLS, "The site's certificate is not valid.",
		"Ask the webmaster or the host to renew or complete the certificate."},
	safehttp.KindTimeout: {federation.FailTimeout, "The site was too slow to answer.",
		"The hub tries again. Ask the host to look at the site's speed if it lasts."},
	safehttp.KindCanceled: {federation.FailConnect, "The request was given up.", "The hub tries again."},
	safehttp.KindConnect: {federation.FailConnect, "No connection to the site could be made, or it broke off.",
		"The hub tries again. Check that the site is up if it lasts."},
	safehttp.KindTooLarge: {federation.FailTooLarge, "The document is larger than the hub reads.",
		"Ask the webmaster for a feed of the latest items only; 20 to 100 are usual."},
	safehttp.KindRedirect: {federation.FailRedirect, "The address redirects too often, in a circle, or from https to http.",
		"Open the address in a browser and give the one you arrive at."},
	safehttp.KindEncoding: {federation.FailFormat, "The answer is not compressed as it says, or in a way the hub does not know.",
		"Ask the host to check the server's compression: gzip, deflate and br are read, and plain text must not be called any of them."},
	safehttp.KindTruncated: {federation.FailConnect, "The answer broke off before its end.",
		"The hub tries again. Tell the webmaster if it lasts."},
	safehttp.KindProtocol: {federation.FailConnect, "The answer is not proper HTTP.",
		"Ask the host to check the server."},
}
