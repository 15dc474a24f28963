package health

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// Trouble is a failure in the words of one language.
type Trouble struct {
	Message string // what happened, a sentence
	Advice  string // what to do about it
	Whom    string // whom to ask, "" = nobody
	why     string // Message as a clause that others may take in
}

// trouble puts a failure into words by its class and status: the harvester's
// own are in English only.
func (w Words) trouble(f federation.Failure) Trouble {
	key := troubleKey(f)
	t := Trouble{why: w.T("why_"+key, "Status", strconv.Itoa(f.Status)), Advice: w.T("ask_" + key)}
	if whom := whom[key]; whom != "" {
		t.Whom = w.T("whom_" + whom)
	}
	t.Message = asSentence(t.why)
	return t
}

// troubleKey is the end of the names of the sentences about f.
func troubleKey(f federation.Failure) string {
	if f.Class == federation.FailHTTP {
		return statusKey(f.Status)
	}
	key := strings.ReplaceAll(string(f.Class), "-", "_")
	if _, known := whom[key]; !known {
		return "connect"
	}
	return key
}

func statusKey(status int) string {
	switch {
	case status == http.StatusUnauthorized:
		return "login"
	case status == http.StatusForbidden:
		return "forbidden"
	case status == http.StatusNotFound:
		return "missing"
	case status == http.StatusGone:
		return "gone"
	case status == http.StatusTooManyRequests:
		return "throttled"
	case status >= 500:
		return "server"
	}
	return "status"
}

// whom names who can mend each trouble, "" = time does.
var whom = map[string]string{
	"login": "webmaster", "forbidden": "host", "missing": "webmaster", "gone": "webmaster", "throttled": "", "server": "webmaster",
	"status": "webmaster", "dns": "webmaster", "tls": "host", "connect": "host", "timeout": "host", "too_large": "webmaster",
	"redirect": "webmaster", "moved": "operator", "refused": "operator", "format": "webmaster", "empty": "webmaster", "file": "operator",
}

// asSentence gives a clause a capital letter and a full stop.
func asSentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:] + "."
}
