package formattest

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
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

// hostile reads the hostile documents and texts of the shared data, whatever
// their format is, and as the title of an item.
func hostile(t *testing.T, f federation.Format, c Corpus) {
	for _, file := range []string{"xml/entity-attacks", "json/jsontestsuite", "text/naughty-strings", "text/utf8-cases", "xss/dompurify"} {
		for name, body := range Cases(t, file) {
			Check(t, f, c, file+" "+name, body)
			Check(t, f, c, file+" "+name+" as a title", []byte(c.Small(string(body))))
		}
	}
	for name, body := range map[string]string{
		"brackets": strings.Repeat("[", 100_000), "objects": strings.Repeat(`{"a":`, 50_000), "elements": strings.Repeat("<a>", 100_000),
		"attributes": "<a " + strings.Repeat("b='c' ", 100_000) + ">", "quotes": strings.Repeat(`"`, 500_000), "comments": strings.Repeat("<!--", 100_000),
		"zeros": strings.Repeat("\x00", 100_000), "line breaks": strings.Repeat("\n", 1_000_000), "long title": c.Small(strings.Repeat("é", 400_000)),
	} {
		Check(t, f, c, name, []byte(body))
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
		var c struct{ ID, Text, Input, Hex, B64 string }
		if json.Unmarshal(lines.Bytes(), &c) != nil {
			continue
		}
		raw, _ := hex.DecodeString(c.Hex)
		packed, _ := base64.StdEncoding.DecodeString(c.B64)
		out[read.Clip(c.ID+c.Input, 60)] = []byte(c.Text + c.Input + string(raw) + string(packed))
	}
	if err := lines.Err(); err != nil || len(out) == 0 {
		t.Fatalf("%s: %d cases, %v", file, len(out), err)
	}
	return out
}
