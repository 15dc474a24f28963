package feed_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/api/feed"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func write(t testing.TB, format feed.Format, f feed.Feed) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(&b, f); err != nil {
		t.Fatalf("writing %s: %v", format.Extension, err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	empty := sample()
	empty.Entries, empty.Next = nil, ""
	for name, f := range map[string]feed.Feed{"sample": sample(), "empty": empty} {
		for _, format := range feed.Formats {
			t.Run(name+"."+format.Extension, func(t *testing.T) {
				got := write(t, format, f)
				golden(t, name+"."+format.Extension, got)
				if again := write(t, format, f); !bytes.Equal(got, again) {
					t.Error("writing the same feed twice gave two documents")
				}
			})
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if that is meant:\n%s", name, diff)
	}
}
