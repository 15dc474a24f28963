package csv_test

import (
	"bufio"
	"bytes"
	stdcsv "encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/harvester/csv"
	"github.com/plonegov/carillon/harvester/read"
)

// TestSharedTables reads the tables of communes and looks for each cell of them
// in the item of its row.
func TestSharedTables(t *testing.T) {
	for _, test := range []struct {
		name, lang string
		title      int // column
	}{{"be-communes.csv", "fr", 1}, {"be-communes.csv", "nl", 2}, {"be-postal-localities.csv", "fr", 1}} {
		body, err := os.ReadFile(shareddata.Dir(t, "communes", test.name))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := stdcsv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		doc := federation.Document{URL: address, Body: body, Name: test.name, Source: federation.Source{Language: test.lang}}
		if got := csv.Format().Sniff(doc); got < 60 {
			t.Errorf("%s: Sniff = %d", test.name, got)
		}
		d := decode(t, doc)
		if len(d.Items) != len(rows)-1 || d.Listed != len(rows)-1 || !d.Complete || len(d.Warnings) > 0 {
			t.Fatalf("%s: %d items of %d, complete %v, warnings %q, want %d", test.name, len(d.Items), d.Listed, d.Complete, d.Warnings, len(rows)-1)
		}
		for i, it := range d.Items {
			row := rows[i+1]
			if it.Title != row[test.title] {
				t.Errorf("%s: title of line %d = %q, want %q", test.name, i+2, it.Title, row[test.title])
			}
			holdsRow(t, it, rows[0], row)
		}
	}
}

// holdsRow looks for each cell, where a reader would find it.
func holdsRow(t *testing.T, it federation.Item, header, row []string) {
	t.Helper()
	text := it.Title + "\n" + it.Content.Text() + "\n" + it.Language
	if it.Place != nil {
		text += "\n" + it.Place.Address + "\n" + it.Place.PostalCode
	}
	for i, cell := range row {
		if header[i] == "lat" || header[i] == "lon" {
			continue
		}
		if !strings.Contains(text, cell) {
			t.Errorf("%s: the cell %q under %s is lost in %q", it.OriginID, cell, header[i], text)
		}
	}
	if it.Point() == nil {
		t.Errorf("%s: no point", it.OriginID)
	}
}

// TestForeignFiles: no file of another kind is claimed.
func TestForeignFiles(t *testing.T) {
	claimed := 0
	err := filepath.WalkDir(shareddata.Dir(t), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		body = body[:min(len(body), 1<<20)]
		check(t, path, body)
		if csv.Format().Sniff(federation.Document{Body: body}) == 0 {
			return nil
		}
		claimed++
		if name := filepath.Base(path); !strings.HasSuffix(name, ".csv") && !strings.HasSuffix(name, ".tsv") {
			t.Errorf("Sniff(%s) claims it", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files claimed", claimed)
}

// TestHostileTexts puts each text into a table, as title and as another cell.
func TestHostileTexts(t *testing.T) {
	for _, name := range []string{"text/naughty-strings", "text/utf8-cases", "xss/dompurify"} {
		f, err := os.Open(shareddata.Dir(t, "hostile", name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		cases := 0
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var c struct{ Input, Hex string }
			if json.Unmarshal(lines.Bytes(), &c) != nil {
				continue
			}
			raw, _ := hex.DecodeString(c.Hex)
			hostileCell(t, read.Legal(strings.ToValidUTF8(c.Input+string(raw), "\ufffd")))
			cases++
		}
		if cases == 0 {
			t.Errorf("%s: no case read", name)
		}
		f.Close()
	}
}

func hostileCell(t *testing.T, text string) {
	t.Helper()
	cell := `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	d, err := check(t, text, []byte("id,titre,info\n1,"+cell+",x\n2,y,"+cell+"\n3,whole,é\n"))
	if err != nil || len(d.Items) != 3 || d.Items[2].Title != "whole" {
		t.Fatalf("Decode with %q = %d items, %v", text, len(d.Items), err)
	}
	if want := markup.Text(text); want != "" && strings.ToValidUTF8(text, "") == text && d.Items[0].Title != want {
		t.Errorf("title = %q, want %q", d.Items[0].Title, want)
	}
}

// TestBigTables: work is linear in the document, see feed.TestBigInputs.
func TestBigTables(t *testing.T) {
	const limit = 4 << 20
	rep := strings.Repeat
	for name, text := range map[string]string{
		"quotes open":      "titre,x\n" + rep("\"a\n", limit/3),
		"quotes":           rep(`"`, limit),
		"quote and rows":   "titre,x\n\"" + rep("a,b\n", limit/4),
		"commas":           "titre,x\n" + rep(",", limit-10),
		"wide rows":        "titre,x\n" + rep(rep("a,", 2000)+"\n", 200),
		"wide header":      rep("titre,", limit/6) + "\n" + rep("a,", 1000),
		"one cell":         "titre,x\n" + rep("a", limit-10),
		"lines":            rep("\n", limit),
		"short rows":       "titre,x\n" + rep("a\n", limit/2),
		"rows of quotes":   "titre,x\n" + rep("\"\"\"\",\"\n\"\n", limit/10),
		"open quotes":      "titre,x\n" + rep("b,\"a\"c\n", limit/8),
		"same id":          "id,x\n" + rep("1,2\n", limit/4),
		"html":             "titre,content\n1,\"" + rep("<div>", 100000) + "\"\n",
		"list of adresses": "titre,image\n1," + rep("https://a.example/|", 100000) + "\n",
	} {
		body := []byte(text)
		before := worktest.CPU(t)
		d, err := check(t, name, body[:min(len(body), limit)])
		took := worktest.CPU(t) - before
		t.Logf("%s: %d items of %d in %v of CPU, %v", name, len(d.Items), d.Listed, took, err)
		if took > 10*time.Second { // a guard against work that is not linear: it is half a second
			t.Errorf("%s: took %v", name, took)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"id;titre;date\n1;\"a\nb\";2025-01-01\n2;c\n", "sep=|\na|b\n1|2|3\n", "\xff\xfet\x00i\x00t\x00", "titre,lat,lon\n\"x,1,2\n",
		"Titel\tOrt\tPLZ\nx\ty\t1234\n", "title,content,image\na,<p>b,https://x/|y\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		check(t, "fuzz", body[:min(len(body), 64<<10)])
	})
}
