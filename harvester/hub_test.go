package harvester

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// testHub is a hub that harvests made-up sites on loopback, through the guarded
// client, with a clock of its own.
type testHub struct {
	t     *testing.T
	store federation.Store
	*Harvester

	mu      sync.Mutex
	clock   time.Time
	hosts   map[string]string // name to address
	answers map[string]string // address to raw response
	asked   []string          // requests since the last look, with their validators
}

func newTestHub(t *testing.T, store federation.Store) *testHub {
	t.Helper()
	client := safehttp.New(safehttp.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, HeaderTimeout: 5 * time.Second})
	t.Cleanup(client.Close)
	w := &testHub{t: t, store: store, clock: noon, hosts: map[string]string{}, answers: map[string]string{}}
	w.Harvester = New(slog.New(slog.NewTextHandler(t.Output(), nil)), store, client, []federation.Format{linesFormat()})
	w.now = w.time
	return w
}

func (w *testHub) time() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

func (w *testHub) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock = w.clock.Add(d)
}

// real puts the addresses of made-up hosts, *.example, into a text. A host
// that is new gets a server of its own.
func (w *testHub) real(text string) string {
	if w.hosts == nil { // a hub without sites of its own
		return text
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/ \"\n<>,", r) }) {
		if strings.HasSuffix(word, ".example") && w.hosts[word] == "" {
			w.hosts[word] = w.listen()
		}
	}
	for name, address := range w.hosts {
		text = strings.ReplaceAll(text, "//"+name, "//"+address)
	}
	return text
}

// answer sets the raw response of an address from now on. Lines of the header
// may end in LF alone; without Content-Length the body ends with the
// connection.
func (w *testHub) answer(url, raw string) {
	head, body, _ := strings.Cut(raw, "\n\n")
	if strings.TrimSpace(body) == "" {
		body = ""
	}
	url, raw = w.real(url), strings.ReplaceAll(w.real(head), "\n", "\r\n")+"\r\n\r\n"+w.real(body)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[url] = raw
}

// ok answers with a document.
func (w *testHub) ok(url, body string) { w.answer(url, "HTTP/1.1 200 OK\n\n"+body) }

func (w *testHub) listen() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go w.serve(conn)
		}
	}()
	return l.Addr().String()
}

func (w *testHub) serve(conn net.Conn) {
	defer conn.Close()
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	url := "http://" + r.Host + r.URL.RequestURI()
	told := r.URL.Path
	for _, name := range []string{"If-None-Match", "If-Modified-Since"} {
		if v := r.Header.Get(name); v != "" {
			told += " " + name + ": " + v
		}
	}
	w.mu.Lock()
	raw, known := w.answers[url]
	w.asked = append(w.asked, told)
	w.mu.Unlock()
	if !known {
		raw = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
	}
	conn.Write([]byte(raw))
}

// look returns the requests since the last look.
func (w *testHub) look() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.asked
	w.asked = nil
	slices.Sort(asked)
	return asked
}

// source saves a source, and its member where it is new.
func (w *testHub) source(s federation.Source) federation.Source {
	w.t.Helper()
	s.URL = w.real(s.URL)
	err := w.store.InTx(w.t.Context(), func(tx federation.Tx) error {
		m := federation.Member{Slug: s.Member, Kind: federation.KindCommune, Name: federation.Text{"fr": s.Member}}
		if _, err := federation.Save(w.t.Context(), tx, m); err != nil {
			return err
		}
		_, err := federation.Save(w.t.Context(), tx, s)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// harvest harvests sources and returns their outcomes by name.
func (w *testHub) harvestAll(force bool, sources ...federation.Source) map[string]Outcome {
	w.t.Helper()
	out := map[string]Outcome{}
	sum, err := w.Harvest(w.t.Context(), sources, Options{Force: force, Progress: func(o Outcome) { out[o.Source] = o }})
	if err != nil || sum.Sources != len(sources) || len(out) != len(sources) {
		w.t.Fatalf("Harvest = %+v, %v with %d outcomes, want %d sources", sum, err, len(out), len(sources))
	}
	return out
}

// one harvests one source.
func (w *testHub) one(src federation.Source) Outcome {
	w.t.Helper()
	return w.harvestAll(false, src)[src.Name()]
}

func (w *testHub) state(src federation.Source) federation.SourceState {
	w.t.Helper()
	s, err := federation.StateOf(w.t.Context(), w.store, src.Name())
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// items are the live items, told in a line each.
func (w *testHub) items() []string {
	w.t.Helper()
	var out []string
	_, err := w.store.EachItem(w.t.Context(), federation.Part{}, func(it federation.Item) error {
		out = append(out, fmt.Sprintf("%s %s v%d %s", it.Source, it.OriginID, it.Version, it.Title))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// changes are the rows of the log that concern items, after the cursor.
func (w *testHub) changes(after *federation.Cursor) []federation.Change {
	w.t.Helper()
	var out []federation.Change
	for {
		batch, err := w.store.Changes(context.WithoutCancel(w.t.Context()), *after, 1000)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(batch) == 0 {
			return out
		}
		for _, c := range batch {
			if *after = federation.Cursor(c.Seq); c.Kind == federation.ItemSaved || c.Kind == federation.ItemWithdrawn {
				out = append(out, c)
			}
		}
	}
}
