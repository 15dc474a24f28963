package plonemeeting_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

func FuzzDecode(f *testing.F) {
	for _, o := range []object{openPoint, openAnnex, {"items": []any{openPoint, openAnnex}, "items_total": 2},
		{"@type": "MeetingCouncil", "UID": "m", "review_state": "closed", "date": "2026-01-01", "items": []any{openPoint, "x"}},
		{"@type": "Publication", "UID": "u", "text": rich("<span class=pm-anonymize>x"), "review_state": "published"}} {
		body, err := json.Marshal(o)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) { check(t, "fuzz", body[:min(len(body), 64<<10)]) })
}

// TestEveryJSON reads every JSON document of the shared data, and claims only
// its own.
func TestEveryJSON(t *testing.T) {
	err := filepath.WalkDir(shareddata.Dir(t), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "json") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		check(t, path, body[:min(len(body), 8<<20)])
		if ours := strings.Contains(path, "/plonemeeting/"); !strings.Contains(path, "/trials/") && ours != (plonemeeting.Format().Sniff(federation.Document{Body: body}) > 0) {
			t.Errorf("Sniff(%s) says the contrary of %v", path, ours)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
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
		check(t, c.ID, []byte(`[{"@type":"Publication","UID":"u","text":"","title":`+string(body)+`}]`))
		n++
	}
	if err := lines.Err(); err != nil || n == 0 {
		t.Fatalf("read %d cases: %v", n, err)
	}
}

func check(t *testing.T, name string, body []byte) {
	t.Helper()
	_, _ = formattest.Check(t, plonemeeting.Format(), corpus, name, body)
}
