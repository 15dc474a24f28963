package web

import (
	"net/http"
	"strings"
)

// Current reports whether the asker says that it holds what has the entity tag:
// the weak comparison of If-None-Match, over all of its lines (RFC 9110,
// 13.1.2). It allocates nothing.
func Current(r *http.Request, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for _, line := range r.Header["If-None-Match"] {
		for line != "" {
			var one string
			one, line, _ = strings.Cut(line, ",")
			if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == "*" || one == tag {
				return true
			}
		}
	}
	return false
}
