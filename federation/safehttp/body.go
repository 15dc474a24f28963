package safehttp

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
)

const (
	acceptEncoding = "gzip, deflate, br"
	// rawSlack is how much longer than the decoded limit a coded body may be:
	// incompressible bytes grow a little. It also ends streams that decode to
	// nothing for ever (empty gzip members, empty deflate blocks).
	rawSlack = 64 << 10
	// maxBodyLimit keeps sums with a limit from overflowing: 1 TiB.
	maxBodyLimit = 1 << 40
)

// readBody reads and decodes the body of res, at most limit bytes of it. With
// an error it returns the kind, and what had been decoded until then.
func readBody(res *http.Response, limit int64) ([]byte, Kind, error) {
	coding, err := contentCoding(res.Header)
	if err != nil {
		return nil, KindEncoding, err
	}
	raw := &source{r: res.Body, left: limit + rawSlack}
	decoded, err := decoder(coding, bufio.NewReader(raw))
	var body []byte
	if err == nil {
		body, err = io.ReadAll(io.LimitReader(decoded, limit+1))
	}
	if int64(len(body)) > limit {
		body, err = body[:limit], ErrTooLarge
	}
	if err == nil {
		return body, "", nil
	}
	kind, err := raw.explain(err)
	if kind == KindTooLarge {
		err = fmt.Errorf("%w: more than %d bytes", err, limit)
	}
	return body, kind, err
}

// contentCoding returns the one coding of the body, "" for none. Several are
// refused: each would multiply what a small body can expand to.
func contentCoding(h http.Header) (string, error) {
	coding := ""
	for _, token := range strings.Split(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		token = strings.ToLower(strings.TrimSpace(token))
		switch {
		case token == "" || token == "identity":
		case coding != "":
			return "", errors.New("more than one content coding")
		default:
			coding = token
		}
	}
	switch coding {
	case "", "gzip", "deflate", "br":
		return coding, nil
	case "x-gzip": // RFC 9110, 8.4.1.3: the same
		return "gzip", nil
	}
	return "", fmt.Errorf("content coding %q is not known", coding)
}

// decoder undoes a coding that contentCoding returned. An empty body is empty
// in every coding: servers send the header with no content.
func decoder(coding string, r *bufio.Reader) (io.Reader, error) {
	if coding == "" {
		return r, nil
	}
	magic, err := r.Peek(2)
	if len(magic) == 0 && err == io.EOF {
		return r, nil
	}
	switch coding {
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		return inflater(magic, r)
	}
	if len(magic) == 2 && string(magic) != "\x1f\x8b" { // RFC 1952, 2.3.1
		return nil, gzip.ErrHeader // also when too short to be told from a cut one
	}
	return gzip.NewReader(r)
}

// inflater reads the zlib format that RFC 9110, 8.4.1.2 asks for, or the bare
// deflate that many servers send instead.
func inflater(magic []byte, r io.Reader) (io.Reader, error) {
	// RFC 1950, 2.2: method 8, and both bytes divisible by 31.
	if len(magic) == 2 && magic[0]&0x0f == 8 && (uint(magic[0])<<8|uint(magic[1]))%31 == 0 {
		return zlib.NewReader(r)
	}
	return flate.NewReader(r), nil
}

// source bounds the bytes read from the wire and remembers how they ended, so
// that a failing connection is not taken for a corrupt coding.
type source struct {
	r    io.Reader
	left int64
	err  error // other than io.EOF
}

func (s *source) Read(p []byte) (int, error) {
	if s.left <= 0 {
		s.err = ErrTooLarge
		return 0, s.err
	}
	n, err := s.r.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// explain finds the kind of a read error, and marks the truncated ones.
func (s *source) explain(err error) (Kind, error) {
	if s.err != nil {
		err = s.err // decoders replace or hide the cause
	}
	if errors.Is(err, ErrTooLarge) {
		return KindTooLarge, ErrTooLarge
	}
	early := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if s.err == nil && !early {
		return KindEncoding, err
	}
	err = fmt.Errorf("%w: %w", ErrTruncated, err)
	switch {
	case errors.Is(err, context.Canceled):
		return KindCanceled, err
	case errors.Is(err, context.DeadlineExceeded):
		return KindTimeout, err
	}
	return KindTruncated, err
}
