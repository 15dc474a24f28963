package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// serveBare is the server to compare with: net/http and one handler that gives
// the bytes of a file, with nothing else in its header than their type and
// length. It ends with its input.
func serveBare(file string, in io.Reader, out io.Writer) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	kind, length := []string{"text/html; charset=utf-8"}, []string{strconv.Itoa(len(b))}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h["Content-Type"], h["Content-Length"] = kind, length
		_, _ = w.Write(b) // who asked may have gone
	})}
	go func() {
		_, _ = io.Copy(io.Discard, in) // its end is what counts
		_ = server.Close()
	}()
	fmt.Fprintln(out, l.Addr())
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// besideBare measures the fragment and the bare server in turn and returns the
// median of the ratios.
func (h *hub) besideBare(ctx context.Context, dir string, span time.Duration) (ratio, own, bare float64, err error) {
	b, _, err := body(h.addr, fragment)
	if err != nil {
		return 0, 0, 0, err
	}
	file := filepath.Join(dir, "fragment")
	if err = os.WriteFile(file, b, 0o600); err != nil {
		return 0, 0, 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, 0, 0, err
	}
	cmd := exec.CommandContext(ctx, self, "-bare", file)
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, 0, 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, 0, 0, err
	}
	if err = cmd.Start(); err != nil {
		return 0, 0, 0, err
	}
	defer func() {
		_ = in.Close()
		_ = cmd.Wait() // it ends with its input
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return 0, 0, 0, err
	}
	var ratios, owns, bares []float64
	for range 5 {
		x, err := costOf(cmd.Process.Pid, strings.TrimSpace(line), "/", span)
		if err != nil {
			return 0, 0, 0, err
		}
		y, err := costOf(h.cmd.Process.Pid, h.addr, fragment, span)
		if err != nil {
			return 0, 0, 0, err
		}
		ratios, owns, bares = append(ratios, x/y), append(owns, 1/y), append(bares, 1/x)
	}
	for _, list := range [][]float64{ratios, owns, bares} {
		slices.Sort(list)
	}
	return ratios[2], owns[2], bares[2], nil
}

// costOf is the processor time of a request to a process, in seconds: unlike
// the time on the wall it does not depend on what else the machine does.
func costOf(pid int, addr, path string, span time.Duration) (float64, error) {
	before, err := cpuOf(pid)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	rate, err := closedLoop(addr, path, "", span)
	if err != nil {
		return 0, err
	}
	n := rate * time.Since(begin).Seconds()
	after, err := cpuOf(pid)
	return (after - before) / n, err
}

// cpuOf is the processor time that a process has used, in seconds (proc(5):
// utime and stime, in hundredths).
func cpuOf(pid int) (float64, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name may hold spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat is too short", pid)
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return float64(user+system) / 100, err
}
