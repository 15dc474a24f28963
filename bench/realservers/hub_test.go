//go:build realservers

package realservers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
)

// binary builds the command as users run it, once a test.
func binary(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "carillon")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", out, "github.com/plonegov/carillon/cmd/carillon")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, text)
	}
	return out
}

// hub is a data folder and the command that works on it.
type hub struct{ bin, data string }

// newHub applies a region of one member with these sources, given as YAML.
func newHub(t *testing.T, sources string) *hub {
	t.Helper()
	h := &hub{bin: binary(t), data: t.TempDir()}
	region := filepath.Join(h.data, "region.yaml")
	text := "members:\n  - slug: ville\n    kind: commune\n    name: Ville\n    url: https://ville.example\n    languages: [fr]\n    sources:\n" + sources
	if err := os.WriteFile(region, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run(t, "apply", "--data="+h.data, region)
	return h
}

func (h *hub) run(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), h.bin, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	// A harvest in which all failed ends with an error; its JSON says more.
	if err != nil && stdout.Len() == 0 {
		t.Fatalf("carillon %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return stdout.String()
}

// outcome is what `harvest --json` says of a source.
type outcome struct {
	Source, Result                 string
	Items, New, Changed, Withdrawn int
	Failure                        json.RawMessage
	Warnings                       []string
}

// harvest reads one source and compares what came of it with want: result,
// items held, new, changed, withdrawn.
func (h *hub) harvest(t *testing.T, step, source, want string, flags ...string) {
	t.Helper()
	args := append([]string{"harvest", "--json", "--allow-private=127.0.0.1/32", "--data=" + h.data}, flags...)
	line, _, _ := strings.Cut(h.run(t, append(args, "ville/"+source)...), "\n")
	var o outcome
	if err := json.Unmarshal([]byte(line), &o); err != nil {
		t.Fatalf("%s: harvest %s: %v in %s", step, source, err, line)
	}
	got := fmt.Sprintf("%s %d, %d new, %d changed, %d withdrawn", o.Result, o.Items, o.New, o.Changed, o.Withdrawn)
	if got != want {
		t.Errorf("%s: harvest %s = %s, want %s\n%s", step, source, got, want, line)
	}
	t.Logf("%s: %s: %s", step, source, got)
	for _, w := range o.Warnings {
		t.Logf("%s: %s: warning: %s", step, source, w)
	}
}

// items are the live items of a source, by title.
func (h *hub) items(t *testing.T, source string) map[string]federation.Item {
	t.Helper()
	store, err := sqlite.Open(context.Background(), slog.New(slog.DiscardHandler), filepath.Join(h.data, "carillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	items := map[string]federation.Item{}
	if _, err := store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		if it.Source == "ville/"+source {
			items[it.Title] = it
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return items
}

// site is a running server: editors write at its own address, the hub reads
// at that of a proxy before it, which notes the answers and can be down.
type site struct {
	base     *url.URL // without the editor's name and password
	user     *url.Userinfo
	front    string
	down     atomic.Bool
	mu       sync.Mutex
	statuses []int
}

// newSite takes the address of a server from the environment.
func newSite(t *testing.T, variable, script string) *site {
	t.Helper()
	address := os.Getenv(variable)
	if address == "" {
		t.Skipf("%s is not set: run `%s start` and set it to the address printed, or `make realservers`", variable, script)
	}
	u, err := url.Parse(address)
	if err != nil || u.User == nil || net.ParseIP(u.Hostname()) == nil || !net.ParseIP(u.Hostname()).IsLoopback() {
		t.Fatalf("%s must be http://user:password@127.0.0.1:port…, what %s prints", variable, script)
	}
	s := &site{user: u.User, base: &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, "/")}}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = s.base.Scheme, s.base.Host // and the Host header as it came
		},
		ModifyResponse: func(r *http.Response) error { s.note(r.StatusCode); return nil },
	}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.down.Load() {
			panic(http.ErrAbortHandler) // the connection breaks
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	s.front = front.URL + s.base.Path
	return s
}

func (s *site) note(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statuses = append(s.statuses, status)
}

// answered is how often the hub got status since the last call.
func (s *site) answered(status int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, got := range s.statuses {
		if got == status {
			n++
		}
	}
	s.statuses = nil
	return n
}

// edit sends an editor's request and reads the JSON of the answer.
func (s *site) edit(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, s.base.String()+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	password, _ := s.user.Password()
	r.SetBasicAuth(s.user.Username(), password)
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var out map[string]any
	err = json.NewDecoder(answer.Body).Decode(&out)
	if answer.StatusCode >= 300 || err != nil && answer.StatusCode != http.StatusNoContent {
		t.Fatalf("%s %s = %s (%v) %v", method, path, answer.Status, err, out)
	}
	return out
}

// list reads the ids of a list of WordPress's API.
func (s *site) list(t *testing.T, path string) []int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base.String()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := s.user.Password()
	r.SetBasicAuth(s.user.Username(), password)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var rows []struct{ ID int }
	if err := json.NewDecoder(answer.Body).Decode(&rows); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %s, %v", path, answer.Status, err)
	}
	ids := make([]int, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}
