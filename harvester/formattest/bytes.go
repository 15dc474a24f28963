package formattest

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/harvester/read"
)

// title is in every encoding that is tried, and says by itself which are wrong.
const title = "Marché d'été à Liège"

// charsets holds that the same bytes are the same text in every format.
func charsets(t *testing.T, f federation.Format, c Corpus) {
	if d, err := f.Decode(c.document(nil)); err == nil || len(d.Items) > 0 {
		t.Errorf("Decode(nothing) = %d items, %v; want a refusal", len(d.Items), err)
	}
	small := c.Small(title)
	latin, err := charmap.Windows1252.NewEncoder().String(small)
	if err != nil {
		t.Fatal(err)
	}
	in := func(e encoding.Encoding) string {
		s, err := e.NewEncoder().String(small)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, test := range map[string]struct{ body, contentType, fault string }{
		"utf-8":                      {small, "", ""},
		"mark":                       {"\ufeff" + small, "", ""},
		"called latin-1":             {small, "text/plain; charset=iso-8859-1", ""},
		"windows-1252":               {latin, "", ""},
		"windows-1252 by the header": {latin, "text/plain; charset=windows-1252", ""},
		"windows-1252 called utf-8":  {latin, "text/plain; charset=utf-8", "UTF-8"},
		"utf-16le":                   {in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), "", ""},
		"utf-16be without a mark":    {in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)), "", ""},
		"utf-32le":                   {in(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)), "", ""},
		"one broken byte":            {strings.Replace(small, title, title+"\xff", 1), "", "�"},
	} {
		doc := c.document([]byte(test.body))
		doc.ContentType = test.contentType
		d, err := f.Decode(doc)
		if err != nil || len(titles(d)) != 1 {
			t.Errorf("%s: Decode = %q, %v; want one item", name, titles(d), err)
			continue
		}
		if got := strings.TrimSuffix(titles(d)[0], "\ufffd"); got != title {
			t.Errorf("%s: title = %q, want %q", name, got, title)
		}
		said := false
		for _, w := range d.Warnings {
			said = said || test.fault != "" && strings.Contains(w.Message, test.fault)
		}
		if said != (test.fault != "") {
			t.Errorf("%s: warnings = %v, want one with %q", name, d.Warnings, test.fault)
		}
	}
}

// titles are those of the items, and of the pages that are still to be read.
func titles(d federation.Decoded) []string {
	var out []string
	for _, it := range d.Items {
		out = append(out, it.Title)
	}
	for _, p := range d.Pages {
		out = append(out, p.Item.Title)
	}
	return out
}

// cut reads every beginning of a document: what is not whole is never complete.
func cut(t *testing.T, f federation.Format, c Corpus) {
	small := c.Small(title)
	for n := range len(small) {
		Check(t, f, c, "cut", []byte(small[:n]))
	}
}

// texts are files of the shared data whose cases are texts, and documents those
// whose cases are documents, of whatever format.
var (
	texts     = []string{"text/naughty-strings", "text/utf8-cases", "xss/dompurify", "xss/payloads-all-the-things", "http/crlf"}
	documents = []string{"xml/entity-attacks", "json/jsontestsuite", "ical/malformed", "feeds/feedparser-illformed", "feeds/feedparser-sanitize", "feeds/w3c-feedvalidator-risk"}
)

// hostile reads the hostile documents and texts of the shared data, whatever
// their format is, and as the title of an item, beside which no other is lost.
func hostile(t *testing.T, f federation.Format, c Corpus) {
	for i, file := range append(documents, texts...) {
		for name, body := range Cases(t, file) {
			name = file + " " + name
			before := worktest.Allocated()
			d, _ := Check(t, f, c, name, body)
			told(t, name, d)
			if used := worktest.Allocated() - before; used > 64<<20 {
				t.Errorf("%s: %d MiB were allocated", name, used>>20)
			}
			Check(t, f, c, name+" as a title", []byte(c.Small(string(body))))
			if i < len(documents) {
				for n := range 10 {
					Check(t, f, c, name+" cut", body[:len(body)*n/10])
				}
			} else if c.List != nil {
				d, _ = Check(t, f, c, name+" in a list", []byte(c.List(string(body), "La piscine")))
				if !strings.Contains(strings.Join(titles(d), "\n"), "La piscine") {
					t.Errorf("%s: the item beside it is lost", name)
				}
			}
		}
	}
	for name, body := range Cases(t, "xml/entity-attacks") { // no entity that a document makes up is put in
		if dtd, _, ok := strings.Cut(string(body), "]>"); ok {
			d, _ := Check(t, f, c, "entities of "+name, []byte(dtd+"]>"+c.Small("&a;&b;&c;&ee;&xxe;&file;&lol9;")))
			if got := Render(d); len(got) > 4*len(body)+4096 {
				t.Errorf("%s: an entity was expanded: %.100q", name, got)
			}
		}
	}
}

// told holds that there is a word of the items that a broken document loses.
func told(t *testing.T, name string, d federation.Decoded) {
	t.Helper()
	if d.Listed > len(d.Items) && len(d.Items) > 0 && len(d.Warnings) == 0 {
		t.Errorf("%s: %d of %d items are left out without a word", name, d.Listed-len(d.Items), d.Listed)
	}
}

// shared reads every file of the shared data, whatever it is.
func shared(t *testing.T, f federation.Format, c Corpus) {
	root := shareddata.Dir(t)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, body := strings.TrimPrefix(path, root), body[:min(len(body), maxBody)]
		Check(t, f, c, name, body)
		if sure := f.Sniff(federation.Document{Body: body}); c.Claims != nil && !strings.HasPrefix(name, "/trials/") && !c.Claims(name, sure) {
			t.Errorf("Sniff(%s) = %d", name, sure)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Cases are the cases of a file below hostile/ in the shared data, by their ids.
func Cases(t testing.TB, file string) map[string][]byte {
	t.Helper()
	in, err := os.Open(shareddata.Dir(t, "hostile", file+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out := map[string][]byte{}
	lines := bufio.NewScanner(in)
	for lines.Buffer(nil, 64<<20); lines.Scan(); {
		var c struct{ ID, Text, Input, String, Hex, B64, Recipe string }
		if json.Unmarshal(lines.Bytes(), &c) != nil {
			continue
		}
		var times int
		if _, err := fmt.Sscanf(c.Recipe, "%d x %q", &times, &c.Text); err == nil {
			c.Text = strings.Repeat(c.Text, times)
		}
		raw, _ := hex.DecodeString(c.Hex)
		packed, _ := base64.StdEncoding.DecodeString(c.B64)
		out[read.Clip(c.ID+c.Input, 60)] = []byte(c.Text + c.Input + c.String + string(raw) + string(packed))
	}
	if err := lines.Err(); err != nil || len(out) == 0 {
		t.Fatalf("%s: %d cases, %v", file, len(out), err)
	}
	return out
}
