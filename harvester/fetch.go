package harvester

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// fetched is what one request brought.
type fetched struct {
	files              []file // one, but for a folder or an archive
	url                string // final address
	unchanged          bool
	partial            bool // the body was cut short
	etag, lastModified string
	hash               string // of all bytes read
}

// file is one document of a source.
type file struct {
	name        string // within a folder or an archive, else ""
	contentType string
	body        []byte
}

// maxArchive bounds a zip as it is sent: the largest flow seen, DILA's, is
// 24 MB.
const maxArchive = 96 << 20

// readingEpoch is part of every body hash: raise it when the same bytes are to
// be read again because a decoder has learnt something.
const readingEpoch = "1"

// get fetches a source, from the network or, for file:, from the disk.
func (h *Harvester) get(ctx context.Context, src federation.Source, known federation.SourceState) (*fetched, error) {
	if path, local := strings.CutPrefix(src.URL, "file:"); local {
		return openLocal(path, known)
	}
	return h.getHTTP(ctx, src, known)
}

func (h *Harvester) getHTTP(ctx context.Context, src federation.Source, known federation.SourceState) (*fetched, error) {
	req := safehttp.Request{URL: src.URL, Accept: h.accept(src.Format)}
	if known.FetchedURL == src.URL {
		req.ETag, req.LastModified = known.ETag, known.LastModified
	}
	if strings.HasSuffix(strings.ToLower(src.URL), ".zip") {
		req.MaxBody = maxArchive
	}
	res, err := h.fetch.Get(ctx, req)
	if err != nil && !(errors.Is(err, safehttp.ErrTruncated) && res != nil) {
		return nil, err
	}
	got := &fetched{
		url: res.URL, partial: err != nil,
		etag: res.Header.Get("ETag"), lastModified: res.Header.Get("Last-Modified"),
	}
	switch {
	case res.Status == 304:
		got.unchanged, got.hash = true, known.BodyHash
		got.etag = cmpOr(got.etag, known.ETag)
		got.lastModified = cmpOr(got.lastModified, known.LastModified)
		return got, nil
	case res.Status < 200 || res.Status > 299:
		wait, _ := safehttp.RetryAfter(res.Header, h.now())
		return nil, &statusError{status: res.Status, retryAfter: wait}
	}
	got.hash = hashOf(res.Body)
	if got.partial { // never compare with, or ask by, half a document
		got.etag, got.lastModified, got.hash = "", "", ""
	} else if got.hash == known.BodyHash && known.FetchedURL == src.URL {
		got.unchanged = true
		return got, nil
	}
	got.files, err = unpack(file{contentType: res.Header.Get("Content-Type"), body: res.Body})
	return got, err
}

// statusError is an answer that is neither success nor 304.
type statusError struct {
	status     int
	retryAfter time.Duration
}

func (e *statusError) Error() string { return "unexpected HTTP status" }

// accept is the Accept header: what the format wants, or what all formats do.
func (h *Harvester) accept(format string) string {
	var all []string
	for _, f := range h.formats {
		if f.Name == format {
			return f.Accept + ", */*;q=0.1"
		}
		all = append(all, f.Accept)
	}
	return strings.Join(append(all, "*/*;q=0.1"), ", ")
}

func hashOf(parts ...[]byte) string {
	sum := sha256.New()
	sum.Write([]byte(readingEpoch))
	for _, p := range parts {
		sum.Write(p)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
