package survey

import (
	"net/http"
	"testing"

	"github.com/plonegov/carillon/federation/safehttp"
)

func TestIsPage(t *testing.T) {
	tests := []struct {
		kind, body string
		want       bool
	}{
		{"text/html", "<!DOCTYPE html>", true}, {"", " \n<!-- x --><html>", true}, {"application/xml", "<?xml version='1.0'?><!DOCTYPE html><html>", true},
		{"text/html; charset=utf-8", "<p>", true}, {"text/html", "<rss>", false}, {"text/html", "<?xml version='1.0'?><feed>", false},
		{"text/html", "BEGIN:VCALENDAR", false}, {"application/rss+xml", "<rss>", false}, {"text/html", "{}", false}, {"", "", false},
	}
	for _, test := range tests {
		if got := isPage(&safehttp.Response{Header: http.Header{"Content-Type": {test.kind}}, Body: []byte(test.body)}); got != test.want {
			t.Errorf("isPage(%q, %q) = %v, want %v", test.kind, test.body, got, test.want)
		}
	}
}
