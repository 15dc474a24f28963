package harvester

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// zipped makes an archive of names and bodies in turn.
func zipped(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = w.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnpack(t *testing.T) {
	files, err := unpack(file{body: zipped(t, "b/2.xml", "two", "b/", "", "a/1.xml", "one", "a/.hidden", "x", "empty.xml", "", "in.zip", "PK\x03\x04…")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.name+"="+string(f.body))
	}
	want := []string{"a/1.xml=one", "b/2.xml=two", "empty.xml=", "in.zip=PK\x03\x04…"} // an archive within is not opened
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unpack (-want +got):\n%s", diff)
	}
	plain := file{contentType: "text/xml", body: []byte("<rss/>")}
	if files, err := unpack(plain); err != nil || len(files) != 1 || string(files[0].body) != "<rss/>" || files[0].contentType != "text/xml" {
		t.Errorf("unpack of what is no archive = %+v, %v, want it as it is", files, err)
	}
}

func TestUnpackRefuses(t *testing.T) {
	many := make([]string, 0, 2*maxFiles+2)
	for i := range maxFiles + 1 {
		many = append(many, fmt.Sprint(i), "")
	}
	good := zipped(t, "1.xml", strings.Repeat("one ", 100))
	flipped := bytes.Clone(good)
	flipped[len("PK\x03\x04")+40] ^= 0xff
	tests := []struct {
		name string
		body []byte
		says string
		want federation.FailureClass
	}{
		{"slip", zipped(t, "../../etc/passwd", "x"), "leads out of it", federation.FailFormat},
		{"slip within", zipped(t, "a/../../x", "x"), "leads out of it", federation.FailFormat},
		{"absolute", zipped(t, "/etc/passwd", "x"), "leads out of it", federation.FailFormat},
		{"backslash", zipped(t, `..\x`, "x"), "leads out of it", federation.FailFormat},
		{"bomb", zipped(t, "x", strings.Repeat("\x00", 1<<20)), "times its size", federation.FailTooLarge},
		{"a file too large", zipped(t, "x", noise(maxFile+1)), "8 MiB", federation.FailTooLarge},
		{"too many", zipped(t, many...), "more than 8000 files", federation.FailTooLarge},
		{"cut", good[:len(good)-10], "damaged", federation.FailFormat},
		{"only its first bytes", []byte("PK\x03\x04"), "damaged", federation.FailFormat},
		{"a flipped byte", flipped, "is damaged", federation.FailFormat},
		{"a document too large", []byte(strings.Repeat("x", maxFile+1)), "8 MiB", federation.FailTooLarge},
	}
	for _, test := range tests {
		_, err := unpack(file{body: test.body})
		var known *sourceError
		if !errors.As(err, &known) || !strings.Contains(known.message, test.says) || known.class != test.want {
			t.Errorf("unpack, %s = %v, want a refusal of class %s that says %q", test.name, err, test.want, test.says)
		}
	}
}

// noise is n bytes that compress to about a third.
func noise(n int) string {
	b, x := make([]byte, n), uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x>>24) & 7
	}
	return string(b)
}

// TestUnpackBombs has the archives of hostile/bombs. None may be taken for
// what it pretends; the nested ones are bytes that no format knows.
func TestUnpackBombs(t *testing.T) {
	dir := shareddata.Dir(t, "hostile", "bombs")
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for line := range strings.Lines(string(manifest)) {
		var row struct{ File, Must string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(row.File, ".zip") {
			continue
		}
		tested++
		body, err := os.ReadFile(filepath.Join(dir, row.File))
		if err != nil {
			t.Fatal(err)
		}
		files, err := unpack(file{body: body})
		if strings.HasPrefix(row.Must, "never recurse") {
			unpacked := 0
			for _, f := range files {
				unpacked += len(f.body)
			}
			if err == nil && unpacked > maxFile {
				t.Errorf("unpack(%s) gave %d bytes; must: %s", row.File, unpacked, row.Must)
			}
			continue
		}
		var known *sourceError
		if !errors.As(err, &known) || known.class != federation.FailFormat && known.class != federation.FailTooLarge {
			t.Errorf("unpack(%s) = %d files, %v; must: %s", row.File, len(files), err, row.Must)
		}
	}
	if tested < 7 {
		t.Errorf("%d archives in %s, want 7 or more", tested, dir)
	}
}
