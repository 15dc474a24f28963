package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// standInChecker remembers what it was asked and answers with a report.
type standInChecker struct {
	report CheckReport
	asked  []string
	until  time.Duration // of the context's deadline
}

func (c *standInChecker) Check(ctx context.Context, address string) CheckReport {
	if end, ok := ctx.Deadline(); ok {
		c.until = time.Until(end)
	}
	c.asked = append(c.asked, address)
	return c.report
}

// serveChecks is a server with the checker.
func serveChecks(t *testing.T, c Checker) http.Handler {
	t.Helper()
	s := serveRegion(t, newRegion(1))
	s.config.Checker = c
	return s
}

func post(h http.Handler, body, from string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, checkPath, strings.NewReader(body))
	r.RemoteAddr = from
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestCheckAnswers(t *testing.T) {
	found := CheckReport{URL: "https://samb.example/", Site: &CheckedSite{Name: "Samb", Slug: "samb"}, Requests: 3, YAML: "members:\n",
		Sources: []CheckedSource{{URL: "https://samb.example/rss", Format: "feed", Kind: "feed", Items: 2, Listed: 2, Worth: true, Slug: "actualites", Type: federation.News, Every: "1h"}}}
	c := &standInChecker{report: found}
	h := serveChecks(t, c)
	w := post(h, `{"url":"https://samb.example"}`, "192.0.2.1:5000", "If-None-Match", "*")
	var got CheckReport
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
		t.Fatalf("POST %s = %d %s, %v", checkPath, w.Code, w.Body, err)
	}
	if diff := cmp.Diff(found, got); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
	if cc, tag := w.Header().Get("Cache-Control"), w.Header().Get("ETag"); cc != "no-store" || tag != "" {
		t.Errorf("Cache-Control %q, ETag %q, want no-store and none", cc, tag)
	}
	if !cmp.Equal(c.asked, []string{"https://samb.example"}) || c.until <= 0 || c.until > checkTime {
		t.Errorf("asked %q with %v left, want at most %v", c.asked, c.until, checkTime)
	}
	if w := ask(h, "GET", checkPath); w.Code != 405 || !strings.Contains(w.Header().Get("Allow"), "POST") {
		t.Errorf("GET %s = %d, Allow %q", checkPath, w.Code, w.Header().Get("Allow"))
	}
}

func TestCheckTellsOfFailures(t *testing.T) {
	failure := func(class federation.FailureClass) *standInChecker {
		return &standInChecker{report: CheckReport{Failure: &federation.Failure{Class: class, Message: "What happened.", Advice: "What to do."}}}
	}
	w := post(serveChecks(t, failure(federation.FailHTTP)), `{"url":"https://samb.example/"}`, "192.0.2.1:1")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"sources":[]`) || !strings.Contains(w.Body.String(), "What to do.") {
		t.Errorf("a site that fails is answered with %d %s", w.Code, w.Body)
	}
	w = post(serveChecks(t, failure(federation.FailRefused)), `{"url":"http://10.0.0.1/"}`, "192.0.2.1:1")
	if w.Code != 422 || !strings.Contains(w.Body.String(), `"body.url"`) {
		t.Errorf("an address that is not public is answered with %d %s", w.Code, w.Body)
	}
}

func TestCheckRefuses(t *testing.T) {
	tests := []struct {
		body, kind string
		status     int
	}{
		{`{"url":"file:///etc/passwd"}`, "application/json", 400},
		{`{"url":"samb.example"}`, "application/json", 400},
		{`{"url":"https://u:p@samb.example/"}`, "application/json", 400},
		{`{"url":"https:///rss"}`, "application/json", 400},
		{`{"url":"https://samb.example/` + strings.Repeat("x", 2000) + `"}`, "application/json", 400},
		{`{"url":"http://[::1"}`, "application/json", 400},
		{`{"url":5}`, "application/json", 400},
		{`{"url":"https://samb.example/","format":"feed"}`, "application/json", 400},
		{`{"url":"https://samb.example/"}{}`, "application/json", 400},
		{`{}`, "application/json", 400},
		{`[]`, "application/json; charset=utf-8", 400},
		{``, "application/json", 400},
		{strings.Repeat(" ", 10_000) + `{"url":"https://samb.example/"}`, "application/json", 400},
		{`{"url":"https://samb.example/"}`, "text/plain", 415},
		{`url=https://samb.example/`, "application/x-www-form-urlencoded", 415},
	}
	for _, test := range tests {
		c := &standInChecker{}
		w := post(serveChecks(t, c), test.body, "192.0.2.1:1", "Content-Type", test.kind)
		var p web.Problem
		err := json.Unmarshal(w.Body.Bytes(), &p)
		if w.Code != test.status || err != nil || p.Status != test.status || p.Detail == "" || p.Instance != checkPath {
			t.Errorf("POST %.60s as %s = %d %s, want a problem of %d", test.body, test.kind, w.Code, w.Body, test.status)
		}
		if len(c.asked) > 0 {
			t.Errorf("POST %.60s was carried out", test.body)
		}
	}
	c := &standInChecker{}
	w := post(serveChecks(t, c), `{"url":"https://samb.example/","format":"feed"}`, "192.0.2.1:1")
	var p web.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Location != "body.format" {
		t.Errorf("a key too many is answered with %s, want a problem that names it", w.Body)
	}
	if w := post(serveRegion(t, newRegion(1)), `{"url":"https://samb.example/"}`, "192.0.2.1:1"); w.Code != 404 {
		t.Errorf("a hub without checks answers %d, want 404", w.Code)
	}
}

func TestChecksAreFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newChecks(time.Now)
		for i := range checksInARow {
			leave, wait := l.begin(t.Context(), "192.0.2.1:1")
			if leave == nil {
				t.Fatalf("check %d of a client waits %v", i+1, wait)
			}
			leave()
		}
		if leave, wait := l.begin(t.Context(), "192.0.2.1:9"); leave != nil || wait != checkAgain {
			t.Errorf("one more check of the client may begin, or waits %v, want %v", wait, checkAgain)
		}
		if leave, _ := l.begin(t.Context(), "192.0.2.2:1"); leave == nil {
			t.Error("another client must wait too")
		}
		time.Sleep(checkAgain) // of the bubble's clock
		if leave, wait := l.begin(t.Context(), "192.0.2.1:1"); leave == nil {
			t.Errorf("after %v the client waits %v more", checkAgain, wait)
		}
	})
}

func TestChecksAtOnce(t *testing.T) {
	l := newChecks(time.Now)
	var leave func()
	for i := range checksAtOnce {
		if leave, _ = l.begin(t.Context(), "[2001:db8:0:"+string(rune('1'+i))+"::1]:80"); leave == nil {
			t.Fatalf("check %d must wait", i+1)
		}
	}
	if again, wait := l.begin(t.Context(), "192.0.2.1:1"); again != nil || wait != checksBusy {
		t.Errorf("check %d may begin, or waits %v", checksAtOnce+1, wait)
	}
	leave()
	if again, _ := l.begin(t.Context(), "192.0.2.1:1"); again == nil {
		t.Error("after one has ended another must wait")
	}
}

// TestCheckTooMany: the answer says when to come again.
func TestCheckTooMany(t *testing.T) {
	h := serveChecks(t, &standInChecker{})
	var w *httptest.ResponseRecorder
	for range checksInARow + 1 {
		w = post(h, `{"url":"https://samb.example/"}`, "192.0.2.1:1")
	}
	var p web.Problem
	err := json.Unmarshal(w.Body.Bytes(), &p)
	if w.Code != 429 || w.Header().Get("Retry-After") == "" || err != nil || p.Status != 429 {
		t.Errorf("check %d = %d, Retry-After %q, %s", checksInARow+1, w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}
