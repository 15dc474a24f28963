package oparl_test

import (
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/oparl"
)

func TestSince(t *testing.T) {
	at := time.Date(2025, 3, 1, 8, 30, 0, 999, time.FixedZone("", 3600))
	const stamp = "modified_since=2025-03-01T07%3A30%3A00Z"
	for address, want := range map[string]string{
		"https://ris.example.de/papers":                                     "https://ris.example.de/papers?" + stamp,
		"https://ris.example.de/papers/":                                    "https://ris.example.de/papers/?" + stamp,
		"https://ris.example.de/papers?":                                    "https://ris.example.de/papers?" + stamp,
		"https://ris.example.de/papers?limit=50&b=%C3%A4+x":                 "https://ris.example.de/papers?limit=50&b=%C3%A4+x&" + stamp,
		"https://ris.example.de/papers?modified_since=2020-01-01&limit=5":   "https://ris.example.de/papers?limit=5&" + stamp,
		"https://ris.example.de/papers?a=1&a=2#top":                         "https://ris.example.de/papers?a=1&a=2&" + stamp + "#top",
		"https://ris.example.de/papers?created_since=2024-01-01T00:00:00Z":  "https://ris.example.de/papers?created_since=2024-01-01T00:00:00Z&" + stamp,
		"file:///data/papers.json":                                          "file:///data/papers.json",
		"https://ris.example.de/%zz":                                        "https://ris.example.de/%zz",
		"https://ris.example.de/o.php?list=papers&modified%5Fsince=2020&x=": "https://ris.example.de/o.php?list=papers&x=&" + stamp,
	} {
		if got := oparl.Since(address, at); got != want {
			t.Errorf("Since(%q) = %q, want %q", address, got, want)
		}
		if got := oparl.Since(oparl.Since(address, at.Add(-time.Hour)), at); got != want {
			t.Errorf("Since twice of %q = %q, want %q", address, got, want)
		}
		if got := oparl.Since(address, time.Time{}); got != address {
			t.Errorf("Since(%q, never) = %q", address, got)
		}
	}
}

// TestComplete: a list is whole when nothing of it was left out by the address,
// by the server or by us.
func TestComplete(t *testing.T) {
	const paper = `{"id":"https://r.example/1","type":"https://schema.oparl.org/1.1/Paper","name":"x"}`
	list := func(rest string) string { return `{"data":[` + paper + `]` + rest + `}` }
	const first = "https://r.example/papers"
	tests := []struct {
		name, url, source, body string
		complete                bool
		next                    string
	}{
		{"one page", first, first, list(`,"pagination":{"totalElements":1},"links":{}`), true, ""},
		{"no links", first, first, list(``), true, ""},
		{"next is null", first, first, list(`,"links":{"next":null}`), true, ""},
		{"more pages", first, first, list(`,"links":{"next":"https://r.example/papers?page=2"}`), true, "https://r.example/papers?page=2"},
		{"last page", first + "?page=2", first, list(`,"links":{"prev":"https://r.example/papers"}`), true, ""},
		{"begun in the middle", first + "?page=2", first + "?page=2", list(`,"links":{"prev":"https://r.example/papers"}`), false, ""},
		{"changed only", oparl.Since(first, time.Unix(0, 0)), first, list(`,"links":{}`), false, ""},
		{"created only", first + "?created_until=2020-01-01T00:00:00Z", first, list(`,"links":{}`), false, ""},
		{"filter kept", first + "?modified_since=a", first, list(`,"links":{"next":"https://r.example/papers?page=2&modified_since=a"}`), false, "https://r.example/papers?page=2&modified_since=a"},
		{"filter lost", first + "?modified_since=a%3A", first, list(`,"links":{"next":"https://r.example/papers?page=2"}`), false, "https://r.example/papers?page=2&modified_since=a%3A"},
		{"names itself", first, first, list(`,"links":{"next":"https://r.example/papers"}`), false, ""},
		{"fewer than said", first, first, list(`,"pagination":{"totalElements":9}`), false, ""},
		{"empty and more", first, first, `{"data":[],"links":{"next":"https://r.example/papers?page=2"}}`, false, ""},
		{"empty", first, first, `{"data":[],"links":{},"pagination":{"totalElements":0}}`, true, ""},
		{"cut", first, first, `{"data":[` + paper + `,{"id":"https://r.exa`, false, ""},
		{"cut after the list", first, first, `{"data":[` + paper + `],"links":{`, false, ""},
		{"array", first, first, `[` + paper + `]`, true, ""},
		{"relative next", first, first, list(`,"links":{"next":"?page=2"}`), true, "https://r.example/papers?page=2"},
		{"one object", "https://r.example/1", "https://r.example/1", paper, false, ""},
	}
	for _, test := range tests {
		d := decode(t, federation.Document{URL: test.url, Body: []byte(test.body), Source: federation.Source{URL: test.source}})
		if d.Complete != test.complete || d.Next != test.next {
			t.Errorf("%s: Decode(%s): complete %v, next %q, want %v, %q; warnings %q", test.name, test.url, d.Complete, d.Next, test.complete, test.next, d.Warnings)
		}
	}
}

func TestPages(t *testing.T) {
	body := `{"id":"https://r.example/b/1","type":"https://schema.oparl.org/1.1/Body","name":"B","meeting":"https://r.example/m","paper":"https://r.example/p?x=1","person":"https://r.example/person"}`
	d := decode(t, federation.Document{URL: oparl.Since("https://r.example/b/1", time.Unix(0, 0)), Body: []byte(body)})
	const stamp = "modified_since=1970-01-01T00%3A00%3A00Z"
	if d.Complete || len(d.Pages) != 2 || d.Pages[0].URL != "https://r.example/m?"+stamp || d.Pages[1].URL != "https://r.example/p?x=1&"+stamp {
		t.Errorf("Decode of a body asked for changes: complete %v, pages %+v", d.Complete, d.Pages)
	}
	system := `{"id":"https://r.example/","type":"https://schema.oparl.org/1.0/System","body":"https://r.example/bodies"}`
	d = decode(t, federation.Document{URL: oparl.Since("https://r.example/", time.Unix(0, 0)), Body: []byte(system)})
	if len(d.Pages) != 1 || d.Pages[0].URL != "https://r.example/bodies" {
		t.Errorf("Decode of a system asked for changes: pages %+v, want all bodies", d.Pages)
	}
}
