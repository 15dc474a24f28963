package likeness

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

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
func Wording(it federation.Item) int64 { return wording(it, foldTexts(it)) }

// wording is [Wording] for who has folded the texts of the item already.
func wording(it federation.Item, t texts) int64 {
	if !t.whole {
		return 0
	}
	title, body, summary := tokens(t.title), tokens(t.body), tokens(t.summary)
	if len(body) == 0 {
		body, summary = summary, nil
	}
	if len(title)+len(body) < minWords {
		return 0
	}
	w := make(writer, 0, 2*(len(t.title)+len(t.body)))
	w.list("type", string(it.Type))
	w.list("title", title...)
	w.list("body", body...)
	if !begins(body, summary) {
		w.list("summary", summary...)
	}
	own := newSite(it.URL)
	w.list("links", own.links(it.Content.String())...)
	for _, a := range it.Attachments {
		w.list("attachment", append(tokens(fold(a.Title)), own.target(a.URL))...)
	}
	if it.Image != nil {
		w.list("image", tokens(fold(it.Image.Alt))...)
	}
	w.event(it.Event, it.Place)
	w.alert(it.Alert, it.Expires)
	if sum := int64(xxhash.Sum64(w)); sum != 0 {
		return sum
	}
	return 1
}

// writer tells lists of words apart, so that none can run into the next.
type writer []byte

func (w *writer) list(name string, words ...string) {
	*w = append(*w, name+" "+strconv.Itoa(len(words))+"\x00"...)
	for _, word := range words {
		*w = append(append(*w, word...), 0)
	}
}

func (w *writer) event(e *federation.Event, p *federation.Place) {
	if e == nil {
		return // elsewhere a place is what a text is about, or the member's own
	}
	w.list("event", append(instants(append(append([]time.Time{e.Start, e.End}, e.Extra...), e.Except...)),
		e.Recurrence, e.Status, fmt.Sprint(e.AllDay, len(e.Extra)))...)
	if p != nil {
		w.list("place", append(tokens(fold(p.Name+" "+p.Address)), p.PostalCode)...)
	}
}

func (w *writer) alert(a *federation.Alert, expires time.Time) {
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

// tokens are the words of a folded text, letters and digits together, and each
// sign that says something by itself: of money, of reckoning, a picture, a minus
// before a figure.
func tokens(s string) []string {
	out := make([]string, 0, len(s)/5+1)
	begin := -1
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if begin < 0 {
				begin = i
			}
			continue
		}
		minus := (r == '-' || r == '−') && begin < 0
		if begin >= 0 {
			out = append(out, s[begin:i])
			begin = -1
		}
		after := s[i+utf8.RuneLen(r):]
		switch {
		case r == ' ':
		case unicode.Is(unicode.S, r) && r != '`' && r != '´', r == '%', minus && beginsWithDigit(after):
			out = append(out, s[i:len(s)-len(after)])
		}
	}
	if begin >= 0 {
		out = append(out, s[begin:])
	}
	return out
}

func beginsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// site is the host of an item's address.
type site string

func newSite(address string) site {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return site(u.Host)
}

// links are where the content leads, in order. Whatever was sanitised has its
// addresses in quotation marks, and has those of texts and addresses escaped.
func (s site) links(content string) (out []string) {
	if !strings.Contains(content, ` href="`) {
		return nil
	}
	for {
		_, rest, more := strings.Cut(content, "<")
		if !more {
			return out
		}
		tag, after, _ := strings.Cut(rest, ">")
		content = after
		if _, rest, linked := strings.Cut(tag, ` href="`); linked {
			to, _, _ := strings.Cut(rest, `"`)
			out = append(out, s.target(html.UnescapeString(to)))
		}
	}
}

// target is an address without what differs from site to site: a page of the
// item's own site is one like another.
func (s site) target(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Host != "" && strings.EqualFold(u.Host, string(s)) {
		return "own"
	}
	if short := Address(address); short != "" {
		return short
	}
	return address
}
