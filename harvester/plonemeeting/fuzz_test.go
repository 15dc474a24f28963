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
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

// check decodes body and fails the test when a promise of the package is
// broken.
func check(t *testing.T, name string, body []byte) {
	t.Helper()
	doc := federation.Document{URL: "https://www.example.org/", Body: body}
	sure := plonemeeting.Format().Sniff(doc)
	if sure < 0 || sure > 100 {
		t.Errorf("%s: Sniff = %d", name, sure)
	}
	d, err := plonemeeting.Format().Decode(doc)
	if err != nil && (err.Error() == "" || len(d.Items) > 0) {
		t.Errorf("%s: Decode = %d items and error %q", name, len(d.Items), err)
	}
	if d.Listed < len(d.Items) {
		t.Errorf("%s: Listed = %d, less than %d items", name, d.Listed, len(d.Items))
	}
	seen := map[string]bool{}
	for _, it := range d.Items {
		if it.OriginID == "" || seen[it.OriginID] {
			t.Errorf("%s: OriginID %q is empty or repeated", name, it.OriginID)
		}
		seen[it.OriginID] = true
	}
	if text := render(d); !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x01\x08\x0b\x1b") {
		t.Errorf("%s: %q is not valid text", name, text)
	}
}

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
