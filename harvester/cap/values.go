package cap

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// The values of CAP 1.2 (3.2.2), the gravest first.
var (
	severities  = federation.Severities
	urgencies   = federation.Urgencies
	certainties = []string{"observed", "likely", "possible", "unlikely", "unknown"}
	responses   = []string{"shelter", "evacuate", "prepare", "execute", "avoid", "monitor", "assess", "allclear", "none"}
)

// value reads one of known from n, or from the message as drafts of CAP 1.0
// have it; what is missing or none of them is unknown.
func (r *reader) value(m message, n *read.Node, name string, known []string) string {
	s := or(words(n.Child(name).Text()), m.outer[name])
	v := strings.ToLower(s)
	switch {
	case slices.Contains(known, v):
		return v
	case v == "very likely":
		return "likely" // CAP 1.0; CAP 1.2, 3.2.2 says to take it so
	case name == "severity" && federation.IsCalm(v): // the info is over
	case v == "":
		r.warn(m.ref.id(), "does not say its "+name)
	default:
		r.warn(m.ref.id(), fmt.Sprintf("has the %s %.40q, which CAP does not know", name, s))
	}
	return "unknown"
}

// responseTypes reads what people are to do.
func (r *reader) responseTypes(m message, n *read.Node) []string {
	var out []string
	for k := range n.All("responseType") {
		v := strings.ToLower(strings.ReplaceAll(words(k.Text()), " ", ""))
		switch {
		case v == "" || slices.Contains(out, v):
		case slices.Contains(responses, v):
			out = append(out, v)
		default:
			r.warn(m.ref.id(), fmt.Sprintf("has the responseType %.40q, which CAP does not know", k.Text()))
		}
	}
	return out
}

// pairs reads name and value: as CAP 1.1 and 1.2 write them, or "name=value" of
// CAP 1.0.
func pairs(n *read.Node, element string) []federation.Code {
	var out []federation.Code
	for k := range n.All(element) {
		name, value := words(k.Child("valueName").Text()), words(k.Child("value").Text())
		if !k.Marked() {
			var ok bool
			if name, value, ok = strings.Cut(words(k.Text()), "="); !ok {
				name, value = "", name
			}
		}
		if value = strings.TrimSpace(value); value != "" {
			out = append(out, federation.Code{System: strings.TrimSpace(name), Value: value})
		}
	}
	return out
}

// graver compares two infos: whether they warn at all, how severe, how urgent,
// how certain.
func graver(a, b federation.Alert) int {
	return slices.Compare(
		[]int{ended(a), rank(severities, a.Severity), rank(urgencies, a.Urgency), rank(certainties, a.Certainty)},
		[]int{ended(b), rank(severities, b.Severity), rank(urgencies, b.Urgency), rank(certainties, b.Certainty)})
}

func ended(a federation.Alert) int {
	if a.Ended {
		return 1
	}
	return 0
}

func rank(known []string, v string) int { return slices.Index(known, v) }
