package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// set is a judged set: documents of one language, queries, and which document
// answers which query.
type set struct {
	name, lang string
	docs       []doc
	queries    []query
	grades     map[string]map[string]int // by query and document id; 1 or more
}

type doc struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

type query struct {
	ID string `json:"id"`
	Q  string `json:"q"`
}

// readSet reads a folder with docs.jsonl, queries.jsonl and qrels.tsv (query,
// document, grade). Its name ends in the language: xquad-es.
func readSet(dir string) (set, error) {
	name := filepath.Base(dir)
	s := set{name: name, lang: name[strings.LastIndexByte(name, '-')+1:], grades: map[string]map[string]int{}}
	if len(s.lang) != 2 {
		return s, fmt.Errorf("%s: the name of a set ends in its language, like xquad-es", dir)
	}
	var err error
	if s.docs, err = readLines[doc](filepath.Join(dir, "docs.jsonl")); err != nil {
		return s, err
	}
	if s.queries, err = readLines[query](filepath.Join(dir, "queries.jsonl")); err != nil {
		return s, err
	}
	qrels, err := os.ReadFile(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		return s, err
	}
	for n, line := range strings.Split(strings.TrimSpace(string(qrels)), "\n") {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			return s, fmt.Errorf("%s/qrels.tsv:%d: %d columns, want query, document, grade", dir, n+1, len(f))
		}
		grade, err := strconv.Atoi(f[2])
		if err != nil {
			return s, fmt.Errorf("%s/qrels.tsv:%d: %w", dir, n+1, err)
		}
		s.judge(f[0], f[1], grade)
	}
	return s, s.check()
}

func (s *set) judge(query, doc string, grade int) {
	if s.grades[query] == nil {
		s.grades[query] = map[string]int{}
	}
	s.grades[query][doc] = grade
}

// check refuses a set that would measure less than it says.
func (s *set) check() error {
	known := map[string]bool{}
	for _, d := range s.docs {
		if known[d.ID] {
			return fmt.Errorf("%s: document %q is there twice", s.name, d.ID)
		}
		known[d.ID] = true
	}
	for _, q := range s.queries {
		if len(s.grades[q.ID]) == 0 {
			return fmt.Errorf("%s: query %q has no judgment", s.name, q.ID)
		}
		for id := range s.grades[q.ID] {
			if !known[id] {
				return fmt.Errorf("%s: query %q is answered by %q, which is not there", s.name, q.ID, id)
			}
		}
	}
	if len(s.queries) == 0 {
		return fmt.Errorf("%s: no queries", s.name)
	}
	return nil
}

func readLines[T any](file string) ([]T, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		out = append(out, v)
	}
	return out, lines.Err()
}
