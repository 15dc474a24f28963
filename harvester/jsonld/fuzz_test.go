package jsonld_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/jsonld"
)

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"@context":"https://schema.org","@type":"Event","name":"x","startDate":"2026-01-01","eventSchedule":{"byDay":"2MO","repeatFrequency":"P1M","startTime":"10:00"}}`))
	f.Add([]byte(`[{"@context":{"a":"http://schema.org/"},"@type":"a:Place","a:name":{"@list":["x",{"@value":"y","@language":"fr"}]},"a:location":{"@id":"#x"},"@id":"#x"}]`))
	f.Fuzz(func(t *testing.T, body []byte) { check(t, "fuzz", body[:min(len(body), 64<<10)]) })
}

// TestHostile reads JSON made to break parsers, alone and as the text of an
// article, and blocks made to be expensive.
func TestHostile(t *testing.T) {
	raw, err := os.ReadFile(shareddata.Dir(t, "hostile", "json", "jsontestsuite.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		var c struct{ ID, B64 string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		b, err := base64.StdEncoding.DecodeString(c.B64)
		if err != nil {
			t.Fatal(err)
		}
		check(t, c.ID, b)
		check(t, c.ID+" within", []byte(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","headline":`+string(b)+`}</script>`))
	}
	const head = `{"@context":"https://schema.org","@type":"Article","headline":"x",`
	for name, body := range map[string]string{
		"json-depth":      strings.Repeat("[", 100_000) + "schema.org",
		"json-obj-depth":  strings.Repeat(`{"@graph":`, 50_000) + `"schema.org"`,
		"json-dup-keys":   head + strings.Repeat(`"id":1,`, 100_000) + `"x":1}`,
		"json-number":     head + `"wordCount":` + strings.Repeat("9", 1_000_000) + "}",
		"quotes":          head + `"description":"` + strings.Repeat(`" `, 500_000) + `"}`,
		"quotes, commas":  head + `"description":"` + strings.Repeat(`",`, 500_000) + `"}`,
		"quotes, keys":    head + `"description":"` + strings.Repeat(`", "a" b`, 200_000) + `"}`,
		"blocks":          strings.Repeat(`<script type="application/ld+json">`+head+`}</script>`, 20_000),
		"items":           "[" + strings.Repeat(head+`"url":"https://a.example/1"},`, 25_000) + head + `"x":1}]`,
		"circle":          `{"@context":"https://schema.org","@graph":[{"@id":"#a","@type":"Article","headline":"x","author":{"@id":"#b"},"hasPart":{"@id":"#c"}},{"@id":"#b","@type":"Person","worksFor":{"@id":"#a"},"name":{"@id":"#b"}},{"@id":"#c","@type":"Article","name":"y","hasPart":{"@id":"#a"}}]}`,
		"circle of facts": `{"@context":"https://schema.org","@graph":[{"@id":"#a","@type":"Event","name":"x","startDate":"2026-01-01","offers":{"@id":"#o"},"funding":{"@id":"#f"}},{"@id":"#o","@type":"Offer","price":1,"offers":{"@id":"#o"}},{"@id":"#f","x":[{"@id":"#f"},{"@id":"#f"},{"@id":"#f"}]}]}`,
		"wide facts":      `{"@context":"https://schema.org","@graph":[{"@id":"#a","@type":"Event","name":"x","startDate":"2026-01-01","funding":{"@id":"#f"}},{"@id":"#f","x":[` + strings.Repeat(`{"@id":"#f"},`, 2000) + `1]}]}`,
	} {
		t.Run(name, func(t *testing.T) { check(t, name, []byte(body)) })
	}
}

func check(t *testing.T, name string, body []byte) {
	t.Helper()
	_, _ = formattest.Check(t, jsonld.Format(), corpus, name, body)
}
