package dila

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

const (
	errNotJSON read.Refusal = "The document is not JSON. Ask for the export of the directory of administrations."
	errNone    read.Refusal = "The document holds no entry of the directory of administrations. Ask for its export."
)

// decodeAnnuaire reads version 4 of the directory: the export {"service": […]},
// an answer of the API {"total_count": …, "results": […]}, a list, or one entry.
func decodeAnnuaire(doc federation.Document) (federation.Decoded, error) {
	d := directory()
	records, total, left, fault, err := readRecords(doc)
	if err == nil && len(records) == 0 {
		err = errNone
	}
	if err != nil {
		return d, err
	}
	if fault != "" {
		d.Warn("", fault)
	}
	d.Listed = left
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
	d.Complete = fault == "" && d.Listed > 1 && d.Listed <= len(d.Items) && (d.Next != "" || total <= len(records))
	return d, nil
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

// readRecords finds the list of entries, whatever it is called, or the only one.
// total is what the API says there are, left how many entries were not read;
// fault tells what is wrong with the document.
func readRecords(doc federation.Document) (records []record, total, left int, fault string, err error) {
	text, odd := read.Text(doc.Body, doc.ContentType)
	l, err := read.JSON(text, maxOffices, "service", "results", "records")
	if err == read.ErrNotJSON {
		err = errNotJSON
	}
	for i := range l.Entries {
		r := record(l.Object(i))
		if inner, ok := r["fields"].(map[string]any); ok {
			r = inner
		}
		if r != nil {
			records = append(records, r)
		}
	}
	only := record(l.Members())
	total, _ = strconv.Atoi(only.text("total_count"))
	if len(records) == 0 && only["service"] == nil && only.text("nom") != "" {
		records = []record{only}
	}
	return records, total, l.Listed - len(l.Entries), strings.TrimSpace(odd + " " + l.Fault), err
}
