package oparl

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// The filters of an external object list (OParl 1.1, 2.5, "Filter"). A list
// fetched with one of them does not list everything.
var filters = []string{"created_since", "created_until", "modified_since", "modified_until"}

// Since returns the address of a list with the filter modified_since = t
// added: what the server has changed or deleted from then on. The rest of the
// query is kept as it is written, an earlier modified_since is replaced. The
// zero t, or an address that is not http or https, gives the address back.
//
// It never adds omit_internal: without the objects inside of them, meetings
// would lose their agenda. Add it to the address of a list that the harvester
// asks for, not to that of a system or a list of bodies: a body that has not
// changed may well have new meetings.
func Since(address string, t time.Time) string {
	u, err := url.Parse(address)
	if err != nil || t.IsZero() || u.Scheme != "https" && u.Scheme != "http" {
		return address
	}
	u.RawQuery = with(u.RawQuery, "modified_since", t.UTC().Format(time.RFC3339))
	return u.String()
}

// with replaces a parameter of a query, or appends it.
func with(query, name, value string) string {
	kept := slices.DeleteFunc(strings.Split(query, "&"), func(part string) bool {
		return part == "" || parameter(part) == name
	})
	return strings.Join(append(kept, name+"="+url.QueryEscape(value)), "&")
}

func parameter(part string) string {
	name, _, _ := strings.Cut(part, "=")
	if plain, err := url.QueryUnescape(name); err == nil {
		return plain
	}
	return name
}

// filtered reports whether an address asks for a part of a list.
func filtered(address string) bool {
	for _, name := range filters {
		if filter(address, name) != "" {
			return true
		}
	}
	return false
}

// filter is the value of a parameter of an address.
func filter(address, name string) string {
	_, query, _ := strings.Cut(address, "?")
	query, _, _ = strings.Cut(query, "#")
	for part := range strings.SplitSeq(query, "&") {
		if _, value, _ := strings.Cut(part, "="); parameter(part) == name {
			plain, err := url.QueryUnescape(value)
			if err != nil {
				return value
			}
			return plain
		}
	}
	return ""
}

// carry gives an address the filters that another has and it lacks. A server
// must keep them in its links itself (OParl 1.1, 2.5), and not all do.
func carry(from, to string) string {
	for _, name := range filters {
		value := filter(from, name)
		u, err := url.Parse(to)
		if err != nil || value == "" || filter(to, name) != "" {
			continue
		}
		u.RawQuery = with(u.RawQuery, name, value)
		to = u.String()
	}
	return to
}
