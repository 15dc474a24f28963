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
	"github.com/plonegov/carillon/harvester/enrich"
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
		advice: "Open the address in a browser and compare it with the feed or file you meant; `carillon check` tells what Carillon sees there."}
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
	return unreadable(fmt.Errorf("the address answers with %s a feed or another document that Carillon can read", what))
}

// sentence makes an error's text a sentence for people: bounded, valid, with a
// capital letter and a full stop.
func sentence(s string) string {
	s = enrich.Clip(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " "), 300)
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
	f.Advice = "Carillon's operator has the details in the log."
	return f, 0
}

// triedOnce is the failure of a check, which nothing tries again by itself.
func triedOnce(err error, now time.Time) *federation.Failure {
	f, _ := failure(err, now)
	switch {
	case f.Status == http.StatusTooManyRequests:
		f.Advice = "The site asks for fewer visits. Wait as long as it asks, then run this again."
	case f.Status >= 500:
		f.Advice = "The site has a fault of its own. Run this again in a while; if it lasts, tell the webmaster."
	case f.Class == federation.FailTimeout:
		f.Advice = "Run this again in a while; if it lasts, ask the host why this address is so slow."
	case strings.HasPrefix(f.Advice, again):
		f.Advice = "Check that the site is up, then run this again."
	}
	return &f
}

func statusAdvice(status int) string {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return "A firewall or a login blocks this address. Ask the webmaster or host to let Carillon's User-Agent through."
	case status == http.StatusNotFound:
		return "There is nothing at this address. Check its spelling, or look on the site for the new address."
	case status == http.StatusGone:
		return "The site says this address is gone for good: remove the source or give its new address."
	case status == http.StatusTooManyRequests:
		return "The site asks for fewer visits, and Carillon waits as long as it asks. If it lasts, raise `every`."
	case status >= 500:
		return "The site has a fault of its own. Carillon tries again; if it lasts, tell the webmaster."
	}
	return "Ask the webmaster what the address should answer."
}

// again begins the advice on what mends itself more often than not.
const again = "Carillon tries again."

// words is a failure class with what to say.
type words struct {
	class           federation.FailureClass
	message, advice string
}

// kindWords has an entry for every kind of the guarded client, which a test
// holds.
var kindWords = map[safehttp.Kind]words{
	safehttp.KindRefused: {federation.FailRefused, "The address, or one it redirects to, is private, local or malformed.",
		"Give a public address; for a server on your own network, write that network as `allow_private` of the source into the region file."},
	safehttp.KindDNS: {federation.FailDNS, "The name of the site is not known on the internet.",
		"Check the spelling of the address; the domain may have lapsed or moved."},
	safehttp.KindTLS: {federation.FailTLS, "The site's security certificate is not valid.",
		"Ask the webmaster or the host to renew or complete the certificate."},
	safehttp.KindTimeout: {federation.FailTimeout, "The site is too slow to answer.",
		again + " If it lasts, ask the host why this address is so slow."},
	safehttp.KindCanceled: {federation.FailConnect, "The request was given up.", again},
	safehttp.KindConnect: {federation.FailConnect, "No connection to the site can be made, or it breaks off.",
		again + " If it lasts, check that the site is up."},
	safehttp.KindTooLarge: {federation.FailTooLarge, "The document is larger than Carillon reads.",
		"Ask the webmaster for a feed of the latest items only; 20 to 100 are usual."},
	safehttp.KindRedirect: {federation.FailRedirect, "The address redirects too often, in a circle, or from https to http.",
		"Open the address in a browser and give the one you arrive at."},
	safehttp.KindEncoding: {federation.FailFormat, "The answer is not compressed as it says, or in a way Carillon does not know.",
		"Ask the host to check the server's compression: gzip, deflate and br are read, and plain text must not be called any of them."},
	safehttp.KindTruncated: {federation.FailConnect, "The answer broke off before its end.",
		again + " If it lasts, tell the webmaster."},
	safehttp.KindProtocol: {federation.FailConnect, "The answer is not proper HTTP.",
		"Ask the host to check the server."},
}
