package federation

import (
	"errors"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ParseSelection reads the text of a selection, a URL query with or without
// its "?". Anything unknown or malformed is an [InvalidError] that names the
// key; nothing is guessed and nothing is ignored.
func ParseSelection(query string) (Selection, error) {
	v, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return Selection{}, Invalid("query", "is not a URL query: percent-encode %% and ; in values")
	}
	return SelectionFrom(v)
}

// SelectionFrom is [ParseSelection] of values already split.
func SelectionFrom(v url.Values) (Selection, error) {
	s, faults := ReadSelection(v)
	if len(faults) > 0 {
		return Selection{}, faults[0]
	}
	return s, nil
}

// ReadSelection reads what it can, so that a form stays as it was filled, and
// returns every fault beside it. With a fault the selection must not be
// searched: it is not what was asked for.
func ReadSelection(v url.Values) (s Selection, faults []*InvalidError) {
	note := func(err error) {
		if fault := new(InvalidError); errors.As(err, &fault) {
			faults = append(faults, fault)
		}
	}
	for _, key := range sortedKeys(v) {
		set, known := setters[key]
		if !known {
			note(Invalid(key, "is not a key of a selection; the keys are %s", keyList))
			continue
		}
		read := s
		if err := set(&read, key, v[key]); err != nil {
			note(err)
			continue
		}
		s = read
	}
	if len(faults) == 0 { // else what is missing may be what could not be read
		note(s.check())
	}
	return s, faults
}

// SelectionKeys are the keys of a selection, sorted.
func SelectionKeys() []string { return slices.Sorted(maps.Keys(setters)) }

type setter func(s *Selection, key string, values []string) error

// setters has one entry a key; SelectionKeys and String follow its order.
var setters = map[string]setter{
	"q":        one(func(s *Selection, v string) error { s.Words = strings.Join(strings.Fields(v), " "); return nil }),
	"member":   many(func(s *Selection) *[]string { return &s.Members }, slugValue),
	"type":     setTypes,
	"category": many(func(s *Selection) *[]string { return &s.Categories }, func(v string) (string, string) { return NormalCategory(v), "" }),
	"lang":     many(func(s *Selection) *[]string { return &s.Languages }, languageValue),
	"source":   many(func(s *Selection) *[]string { return &s.Sources }, sourceValue),
	"channel":  many(func(s *Selection) *[]string { return &s.Channels }, slugValue),
	"from":     one(func(s *Selection, v string) (err error) { s.From, err = parseBound("from", v); return }),
	"to":       one(func(s *Selection, v string) (err error) { s.To, err = parseBound("to", v); return }),
	"near":     one(setNear),
	"radius":   one(setRadius),
	"postcode": one(setPostcode),
	"as":       one(setAs),
	"sort":     one(setSort),
	"limit":    one(setLimit),
	"cursor":   one(func(s *Selection, v string) error { s.Cursor = v; return nil }),
}

const keyList = "q, member, type, category, lang, source, channel, from, to, near, radius, postcode, as, sort, limit and cursor"

// one is a setter for a key that has at most one value; an empty value is as
// if the key were not there, which is what an HTML form sends.
func one(set func(*Selection, string) error) setter {
	return func(s *Selection, key string, values []string) error {
		if len(values) > 1 {
			return InvalidAs("repeated", key, "", "is given %d times; once is enough", len(values))
		}
		v := strings.TrimSpace(values[0])
		if v == "" {
			return nil
		}
		if err := plain(key, v, maxWords); err != nil {
			return err
		}
		return set(s, v)
	}
}

// many is a setter for a repeatable, comma-separated key; check returns the
// normal form, or why the value is wrong.
func many(list func(*Selection) *[]string, check func(string) (normal, fault string)) setter {
	return func(s *Selection, key string, values []string) error {
		out := list(s)
		for _, v := range values {
			for _, v := range strings.Split(v, ",") {
				if v = strings.TrimSpace(v); v == "" {
					continue
				}
				if err := plain(key, v, maxValue); err != nil {
					return err
				}
				normal, fault := check(v)
				if fault != "" {
					return InvalidAs(key, key, v, "%q %s", v, fault)
				}
				*out = append(*out, normal)
			}
		}
		slices.Sort(*out)
		*out = slices.Compact(*out)
		if len(*out) > maxValues {
			return InvalidAs("many", key, strconv.Itoa(maxValues), "has more than %d values", maxValues)
		}
		return nil
	}
}

// plain refuses what cannot be a value of any key: bad UTF-8, controls, and
// more than limit characters.
func plain(key, v string, limit int) error {
	if !utf8.ValidString(v) || strings.ContainsFunc(v, unicode.IsControl) {
		return InvalidAs("text", key, "", "holds bytes that are not text")
	}
	if utf8.RuneCountInString(v) > limit {
		return InvalidAs("long", key, strconv.Itoa(limit), "is longer than %d characters", limit)
	}
	return nil
}

func slugValue(v string) (string, string) {
	if !ValidSlug(v) {
		return "", "is not a slug (a-z, 0-9 and hyphens)"
	}
	return v, ""
}

func sourceValue(v string) (string, string) {
	member, slug, _ := strings.Cut(v, "/")
	if !ValidSlug(member) || !ValidSlug(slug) {
		return "", `is not the full name of a source, such as "vallonie/actualites"`
	}
	return v, ""
}

func languageValue(v string) (string, string) {
	if v = strings.ToLower(v); !ValidLanguage(v) {
		return "", `is not a language, such as "fr"`
	}
	return v, ""
}

func setTypes(s *Selection, key string, values []string) error {
	var names []string
	err := many(func(*Selection) *[]string { return &names }, func(v string) (string, string) {
		if !ValidType(ItemType(v)) {
			return "", "is not a type; the types are " + join(ItemTypes)
		}
		return v, ""
	})(s, key, values)
	for _, n := range names {
		s.Types = append(s.Types, ItemType(n))
	}
	return err
}

func setSort(s *Selection, v string) error {
	if !slices.Contains(Sorts, Sort(v)) {
		return InvalidAs("sort", "sort", v, "%q is not an order; the orders are %s", v, join(Sorts))
	}
	s.Sort = Sort(v)
	return nil
}

func setLimit(s *Selection, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > MaxLimit {
		return InvalidAs("limit", "limit", v, "%q must be a whole number from 1 to %d", v, MaxLimit)
	}
	s.Limit = n
	return nil
}

func setRadius(s *Selection, v string) error {
	km, err := parseDecimal(v)
	if err != nil || km <= 0 || km > MaxRadius {
		return InvalidAs("radius", "radius", v, "%q must be a number of km above 0 and up to %g", v, MaxRadius)
	}
	s.Radius = km
	return nil
}

func setNear(s *Selection, v string) error {
	a, b, ok := strings.Cut(v, ",")
	lat, err1 := parseDecimal(strings.TrimSpace(a))
	lon, err2 := parseDecimal(strings.TrimSpace(b))
	p := Point{Lat: lat, Lon: lon}
	if !ok || err1 != nil || err2 != nil || !p.Valid() {
		return InvalidAs("near", "near", v, `%q must be a latitude and a longitude in degrees, such as "50.43,4.61"`, v)
	}
	s.Near = &p
	return nil
}

func setPostcode(s *Selection, v string) error {
	v = normalPostcode(v)
	ok := len(v) >= 2 && len(v) <= 10 && strings.Trim(v, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == ""
	if !ok {
		return InvalidAs("postcode", "postcode", v, `%q is not a postal code, such as "5060"`, v)
	}
	s.Postcode = v
	return nil
}

func setAs(s *Selection, v string) error {
	v = strings.ToLower(strings.ReplaceAll(v, " ", ""))
	if !ValidSlug(v) {
		return InvalidAs("as", "as", v, `%q is neither the slug of a member nor a postal code, such as "5060"`, v)
	}
	s.As = v
	return nil
}

// normalPostcode is the form in which postal codes are compared: "1234 ab" and
// "1234AB" are one.
func normalPostcode(v string) string { return strings.ToUpper(strings.ReplaceAll(v, " ", "")) }

// parseDecimal reads a plain decimal: no exponent, no hexadecimal, no
// infinity, so that one number has few spellings.
func parseDecimal(v string) (float64, error) {
	if strings.Trim(v, "+-.0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsInf(f, 0) {
		return 0, strconv.ErrSyntax
	}
	// A tenth of a metre is near enough, keeps the canonical text short, and
	// the sum makes -0 a 0.
	return math.Round(f*1e6)/1e6 + 0, nil
}

func parseBound(key, v string) (Bound, error) {
	if t, err := time.Parse(time.DateOnly, v); err == nil && sane(t) {
		return Bound{Time: t, Day: true}, nil
	}
	// A "+" that was not percent-encoded arrives as a space.
	if t, err := time.Parse(time.RFC3339, strings.Replace(v, " ", "+", 1)); err == nil && sane(t) {
		return Bound{Time: t.UTC()}, nil
	}
	return Bound{}, InvalidAs("date", key, v, `%q must be a date or a time of RFC 3339, such as "2026-03-01" or "2026-03-01T19:30:00+01:00"`, v)
}

// sane keeps years that every output format can write.
func sane(t time.Time) bool { return t.UTC().Year() >= 1 && t.UTC().Year() <= 9998 && !t.IsZero() }

// check holds what concerns more than one key.
func (s Selection) check() error {
	switch {
	case s.Near == nil && s.Radius != 0:
		return InvalidAs("radius_alone", "radius", "", "needs near")
	case s.Near == nil && s.Sort == ByDistance:
		return InvalidAs("distance_alone", "sort", "", "distance needs near")
	case !s.From.IsZero() && !s.To.IsZero() && !s.From.Time.Before(s.To.Upper()):
		return InvalidAs("order", "to", "", "%s is before from, %s", s.To, s.From)
	}
	return nil
}
