package plone_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plone"
)

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		if a, err := txtar.ParseFile(name); err == nil {
			f.Add(a.Files[0].Data)
		}
	}
	f.Add([]byte(`[{"@type":"Event","@id":"/a","start":"2026-01-01","end":"x","recurrence":"RRULE:FREQ=DAILY\nEXDATE:,,","parent":{}}]`))
	f.Add([]byte(`{"data":[{"slug":"a","title":"\\ud800"},{"fields":{},"display_id":1}]}`))
	f.Fuzz(func(t *testing.T, body []byte) { check(t, "fuzz", body[:min(len(body), 64<<10)]) })
}

// TestEveryJSON reads every JSON document of the shared data, whatever it is.
func TestEveryJSON(t *testing.T) {
	files := 0
	err := filepath.WalkDir(shareddata.Dir(t), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "json") && !strings.HasSuffix(path, ".resp") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		check(t, path, body[:min(len(body), 8<<20)])
		doc := federation.Document{Body: body}
		if ours := strings.Contains(path, "/imio-rest/"); ours != (plone.Format().Sniff(doc) >= 60) && !strings.Contains(path, "/plone") && !strings.Contains(path, "/trials/") {
			t.Errorf("Sniff(%s) = %d", path, plone.Format().Sniff(doc))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", files)
}

func TestHostile(t *testing.T) {
	file, err := os.Open(shareddata.Dir(t, "hostile", "json", "jsontestsuite.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, n := bufio.NewScanner(file), 0
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var c struct{ ID, B64 string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		body, err := base64.StdEncoding.DecodeString(c.B64)
		if err != nil {
			t.Fatal(err)
		}
		check(t, c.ID, body)
		check(t, c.ID, []byte(`{"@id":"https://v.example/@search","items":[{"@type":"Document","@id":"https://v.example/a","UID":"u","title":`+string(body)+`,"parent":{}}]}`))
		n++
	}
	if err := lines.Err(); err != nil || n == 0 {
		t.Fatalf("read %d cases: %v", n, err)
	}
}

// TestBounds reads documents that are large in one way.
func TestBounds(t *testing.T) {
	entry := `{"@type":"Document","@id":"https://v.example/a","UID":"u","title":"A","parent":{},"x":%s}`
	of := func(x string) []byte { return []byte(strings.Replace(entry, "%s", x, 1)) }
	for name, body := range map[string][]byte{
		"deep":        of(strings.Repeat("[", 5000) + strings.Repeat("]", 5000)),
		"wide":        of("[" + strings.Repeat("{},", 1_000_000) + "1]"),
		"long list":   []byte(`[` + strings.Repeat(`{"@type":"Document","@id":"https://v.example/a","title":"A"},`, 60_000) + `{}]`),
		"many rows":   of("[" + strings.Repeat(`{"a":"b"},`, 20_000) + `{}]`),
		"many blocks": of(`1,"blocks":{"a":{"@type":"slate","value":[` + strings.Repeat(`{"text":"a","bold":true},`, 30_000) + `1]}},"blocks_layout":{"items":[` + strings.Repeat(`"a",`, 20_000) + `"a"]}`),
		"many dates":  of(`1,"start":"2026-01-01","end":"2026-01-02","recurrence":"EXDATE:` + strings.Repeat("20260101T000000,", 100_000) + `"`),
	} {
		check(t, name, bytes.TrimSpace(body))
	}
}

func check(t *testing.T, name string, body []byte) {
	t.Helper()
	_, _ = formattest.Check(t, plone.Format(), corpus, name, body)
}
