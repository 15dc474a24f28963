package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/worktest"
)

// TestEveryFile gives every file of the shared data, and every document that
// stands in a row of one, to every format: nothing may panic, take longer than
// a second a MiB, or come out as anything but UTF-8.
func TestEveryFile(t *testing.T) {
	var files, rows, read int
	var slowest time.Duration
	var slow string
	try := func(name string, body []byte) {
		for _, f := range formats() {
			took, err := tryFormat(t, f, name, body)
			if err != nil {
				t.Error(err)
			} else if took >= 0 {
				read++
			}
			if took > slowest {
				slowest, slow = took, f.Name+" of "+name
			}
		}
	}
	root := shareddata.Dir(t)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		files++
		try(name, body)
		if strings.HasSuffix(path, ".jsonl") {
			for i, doc := range documentsIn(t, path) {
				rows++
				try(fmt.Sprintf("%s:%d", name, i+1), doc)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files and %d documents in rows, %d formats: %d read, slowest %v (%s)",
		files, rows, len(formats()), read, slowest.Round(time.Millisecond), slow)
	if files < 2000 || rows < 2000 {
		t.Errorf("%d files and %d rows were tried, want at least 2000 of each", files, rows)
	}
}

// tryFormat returns how much CPU the format took, -1 when it could not read the
// document, and an error when it misbehaved.
func tryFormat(t *testing.T, f federation.Format, name string, body []byte) (took time.Duration, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s of %s panicked: %v", f.Name, name, p)
		}
	}()
	doc := federation.Document{URL: "https://origin.example/" + filepath.Base(name), Body: body,
		Source: federation.Source{Member: "m", Slug: "s", URL: "https://origin.example/"}}
	// A guard against work that is not linear, not a measure: the slowest file
	// is in the log.
	limit := 5*time.Second + time.Duration(len(body))*10*time.Second/(1<<20)
	var d federation.Decoded
	var failed error
	before := worktest.CPU(t)
	sure := f.Sniff(doc)
	d, failed = f.Decode(doc)
	if took = worktest.CPU(t) - before; sure < 0 || sure > 100 {
		return took, fmt.Errorf("%s: Sniff of %s = %d, want 0 to 100", f.Name, name, sure)
	}
	if took > limit {
		return took, fmt.Errorf("%s of %s (%d bytes) took %v of CPU, want at most %v", f.Name, name, len(body), took, limit)
	}
	if failed != nil {
		if !utf8.ValidString(failed.Error()) {
			err = fmt.Errorf("%s of %s: the error is not UTF-8: %q", f.Name, name, failed)
		}
		return -1, err
	}
	if bad := firstInvalid(reflect.ValueOf(d), "Decoded"); bad != "" {
		return took, fmt.Errorf("%s of %s: %s is not UTF-8", f.Name, name, bad)
	}
	if d.Listed < len(d.Items) {
		return took, fmt.Errorf("%s of %s: %d items of %d listed", f.Name, name, len(d.Items), d.Listed)
	}
	return took, nil
}

// firstInvalid names the first text within v that is not UTF-8.
func firstInvalid(v reflect.Value, path string) string {
	if h, ok := v.Interface().(markup.HTML); ok {
		v = reflect.ValueOf(h.String())
	}
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return path
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return firstInvalid(v.Elem(), path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if bad := firstInvalid(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); bad != "" {
				return bad
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				if bad := firstInvalid(v.Field(i), path+"."+field.Name); bad != "" {
					return bad
				}
			}
		}
	}
	return ""
}

// documentsIn returns what stands in the rows of a file as a document.
func documentsIn(t *testing.T, path string) [][]byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]byte
	in := bufio.NewScanner(f)
	in.Buffer(nil, 8<<20)
	for in.Scan() {
		var row struct{ Input, Text, B64 string }
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			continue // a row of another shape, given as part of its file
		}
		for _, text := range []string{row.Input, row.Text} {
			if text != "" {
				out = append(out, []byte(text))
			}
		}
		if raw, err := base64.StdEncoding.DecodeString(row.B64); err == nil && len(raw) > 0 {
			out = append(out, raw)
		}
	}
	if err := in.Err(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}
