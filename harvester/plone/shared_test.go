package plone_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/plone"
)

// sharedFiles are the documents of a folder of the shared data, without the
// heads of the HTTP answers that some are.
func sharedFiles(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	dir := shareddata.Dir(t, folder)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatalf("no documents in %s: %v", dir, err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		body, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(body, []byte("HTTP/")) {
			_, body, _ = bytes.Cut(bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
		}
		files[e.Name()] = body
	}
	return files
}

func TestDump(t *testing.T) {
	for _, folder := range []string{"plone-restapi", "imio-rest"} {
		for name, body := range sharedFiles(t, folder) {
			body = bytes.ReplaceAll(body, []byte(`"review_state": "private"`), []byte(`"review_state": "published"`))
			doc := federation.Document{URL: "https://commune.example/x", Body: body, Source: federation.Source{Language: "fr"}}
			d, err := plone.Format().Decode(doc)
			t.Logf("=== %s sniff %d err %v\n%s", name, plone.Format().Sniff(doc), err, render(d))
		}
	}
}
