package markup_test

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
)

// hostile is one case of the shared hostile corpus.
type hostile struct {
	ID    string
	Input string
}

// readHostile returns the cases of the .jsonl files matching pattern.
func readHostile(t testing.TB, pattern string) []hostile {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "hostile"), pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no file matches %s: %v", pattern, err)
	}
	var cases []hostile
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var c hostile
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			cases = append(cases, c)
		}
		if err := lines.Err(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return cases
}

// TestHostile is oracle A of the hostile corpus without the browser.
func TestHostile(t *testing.T) {
	for _, pattern := range []string{"xss/*.jsonl", "css/*.jsonl"} {
		cases := readHostile(t, pattern)
		t.Logf("%s: %d cases", pattern, len(cases))
		for _, c := range cases {
			markup.Judge(t, c.Input)
			// Styles come as the text of an element and as an attribute.
			markup.Judge(t, "<style>"+c.Input+"</style><p>x</p>")
			markup.Judge(t, `<p style="`+strings.ReplaceAll(c.Input, `"`, "&quot;")+`">x</p>`)
		}
	}
}

func TestHostileFeeds(t *testing.T) {
	fields := 0
	for _, c := range readHostile(t, "feeds/feedparser-sanitize.jsonl") {
		for _, field := range feedFields(c.Input) {
			markup.Judge(t, field)
			fields++
		}
	}
	if fields < 100 {
		t.Errorf("judged %d fields, want at least 100", fields)
	}
}

// feedFields returns each run of text in a feed, with references decoded once as
// a feed reader does, and the feed itself, for those that hold XHTML.
func feedFields(feed string) []string {
	var fields []string
	d := xml.NewDecoder(strings.NewReader(feed))
	d.Strict = false
	for {
		token, err := d.Token()
		if err != nil { // the end, or an ill-formed feed
			return append(fields, feed)
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			fields = append(fields, string(text))
		}
	}
}
