package websub

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

const base = "https://a.example/dir/feed"

func TestHeaderLinks(t *testing.T) {
	for _, test := range []struct {
		fields []string
		hubs   []string
		self   string
	}{
		{nil, nil, ""},
		{[]string{`<https://h.example/>; rel="hub"`}, []string{"https://h.example/"}, ""},
		{[]string{`<https://h.example/>;rel=hub,<https://a.example/f>;rel=self`}, []string{"https://h.example/"}, "https://a.example/f"},
		{[]string{`<https://h.example/>; rel=hub`, `<https://i.example/>; REL="Hub"`}, []string{"https://h.example/", "https://i.example/"}, ""},
		{[]string{`<https://h.example/?a=1,2;b>; title="a, \"b\"; rel=self"; rel="next hub"`}, []string{"https://h.example/?a=1,2;b"}, ""},
		{[]string{`</hub>; rel=hub, <?x>; rel=self`}, []string{"https://a.example/hub"}, "https://a.example/dir/feed?x"},
		{[]string{`<https://h.example/>; rel=hub; rel=self`}, []string{"https://h.example/"}, ""},
		{[]string{`<https://h.example/>; rel=hub; anchor="https://b.example/"`}, nil, ""},
		{[]string{`<https://h.example/>; rel=hub, <https://h.example/>; rel=hub`}, []string{"https://h.example/"}, ""},
		{[]string{`<https://h.example/`, `rel=hub`, `<>; rel=hub`, `rel=hub; <`}, nil, ""},
		{[]string{`<https://broken.example/`, `<https://h.example/>; rel="hub`}, []string{"https://h.example/"}, ""},
		{[]string{`<https://h.example/>; nofollow; rel = hub ; x`}, []string{"https://h.example/"}, ""},
		{[]string{strings.Repeat(`<https://h.example/>; rel=next, `, maxLinks) + `<https://h.example/>; rel=hub`}, nil, ""},
	} {
		hubs, self := headerLinks(http.Header{"Link": test.fields}, base)
		if diff := cmp.Diff(test.hubs, hubs); diff != "" || self != test.self {
			t.Errorf("headerLinks(%q) = %q, %q, want %q, %q", test.fields, hubs, self, test.hubs, test.self)
		}
	}
}

func TestHeadLinks(t *testing.T) {
	const hub = `<link rel=hub href="https://h.example/">`
	for page, want := range map[string]string{
		"<head>" + hub: "https://h.example/",
		hub:            "https://h.example/",
		"<!-- c --><!doctype html>\n<html lang=fr><head><meta charset=utf-8><title><p>a</p></title><script>if(a<b){}</script>" + hub: "https://h.example/",
		`<head><base href="https://b.example/x/"><link href=hub rel="alternate HUB">`:                                                "https://b.example/x/hub",
		"<head></head>" + hub:                          "",
		"<body>" + hub:                                 "",
		"<p>" + hub:                                    "",
		"a word " + hub:                                "",
		"<head><div>" + hub:                            "",
		"<head><template>" + hub + "</template>":       "",
		"<head><noscript>" + hub + "</noscript>":       "",
		"<head><!-- " + hub + " -->":                   "",
		"<head><title>" + hub + "</title>":             "",
		strings.Repeat("<meta>", maxHead/6+1) + hub:    "",
		"<head><template>a<p></template>" + hub:        "https://h.example/",
		"<head><style>p{}</style>\n<link rel=x>" + hub: "https://h.example/",
	} {
		hubs, _ := headLinks([]byte(page), base)
		if got := strings.Join(hubs, " "); got != want {
			t.Errorf("headLinks(%.80q) = %q, want %q", page, got, want)
		}
	}
}

// TestDiscoverOrder: the header wins; what it does not say the document may.
func TestDiscoverOrder(t *testing.T) {
	doc := federation.Document{URL: base, ContentType: "application/xml"}
	hub := http.Header{"Link": {"<https://header.example/>; rel=hub"}}
	both := http.Header{"Link": {"<https://header.example/>; rel=hub, <https://a.example/h>; rel=self"}}
	only := http.Header{"Link": {"<https://a.example/h>; rel=self"}}
	body := []string{"https://body.example/"}
	for _, test := range []struct {
		header http.Header
		hubs   []string
		want   Found
	}{
		{nil, nil, Found{base, nil, "https://a.example/b"}},
		{nil, body, Found{base, body, "https://a.example/b"}},
		{hub, body, Found{base, []string{"https://header.example/"}, "https://a.example/b"}},
		{both, body, Found{base, []string{"https://header.example/"}, "https://a.example/h"}},
		{only, body, Found{base, body, "https://a.example/b"}},
	} {
		if diff := cmp.Diff(test.want, Discover(doc, test.header, test.hubs, "https://a.example/b")); diff != "" {
			t.Errorf("Discover(%v, %v) (-want +got):\n%s", test.header, test.hubs, diff)
		}
	}
}

// FuzzDiscover: foreign bytes give a few absolute addresses, or none.
func FuzzDiscover(f *testing.F) {
	f.Add(`<https://h.example/>; rel="hub", </f>; rel=self`, `<head><link rel=hub href=/h><link rel=self href=x>`)
	f.Add(`<a>; rel="h\"ub`, `<template><base href="//b"><link rel="hub self" href="?a">`)
	f.Fuzz(func(t *testing.T, link, body string) {
		doc := federation.Document{URL: base, ContentType: "text/html", Body: []byte(body)}
		for _, header := range []http.Header{{"Link": {link}}, nil} {
			got := Discover(doc, header, nil, "")
			if len(got.Hubs) > maxHubs {
				t.Errorf("%d hubs, want %d at most", len(got.Hubs), maxHubs)
			}
			for _, address := range got.Hubs {
				if u, err := url.Parse(address); err != nil || !u.IsAbs() {
					t.Errorf("hub %q is not absolute", address)
				}
			}
			newOffer(federation.Source{URL: base}, got, "")
		}
	})
}
