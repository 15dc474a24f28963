package harvester

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// fetchList fetches the list of the source. Where an address was adopted the
// configured one is asked once a day, and taken back when it gives the list by
// itself again. An answer that was led away for good to another owner is an
// error, [movedAway], unless the operator says that it is the publisher's.
func (v *harvest) fetchList(ctx context.Context) (*fetched, error) {
	got := v.fetchConfigured(ctx)
	if got == nil {
		var err error
		if got, err = v.get(ctx, v.src, v.request.asked, v.request.held); err != nil {
			return nil, err
		}
	}
	switch {
	case v.stays(got):
	case v.opt.Confirm:
		v.state.Agreed, v.agreed = got.moved, true
	default:
		return nil, movedAway{got.moved}
	}
	return got, nil
}

const askConfigured = 24 * time.Hour // how often the configured address is asked where another was adopted

// fetchConfigured asks the configured address where another was adopted; nil
// when it is not its time, or there is no list.
func (v *harvest) fetchConfigured(ctx context.Context) *fetched {
	if v.request.address == v.src.URL || v.begin.Sub(v.state.Asked) < askConfigured {
		return nil
	}
	if until, err := v.awaitHost(ctx, v.src.URL); err != nil || !until.IsZero() {
		return nil
	}
	v.state.Asked = v.begin
	got, err := v.get(ctx, v.src, v.src.URL, copyHeld{})
	if err != nil || !got.direct {
		return nil
	}
	if list, err := v.decode(v.src, got); err != nil || len(list.Items)+len(list.Pages) == 0 { // a page that says that the site has gone
		return nil
	}
	v.log.InfoContext(ctx, "source is back at its own address", "source", v.src.Name(), "from", v.request.address)
	v.request = request{address: v.src.URL, asked: v.src.URL, whole: true}
	return got
}

// fetched is what one request brought.
type fetched struct {
	files              []file // one, but for a folder or an archive
	asked              string // the address asked for
	url                string // final address
	status             int    // 0 for a file
	header             http.Header
	maxAge             time.Duration
	moved              string // where a permanent redirect leads, "" without one
	direct             bool   // without any redirect
	unchanged          bool
	cut                error // why the body is not whole; nil when it is
	etag, lastModified string
	hash               string                    // sha256 of the document, hex
	page               *federation.Page          // what the list that named it says of it
	mark               string                    // what the next answer is compared with; "" = with nothing
	known              func(entry string) string // see [federation.Document]
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

// copyHeld is what is held of an earlier answer from the same address: what
// the next request may build on. The zero value asks for everything.
type copyHeld struct{ etag, lastModified, mark string }

// get fetches an address for a source, from the network or, for file:, from
// the disk.
func (h *Harvester) get(ctx context.Context, src federation.Source, address string, held copyHeld) (*fetched, error) {
	if path, local := strings.CutPrefix(address, "file:"); local {
		return openLocal(path, h.reading(src), held)
	}
	return h.getHTTP(ctx, src, address, held)
}

func (h *Harvester) getHTTP(ctx context.Context, src federation.Source, address string, held copyHeld) (*fetched, error) {
	req := safehttp.Request{URL: address, Accept: h.accept(src.Format, address), ETag: held.etag, LastModified: held.lastModified,
		AllowPrivate: src.AllowPrivate}
	if isZip(address) {
		req.MaxBody = maxArchive
	}
	res, err := h.fetch.Get(ctx, req)
	if err != nil && !(errors.Is(err, safehttp.ErrTruncated) && res != nil) {
		return nil, err
	}
	got := &fetched{
		asked: address, url: res.URL, status: res.Status, header: res.Header, moved: res.Permanent, direct: len(res.Redirects) == 0, cut: err, maxAge: safehttp.Fresh(res.Header, h.now()),
		etag: res.Header.Get("ETag"), lastModified: res.Header.Get("Last-Modified"),
	}
	switch {
	case res.Status == http.StatusNotModified:
		got.unchanged, got.mark = true, held.mark
		got.etag = cmp.Or(got.etag, held.etag)
		got.lastModified = cmp.Or(got.lastModified, held.lastModified)
		return got, nil
	case res.Status < 200 || res.Status > 299:
		return nil, &statusError{status: res.Status, retryAfter: retryAfter(res, h.now())}
	}
	sum := sha256.Sum256(res.Body)
	got.hash = hex.EncodeToString(sum[:])
	if got.cut != nil { // never compare with, or ask by, half a document
		got.etag, got.lastModified = "", ""
	} else if got.mark = h.reading(src) + got.hash; got.mark == held.mark {
		got.unchanged = true
		return got, nil
	}
	got.files, err = unpack(file{contentType: res.Header.Get("Content-Type"), body: res.Body})
	if err != nil && got.cut != nil { // an archive ends in its index: without it there is nothing
		err = got.cut
	}
	return got, err
}

func isZip(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.HasSuffix(strings.ToLower(u.Path), ".zip")
}

// statusError is an answer that is neither success nor 304.
type statusError struct {
	status     int
	retryAfter time.Duration
}

func (e *statusError) Error() string { return "HTTP status " + strconv.Itoa(e.status) }

// accept is the Accept header: what the format wants, or what all formats do.
// JSON is asked for alone: plone.rest answers its API only to a header of
// exactly one media type (negotiation.py).
func (h *Harvester) accept(format, address string) string {
	var all []string
	for _, f := range h.formats {
		switch {
		case f.Name == format && f.Accept == jsonType:
			return jsonType
		case f.Name == format:
			return f.Accept + ", */*;q=0.1"
		}
		all = append(all, f.Accept)
	}
	if isRESTAPI(address) {
		return jsonType
	}
	return strings.Join(append(all, "*/*;q=0.1"), ", ")
}

const jsonType = "application/json"

// isRESTAPI knows the addresses of plone.restapi: endpoints begin with @, and
// ++api++ stands before all of them.
func isRESTAPI(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (strings.Contains(u.Path, "/@") || strings.Contains(u.Path, "/++api++"))
}

// digest is a hash of parts that tells where each ends.
func digest(parts ...[]byte) string {
	sum := sha256.New()
	for _, p := range parts {
		sum.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		sum.Write(p)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
