package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
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
// a response as it was written to a file, the same bytes in header and body; at
// /body the body with its type and length alone. It ends with its input.
func serveBare(file string, in io.Reader, out io.Writer) error {
	dump, err := os.Open(file)
	if err != nil {
		return err
	}
	res, err := http.ReadResponse(bufio.NewReader(dump), nil)
	if err != nil {
		return errors.Join(err, dump.Close())
	}
	b, err := io.ReadAll(res.Body)
	if err = errors.Join(err, dump.Close()); err != nil {
		return err
	}
	res.Header.Del("Date")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	length := []string{strconv.Itoa(len(b))}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Length"] = length
		if r.URL.Path == "/body" {
			h["Content-Type"] = res.Header["Content-Type"]
		} else {
			maps.Copy(h, res.Header)
		}
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

// besideBare measures the fragment and the bare server in turn, in requests a
// second of processor time: the fragment, the same response, the body alone.
// Each is the median of five.
func (h *hub) besideBare(ctx context.Context, dir string, span time.Duration) (own, bare, bodyAlone float64, err error) {
	dump, err := response(h.addr, fragment)
	if err != nil {
		return 0, 0, 0, err
	}
	file := filepath.Join(dir, "fragment")
	if err = os.WriteFile(file, dump, 0o600); err != nil {
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
	var figures [3][]float64
	for range 5 {
		for i, c := range []struct {
			pid        int
			addr, path string
		}{{h.cmd.Process.Pid, h.addr, fragment}, {cmd.Process.Pid, strings.TrimSpace(line), "/"}, {cmd.Process.Pid, strings.TrimSpace(line), "/body"}} {
			cost, err := costOf(c.pid, c.addr, c.path, span)
			if err != nil {
				return 0, 0, 0, err
			}
			figures[i] = append(figures[i], 1/cost)
		}
	}
	for _, list := range figures {
		slices.Sort(list)
	}
	return figures[0][2], figures[1][2], figures[2][2], nil
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
