package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// peer is bench/relevance/bleve in a process of its own.
type peer struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	replies *json.Decoder
}

// buildPeer makes the peer's command; its modules are fetched if need be.
func buildPeer(ctx context.Context, dir string) (string, error) {
	file := filepath.Join(dir, "bleve")
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/plonegov/carillon").Output()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", file, ".")
	cmd.Dir = filepath.Join(string(root[:len(root)-1]), "bench", "relevance", "bleve")
	cmd.Env, cmd.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	return file, cmd.Run()
}

// openPeer indexes a set and is ready for queries. scoring is tf-idf or bm25;
// title is the weight of the title.
func openPeer(ctx context.Context, command, dir string, s set, scoring string, title float64) (*peer, error) {
	file := filepath.Join(dir, s.name+".jsonl")
	if err := writeLines(file, s.docs); err != nil {
		return nil, err
	}
	p := &peer{cmd: exec.CommandContext(ctx, command, "-lang", s.lang, "-scoring", scoring, "-title", fmt.Sprint(title), file)}
	p.cmd.Stderr = os.Stderr
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.replies = json.NewDecoder(bufio.NewReader(out))
	return p, p.cmd.Start()
}

func (p *peer) close() {
	_ = p.in.Close() // its input ends, and so does it
	_ = p.cmd.Wait()
}

func (p *peer) ask(_ context.Context, words string) (ids []string, err error) {
	if err := json.NewEncoder(p.in).Encode(words); err != nil {
		return nil, err
	}
	return ids, p.replies.Decode(&ids)
}

func writeLines[T any](file string, all []T) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for _, v := range all {
		if err := lines.Encode(v); err != nil {
			_ = f.Close() // the first error tells more
			return err
		}
	}
	if err := w.Flush(); err != nil {
		_ = f.Close() // the first error tells more
		return err
	}
	return f.Close()
}
