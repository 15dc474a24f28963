package api

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
)

// TestDocsPage: every operation is on the page, and the page loads nothing.
func TestDocsPage(t *testing.T) {
	h := serveRegion(t, newRegion(1))
	w := ask(h, "GET", "/api/docs")
	body := w.Body.String()
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]any
	}
	getJSON(t, h, "/api/openapi.json", &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) != 10 {
		t.Errorf("OpenAPI %s with %d paths, want 3.1 with 10", doc.OpenAPI, len(doc.Paths))
	}
	for path, operations := range doc.Paths {
		for method := range operations {
			if name := strings.ToUpper(method) + " " + path; !strings.Contains(body, name+"<") {
				t.Errorf("the page lacks %s", name)
			}
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(body)
	if style == nil {
		t.Fatal("the page has no style")
	}
	sum := sha256.Sum256([]byte(style[1]))
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("the policy %q does not allow the page's own style", csp)
	}
	for _, word := range []string{"<script", "src=", "//cdn", "@import", "url("} {
		if strings.Contains(body, word) {
			t.Errorf("the page holds %s", word)
		}
	}
}
