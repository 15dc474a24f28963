package main

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The commands of the origin: a line of its standard input each, answered by a
// line of its standard output.
const (
	sayNew    = "new"    // every feed gets one more item, and loses its oldest
	sayAlways = "always" // from now on validators are given but not heeded
	sayHeed   = "heed"   // from now on they are heeded again
	sayBare   = "bare"   // from now on none are given, nor heeded
	sayCounts = "counts" // how many 200 and 304 were sent since last asked
)

// published is one feed as it is sent.
type published struct {
	body                            []byte
	contentType, etag, lastModified string
}

// feedServer answers for all feeds of a publication on every port.
type feedServer struct {
	p publication

	mu               sync.Mutex
	feeds            []published
	added            int
	always, bare     bool
	sent200, sent304 int
}

// serve publishes on loopback until commands ends. Its first line names the
// ports.
func serve(p publication, port int, opml string, commands io.Reader, out io.Writer) error {
	s := &feedServer{p: p}
	s.publish()
	var ports []int
	for k := range p.hosts {
		at := 0
		if port > 0 {
			at = port + k
		}
		l, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", at))
		if err != nil {
			return err
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
		server := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
		go func() { _ = server.Serve(l) }() // ends with its listener
	}
	if opml != "" {
		if err := os.WriteFile(opml, []byte(s.p.opml(ports)), 0o600); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, strings.Trim(fmt.Sprint(ports), "[]"))
	lines := bufio.NewScanner(commands)
	for lines.Scan() {
		fmt.Fprintln(out, s.obey(lines.Text()))
	}
	return lines.Err()
}

func (s *feedServer) obey(command string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch command {
	case sayNew:
		s.added++
		s.publish()
	case sayAlways, sayHeed, sayBare:
		s.always, s.bare = command != sayHeed, command == sayBare
	case sayCounts:
		line := fmt.Sprint(s.sent200, " ", s.sent304)
		s.sent200, s.sent304 = 0, 0
		return line
	default:
		return "one of: " + strings.Join([]string{sayNew, sayAlways, sayHeed, sayBare, sayCounts}, " ")
	}
	return "done"
}

// publish writes all feeds, so that no answer costs more than its bytes.
func (s *feedServer) publish() {
	s.feeds = make([]published, s.p.feeds)
	for i := range s.feeds {
		body, contentType := s.p.document(i, s.added)
		s.feeds[i] = published{body: body, contentType: contentType, etag: fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(body))[:24]),
			lastModified: time.Date(2026, time.February, 1, s.added, 0, 0, 0, time.UTC).Format(http.TimeFormat)}
	}
}

// ServeHTTP answers with a feed, or 304 to its present validators: the ETag
// alone where both are sent (RFC 9110, 13.1.3).
func (s *feedServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil || i < 0 || i >= s.p.feeds {
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	f, bare := s.feeds[i], s.bare
	tag := r.Header.Get("If-None-Match")
	same := !s.always && (tag == f.etag || tag == "" && r.Header.Get("If-Modified-Since") == f.lastModified)
	if same {
		s.sent304++
	} else {
		s.sent200++
	}
	s.mu.Unlock()
	h := w.Header()
	if !bare {
		h.Set("ETag", f.etag)
		h.Set("Last-Modified", f.lastModified)
	}
	if same {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Length", strconv.Itoa(len(f.body)))
	_, _ = w.Write(f.body)
}

// opml lists the feeds for other readers.
func (p publication) opml(ports []int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<opml version="2.0"><head><title>Carillon bench</title></head><body>` + "\n")
	for i := range p.feeds {
		fmt.Fprintf(&b, `<outline type="rss" text="Commune %d" xmlUrl="%s"/>`+"\n", i, html.EscapeString(p.address(i, ports)))
	}
	return b.String() + "</body></opml>\n"
}
