package oparl

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
)

// object is a JSON object as OParl writes them. Its methods give the zero
// value for what is missing, null or of another type.
type object map[string]any

// kinds are the object types of OParl 1.1, 3.1.
var kinds = map[string]bool{
	"System": true, "Body": true, "LegislativeTerm": true, "Organization": true, "Person": true, "Membership": true,
	"Meeting": true, "AgendaItem": true, "Paper": true, "Consultation": true, "File": true, "Location": true,
}

// kind is the object type without its namespace, "" when it has none of OParl.
// The namespace has moved from version to version; its last part has not.
func (o object) kind() string {
	t, _ := o["type"].(string)
	name := t[strings.LastIndexAny(t, "/:#")+1:]
	if !strings.Contains(strings.ToLower(t), "oparl") || !kinds[name] {
		return ""
	}
	return name
}

// raw is a string or number as it is written, with its line breaks.
func (o object) raw(key string) string { return plain(o[key]) }

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	}
	return ""
}

// text is a string or number as plain text on one line.
func (o object) text(key string) string { return markup.Text(o.raw(key)) }

// texts are the strings of a list, or of the string that stands for one.
func (o object) texts(key string) []string {
	var out []string
	for _, v := range list(o[key]) {
		if s := markup.Text(plain(v)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// object is an embedded object, nil when there is none or it is deleted: a
// server must not embed those (OParl 1.1, 2.5), and some do.
func (o object) object(key string) object {
	if all := o.objects(key); len(all) > 0 {
		return all[0]
	}
	return nil
}

// objects are the embedded objects of a list, or the one that stands for it.
func (o object) objects(key string) []object {
	var out []object
	for _, v := range list(o[key]) {
		if m, ok := v.(map[string]any); ok && !object(m).yes("deleted") {
			out = append(out, m)
		}
	}
	return out
}

// refs counts the objects that are given by their address alone.
func (o object) refs(key string) int {
	n := 0
	for _, v := range list(o[key]) {
		if s, ok := v.(string); ok && s != "" {
			n++
		}
	}
	return n
}

// web is an address for readers, "" when it is not absolute http or https.
func (o object) web(keys ...string) string {
	for _, key := range keys {
		if s := o.raw(key); isWeb(s) {
			return s
		}
	}
	return ""
}

func isWeb(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) &&
		!strings.ContainsAny(s, " \t\r\n<>\"") && strings.ToValidUTF8(s, "") == s
}

// yes reports whether a flag is set, in any of the ways that are seen.
func (o object) yes(key string) bool {
	switch v := o[key].(type) {
	case bool:
		return v
	case string:
		return strings.EqualFold(v, "true") || v == "1"
	case json.Number:
		return v.String() == "1"
	}
	return false
}

// hidden reports whether an agenda item is not public. What is not plainly
// public is hidden; what says nothing is public, as all of OParl is.
func (o object) hidden() bool { return o["public"] != nil && !o.yes("public") }

// time is a date or a moment (OParl 1.1, 2.4: RFC 3339), the zero time when it
// is neither.
func (r *reading) time(o object, key string) time.Time {
	t, ok := dates.Parse(o.raw(key), language, dates.In(r.doc.Source.Zone))
	if !ok {
		return time.Time{}
	}
	return t
}

// size is a number of bytes, 0 when unknown.
func (o object) size(key string) int64 {
	f, err := strconv.ParseFloat(o.raw(key), 64)
	if err != nil || f < 0 || f > math.MaxInt64/2 {
		return 0
	}
	return int64(f)
}

// list is a list, or one value as a list of one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
