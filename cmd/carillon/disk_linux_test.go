package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestFullDisk starts a hub on a full disk, by its reserve, and fills the disk
// again while it harvests what may tell of an alert: what it has is served, /readyz says what is wrong,
// and what could not be kept is kept, by itself, once there is room.
func TestFullDisk(t *testing.T) {
	if !canMount() {
		t.Skip("only root can make a small disk")
	}
	filledAgain, begun := make(chan struct{}), make(chan struct{}, 9)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := 1
		if r.URL.Path == "/late" {
			w.(http.Flusher).Flush()
			begun <- struct{}{}
			<-filledAgain
			n = 300
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>News</title><link>https://a.example/</link><description>d</description>`)
		for i := range n {
			fmt.Fprintf(w, `<item><guid isPermaLink="false">%d</guid><title>Issue of %s</title><link>https://a.example%s/%d</link><description>%s</description></item>`,
				i, r.URL.Path, r.URL.Path, i, strings.Repeat(fmt.Sprint("word", i, " "), 1000))
		}
		fmt.Fprint(w, `</channel></rss>`)
	}))
	defer site.Close()
	dir := t.TempDir()
	data, region := filepath.Join(dir, "data"), filepath.Join(dir, "region.yaml")
	yaml := fmt.Sprintf("members:\n  - slug: a\n    kind: commune\n    name: A\n    sources:\n      - {slug: news, url: %q}\n      - {slug: late, url: %q, alerts: true}\n",
		site.URL+"/news", site.URL+"/late")
	err := errors.Join(os.Mkdir(data, 0o750), os.WriteFile(region, []byte(yaml), 0o600), mountSmall(data, "48"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(data, syscall.MNT_DETACH) })
	program := released(t)
	for _, args := range [][]string{{"apply", region}, {"harvest", "--allow-private=127.0.0.1/32", "a/news"}} {
		p := begin(t, program, append(args, "--data="+data)...)
		if <-p.ended; !p.cmd.ProcessState.Success() {
			t.Fatalf("%v: %s", args, p.errs.String())
		}
	}
	p, _, _ := serveProcess(t, program, data)
	<-begun
	p.kill()
	leasesPass(t, data)
	full := filepath.Join(data, "full")
	if err := fillDisk(full); err != nil {
		t.Fatal(err)
	}
	p = begin(t, program, "serve", "--data="+data, "--listen=127.0.0.1:0", "--allow-private=127.0.0.1/32")
	hub := hubOf(t, p)
	ready := func(want int, reason string) func() bool {
		return func() bool {
			status, body := get(t, hub+"/readyz")
			return status == want && strings.Contains(body, reason)
		}
	}
	awaitIn(t, p, "/readyz tells of the full disk", ready(503, "disk of the store is full: free some space"))
	<-begun // a claim needs room: it is made before there is none at all
	if err := fillDisk(full + "2"); err != nil {
		t.Fatal(err)
	}
	close(filledAgain)
	awaitIn(t, p, "the store refuses what is new", func() bool { return strings.Contains(p.errs.String(), "source could not be saved") })
	for _, path := range []string{"/", "/search", "/feed.rss", "/api/v1/items"} {
		if status, body := get(t, hub+path); status != 200 || !strings.Contains(body, "Issue of /news") {
			t.Errorf("GET %s with a full disk = %d, want what is held", path, status)
		}
	}
	if !ready(503, "disk of the store is full")() {
		t.Error("/readyz does not tell of the full disk")
	}
	if err := errors.Join(os.Remove(full), os.Remove(full+"2")); err != nil {
		t.Fatal(err)
	}
	awaitIn(t, p, "/readyz tells that all is well", ready(200, "ready"))
	awaitIn(t, p, "what could not be kept is kept", func() bool {
		_, body := get(t, hub+"/api/v1/items?source=a/late")
		return strings.Contains(body, "Issue of /late")
	})
	if strings.Contains(p.errs.String(), "panic") {
		t.Error(p.errs.String())
	}
}

// awaitIn asks until the hub says so, or has ended.
func awaitIn(t *testing.T, p *process, what string, ok func() bool) {
	t.Helper()
	for !ok() {
		select {
		case <-p.ended:
			t.Fatalf("the hub ended before: %s: %s", what, p.errs.String())
		case <-time.After(100 * time.Millisecond):
		}
	}
}
