package likeness

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
)

// Wording is a fingerprint of all that an item tells a reader: two items of one
// type with equal wordings say the same word for word. It decides which items
// a list may show once, and beside which text another member is named, so
// that whatever is not known to be the same makes it another: further words,
// other figures, a link to elsewhere, a hint in a summary. Case, accents, white
// space and quotation marks do not count; which site the item and its pictures
// stand on does not either. 0 is told of what is too short to tell by, or too
// long to have been read whole.
func Wording(it federation.Item) int64 { return wording(it, it.Content.Text()) }

// wording is [Wording] for who has taken the text out of the content already.
func wording(it federation.Item, text string) int64 {
	title, body, summary := tokens(it.Title), tokens(text), tokens(it.Summary)
	if len(body) == 0 {
		body, summary = summary, nil
	}
	if len(it.Title)+len(text)+len(it.Summary) > maxBytes || len(title)+len(body) < minWords {
		return 0
	}
	w := writer{xxhash.New()}
	w.list("type", string(it.Type))
	w.list("title", title...)
	w.list("body", body...)
	if !begins(body, summary) {
		w.list("summary", summary...)
	}
	w.list("links", links(it)...)
	for _, a := range it.Attachments {
		w.list("attachment", append(tokens(a.Title), target(a.URL, it.URL))...)
	}
	if it.Image != nil {
		w.list("image", tokens(it.Image.Alt)...)
	}
	w.event(it.Event, it.Place)
	w.alert(it.Alert, it.Expires)
	if sum := int64(w.Sum64()); sum != 0 {
		return sum
	}
	return 1
}

// writer tells lists of words apart, so that none can run into the next.
type writer struct{ *xxhash.Digest }

func (w writer) list(name string, words ...string) {
	fmt.Fprintf(w, "%s %d\x00%s\x00", name, len(words), strings.Join(words, "\x00")) // a hash never fails
}

func (w writer) event(e *federation.Event, p *federation.Place) {
	if e == nil {
		return // elsewhere a place is what a text is about, or the member's own
	}
	w.list("event", append(instants(append(append([]time.Time{e.Start, e.End}, e.Extra...), e.Except...)),
		e.Recurrence, e.Status, fmt.Sprint(e.AllDay, len(e.Extra)))...)
	if p != nil {
		w.list("place", append(tokens(p.Name+" "+p.Address), p.PostalCode)...)
	}
}

func (w writer) alert(a *federation.Alert, expires time.Time) {
	if a == nil {
		return
	}
	w.list("alert", append(append(instants([]time.Time{expires, a.Onset}), a.Severity, a.Urgency, a.Certainty, a.Event, a.Instruction),
		slices.Concat(a.Response, a.Areas)...)...)
}

func instants(list []time.Time) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.UTC().Format(time.RFC3339)
	}
	return out
}

// begins reports whether the shorter list is how the longer one begins, as a
// summary that was cut from the text is; its last word may be cut too.
func begins(text, summary []string) bool {
	n := len(summary)
	return n == 0 || n <= len(text) && slices.Equal(text[:n-1], summary[:n-1]) && strings.HasPrefix(text[n-1], summary[n-1])
}

// tokens are the words of a text as [words] has them, and each sign that says
// something by itself: of money, of reckoning, a picture, a minus before a figure.
func tokens(s string) []string {
	var out []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	text := []rune(fold(s))
	for i, r := range text {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			word.WriteRune(r)
		case unicode.Is(unicode.S, r) && r != '`' && r != '´', r == '%',
			(r == '-' || r == '−') && word.Len() == 0 && i+1 < len(text) && unicode.IsDigit(text[i+1]):
			end()
			out = append(out, string(r))
		default:
			end()
		}
	}
	end()
	return out
}

// links are where the content leads, in order.
func links(it federation.Item) []string {
	if !strings.Contains(it.Content.String(), "href") {
		return nil
	}
	var out []string
	for z := html.NewTokenizer(strings.NewReader(it.Content.String())); ; {
		if z.Next() == html.ErrorToken {
			if z.Err() != io.EOF {
				out = append(out, "unread")
			}
			return out
		}
		for _, a := range z.Token().Attr {
			if a.Key == "href" {
				out = append(out, target(a.Val, it.URL))
			}
		}
	}
}

// target is an address without what differs from site to site: a page of the
// item's own site is one like another.
func target(address, item string) string {
	a, err1 := url.Parse(address)
	b, err2 := url.Parse(item)
	if err1 == nil && err2 == nil && a.Host != "" && strings.EqualFold(a.Host, b.Host) {
		return "own"
	}
	if short := Address(address); short != "" {
		return short
	}
	return address
}
