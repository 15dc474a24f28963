package csv

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// Format returns the decoder, named "csv".
func Format() federation.Format {
	return federation.Format{
		Name:   "csv",
		Accept: "text/csv, text/tab-separated-values;q=0.9, text/plain;q=0.5",
		Sniff:  sniff,
		Decode: decode,
	}
}

func decode(doc federation.Document) (federation.Decoded, error) {
	t, err := readTable(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	d := federation.Decoded{Title: t.title, Language: tongueOf(t.header), Listed: len(t.rows) + t.left, Complete: !t.cut && t.left == 0}
	for _, w := range t.warnings {
		d.Warn("", w)
	}
	columns, missing := columnsOf(t.header, doc.Source)
	for _, m := range missing {
		d.Warn("", m)
	}
	if t.left > 0 {
		d.Warn("", fmt.Sprintf("The table has %d rows more than the %d that are read.", t.left, maxItems))
	}
	r := &reader{Decoded: &d, doc: doc, header: t.header, columns: columns}
	r.base = read.Base(doc.URL)
	for _, row := range t.rows {
		r.row(row)
	}
	r.distinct()
	return d, nil
}
