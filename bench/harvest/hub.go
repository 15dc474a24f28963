package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// usage is what a process used until its end.
type usage struct {
	cpu  time.Duration // user and system
	wall time.Duration
	peak int64 // resident bytes
}

func (u usage) peakMB() float64 { return float64(u.peak) / 1e6 }

// summary is the last line of `carillon harvest --json`.
type summary struct {
	Sources, Fetched, Unchanged, Failed, New, Changed, Withdrawn int
}

// hub is a data folder and the command that works on it.
type hub struct{ carillon, data string }

// build builds the command as it is released.
func build(ctx context.Context, dir string) (string, error) {
	bin := filepath.Join(dir, "carillon")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", bin, "github.com/plonegov/carillon/cmd/carillon")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return bin, cmd.Run()
}

// apply tells the hub of the feeds: one member and one source each.
func (h hub) apply(ctx context.Context, dir string, p publication, ports []int) error {
	var y strings.Builder
	y.WriteString("members:\n")
	for i := range p.feeds {
		fmt.Fprintf(&y, "  - slug: commune-%d\n    kind: commune\n    name: Commune %d\n    languages: [fr]\n    sources: [{slug: %s, url: %q, language: fr}]\n",
			i, i, sourceSlug, p.address(i, ports))
	}
	file := filepath.Join(dir, "region.yaml")
	if err := os.WriteFile(file, []byte(y.String()), 0o600); err != nil {
		return err
	}
	_, err := h.run(ctx, io.Discard, "apply", file)
	return err
}

// sourceSlug names the source of every member: to harvest it by its name is to
// harvest them all, whether due or not.
const sourceSlug = "actualites"

func (h hub) harvest(ctx context.Context) (usage, summary, error) {
	var out bytes.Buffer
	used, err := h.run(ctx, &out, "harvest", sourceSlug, "--json", "--allow-private=127.0.0.1/32")
	if err != nil {
		return used, summary{}, err
	}
	lines := bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
	var sum summary
	err = json.Unmarshal(lines[len(lines)-1], &sum)
	return used, sum, err
}

// run runs one command to its end. The driver that starts it must stay small:
// the kernel counts the memory of a process from before it becomes another.
func (h hub) run(ctx context.Context, out io.Writer, args ...string) (usage, error) {
	cmd := h.command(ctx, args...)
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	begin := time.Now()
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("carillon %s: %w", args[0], err)
	}
	return used(cmd, begin), err
}

func (h hub) command(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, h.carillon, append(args, "--data="+h.data)...)
}

// used is what a command used that has ended; zero when it never began.
func used(cmd *exec.Cmd, begin time.Time) usage {
	if cmd.ProcessState == nil {
		return usage{}
	}
	return usage{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(begin), peak: peakOf(cmd.ProcessState)}
}
