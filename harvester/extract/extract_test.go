package extract

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	. "github.com/plonegov/carillon/harvester/extract/extracttest"
)

// TestMain is the child of the tests too: what a Process starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "serve-files" {
		if err := Serve(context.Background(), os.Stdin, os.Stdout, os.Args[2]); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// cache keeps PDFium's machine code between the runs of the tests.
func cache(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(os.TempDir(), fmt.Sprint("carillon-test-pdfium-", os.Getuid()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func process(t testing.TB) Process {
	return Process{Command: []string{os.Args[0], "serve-files", cache(t)}}
}

// two pages as decisions have them, in four languages.
var page1 = "Délibération n° 12 du conseil communal\nVu l'article L1122-30 du Code ; considérant la demande (reçue le 3 mai)."
var page2 = "Beschluss: Die Gebühr beträgt 12,50 € je Müllsack.\nHet tarief geldt vanaf 1 januari. The fee is due \\ owed."

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

func TestReadEachKind(t *testing.T) {
	want := federation.FileText{Pages: []string{oneLine(page1), oneLine(page2)}, Paged: true}
	for is, body := range map[kind][]byte{kindPDF: PDF(page1, page2), kindODT: ODT(page1, page2), kindDOCX: DOCX(page1, page2)} {
		t.Run(string(is), func(t *testing.T) {
			got, err := process(t).Read(t.Context(), body)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Process.Read (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, Read(t.Context(), body, cache(t))); diff != "" {
				t.Errorf("Read (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWhatIsNotSaid: what was deleted, a comment, and an older form of what is
// there already are no text of a document.
func TestWhatIsNotSaid(t *testing.T) {
	odt := ODTContent(`<text:tracked-changes><text:changed-region><text:deletion><text:p>gestrichen</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
		`<text:h>Titre<text:s text:c="2"/>un</text:h><text:p>a<office:annotation><text:p>note interne</text:p></office:annotation><text:tab/>b<text:line-break/>c</text:p>`)
	docx := DOCXContent(`<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>Un</w:t></w:r><w:del><w:r><w:delText>weg</w:delText><w:t>weg</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>deux</w:t></w:r></w:p>` +
		`<mc:AlternateContent><mc:Choice><w:r><w:t>Kasten</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Kasten</w:t></w:r></mc:Fallback></mc:AlternateContent>` +
		`<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>trois</w:t></w:r></w:p>`)
	for _, tt := range []struct {
		name string
		body []byte
		want federation.FileText
	}{
		{"odt", odt, federation.FileText{Pages: []string{"Titre un a b c"}}},
		{"docx", docx, federation.FileText{Pages: []string{"Un deux Kasten", "trois"}, Paged: true}},
	} {
		if diff := cmp.Diff(tt.want, Read(t.Context(), tt.body, "")); diff != "" {
			t.Errorf("Read of %s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestWordsOwnPages: where Word noted its pages, a break of the author's is not
// counted beside it.
func TestWordsOwnPages(t *testing.T) {
	body := DOCXContent(`<w:p><w:r><w:t>un</w:t><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>deux</w:t></w:r></w:p>`)
	want := federation.FileText{Pages: []string{"un", "deux"}, Paged: true}
	if diff := cmp.Diff(want, Read(t.Context(), body, "")); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
}

func TestReasons(t *testing.T) {
	whole := PDF(page1, page2)
	locked := Zip("mimetype", "application/vnd.oasis.opendocument.text",
		"META-INF/manifest.xml", "<manifest:encryption-data/>", "content.xml", "\x01\x02")
	deep := ODTContent(strings.Repeat("<text:p>", 2000) + "x")
	for _, tt := range []struct {
		name  string
		body  []byte
		want  federation.FileReason
		pages int
	}{
		{"nothing", nil, federation.FileUnknown, 0},
		{"a web page", []byte("<!doctype html><title>Login</title>"), federation.FileUnknown, 0},
		{"a picture", []byte("\x89PNG\r\n\x1a\n0000"), federation.FileUnknown, 0},
		{"old word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), federation.FileUnknown, 0},
		{"locked docx", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), utf16("EncryptedPackage")...), federation.FileLocked, 0},
		{"locked odt", locked, federation.FileLocked, 0},
		{"another zip", Zip("a.txt", "hello"), federation.FileUnknown, 0},
		{"a spreadsheet", Zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>"), federation.FileUnknown, 0},
		{"half a zip", ODT(page1)[:200], federation.FileDamaged, 0},
		{"cut markup", ODTContent("<text:p>ein Wort</text:p><text:p"), federation.FileDamaged, 1},
		{"deep markup", deep, federation.FileDamaged, 0},
		{"no text", PDF("", ""), federation.FileScanned, 0},
		{"no text odt", ODTContent(""), federation.FileScanned, 0},
		{"not a PDF in truth", []byte("%PDF-1.4 and no more"), federation.FileDamaged, 0},
		{"many pages", PDF(repeat("Seite", MaxPages+1)...), federation.FileLong, MaxPages},
		{"much text", ODT(repeat(strings.Repeat("mot ", 100_000), 4)...), federation.FileLong, 3},
		{"a part without end", ODTContent(strings.Repeat(" <text:p/>", maxPart/8)), federation.FileLong, 0},
		{"all is well", whole, "", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := process(t).Read(t.Context(), tt.body)
			if err != nil {
				t.Fatal(err)
			}
			if got.Reason != tt.want || len(got.Pages) != tt.pages {
				t.Errorf("Read = reason %q, %d pages; want %q, %d", got.Reason, len(got.Pages), tt.want, tt.pages)
			}
			if got.Bytes() > MaxText {
				t.Errorf("%d bytes of text were kept, more than %d", got.Bytes(), MaxText)
			}
		})
	}
}

func repeat(s string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s
	}
	return out
}

// TestDamagedPDF: a file whose table is wrong, as old programs and bad uploads
// leave it, is found again by its objects; one that breaks off before its end is
// never said to be well.
func TestDamagedPDF(t *testing.T) {
	whole := PDF(page1, page2)
	moved := bytes.Replace(whole, []byte("%PDF-1.7\n"), []byte("%PDF-1.7\n%moved by some bytes\n"), 1)
	got, err := process(t).Read(t.Context(), moved)
	if err != nil || len(got.Pages) != 2 || got.Pages[0] != oneLine(page1) {
		t.Errorf("Read of a file with a wrong table = %+v, %v; want both pages", got, err)
	}
	for _, cut := range []int{len(whole) / 4, len(whole) / 2, len(whole) * 9 / 10} {
		if got, err := process(t).Read(t.Context(), whole[:cut]); err != nil || got.Reason == "" {
			t.Errorf("Read of its first %d bytes = %+v, %v; want a reason", cut, got, err)
		}
	}
}

// TestBombs: files made to cost without end cost what a child may use, and the
// caller gets an answer.
func TestBombs(t *testing.T) {
	cyclic := PDFObjects("x")
	cyclic[1] = "<< /Type /Pages /Kids [2 0 R 2 0 R 4 0 R] /Count 1000000000 >>"
	nested := PDFObjects("x")
	nested[4] = "<< /Length 100000 >>\nstream\n" + strings.Repeat("[", 100_000) + "\nendstream"
	form := PDFObjects("x") // a form that draws itself twice, for ever
	form[3] = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >> /Contents 5 0 R >>"
	form[4] = "<< /Length 5 >>\nstream\n/X Do\nendstream"
	form = append(form, "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream")
	zeros := PDFObjects("x") // a gigabyte in a kilobyte
	twice := deflate(deflate(make([]byte, 1<<30)))
	zeros[4] = fmt.Sprintf("<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream", len(twice), twice)
	for name, objects := range map[string][]string{"pages in a circle": cyclic, "arrays in arrays": nested, "a form in itself": form, "zeros": zeros} {
		t.Run(name, func(t *testing.T) {
			p := process(t)
			p.Timeout = 20 * time.Second
			got, err := p.Read(t.Context(), Objects(objects))
			if err != nil {
				t.Fatal(err)
			}
			if got.Bytes() > MaxText || len(got.Pages) > MaxPages {
				t.Errorf("kept %d bytes on %d pages", got.Bytes(), len(got.Pages))
			}
		})
	}
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b) // a buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

// TestChildIsEnded: a child that says nothing more is ended at its deadline,
// and what it said counts.
func TestChildIsEnded(t *testing.T) {
	p := Process{Command: []string{"/bin/sh", "-c", `cat >/dev/null; echo '{"paged":true}'; echo '{"page":"eins"}'; exec sleep 600`}, Timeout: time.Second}
	got, err := p.Read(t.Context(), []byte("%PDF-"))
	want := federation.FileText{Pages: []string{"eins"}, Paged: true, Reason: federation.FileSlow}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Read = error %v (-want +got):\n%s", err, diff)
	}
}

// TestChildSaysTooMuch: the parent keeps to the bounds whatever the child says.
func TestChildSaysTooMuch(t *testing.T) {
	p := Process{Command: []string{"/bin/sh", "-c", `cat >/dev/null; while echo '{"page":"` + strings.Repeat("mot ", 1000) + `"}'; do :; done`}}
	got, err := p.Read(t.Context(), nil)
	if err != nil || got.Reason == "" || got.Bytes() > MaxText || len(got.Pages) > MaxPages {
		t.Errorf("Read = %d bytes, %d pages, reason %q, %v", got.Bytes(), len(got.Pages), got.Reason, err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := process(t).Read(ctx, PDF("x")); err == nil {
		t.Error("Read under a cancelled context = nil error")
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"reso\x02lution":         "resolution", // a word that goes on in the next line
		"Wallonie-\x02Bruxelles": "Wallonie--Bruxelles",
		"Nord\x02Pas":            "Nord-Pas",
		"eﬃcace, ofﬁce":          "efficace, office",
		"a\r\n\tb\u00a0 c":       "a b c",
		"Stra\u00adße\u200b":     "Straße",
		"e\u0301te\u0301":        "été",
		"\uf0b7 point":           "point",
		"a\x00b\xffc":            "a b c",
		"x\u202ey":               "xy",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, body := range [][]byte{ODT(page1, page2), DOCX(page1, page2), PDF(page1), []byte("%PDF-"), []byte("PK\x03\x04")} {
		f.Add(body)
	}
	for _, markup := range []string{"<text:p>x</text:p>", "<text:p><text:soft-page-break/>", "<w:p><w:t>x"} {
		f.Add([]byte(markup))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, file := range [][]byte{body, ODTContent(string(body)), DOCXContent(string(body))} {
			if is, _ := kindOf(file); is == kindPDF {
				continue // PDFium is fuzzed by those who make it; the machine around it is tested above
			}
			got := Read(t.Context(), file, "")
			if len(got.Pages) > MaxPages || got.Bytes() > MaxText {
				t.Fatalf("kept %d bytes on %d pages", got.Bytes(), len(got.Pages))
			}
			for _, p := range got.Pages {
				if !utf8.ValidString(p) || clean(p) != p {
					t.Fatalf("page %q is not clean: %q", p, clean(p))
				}
			}
		}
	})
}

// FuzzPDF asks of PDFium and of the machine around it that a child always
// leaves an answer within its bounds.
func FuzzPDF(f *testing.F) {
	f.Add(PDF(page1, page2))
	f.Add(Objects(PDFObjects("", "x")))
	f.Add([]byte("%PDF-1.7\ntrailer << /Root 1 0 R >>"))
	p := process(f)
	p.Timeout = 5 * time.Second
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := p.Read(t.Context(), append([]byte("%PDF-1.7\n"), body...))
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Pages) > MaxPages || got.Bytes() > MaxText || len(got.Pages) == 0 && got.Reason == "" {
			t.Fatalf("kept %d bytes on %d pages, reason %q", got.Bytes(), len(got.Pages), got.Reason)
		}
	})
}
