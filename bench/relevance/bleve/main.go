// Command bleve answers queries from a Bleve index: what bench/relevance
// measures our engine against.
//
// It reads a file of documents ({id,title,text}, one a line), indexes title and
// text with the analyzer of the language, and then answers each line of its
// input, a query as a JSON text, with one line: the ids of the first ten
// documents as a JSON array. With -speed, which bench/load uses, documents have
// member, type, category, lang and date too, each line asks as [asked] has it,
// and the answer is how long it took. It is a module of its own so that the hub's module
// does not know Bleve.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/de"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/es"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fr"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/mapping"
)

func main() {
	lang := flag.String("lang", "en", "language of the documents: de en es fr nl")
	scoring := flag.String("scoring", "tf-idf", "scoring model: tf-idf or bm25")
	title := flag.Float64("title", 3, "weight of a match in the title; one in the text counts 1")
	timed := flag.Bool("speed", false, "tell how long queries take")
	flag.Parse()
	act := func() error { return run(flag.Arg(0), *lang, *scoring, *title, os.Stdin, os.Stdout) }
	if *timed {
		act = func() error { return speed(flag.Arg(0), *lang, os.Stdin, os.Stdout) }
	}
	if err := act(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/relevance/bleve:", err)
		os.Exit(1)
	}
}

func run(file, lang, scoring string, title float64, in io.Reader, out io.Writer) error {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer, m.ScoringModel = lang, scoring
	m.DefaultMapping = documents()
	dir, err := os.MkdirTemp("", "relevance-bleve-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is in the temporary folder
	index, err := bleve.New(dir+"/index", m)
	if err != nil {
		return err
	}
	defer func() { _ = index.Close() }() // nobody reads it again
	if err := fill(index, file); err != nil {
		return err
	}
	return answer(index, title, in, out)
}

func documents() *mapping.DocumentMapping {
	d := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"title", "text"} {
		field := bleve.NewTextFieldMapping()
		field.Store, field.IncludeInAll = false, false
		d.AddFieldMappingsAt(name, field)
	}
	return d
}

func fill(index bleve.Index, file string) error {
	return fillWith(index, file, func(d struct{ ID, Title, Text string }) (string, any) {
		return d.ID, map[string]string{"title": d.Title, "text": d.Text}
	})
}

// fillWith indexes the documents of a file under the id that fields gives them.
func fillWith[D any](index bleve.Index, file string, fields func(D) (id string, fields any)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only
	batch := index.NewBatch()
	for docs := json.NewDecoder(f); ; {
		var d D
		if err := docs.Decode(&d); err == io.EOF {
			return index.Batch(batch)
		} else if err != nil {
			return err
		}
		id, doc := fields(d)
		if err := batch.Index(id, doc); err != nil {
			return err
		}
		if batch.Size() == 500 {
			if err := index.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
}

func answer(index bleve.Index, title float64, in io.Reader, out io.Writer) error {
	replies := json.NewEncoder(out)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var q string
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return err
		}
		inTitle, inText := bleve.NewMatchQuery(q), bleve.NewMatchQuery(q)
		inTitle.SetField("title")
		inTitle.SetBoost(title)
		inText.SetField("text")
		res, err := index.Search(bleve.NewSearchRequest(bleve.NewDisjunctionQuery(inTitle, inText)))
		if err != nil {
			return err
		}
		ids := make([]string, len(res.Hits))
		for i, hit := range res.Hits {
			ids[i] = hit.ID
		}
		if err := replies.Encode(ids); err != nil {
			return err
		}
	}
	return lines.Err()
}
