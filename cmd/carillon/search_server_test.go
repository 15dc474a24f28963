package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/plonegov/carillon/search/meili/meilitest"
)

// carillonWith runs a command and returns its exit code and what it said.
func carillonWith(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &out, &out)
	return code, out.String()
}

// TestSearchServer: reindex and doctor with a search server, and what is
// refused.
func TestSearchServer(t *testing.T) {
	s := meilitest.New(t)
	data := "--data=" + t.TempDir()
	server, key := "--search="+s.URL, "--search-key="+meilitest.AdminKey
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"doctor", data}, exitDone, "the embedded engine answers"},
		{[]string{"doctor", data, server, key}, exitFailed, "`carillon reindex`"},
		{[]string{"reindex", data, server, key}, exitDone, "Made the search index anew on the search server"},
		{[]string{"doctor", data, server, key}, exitDone, "the index holds all 0 items"},
		{[]string{"reindex", data}, exitDone, "Made the search index anew in "},
		{[]string{"reindex", data, server, "--search-key=wrong"}, exitUsage, "--search-key: the server at "},
		{[]string{"reindex", data, server, "--search-key=" + meilitest.SearchKey}, exitUsage, "refuses it for writing"},
		{[]string{"doctor", data, server, "--search-key=wrong"}, exitFailed, "refuses the key"},
		{[]string{"doctor", data, "--search=localhost:7700"}, exitUsage, "http://127.0.0.1:7700"},
		{[]string{"doctor", data, "--search=http://127.0.0.1:1"}, exitFailed, "see that the server runs"},
		{[]string{"doctor", data, key}, exitUsage, "without --search"},
		{[]string{"doctor", data, server, key, "--search-index=a/b"}, exitUsage, "letters, digits"},
	} {
		if code, said := carillonWith(t, c.args...); code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("carillon %v = %d, %q; want %d and %q", c.args, code, said, c.code, c.says)
		}
	}
	s.Setting("carillon", "rankingRules", []any{"words"})
	if code, said := carillonWith(t, "doctor", "--json", data, server, key); code != exitFailed || !strings.Contains(said, "rankingRules") || !strings.Contains(said, `"ok":false`) {
		t.Errorf("doctor with another setting = %d, %q", code, said)
	}
}
