package jsonld_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/jsonld"
)

var corpus = formattest.Corpus{URL: "https://www.ville.example/fr/page#top", Sniff: 50, Large: large,
	Small: func(title string) string {
		return `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","@id":"https://www.ville.example/a","headline":"` + title + `"}</script>`
	},
	List: formattest.List(`{"@context":"https://schema.org","@graph":[`, `{"@type":"NewsArticle","@id":"https://www.example.org/%d","headline":%s}`, ",", `]}`, formattest.JSON),
	Seeds: []string{
		`{"@context":"https://schema.org","@type":"Event","name":"x","startDate":"2026-01-01","eventSchedule":{"byDay":"2MO","repeatFrequency":"P1M","startTime":"10:00"}}`,
		`[{"@context":{"a":"http://schema.org/"},"@type":"a:Place","a:name":{"@list":["x",{"@value":"y","@language":"fr"}]},"a:location":{"@id":"#x"},"@id":"#x"}]`,
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, jsonld.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, jsonld.Format(), corpus) }

// TestHostile reads JSON made to break parsers as the text of an article.
func TestHostile(t *testing.T) {
	for name, body := range formattest.Cases(t, "json/jsontestsuite") {
		_, _ = formattest.Check(t, jsonld.Format(), corpus, name, []byte(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","headline":`+string(body)+`}</script>`))
	}
}

// large are blocks made to be expensive.
func large() map[string]string {
	const head = `{"@context":"https://schema.org","@type":"Article","headline":"x",`
	return map[string]string{
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
	}
}
