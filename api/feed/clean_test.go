package feed

import "testing"

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"plain é 日本":                "plain é 日本",
		" a\r\nb\tc  ":              "a b c",
		"a\x00b\x1fc\x7fd":          "abcd",
		"a\vb\u0085c":               "a b c",
		"a\ufffeb\U0001ffffc\ufdd0": "abc",
		"bad \xff byte":             "bad \ufffd byte",
		"\u202eright to left":       "\u202eright to left",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?y=1&z=%C3%A9#f": "https://a.example/x?y=1&z=%C3%A9#f",
		"https://a.example/é ü":              "https://a.example/%C3%A9%20%C3%BC",
		"https://a.example/100%":             "https://a.example/100%25",
		" https://a.example/\n":              "https://a.example/",
		`https://a.example/"<x>[1]`:          "https://a.example/%22%3Cx%3E%5B1%5D",
	} {
		if got := cleanURI(in); got != want {
			t.Errorf("cleanURI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCanonicalURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example":                "https://a.example/",
		"HTTPS://A.Example:443/X?y=%C3%A9": "https://a.example/X?y=%C3%A9",
		"http://a.example:8080/x":          "http://a.example:8080/x",
		"urn:carillon:x":                   "urn:carillon:x",
	} {
		if got := canonicalURI(in); got != want {
			t.Errorf("canonicalURI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWithoutEmail(t *testing.T) {
	for in, want := range map[string]string{
		"Jeanne Dupont":                    "Jeanne Dupont",
		"info@a.example":                   "",
		"info@a.example (Service Eau)":     "Service Eau",
		"Jeanne <jeanne@a.example>":        "Jeanne",
		"Service (Eau) eau@a.example":      "Eau",
		"(eau@a.example) Service de l'eau": "Service de l'eau",
	} {
		if got := withoutEmail(in); got != want {
			t.Errorf("withoutEmail(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanLanguage(t *testing.T) {
	for in, want := range map[string]string{"fr": "fr", "nl-be": "nl-BE", "": "", "klingon words": "", "qqqqq": "", "und": ""} {
		if got := cleanLanguage(in); got != want {
			t.Errorf("cleanLanguage(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPublicURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/rss":    "https://a.example/rss",
		"file:/srv/secret/rss.xml": "file:rss.xml",
		"file:///srv/secret/":      "file:secret",
	} {
		if got := PublicURL(in); got != want {
			t.Errorf("PublicURL(%q) = %q, want %q", in, got, want)
		}
	}
}
