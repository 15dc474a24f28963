package harvester

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// kinds reads the constants of type Kind from the source of safehttp, so that
// a new one cannot be forgotten here.
func kinds(t *testing.T) []safehttp.Kind {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../federation/safehttp/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []safehttp.Kind
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); ok && id.Name == "Kind" {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, safehttp.Kind(value))
		}
		return true
	})
	if len(out) < 11 {
		t.Fatalf("found only the kinds %q", out)
	}
	return out
}

// TestFailureWords holds that everything that can go wrong is told in two
// sentences that a webmaster understands.
func TestFailureWords(t *testing.T) {
	causes := []error{
		errors.New("an error nobody knows"),
		unreadable(errors.New("")), unreadable(errors.New("the feed\nhas \xff no items")), unreadable(errors.New(strings.Repeat("x", 5000))),
		badArchive("it is damaged"), tooLarge(8 << 20),
	}
	for _, k := range kinds(t) {
		causes = append(causes, fmt.Errorf("get: %w", &safehttp.Error{Kind: k, URL: "https://x.example", Err: errors.New("dial tcp: x")}))
	}
	for _, status := range []int{301, 400, 401, 403, 404, 410, 418, 429, 500, 503, 599, 999} {
		causes = append(causes, &statusError{status: status})
	}
	for _, body := range []string{"", " \n", "<!DOCTYPE html><title>x", "<HTML>", "%PDF-1.7", "\x00\x01\x02"} {
		causes = append(causes, notAFormat(federation.Document{Body: []byte(body)}))
	}
	for _, cause := range causes {
		if once := triedOnce(cause, noon); !readable(once.Advice) || strings.Contains(once.Advice, "Carillon tries") || strings.Contains(once.Advice, "Carillon waits") {
			t.Errorf("a check of %.80v advises %q, want what to do: nothing tries it again", cause, once.Advice)
		}
		f, _ := failure(cause, noon)
		if f.Class == "" || !f.Time.Equal(noon) {
			t.Errorf("failure(%v) = %+v, want a class and the time", cause, f)
		}
		for _, s := range []string{f.Message, f.Advice} {
			if !readable(s) {
				t.Errorf("failure(%.80v) says %q, want a sentence", cause, s)
			}
		}
	}
}

// readable reports whether s is a sentence: not empty, not a Go error.
func readable(s string) bool {
	n := len([]rune(s))
	return n >= 10 && n <= 400 && strings.ToUpper(s[:1]) == s[:1] && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…")) &&
		strings.ToValidUTF8(s, "") == s && !strings.Contains(s, "dial tcp") && !strings.Contains(s, "\n") && !strings.Contains(s, " .")
}

func TestFailureRetryAfter(t *testing.T) {
	for _, cause := range []error{
		&statusError{status: 503, retryAfter: time.Hour},
		&safehttp.Error{Kind: safehttp.KindEncoding, Status: 503, RetryAfter: time.Hour, Err: errors.New("x")},
	} {
		if f, wait := failure(cause, noon); wait != time.Hour || f.Status != 503 {
			t.Errorf("failure(%v) = status %d, wait %v, want 503 and an hour", cause, f.Status, wait)
		}
	}
}
