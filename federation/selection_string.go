package federation

import (
	"encoding"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

var (
	_ encoding.TextMarshaler   = Selection{}
	_ encoding.TextUnmarshaler = (*Selection)(nil)
)

// String is the canonical text: keys and values sorted, values of one key
// joined by commas, percent-encoded as a URL query. Equal selections have
// equal texts; ParseSelection(s.String()) is s.
func (s Selection) String() string {
	v := s.Values()
	var b strings.Builder
	for _, key := range sortedKeys(v) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(key + "=" + escape(v.Get(key)))
	}
	return b.String()
}

// escape is url.QueryEscape but for the two characters that query values may
// hold as they are (RFC 3986, 3.4) and that people read better so.
func escape(v string) string {
	return strings.NewReplacer("%2C", ",", "%2F", "/").Replace(url.QueryEscape(v))
}

// Values is the selection as one value a key, for building a form or a link.
func (s Selection) Values() url.Values {
	v := url.Values{}
	put := func(key, value string) {
		if value != "" {
			v.Set(key, value)
		}
	}
	put("q", s.Words)
	put("member", list(s.Members))
	put("type", list(s.Types))
	put("category", list(s.Categories))
	put("lang", list(s.Languages))
	put("source", list(s.Sources))
	put("channel", list(s.Channels))
	put("from", s.From.String())
	put("to", s.To.String())
	if s.Near != nil {
		put("near", decimal(s.Near.Lat)+","+decimal(s.Near.Lon))
	}
	if s.Radius != 0 {
		put("radius", decimal(s.Radius))
	}
	put("postcode", s.Postcode)
	put("as", s.As)
	put("sort", string(s.Sort))
	if s.Limit != 0 {
		put("limit", strconv.Itoa(s.Limit))
	}
	put("cursor", s.Cursor)
	return v
}

// MarshalText writes the canonical text.
func (s Selection) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is [ParseSelection].
func (s *Selection) UnmarshalText(b []byte) (err error) {
	*s, err = ParseSelection(string(b))
	return err
}

// NormalCategory is the form in which categories are compared: lower case,
// single spaces, and no comma, which parts the values of a key.
func NormalCategory(c string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(c, ",", " "))), " ")
}

// MatchLanguage reports whether an item's language is the one asked for or a
// region of it: "nl" takes "nl-BE", not the other way round (RFC 4647, 3.3.1).
func MatchLanguage(asked, has string) bool {
	if len(has) < len(asked) || !strings.EqualFold(has[:len(asked)], asked) {
		return false
	}
	return len(has) == len(asked) || has[len(asked)] == '-'
}

// list joins values, each once and sorted, also of a selection that was not
// parsed but put together.
func list[T ~string](values []T) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ",")
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func sortedKeys(v url.Values) []string { return slices.Sorted(maps.Keys(v)) }
