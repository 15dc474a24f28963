package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// connections keep two cores busy.
const connections = 8

// client asks over one connection with as little work as it can, so that what
// is measured is the server.
type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(addr string) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

func request(addr, path, condition string) []byte {
	r := "GET " + path + " HTTP/1.1\r\nHost: " + addr + "\r\nAccept-Encoding: gzip, deflate, br\r\n"
	if condition != "" {
		r += "If-None-Match: " + condition + "\r\n"
	}
	return []byte(r + "\r\n")
}

// ask sends a request and reads its answer, which must have a length.
func (c *client) ask(request []byte) (status, length int, err error) {
	if _, err = c.conn.Write(request); err != nil {
		return 0, 0, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil || len(line) < 12 {
		return 0, 0, fmt.Errorf("no answer: %w", err)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	length = -1
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return 0, 0, err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, 0, err
			}
		}
	}
	if status == http.StatusNotModified {
		return status, 0, nil
	}
	if length < 0 {
		return 0, 0, errors.New("an answer without a Content-Length")
	}
	_, err = c.in.Discard(length)
	return status, length, err
}

// closedLoop returns how many requests a second are answered, over all
// connections, each asking anew when it is answered.
func closedLoop(addr, path, condition string, span time.Duration) (float64, error) {
	var n atomic.Int64
	var wg sync.WaitGroup
	faults := make(chan error, connections)
	begin := time.Now()
	for range connections {
		wg.Go(func() {
			c, err := dial(addr)
			if err != nil {
				faults <- err
				return
			}
			defer c.conn.Close()
			for r := request(addr, path, condition); time.Since(begin) < span; n.Add(1) {
				if status, _, err := c.ask(r); err != nil || status != 200 && status != 304 {
					faults <- fmt.Errorf("GET %s = %d, %w", path, status, err)
					return
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-faults:
		return 0, err
	default:
	}
	return float64(n.Load()) / time.Since(begin).Seconds(), nil
}

// always is one address for every request.
func always(path string) func(int) string { return func(int) string { return path } }

// paced asks a given number of times a second, whether answered or not, and
// returns the 99th and the 50th percentile of the time to an answer. The n-th
// request is for path(n).
func paced(addr string, path func(n int) string, rate int, span time.Duration) (p99, p50 time.Duration, err error) {
	const lanes = 10
	var mu sync.Mutex
	var took []time.Duration
	var wg sync.WaitGroup
	for lane := range lanes {
		wg.Go(func() {
			c, fault := dial(addr)
			if fault == nil {
				defer c.conn.Close()
				gap := time.Second * lanes / time.Duration(rate)
				next := time.Now().Add(time.Duration(lane) * gap / lanes)
				n := lane
				for end := time.Now().Add(span); next.Before(end) && fault == nil; next = next.Add(gap) {
					r := request(addr, path(n), "")
					n += lanes
					time.Sleep(time.Until(next))
					_, _, fault = c.ask(r)
					mu.Lock()
					took = append(took, time.Since(next))
					mu.Unlock()
				}
			}
			if fault != nil {
				mu.Lock()
				err = fault
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if err != nil || len(took) == 0 {
		return 0, 0, errors.Join(err, errors.New("nothing was answered"))
	}
	slices.Sort(took)
	return took[len(took)*99/100], took[len(took)/2], nil
}

// startFlood asks for pages that nothing keeps, each another one, at a rate a
// second; the function it returns waits for the end and counts the answers by
// status.
func startFlood(addr string, round, rate int, span time.Duration) func() map[int]int {
	const lanes = 125
	var mu sync.Mutex
	answers := map[int]int{}
	var wg sync.WaitGroup
	end := time.Now().Add(span)
	for lane := range lanes {
		wg.Go(func() {
			c, err := dial(addr)
			if err != nil {
				return
			}
			defer c.conn.Close()
			gap := time.Second * lanes / time.Duration(rate)
			next := time.Now().Add(time.Duration(lane) * gap / lanes)
			for n := 0; next.Before(end); n++ {
				time.Sleep(time.Until(next))
				status, _, err := c.ask(request(addr, fmt.Sprintf("/search?q=travaux+%d", round*100_000_000+lane*100_000+n), ""))
				if err != nil {
					return
				}
				mu.Lock()
				answers[status]++
				mu.Unlock()
				next = next.Add(gap)
			}
		})
	}
	return func() map[int]int { wg.Wait(); return answers }
}

// manyWidgets asks for n distinct widgets, each once.
func (h *hub) manyWidgets(n int) error {
	var at atomic.Int64
	faults := make(chan error, connections)
	var wg sync.WaitGroup
	for range connections {
		wg.Go(func() {
			c, err := dial(h.addr)
			if err != nil {
				faults <- err
				return
			}
			defer c.conn.Close()
			for i := at.Add(1); i <= int64(n); i = at.Add(1) {
				path := fmt.Sprintf("/embed/widget/list.html?member=m%d&limit=10&theme-accent=%%23%06x", i%members, i)
				if status, _, err := c.ask(request(h.addr, path, "")); err != nil || status != 200 && status != 503 {
					faults <- fmt.Errorf("GET %s = %d, %w", path, status, err)
					return
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-faults:
		return err
	default:
		return nil
	}
}

// response is what the hub gives for a path, header and body as they are sent.
func response(addr, path string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept-Encoding", "gzip, deflate, br")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %s", path, res.Status)
	}
	return httputil.DumpResponse(res, true)
}
