package api

import (
	"net/http"
	"strings"
	"testing"
)

// TestExplain asks a search why its items are where they are.
func TestExplain(t *testing.T) {
	h := serveRegion(t, newRegion(2))
	var r SearchResult
	getJSON(t, h, "/api/v1/search?q=travaux&member=m00&explain=1", &r)
	if len(r.Items) == 0 {
		t.Fatal("nothing is found")
	}
	for _, it := range r.Items {
		if it.Explain == nil || len(it.Explain.Words) != 1 || it.Explain.Words[0].Score <= 0 || len(it.Explain.Words[0].Fields) == 0 {
			t.Errorf("of %q is told %+v", it.Title, it.Explain)
		}
	}
	for _, target := range []string{"/api/v1/search?q=travaux", "/api/v1/search?q=travaux&explain=0", "/api/v1/search?member=m00&explain=1"} {
		if body := ask(h, "GET", target).Body.String(); strings.Contains(body, `"explain":{`) {
			t.Errorf("GET %s explains what has no words, or what nobody asked for: %s", target, body)
		}
	}
	for _, target := range []string{"/api/v1/search?q=travaux&explain=yes", "/api/v1/search?q=travaux&explain=1&explain=1", "/api/v1/items?q=travaux&explain=1"} {
		if w := ask(h, "GET", target); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "explain") {
			t.Errorf("GET %s = %d: %s", target, w.Code, w.Body)
		}
	}
}

// TestAs: whose reader asks is a member or a postal code of one; what it is not
// is told, whatever the order.
func TestAs(t *testing.T) {
	h := serveRegion(t, newRegion(3))
	var r SearchResult
	getJSON(t, h, "/api/v1/search?q=travaux&as=m02&explain=1", &r)
	if len(r.Items) == 0 || r.Items[0].Member.Slug != "m02" || r.Total <= len(r.Items)/3 {
		t.Errorf("%d of %d results, the first of %v", len(r.Items), r.Total, r.Items[0].Member)
	}
	told := false
	for _, f := range r.Items[0].Explain.Factors {
		told = told || f.Name == "home" && f.Value > 1
	}
	if !told {
		t.Errorf("why the first is first: %+v", r.Items[0].Explain)
	}
	for _, target := range []string{"/api/v1/search?q=travaux&as=nobody", "/api/v1/search?as=9999", "/api/v1/items?as=nobody",
		"/api/v1/search?as=%3Cb%3E", "/api/v1/search?as=m00&as=m01"} {
		if w := ask(h, "GET", target); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"query.as"`) {
			t.Errorf("GET %s = %d: %s", target, w.Code, w.Body)
		}
	}
}
