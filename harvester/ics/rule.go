package ics

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// with is rule with the number of a part replaced.
func with(rule, part string, n int) string {
	parts := strings.Split(rule, ";")
	for i, p := range parts {
		if strings.HasPrefix(p, part+"=") {
			parts[i] = fmt.Sprintf("%s=%d", part, n)
		}
	}
	return strings.Join(parts, ";")
}

// until is rule ended at a moment, whatever its end was.
func until(rule string, last time.Time) string {
	var parts []string
	for _, p := range strings.Split(rule, ";") {
		if !strings.HasPrefix(p, "COUNT=") && !strings.HasPrefix(p, "UNTIL=") {
			parts = append(parts, p)
		}
	}
	return strings.Join(append(parts, "UNTIL="+last.UTC().Format("20060102T150405Z")), ";")
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// atoi is the number that s begins with.
func atoi(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(s)
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil {
		return 0
	}
	return n
}
