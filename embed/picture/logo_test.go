package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// logo publishes a logo of an owner and returns where the hub serves it.
func (w *world) logo(owner, path string, body []byte) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.body[path] = body
	if w.logos == nil {
		w.logos = map[string][]string{}
	}
	w.logos[owner] = append(w.logos[owner], w.publisher.URL+path)
	return LogoPath(owner, w.publisher.URL+path)
}

const arms = `<?xml version="1.0"?><!-- made by hand --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Blason</title>
<path fill="#b3123a" d="M0 0h10v10z"/></svg>`

// TestLogoKeepsItsForm: a pixel logo keeps what is transparent and is made
// small; a drawing stays a drawing.
func TestLogoKeepsItsForm(t *testing.T) {
	w := newWorld(t, loopback...)
	glass := image.NewNRGBA(image.Rect(0, 0, 1400, 300))
	glass.SetNRGBA(0, 0, color.NRGBA{200, 0, 0, 255})
	rec := w.get(w.logo("sambre", "/logo.png", encode(t, "png", glass)))
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "image/png" {
		t.Fatalf("GET = %d, %s", rec.Code, rec.Header())
	}
	img, err := png.Decode(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() > logoWidth || b.Dy() > logoHeight || b.Dx() < 600 {
		t.Errorf("%v, want it within %d × %d", b, logoWidth, logoHeight)
	}
	if _, _, _, alpha := img.At(300, 60).RGBA(); alpha != 0 {
		t.Error("what was transparent is not")
	}
	rec = w.get(w.logo(federation.HubOwner, "/logo.svg", []byte(arms)))
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != svgType || !strings.Contains(rec.Body.String(), `d="M0 0h10v10z"`) {
		t.Errorf("GET of a drawing = %d %s\n%s", rec.Code, rec.Header(), rec.Body)
	}
	if csp := rec.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox; default-src 'none'") {
		t.Errorf("policy of a drawing = %q", csp)
	}
}

// TestLogoIsTheRegionFiles: no path leads to an address that its owner does
// not have.
func TestLogoIsTheRegionFiles(t *testing.T) {
	w := newWorld(t, loopback...)
	own := w.logo("sambre", "/a.png", encode(t, "png", photo(8, 8)))
	w.body["/secret.png"] = encode(t, "png", photo(8, 8))
	for _, path := range []string{
		LogoPath("sambre", w.publisher.URL+"/secret.png"),
		strings.Replace(own, "sambre", "meuse", 1),
		strings.Replace(own, "sambre", "-", 1),
		own + "0", "/pictures/logos/sambre/", "/pictures/logos/sambre/../../x",
	} {
		if rec := w.get(path); rec.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, rec.Code)
		}
	}
	if n := w.asked.Load(); n != 0 {
		t.Errorf("the publisher was asked %d times", n)
	}
	for _, address := range []string{"", "javascript:alert(1)", "file:///etc/passwd", "https:///x"} {
		if got := LogoPath("sambre", address); got != "" {
			t.Errorf("LogoPath of %q = %q", address, got)
		}
	}
}

// TestDrawingOnlyDraws: what runs, loads or multiplies is taken out of a
// drawing, or the drawing is refused.
func TestDrawingOnlyDraws(t *testing.T) {
	const open, end = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`, `<circle r="3"/></svg>`
	for name, part := range map[string]string{
		"script":  `<script>alert(1)</script>`,
		"handler": `<g onload="alert(1)" ONCLICK="alert(2)"/>`,
		"foreign": `<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>`,
		"image":   `<image href="https://evil.example/p.png"/>`,
		"use":     `<use xlink:href="https://evil.example/x.svg#a"/>`,
		"animate": `<animate attributeName="href" to="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>`,
		"link":    `<a href="javascript:alert(1)"><rect/></a>`,
		"html":    `<img xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/p.gif" onerror="alert(1)"/>`,
	} {
		got, err := vector([]byte(open + part + end))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, bad := range []string{"alert", "evil", "script", "iframe"} {
			if bytes.Contains(got, []byte(bad)) {
				t.Errorf("%s: %s", name, got)
			}
		}
		if !bytes.Contains(got, []byte(`<circle r="3">`)) {
			t.Errorf("%s: the drawing is lost: %s", name, got)
		}
	}
	for name, body := range map[string]string{
		"entities": `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>`,
		"uses":     open + strings.Repeat(`<use href="#a"/>`, maxUses+1) + end,
		"deep":     open + strings.Repeat(`<g>`, 300),
		"many":     open + strings.Repeat(`<g/>`, maxElements+1) + end,
		"large":    open + strings.Repeat(" ", maxVector) + end,
		"cut":      open + `<g>`,
	} {
		if got, err := vector([]byte(body)); err == nil {
			t.Errorf("%s: %.100s, want it refused", name, got)
		}
	}
	if _, err := vector([]byte(`<html><body><svg xmlns="http://www.w3.org/2000/svg"/></body></html>`)); err != errFormat {
		t.Errorf("a page = %v", err)
	}
}
