package markup

import "testing"

func FuzzSanitise(f *testing.F) {
	for _, s := range []string{
		`<p>a<a href="/x">b</a>`, `<table><a href="//x">1<tr><td><a href="/2">3`, "<pre>\n\n<b>x",
		`<svg><style><img title="</style><img src=x onerror=alert(1)>">`, `<math><mtext><table><mglyph><style><!--</style>`,
		`<form><table><form>`, `<li><div><li><p><ul><p>`, `<b><p></b><i></p></i>`, `<h1><h2></h1>`, `<dl><dd><div><dt>`,
		`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<img src=" https://a.be/é?x='&utm_a=<" width=1>`,
		`<select><option><p>`, `<p><table><p>`, `<a href="http://[::1%25lo]/">`, `<frameset><frame>x`,
		"<details open><summary>a\x00\r&#13;&#x80;", `<template><td>`, "]]> <![CDATA[a<![CDATA[b]]>]]>]]> <![CDATA[c", "<img src='http://a.be/x' width=1 height='1\x02'>", `<b><b><b><b><p>x</b>`, `<ruby><rt>x`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) { Judge(t, raw) })
}
