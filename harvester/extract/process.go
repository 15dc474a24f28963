package extract

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	defaultTimeout = 5 * time.Minute     // of a clock: the child gives way to whatever else the machine has to do
	goMemory       = "GOMEMLIMIT=512MiB" // the collector's aim; what the system enforces is in limits_linux.go
	maxRecord      = 6*MaxText + 1024    // JSON makes six bytes of one at worst
	childWait      = 5 * time.Second     // for the pipes of a child that was killed
)

// Process reads each file in a child process. The zero value of a field but
// Command is usable. Safe for concurrent use.
type Process struct {
	// Command is the program and its arguments. It has to call [Serve].
	Command []string
	Timeout time.Duration // for one file; 0 = five minutes
}

// record is one line of what a child says: a page, or the last line.
type record struct {
	Page   *string               `json:"page,omitempty"`
	Paged  bool                  `json:"paged,omitempty"`
	Done   bool                  `json:"done,omitempty"`
	Reason federation.FileReason `json:"reason,omitempty"`
}

// Read reads a file. However the child ends, the pages it gave until then
// count. The error is that of ctx, or tells that no child could be started.
func (p Process) Read(ctx context.Context, body []byte) (federation.FileText, error) {
	timeout := p.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(limited, p.Command[0], p.Command[1:]...)
	cmd.Env = environment()
	cmd.Stdin = bytes.NewReader(body)
	cmd.WaitDelay = childWait
	apart(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return federation.FileText{}, fmt.Errorf("read a file: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return federation.FileText{}, fmt.Errorf("start the reader of files: %w", err)
	}
	text := gather(out)
	cancelled := limited.Err()
	cancel() // it has said all it has to say
	_ = cmd.Wait()
	if ctx.Err() != nil {
		return federation.FileText{}, ctx.Err()
	}
	if errors.Is(cancelled, context.DeadlineExceeded) {
		text.Reason = federation.FileSlow
	}
	return text, nil
}

// environment is what a child gets of ours: nothing that anybody could want.
func environment() []string {
	env := []string{goMemory}
	for _, name := range []string{"SYSTEMROOT", "TMPDIR", "TEMP"} { // what a process needs on Windows, and a place for its cache
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// gather reads what a child says to its end. A child that ends without its
// last line was ended: by its limits, most likely.
func gather(r io.Reader) federation.FileText {
	c := &collector{}
	c.text.Reason = federation.FileSlow
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxRecord)
	for lines.Scan() {
		var rec record
		if json.Unmarshal(lines.Bytes(), &rec) != nil {
			break
		}
		if rec.Paged {
			c.paged()
		}
		if rec.Page != nil && !c.page(*rec.Page) {
			break
		}
		if rec.Done {
			c.text.Reason = rec.Reason
			break
		}
	}
	return c.end()
}

// Serve is the child's side of a [Process]: it reads a file from in and writes
// what it makes of it to out. It limits what this process may use, for good.
func Serve(ctx context.Context, in io.Reader, out io.Writer, cache string) error {
	limit()
	body, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	t := &pageWriter{out: json.NewEncoder(out)}
	reason := read(ctx, body, cache, t)
	t.say(record{Done: true, Reason: reason})
	return t.err
}

// pageWriter writes pages as they are read.
type pageWriter struct {
	collector // keeps to the bounds
	out       *json.Encoder
	err       error
}

func (t *pageWriter) paged() { t.say(record{Paged: true}) }

func (t *pageWriter) page(text string) bool {
	if !t.collector.page(text) {
		return false
	}
	last := &t.text.Pages[len(t.text.Pages)-1]
	t.say(record{Page: last})
	*last = "" // it is told
	return t.err == nil
}

func (t *pageWriter) say(r record) {
	if t.err == nil {
		t.err = t.out.Encode(r)
	}
}
