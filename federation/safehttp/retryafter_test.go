package safehttp

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	tests := []struct {
		values []string
		want   time.Duration
		ok     bool
	}{
		{nil, 0, false},
		{[]string{""}, 0, false},
		{[]string{"0"}, 0, true},
		{[]string{"120"}, 2 * time.Minute, true},
		{[]string{" 007 "}, 7 * time.Second, true},
		{[]string{"86400"}, 24 * time.Hour, true},
		{[]string{"86401"}, 24 * time.Hour, true},
		{[]string{"999999999"}, 24 * time.Hour, true},
		{[]string{strings.Repeat("9", 5000)}, 24 * time.Hour, true},
		{[]string{"-5"}, 0, false},
		{[]string{"+5"}, 0, false},
		{[]string{"1.5"}, 0, false},
		{[]string{"soon"}, 0, false},
		{[]string{"-5", "soon"}, 0, false},
		{[]string{"soon", "30"}, 30 * time.Second, true},
		{[]string{"Sun, 06 Nov 1994 08:50:37 GMT"}, time.Minute, true},
		{[]string{"Sunday, 06-Nov-94 08:50:37 GMT"}, time.Minute, true},
		{[]string{"Sun Nov  6 08:50:37 1994"}, time.Minute, true},
		{[]string{"Sun, 06 Nov 1994 08:48:37 GMT"}, 0, true},
		{[]string{"Wed, 06 Nov 2199 08:49:37 GMT"}, 24 * time.Hour, true},
		{[]string{"Sun, 06 Nov 9999 08:49:37 GMT"}, 24 * time.Hour, true},
	}
	for _, test := range tests {
		d, ok := RetryAfter(http.Header{"Retry-After": test.values}, now)
		if d != test.want || ok != test.ok {
			t.Errorf("RetryAfter(%.40q) = %v, %t, want %v, %t", test.values, d, ok, test.want, test.ok)
		}
	}
	if d, ok := RetryAfter(nil, now); d != 0 || ok {
		t.Errorf("RetryAfter(nil) = %v, %t, want 0, false", d, ok)
	}
}
