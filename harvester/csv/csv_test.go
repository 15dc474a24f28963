package csv_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/csv"
	"github.com/plonegov/carillon/harvester/formattest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func table(body string) federation.Document {
	return federation.Document{URL: address, Body: []byte(body)}
}

// TestDialects writes one table in every way and reads the same of it.
func TestDialects(t *testing.T) {
	const text = "Titre,Résumé,Tarif\n\"Fête, l'été\",Où ça ?,5 €\nÉcole,\"a \"\"b\"\" c\",\n"
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(e unicode.Endianness, mark unicode.BOMPolicy) string {
		s, err := unicode.UTF16(e, mark).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	semicolon := strings.NewReplacer("\"Fête, l'été\"", "Fête@ l'été", ",", ";").Replace(text)
	semicolon = strings.ReplaceAll(semicolon, "@", ",")
	want := formattest.Render(decode(t, table(text)))
	if strings.Count(want, "Item.OriginID:") != 2 || !strings.Contains(want, "Title: Fête, l'été") {
		t.Fatalf("Decode = %s", want)
	}
	for name, doc := range map[string]federation.Document{
		"mark":              table("\ufeff" + text),
		"CRLF":              table(strings.ReplaceAll(text, "\n", "\r\n")),
		"CR":                table(strings.ReplaceAll(text, "\n", "\r")),
		"no break at end":   table(strings.TrimSuffix(text, "\n")),
		"empty lines":       table("\n" + strings.ReplaceAll(text, "\n", "\n\n")),
		"windows-1252":      table(latin),
		"UTF-16 LE":         table(wide(unicode.LittleEndian, unicode.UseBOM)),
		"UTF-16 BE":         table(wide(unicode.BigEndian, unicode.UseBOM)),
		"UTF-16 LE no mark": table(wide(unicode.LittleEndian, unicode.IgnoreBOM)),
		"semicolon":         table(semicolon),
		"sep":               table("sep=;\r\n" + semicolon),
		"tab":               table(strings.ReplaceAll(semicolon, ";", "\t")),
		"bar":               table(strings.ReplaceAll(semicolon, ";", "|")),
		"space after comma": table(strings.ReplaceAll(text, ",\"", ", \"")),
	} {
		if diff := cmp.Diff(want, formattest.Render(decode(t, doc))); diff != "" {
			t.Errorf("%s: Decode (-want +got):\n%s", name, diff)
		}
		if got := csv.Format().Sniff(doc); got == 0 {
			t.Errorf("%s: Sniff = 0", name)
		}
	}
}

// TestBrokenQuotes holds that a quote without end costs no other row.
func TestBrokenQuotes(t *testing.T) {
	d := decode(t, table("id,titre,resume\n1,\"Sans fin,a\n2,Tuyau 5\" neuf,b\n3,\"Le \"grand\" bal\",c\n4,\"Deux\nlignes\",d\n5,Fin,e\n"))
	var got []string
	for _, it := range d.Items {
		got = append(got, fmt.Sprint(it.OriginID, " ", it.Title, " ", it.Summary))
	}
	if n := len(d.Items); n == 0 || d.Items[n-1].OriginID != "5" || d.Items[n-1].Title != "Fin" {
		t.Errorf("Decode = %q, want the last row whole", got)
	}
	all := strings.Join(got, "\n")
	for _, s := range []string{"Sans fin", "Tuyau 5", "grand", "Deux", "lignes"} {
		if !strings.Contains(all, s) {
			t.Errorf("Decode = %q, want %q in it", got, s)
		}
	}

	long := "id,titre\n" + strings.Repeat("0,avant\n", 3) + "1,\"ouvert\n" + numbered("%,suite\n", 30000)
	d = decode(t, table(long))
	if d.Listed != 30004 || len(d.Items) != 20_000-2 { // the three equal rows before are one
		t.Errorf("Decode = %d items of %d, want 19998 of 30004", len(d.Items), d.Listed)
	}
	if d.Complete {
		t.Error("Decode of more rows than are read is complete")
	}
	if s := fmt.Sprint(d.Warnings); !strings.Contains(s, "Line 5 has a quotation mark") {
		t.Errorf("warnings = %.300s, want one of line 5", s)
	}
}

func TestColumns(t *testing.T) {
	doc := table("Ref;Wat;Waar;Extra;Wat\n7;Fanfare;Zaal;meer;nog\n")
	doc.Source = federation.Source{Type: federation.EventItem, Language: "nl", Columns: map[string]string{
		"id": "ref", "title": " wat ", "place": "Waar", "lat": "Breedte", "colour": "Extra"}}
	d := decode(t, doc)
	it := d.Items[0]
	if it.OriginID != "7" || it.Title != "Fanfare" || it.Place == nil || it.Place.Name != "Zaal" || it.Type != "" {
		t.Errorf("Decode = %+v", it)
	}
	if want := "<dl><dt>Extra</dt><dd>meer</dd><dt>Wat</dt><dd>nog</dd></dl>"; it.Content.String() != want {
		t.Errorf("content = %s, want %s", it.Content, want)
	}
	for _, s := range []string{`"colour", which is no field`, `"Breedte" for lat`, `"wat" twice`} {
		if got := strings.ToLower(fmt.Sprint(d.Warnings)); !strings.Contains(got, strings.ToLower(strings.ReplaceAll(s, `"wat"`, `" wat "`))) {
			t.Errorf("warnings = %s, want %s", got, s)
		}
	}
}

func TestRecognise(t *testing.T) {
	for header, want := range map[string]string{
		"Titre,Date": "published", "Titel,Datum": "published", "Title,Published": "published",
		"Titel,Begindatum": "start", "Titel,Beginn": "start", "Titre,Date de début": "start", "Name,Start date": "start",
	} {
		it := decode(t, table(header+"\nA,2025-03-04\n")).Items[0]
		got := "none"
		switch {
		case it.Event != nil:
			got = "start"
		case !it.Published.IsZero():
			got = "published"
		}
		if got != want || it.Title != "A" {
			t.Errorf("Decode(%s) gives %q a date as %s, want %s", header, it.Title, got, want)
		}
	}
	doc := table("name_fr,name_nl,url\nAnvers,Antwerpen,https://a.example/\nLiège,,https://l.example/\n")
	doc.Source.Language = "nl"
	d := decode(t, doc)
	if d.Items[0].Title != "Antwerpen" || d.Items[1].Title != "Liège" {
		t.Errorf("titles = %q, %q, want those in the language of the source where they are", d.Items[0].Title, d.Items[1].Title)
	}
	doc = table("Titre,Date\nA,2025-03-04\n")
	doc.Source.Type = federation.EventItem
	if it := decode(t, doc).Items[0]; it.Event == nil {
		t.Error("the date of a source of events is not their start")
	}
}

func TestIdentity(t *testing.T) {
	ids := func(rows ...string) map[string]string {
		out := map[string]string{}
		for _, it := range decode(t, table("titre,debut,lien,info\n"+strings.Join(rows, "\n"))).Items {
			out[it.Title+it.Content.Text()] = it.OriginID
		}
		return out
	}
	a, b, c := "A,2025-01-01,https://v.example/a,x", "B,2025-01-01,https://v.example/,y", "C,2025-01-01,https://v.example/,z"
	d, e := "D,2025-01-01,,1", "D,2025-01-01,,2"
	before, after := ids(a, b, c, d, e), ids("N,2025-01-01,https://v.example/n,", e, d, c, b, a, a)
	if len(before) != 5 || len(after) != 6 {
		t.Fatalf("ids = %v, then %v", before, after)
	}
	seen := map[string]bool{}
	for name, id := range before {
		if after[name] != id || seen[id] {
			t.Errorf("id of %q = %q, then %q", name, id, after[name])
		}
		seen[id] = true
	}
	if before["Ainfo\nx"] != "https://v.example/a" {
		t.Errorf("ids = %v, want the address where it tells rows apart", before)
	}
}

func TestSniffAndRefuse(t *testing.T) {
	tests := []struct {
		body, contentType string
		sniff             bool
		reason            string // of Decode's error, "" = none
	}{
		{"titre,lien\na,https://a.example/\n", "", true, ""},
		{"x1,x2\nfoo,1\nbar,2\n", "", true, ""},
		{"x1,x2\nfoo,1\n", "text/csv", true, ""},
		{"titre\nA\nB\n", "text/csv", false, ""},
		{"", "text/csv", false, "empty"},
		{" \r\n ", "text/csv", false, "empty"},
		{"<!DOCTYPE html><p>a,b\nc,d", "text/csv", false, "web page"},
		{"<?xml version=\"1.0\"?><rss/>", "", false, "XML"},
		{"{\"a\":1,\n\"b\":2}", "text/csv", false, "JSON"},
		{"[1,2]\n[3,4]", "", false, "JSON"},
		{"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "", false, "not a table"},
		{"PK\x03\x04\x14\x00\x06\x00", "text/csv", false, "spreadsheet"},
		{"User-agent: *\nDisallow: /a\nDisallow: /b\n", "", false, "not a table"},
		{"Un texte, avec des virgules.\nEt une deuxième ligne.\nEt encore, une, autre, ligne.\n", "", false, ""},
		{"12,5\n13,6\n14,7\n", "", false, ""},
	}
	for _, test := range tests {
		doc := federation.Document{Body: []byte(test.body), ContentType: test.contentType}
		if got := csv.Format().Sniff(doc); got > 0 != test.sniff || got > 100 {
			t.Errorf("Sniff(%q) = %d, want above 0: %v", test.body, got, test.sniff)
		}
		_, err := csv.Format().Decode(doc)
		if test.reason == "" && err != nil || test.reason != "" && (err == nil || !strings.Contains(err.Error(), test.reason)) {
			t.Errorf("Decode(%q) = %v, want an error with %q", test.body, err, test.reason)
		}
	}
}

func numbered(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(pattern, "%", fmt.Sprint(i)))
	}
	return b.String()
}

func check(t *testing.T, name string, body []byte) (federation.Decoded, error) {
	t.Helper()
	return formattest.Check(t, csv.Format(), corpus, name, body)
}
