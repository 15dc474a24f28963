package web_test

import (
	"net/http"
	"testing"

	"github.com/plonegov/carillon/api/web"
)

func TestCurrent(t *testing.T) {
	for _, c := range []struct {
		sent []string
		tag  string
		want bool
	}{
		{[]string{`W/"a"`}, `W/"a"`, true}, {[]string{`"a"`}, `W/"a"`, true}, {[]string{`W/"a"`}, `"a"`, true},
		{[]string{`"b", W/"a"`}, `W/"a"`, true}, {[]string{`"b"`, `"a"`}, `"a"`, true}, {[]string{`*`}, `W/"a"`, true},
		{[]string{`"b"`}, `W/"a"`, false}, {[]string{``}, `W/"a"`, false}, {nil, `W/"a"`, false}, {[]string{`a`}, `W/"a"`, false},
	} {
		if got := web.Current(&http.Request{Header: http.Header{"If-None-Match": c.sent}}, c.tag); got != c.want {
			t.Errorf("Current(%q, %q) = %v, want %v", c.sent, c.tag, got, c.want)
		}
	}
}
