package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/csv"
	"github.com/plonegov/carillon/harvester/formattest"
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

// TestHostileTexts puts each text into a table, as title and as another cell.
func TestHostileTexts(t *testing.T) {
	for _, name := range []string{"text/naughty-strings", "text/utf8-cases", "xss/dompurify"} {
		for _, text := range formattest.Cases(t, name) {
			hostileCell(t, read.Legal(strings.ToValidUTF8(string(text), "\ufffd")))
		}
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

// large are tables with which careless work would not be linear.
func large() map[string]string {
	const limit = 4 << 20
	rep := strings.Repeat
	return map[string]string{
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
	}
}
