package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// process is the command in a process of its own.
type process struct {
	cmd   *exec.Cmd
	lines chan string // of standard output; closed at its end
	ended chan struct{}
	errs  safeBuffer
}

// released builds the command as it is released: without the race detector,
// which multiplies what it holds.
func released(t testing.TB) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "carillon")
	cmd := exec.Command("go", "build", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	return program
}

// begin starts the program. It is killed with the test if it still runs.
func begin(t testing.TB, program string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(program, args...), lines: make(chan string, 1), ended: make(chan struct{})}
	p.cmd.Stderr = &p.errs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.watch(out)
	t.Cleanup(p.kill)
	return p
}

func (p *process) watch(out io.Reader) {
	defer close(p.ended)
	s := bufio.NewScanner(out)
	for s.Scan() {
		select {
		case p.lines <- s.Text():
		default: // nobody waits for it
		}
	}
	close(p.lines)
	_ = p.cmd.Wait() // its state tells
}

// kill ends the process as kill -9 does, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.ended
}

// killAfter kills the process a while after now, unless it ends before.
func (p *process) killAfter(d time.Duration) {
	select {
	case <-time.After(d):
		p.kill()
	case <-p.ended:
	}
}

// serveProcess starts a hub and returns its address and how long it took until
// it was ready.
func serveProcess(t testing.TB, program, data string) (p *process, hub string, took time.Duration) {
	t.Helper()
	start := time.Now()
	p = begin(t, program, "serve", "--data="+data, "--listen=127.0.0.1:0", "--allow-private=127.0.0.1/32")
	hub = hubOf(t, p)
	took = time.Since(start)
	if status, body := get(t, hub+"/readyz"); status != 200 {
		t.Fatalf("GET /readyz = %d: %s; %s", status, body, p.errs.String())
	}
	return p, hub, took
}

// hubOf waits until the hub says its address, or has ended.
func hubOf(t testing.TB, p *process) string {
	t.Helper()
	for line := range p.lines {
		if _, hub, ok := strings.Cut(line, "Carillon is at "); ok {
			return hub
		}
	}
	t.Fatalf("the hub ended before it was ready: %s", p.errs.String())
	return ""
}
