package dates

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation/shareddata"
)

func TestParseShared(t *testing.T) {
	raw, err := os.ReadFile(shareddata.Dir(t, "feeds", "dates.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	lines, right := 0, 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if f[0] == "locale" || len(f) < 3 {
			continue
		}
		lang, loc := f[0], brussels
		if strings.HasPrefix(lang, "feedparser:") || lang == "rfc" { // feedparser reads civil time as UTC
			lang, loc = "en", time.UTC
		}
		got, ok := Parse(f[1], lang, loc)
		lines++
		if s := format(got, ok); s != f[2] {
			t.Errorf("Parse(%q, %q) = %q, want %q", f[1], lang, s, f[2])
			continue
		}
		right++
	}
	t.Logf("%d of %d lines right", right, lines)
}

func format(t time.Time, ok bool) string {
	if !ok {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
