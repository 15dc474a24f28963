package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

// source is the one that a set is harvested from.
const source = "set/docs"

// build makes the command of this tree.
func build(ctx context.Context, dir string) (string, error) {
	carillon := filepath.Join(dir, "carillon")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", carillon, "github.com/plonegov/carillon/cmd/carillon")
	cmd.Env, cmd.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	return carillon, cmd.Run()
}

// harvest brings a set into a new data folder as a member would: a feed that
// the command harvests and indexes.
func harvest(ctx context.Context, carillon, dir string, s set) (data string, err error) {
	feed := map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": s.name, "language": s.lang}
	items := make([]map[string]string, len(s.docs))
	for i, d := range s.docs {
		items[i] = map[string]string{"id": d.ID, "url": "https://set.example/" + url.PathEscape(d.ID), "title": d.Title,
			"content_html": "<p>" + html.EscapeString(d.Text) + "</p>", "date_published": "2026-01-15T09:00:00Z"}
	}
	feed["items"] = items
	body, err := json.Marshal(feed)
	if err != nil {
		return "", err
	}
	file, region := filepath.Join(dir, s.name+".json"), filepath.Join(dir, s.name+".yaml")
	yaml := fmt.Sprintf("members:\n  - {slug: set, kind: agency, name: Set, languages: [%s], sources: [{slug: docs, url: %q, format: feed, type: document, language: %s}]}\n",
		s.lang, "file:"+file, s.lang)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		return "", err
	}
	if err := os.WriteFile(region, []byte(yaml), 0o600); err != nil {
		return "", err
	}
	data = filepath.Join(dir, s.name+".data")
	for _, args := range [][]string{{"apply", region}, {"harvest"}} {
		cmd := exec.CommandContext(ctx, carillon, append(args, "--data", data)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("carillon %s: %w: %s", args[0], err, out)
		}
	}
	return data, nil
}

// direct asks the service in this process, without HTTP.
type direct struct {
	store   *sqlite.Store
	service *search.Service
}

func openDirect(ctx context.Context, data string, docs int) (*direct, error) {
	log := slog.New(slog.DiscardHandler)
	store, err := sqlite.Open(ctx, log, filepath.Join(data, "carillon.db"))
	if err != nil {
		return nil, err
	}
	d := &direct{store: store}
	catalogue, err := federation.NewCatalogues(ctx, store)
	if err != nil {
		return nil, d.fail(err)
	}
	index, err := local.New(log, "")
	if err != nil {
		return nil, d.fail(err)
	}
	if err := search.NewIndexer(log, index, store, catalogue).Rebuild(ctx); err != nil {
		return nil, d.fail(err)
	}
	d.service = search.NewService(log, index, &federation.Reader{Held: store}, catalogue)
	all, err := d.service.Search(ctx, search.Request{})
	if err == nil && all.Total != docs {
		err = fmt.Errorf("%d of %d documents are in the index", all.Total, docs)
	}
	if err != nil {
		return nil, d.fail(err)
	}
	return d, nil
}

func (d *direct) fail(err error) error {
	_ = d.store.Close() // the first error tells more
	return err
}

func (d *direct) close() { _ = d.store.Close() } // it was only read

func (d *direct) ask(ctx context.Context, words string) ([]string, error) {
	a, err := d.service.Search(ctx, search.Request{Select: federation.Selection{Words: words, Limit: depth}})
	ids := make([]string, len(a.Items))
	for i, f := range a.Items {
		ids[i] = f.ID
	}
	return ids, err
}

// hub asks `carillon serve` over HTTP, as a site would.
type hub struct {
	cmd  *exec.Cmd
	addr string
}

func openHub(ctx context.Context, carillon, data string, docs int) (*hub, error) {
	h := &hub{cmd: exec.CommandContext(ctx, carillon, "serve", "--roles", "web", "--data", data, "--listen", "127.0.0.1:0")}
	h.cmd.Stderr = os.Stderr
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := h.cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, addr, ok := strings.Cut(lines.Text(), "http://"); ok {
			h.addr, _, _ = strings.Cut(addr, " ")
			go func() { _, _ = io.Copy(io.Discard, out) }() // what it says later must not stop it
			break
		}
	}
	if h.addr == "" {
		h.close()
		return nil, fmt.Errorf("%s serve did not say where it is", carillon)
	}
	total, _, err := h.search(ctx, "")
	if err == nil && total != docs {
		err = fmt.Errorf("%d of %d documents are in the index", total, docs)
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func (h *hub) close() {
	_ = h.cmd.Process.Signal(os.Interrupt) // it may have ended by itself
	_ = h.cmd.Wait()
}

func (h *hub) ask(ctx context.Context, words string) ([]string, error) {
	_, ids, err := h.search(ctx, words)
	return ids, err
}

func (h *hub) search(ctx context.Context, words string) (total int, ids []string, err error) {
	address := fmt.Sprintf("http://%s/api/v1/search?limit=%d", h.addr, depth)
	if words != "" {
		address += "&q=" + url.QueryEscape(words)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }() // what was read counts
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, nil, err
	}
	if res.StatusCode != http.StatusOK {
		return 0, nil, fmt.Errorf("GET %s: %s: %.200s", address, res.Status, body)
	}
	var answer struct {
		Total int
		Items []struct{ ID string }
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return 0, nil, err
	}
	for _, it := range answer.Items {
		ids = append(ids, it.ID)
	}
	return answer.Total, ids, nil
}

// named turns item ids back into those of the set.
func named(s set, ids []string) []string {
	by := make(map[string]string, len(s.docs))
	for _, d := range s.docs {
		by[federation.NewItemID(source, d.ID)] = d.ID
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = by[id]
	}
	return out
}
