package harvester

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

// textReader reads files whose pages are parted by bars; "!reason" on the last
// page is why there is no more.
type textReader struct{ read int }

func (r *textReader) Read(_ context.Context, body []byte) (federation.FileText, error) {
	r.read++
	if string(body) == "fault" {
		return federation.FileText{}, errors.New("no child can be started")
	}
	pages, reason, _ := strings.Cut(string(body), "!")
	if pages == "" {
		return federation.FileText{Reason: federation.FileReason(reason)}, nil
	}
	return federation.FileText{Pages: strings.Split(pages, "|"), Paged: true, Reason: federation.FileReason(reason)}, nil
}

// filesHub is a hub with one source, whose items link files.
type filesHub struct {
	*testHub
	files  *Files
	reader *textReader
	src    federation.Source
}

func newFilesHub(t *testing.T) *filesHub {
	w := newTestHub(t, storetest.Twice(storetest.NewMem()))
	reader := &textReader{}
	src := w.source(federation.Source{Member: "alba", Slug: "actes", URL: w.real("http://alba.example/list")})
	return &filesHub{testHub: w, files: w.Files(reader), reader: reader, src: src}
}

// decision saves the next version of an item that links the files.
func (w *filesHub) decision(origin string, version int, urls ...string) federation.Item {
	w.t.Helper()
	it := federation.Item{ID: federation.NewItemID(w.src.Name(), origin), Member: "alba", Source: w.src.Name(), OriginID: origin,
		Type: federation.Decision, Title: fmt.Sprint("Acte ", origin, " ", version), FirstSeen: noon, Version: version}
	for _, u := range urls {
		it.Attachments = append(it.Attachments, federation.Attachment{URL: w.real(u), Type: "application/pdf"})
	}
	if err := w.store.InTx(w.t.Context(), func(tx federation.Tx) error { return tx.SaveItem(w.t.Context(), it, w.time()) }); err != nil {
		w.t.Fatal(err)
	}
	return it
}

// work meets what was saved and gives turns until nothing is due, and tells the
// requests.
func (w *filesHub) work() []string {
	w.t.Helper()
	ctx := w.t.Context()
	if _, err := w.files.follower(w.store).Drain(ctx); err != nil {
		w.t.Fatal(err)
	}
	for {
		worked, err := w.files.turn(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if !worked {
			return w.look()
		}
	}
}

func (w *filesHub) text(it federation.Item) string {
	w.t.Helper()
	list, err := w.store.ItemFiles(w.t.Context(), []string{it.ID})
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, f := range list {
		out = append(out, strings.Join(f.Pages, "|"))
	}
	return strings.Join(out, " + ")
}

func (w *filesHub) reasons() map[federation.FileReason]int {
	w.t.Helper()
	c, err := w.store.FileCounts(w.t.Context(), w.src.Name())
	if err != nil {
		w.t.Fatal(err)
	}
	return c.Reasons
}

func (w *filesHub) wants(what string, got, want any) {
	w.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestFilesAreReadAndAskedForAgain(t *testing.T) {
	w := newFilesHub(t)
	w.answer("http://alba.example/a.pdf", "HTTP/1.1 200 OK\nETag: \"1\"\n\nun|deux")
	it := w.decision("1", 1, "http://alba.example/a.pdf")
	w.wants("requests", w.work(), "[/a.pdf /robots.txt]")
	w.wants("text", w.text(it), "un|deux")
	w.pass(time.Hour)
	w.wants("requests an hour later", w.work(), "[]")

	w.answer("http://alba.example/a.pdf", "HTTP/1.1 304 Not Modified\n\n")
	w.pass(8 * 24 * time.Hour)
	w.wants("requests after a week", w.work(), `[/a.pdf If-None-Match: "1" /robots.txt]`)
	w.wants("text", w.text(it), "un|deux")
	w.pass(8 * 24 * time.Hour)
	w.wants("requests after another week", w.work(), "[]")

	w.answer("http://alba.example/a.pdf", "HTTP/1.1 200 OK\nETag: \"2\"\n\nun|trois")
	w.decision("1", 2, "http://alba.example/a.pdf")
	w.wants("requests once the item changed", w.work(), `[/a.pdf If-None-Match: "1" /robots.txt]`)
	w.wants("text", w.text(it), "un|trois")
	w.wants("times that a file was read", w.reader.read, 2)
}

// TestFilesThatChangeAllTheTime: an item saved again and again has its file
// asked for once an hour at most.
func TestFilesThatChangeAllTheTime(t *testing.T) {
	w := newFilesHub(t)
	for n := 1; n <= 12; n++ {
		w.ok("http://alba.example/a.pdf", fmt.Sprint("Fassung ", n))
		w.decision("1", n, "http://alba.example/a.pdf")
		w.work()
		w.pass(10 * time.Minute)
	}
	if w.reader.read > 3 {
		t.Errorf("a file was read %d times in two hours, want at most 3", w.reader.read)
	}
}

func TestFilesComeAndGoWithWhatLinksThem(t *testing.T) {
	w := newFilesHub(t)
	w.ok("http://alba.example/a.pdf", "eins")
	w.ok("http://alba.example/b.pdf", "zwei")
	it := w.decision("1", 1, "http://alba.example/a.pdf")
	other := w.decision("2", 1, "http://alba.example/a.pdf")
	w.work()
	w.decision("1", 2, "http://alba.example/b.pdf")
	w.work()
	w.wants("text after the address changed", w.text(it), "zwei")
	w.wants("text of the other item", w.text(other), "eins")
	err := w.store.InTx(t.Context(), func(tx federation.Tx) error { return tx.WithdrawItem(t.Context(), it.ID, "", w.time()) })
	if err != nil {
		t.Fatal(err)
	}
	w.work()
	w.wants("text of a withdrawn item", w.text(it), "")
	w.decision("1", 3, "http://alba.example/b.pdf")
	w.work()
	w.wants("text of an item that came back", w.text(it), "zwei")
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		answer string
		want   federation.FileReason
	}{
		{"HTTP/1.1 404 Not Found\n\n", federation.FileMissing},
		{"HTTP/1.1 410 Gone\n\n", federation.FileMissing},
		{"HTTP/1.1 500 Internal Server Error\n\n", federation.FileFailed},
		{"HTTP/1.1 200 OK\nX-Robots-Tag: noindex\n\neins", federation.FileForbidden},
		{"HTTP/1.1 200 OK\n\n" + strings.Repeat("mot ", maxFileBody/4+1), federation.FileLarge},
		{"HTTP/1.1 302 Found\nLocation: http://10.0.0.1/secret.pdf\n\n", federation.FileFailed},
		{"HTTP/1.1 200 OK\n\n!locked", federation.FileLocked},
		{"HTTP/1.1 200 OK\n\neins!damaged", federation.FileDamaged},
		{"HTTP/1.1 200 OK\n\nfault", federation.FileFailed},
	} {
		w := newFilesHub(t)
		w.answer("http://alba.example/a.pdf", tt.answer)
		w.decision("1", 1, "http://alba.example/a.pdf")
		w.work()
		w.wants(tt.answer[:min(len(tt.answer), 60)], w.reasons(), map[federation.FileReason]int{tt.want: 1})
	}
}

// TestFilesKeepTheirText: a site that is down does not take away what is found;
// one that says no does.
func TestFilesKeepTheirText(t *testing.T) {
	w := newFilesHub(t)
	w.ok("http://alba.example/a.pdf", "eins")
	it := w.decision("1", 1, "http://alba.example/a.pdf")
	w.work()
	for _, step := range []struct {
		answer, want string
	}{
		{"HTTP/1.1 503 Service Unavailable\n\n", "eins"},
		{"HTTP/1.1 404 Not Found\n\n", "eins"},
		{"HTTP/1.1 200 OK\nX-Robots-Tag: none\n\neins", ""},
		{"HTTP/1.1 200 OK\n\neins", "eins"},
		{"HTTP/1.1 410 Gone\n\n", ""},
	} {
		w.answer("http://alba.example/a.pdf", step.answer)
		w.pass(120 * 24 * time.Hour)
		w.work()
		w.wants("text after "+step.answer, w.text(it), step.want)
	}
}

func TestFilesHonourRobotsAndRest(t *testing.T) {
	w := newFilesHub(t)
	w.ok("http://alba.example/robots.txt", "User-agent: *\nDisallow: /geheim/\n")
	w.ok("http://alba.example/geheim/a.pdf", "eins")
	w.answer("http://alba.example/b.pdf", "HTTP/1.1 429 Too Many Requests\nRetry-After: 7200\n\n")
	w.ok("http://alba.example/c.pdf", "drei")
	w.decision("1", 1, "http://alba.example/geheim/a.pdf", "http://alba.example/b.pdf", "http://alba.example/c.pdf")
	w.wants("requests", w.work(), "[/b.pdf /robots.txt]")
	w.pass(time.Hour)
	w.wants("requests while the host wants its rest", w.work(), "[]")
	w.pass(2 * time.Hour)
	w.ok("http://alba.example/b.pdf", "zwei")
	got := w.work()
	if slices.Contains(got, "/geheim/a.pdf") || !slices.Contains(got, "/c.pdf") {
		t.Errorf("requests after the rest = %v, want /c.pdf and never /geheim/a.pdf", got)
	}
}

// TestFilesHaveTurns: a source with many files does not hold up another's, and
// is done in the end.
func TestFilesHaveTurns(t *testing.T) {
	w := newFilesHub(t)
	for n := range 45 {
		url := fmt.Sprintf("http://alba.example/%d.pdf", n)
		w.ok(url, "Blatt")
		w.decision(fmt.Sprint(n), 1, url)
	}
	w.wants("files in the first turn", len(w.work())-1, filesATurn)
	for range 2 {
		w.pass(2 * turnPause)
		w.work()
	}
	counts, err := w.store.FileCounts(t.Context(), w.src.Name())
	if err != nil || counts.Files != 45 || counts.Waiting != 0 {
		t.Errorf("FileCounts = %+v, %v; want 45, none waiting", counts, err)
	}
}

func TestFilesOfOneItemAreBounded(t *testing.T) {
	w := newFilesHub(t)
	var urls []string
	for n := range 30 {
		urls = append(urls, fmt.Sprintf("http://alba.example/%d.pdf", n))
		w.ok(urls[n], "Blatt")
	}
	w.decision("1", 1, urls...)
	w.work()
	w.wants("times that a file was read", w.reader.read, 10)
	w.wants("reasons", w.reasons(), map[federation.FileReason]int{federation.FileTooMany: 1})
	w.decision("1", 2, urls[:2]...)
	w.work()
	w.wants("reasons once it links two", w.reasons(), map[federation.FileReason]int{})
}

// TestFilesOfGrantedTypesAlone: what other items link is not fetched, nor what
// is no PDF, ODT or DOCX by its own word.
func TestFilesOfGrantedTypesAlone(t *testing.T) {
	file := func(url, media, title string) federation.Attachment {
		return federation.Attachment{URL: url, Type: media, Title: title}
	}
	for _, tt := range []struct {
		kind federation.ItemType
		a    federation.Attachment
		want bool
	}{
		{federation.Decision, file("https://a.example/x", "application/pdf", ""), true},
		{federation.Notice, file("https://a.example/X.PDF?v=2", "", ""), true},
		{federation.DocumentItem, file("https://a.example/x.docx", "application/octet-stream", ""), true},
		{federation.Decision, file("https://a.example/@@download/file", "", "Beschluss.odt"), true},
		{federation.Decision, file("https://a.example/x", "application/pdf; charset=binary", ""), true},
		{federation.Decision, file("https://a.example/x.pdf", "text/html", ""), false},
		{federation.Decision, file("https://a.example/x.jpg", "", ""), false},
		{federation.Decision, file("https://a.example/x", "", ""), false},
		{federation.Decision, file("ftp://a.example/x.pdf", "", ""), false},
		{federation.News, file("https://a.example/x.pdf", "application/pdf", ""), false},
		{federation.Decision, federation.Attachment{URL: "https://a.example/x.pdf", Role: federation.RoleImage}, false},
	} {
		urls, _ := federation.Item{Type: tt.kind, Attachments: []federation.Attachment{tt.a}}.ReadableFiles()
		if got := len(urls) == 1; got != tt.want {
			t.Errorf("ReadableFiles(%s, %+v) = %v, want %v", tt.kind, tt.a, got, tt.want)
		}
	}
}
