package dila

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/plonegov/carillon/federation"
)

// maxJSONDepth bounds nesting; encoding/json allows 10,000.
const maxJSONDepth = 64

// decodeAnnuaire reads version 4 of the directory: the export {"service": […]},
// an answer of the API {"total_count": …, "results": […]}, a list, or one entry.
func decodeAnnuaire(doc federation.Document) (federation.Decoded, error) {
	d := directory()
	records, total, err := readRecords(doc.Body)
	if len(records) == 0 {
		return d, or(err, errors.New("the document holds no entry of the directory of administrations"))
	}
	if err != nil {
		d.Warn("", "The document breaks off or is damaged; the entries before that were read: "+err.Error())
	}
	unknown := map[string]int{}
	seen := map[string]bool{}
	hidden := 0
	for _, r := range records {
		if d.Listed++; len(d.Items) == maxOffices {
			continue
		}
		o := r.office(unknown)
		switch {
		case o.id == "" || o.name == "":
			d.Warn(o.id, "An entry without an id or a name was left out.")
		case r.text("statut_de_diffusion") == "false":
			hidden++
			d.Listed--
		case seen[o.id]:
			d.Listed--
			d.Warn(o.id, "is in the document twice; the first is kept")
		default:
			if seen[o.id] = true; seen[o.former] {
				o.former = ""
			} else if o.former != "" {
				seen[o.former] = true
			}
			d.Items = append(d.Items, o.item(doc.URL, fileOf(doc)))
		}
	}
	if hidden > 0 {
		d.Warn("", fmt.Sprintf("%d entries are marked as not to be published; left out.", hidden))
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		d.Warn("", fmt.Sprintf("The field %q is new to us (met %d×): its text is kept.", name, unknown[name]))
	}
	d.Next = nextPage(doc.URL, len(records), total)
	d.Complete = err == nil && d.Listed > 1 && d.Listed <= len(d.Items) && (d.Next != "" || total <= len(records))
	return d, nil
}

func or(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// nextPage is the address of the next results of the API, "" on the last page.
func nextPage(at string, got, total int) string {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" {
		return ""
	}
	q := u.Query()
	offset, _ := strconv.Atoi(q.Get("offset"))
	if offset < 0 || got == 0 || offset+got >= total {
		return ""
	}
	q.Set("offset", strconv.Itoa(offset+got))
	u.RawQuery = q.Encode()
	return u.String()
}

// readRecords finds the list of entries, whatever it is called, and reads it
// entry by entry, so that what comes before a mistake is kept.
func readRecords(body []byte) (records []record, total int, err error) {
	if tooDeep(body) {
		return nil, 0, fmt.Errorf("the document is nested more than %d deep", maxJSONDepth)
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	dec.UseNumber()
	switch tok, err := dec.Token(); {
	case err != nil:
		return nil, 0, errors.New("the document is not JSON")
	case tok == json.Delim('['):
		records, err := readList(dec)
		return records, 0, err
	case tok != json.Delim('{'):
		return nil, 0, errors.New("the document is neither an object nor a list")
	}
	only := record{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return records, total, err
		}
		switch key {
		case "service", "results", "records":
			if tok, err := dec.Token(); err != nil || tok != json.Delim('[') {
				return records, total, errors.New("its list of entries is none")
			}
			more, err := readList(dec)
			if records = append(records, more...); err != nil {
				return records, total, err
			}
		default:
			var v any
			if err := dec.Decode(&v); err != nil {
				return records, total, err
			}
			only[fmt.Sprint(key)] = v
		}
	}
	total, _ = strconv.Atoi(only.text("total_count"))
	if len(records) == 0 && only.text("nom") != "" {
		records = []record{only}
	}
	return records, total, nil
}

func readList(dec *json.Decoder) ([]record, error) {
	var out []record
	for dec.More() {
		var r record
		if err := dec.Decode(&r); err != nil {
			return out, err
		}
		if inner, ok := r["fields"].(map[string]any); ok {
			r = inner
		}
		out = append(out, r)
	}
	_, err := dec.Token()
	return out, err
}

func tooDeep(body []byte) bool { return deeper(body, maxJSONDepth) }

// deeper reports whether JSON nests deeper than most, before it is parsed.
func deeper(body []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
