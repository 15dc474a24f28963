package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

// facets are the fields that results are counted by.
var facets = []string{"member", "type", "category", "lang"}

// asked is a query of -speed.
type asked struct {
	Words  string // "" = all documents, the newest first
	Typo   bool   // forgive one error
	Type   string // "" = any
	Facets bool
}

// took is the answer to it: milliseconds, the best of three times.
type took struct {
	MS    float64
	Total uint64
}

// speed indexes documents with facets and tells how long queries take.
func speed(file, lang string, in io.Reader, out io.Writer) error {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer, m.DefaultMapping = lang, withFacets()
	dir, err := os.MkdirTemp("", "speed-bleve-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is in the temporary folder
	index, err := bleve.New(dir+"/index", m)
	if err != nil {
		return err
	}
	defer func() { _ = index.Close() }() // nobody reads it again
	begin := time.Now()
	if err := fillWith(index, file, func(d map[string]any) (string, any) { return d["id"].(string), d }); err != nil {
		return err
	}
	replies := json.NewEncoder(out)
	if err := replies.Encode(took{MS: float64(time.Since(begin)) / 1e6}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var a asked
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return err
		}
		best := took{MS: 1e9}
		for range 3 {
			begin := time.Now()
			res, err := index.Search(request(a))
			if err != nil {
				return err
			}
			best = took{min(best.MS, float64(time.Since(begin))/1e6), res.Total}
		}
		if err := replies.Encode(best); err != nil {
			return err
		}
	}
	return lines.Err()
}

func withFacets() *mapping.DocumentMapping {
	d := documents()
	for _, name := range facets {
		field := bleve.NewTextFieldMapping()
		field.Analyzer, field.Store, field.IncludeInAll = keyword.Name, false, false
		d.AddFieldMappingsAt(name, field)
	}
	date := bleve.NewNumericFieldMapping()
	date.Store, date.IncludeInAll = false, false
	d.AddFieldMappingsAt("date", date)
	return d
}

func request(a asked) *bleve.SearchRequest {
	var q query.Query = bleve.NewMatchAllQuery()
	if a.Words != "" {
		inTitle, inText := bleve.NewMatchQuery(a.Words), bleve.NewMatchQuery(a.Words)
		inTitle.SetField("title")
		inText.SetField("text")
		if a.Typo {
			inTitle.SetFuzziness(1)
			inText.SetFuzziness(1)
		}
		q = bleve.NewDisjunctionQuery(inTitle, inText)
	}
	if a.Type != "" {
		of := bleve.NewTermQuery(a.Type)
		of.SetField("type")
		q = bleve.NewConjunctionQuery(q, of)
	}
	r := bleve.NewSearchRequest(q)
	if a.Words == "" {
		r.SortBy([]string{"-date"})
	}
	for _, f := range facets {
		if a.Facets {
			r.AddFacet(f, bleve.NewFacetRequest(f, 100))
		}
	}
	return r
}
