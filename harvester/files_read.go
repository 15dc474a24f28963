package harvester

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/robots"
)

const (
	maxFileBody    = 20 << 20            // bytes of a file that is fetched
	maxSourceText  = 64 << 20            // bytes of text that are kept of one source's files
	firstLook      = 7 * 24 * time.Hour  // until a file that was read is asked for again
	longestLook    = 90 * 24 * time.Hour // after looks that found nothing new
	firstRetry     = time.Hour
	longestRetry   = 30 * 24 * time.Hour
	missingForGood = 3 // answers of 404 in a row, after which the text goes
	acceptFiles    = "application/pdf, application/vnd.oasis.opendocument.text, " +
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document, */*;q=0.1"
)

// reading is the turn of one source.
type reading struct {
	*Files
	store federation.Store // as the holder of the turn writes it
	src   federation.Source
	rest  time.Time // until when the file's host is to be left alone
}

// look fetches a file if it may, reads it if it is another one, and saves what
// came of it. The error is that of ctx or of the store.
func (r reading) look(ctx context.Context, file federation.File) error {
	until, err := r.store.Rest(ctx, federation.HostOf(file.URL))
	if err != nil {
		return err
	}
	if until.After(r.now()) {
		file.Due = until.Add(spread(turnPause))
		return r.save(ctx, file)
	}
	allowed, wait := r.robots.Allowed(ctx, r.fetch, file.URL, r.src.AllowPrivate, r.now())
	if !allowed {
		return r.unread(ctx, file, federation.FileForbidden)
	}
	pause(ctx, wait)
	res, err := r.fetch.Get(ctx, safehttp.Request{URL: file.URL, Accept: acceptFiles, ETag: string(file.ETag), LastModified: string(file.LastModified),
		MaxBody: maxFileBody, AllowPrivate: r.src.AllowPrivate})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return r.unread(ctx, file, unfetched(err))
	case res.Status == http.StatusNotModified:
		return r.same(ctx, file)
	case res.Status < 200 || res.Status > 299:
		return r.refused(ctx, file, res)
	case robots.Unlisted(res.Header):
		return r.unread(ctx, file, federation.FileForbidden)
	}
	return r.take(ctx, file, res)
}

func unfetched(err error) federation.FileReason {
	var fault *safehttp.Error
	if errors.As(err, &fault) && fault.Kind == safehttp.KindTooLarge {
		return federation.FileLarge
	}
	return federation.FileFailed
}

// refused is an answer that is no file.
func (r reading) refused(ctx context.Context, file federation.File, res *safehttp.Response) error {
	if d := restFor(res.Status, retryAfter(res, r.now())); d > 0 {
		r.rest = r.now().Add(d)
	}
	switch res.Status {
	case http.StatusNotFound:
		return r.unread(ctx, file, federation.FileMissing)
	case http.StatusGone:
		file.Failures = max(file.Failures, missingForGood)
		return r.unread(ctx, file, federation.FileMissing)
	}
	return r.unread(ctx, file, federation.FileFailed)
}

// unread notes why a file could not be fetched. What was read of it before
// stays, unless its site does not want it to be read or it is gone.
func (r reading) unread(ctx context.Context, file federation.File, why federation.FileReason) error {
	file.Failures++
	file.Reason = why
	if why == federation.FileForbidden || why == federation.FileMissing && file.Failures >= missingForGood {
		file.Pages, file.Hash, file.ETag, file.LastModified = []string{}, "", nil, nil
	}
	wait := firstRetry << min(file.Failures-1, 10)
	if why == federation.FileForbidden || why == federation.FileLarge { // nothing that passes by itself
		wait = firstLook << min(file.Failures-1, 4)
	}
	file.Due = r.now().Add(spread(min(wait, longestRetry)))
	return r.save(ctx, file)
}

// same notes that a file is as it was.
func (r reading) same(ctx context.Context, file federation.File) error {
	file.Interval = min(2*max(file.Interval, firstLook/2), longestLook)
	return r.seen(ctx, file)
}

func (r reading) seen(ctx context.Context, file federation.File) error {
	if file.Reason == federation.FileFailed || file.Reason == federation.FileMissing || file.Reason == federation.FileForbidden || file.Reason == federation.FileLarge {
		file.Reason = "" // of an earlier attempt
	}
	file.Read, file.Failures = r.now(), 0
	file.Due = file.Read.Add(spread(file.Interval))
	return r.save(ctx, file)
}

// take reads a file that came.
func (r reading) take(ctx context.Context, file federation.File, res *safehttp.Response) error {
	sum := sha256.Sum256(res.Body)
	hash := hex.EncodeToString(sum[:])
	file.ETag, file.LastModified = []byte(res.Header.Get("ETag")), []byte(res.Header.Get("Last-Modified"))
	if hash == file.Hash {
		return r.same(ctx, file)
	}
	text, err := r.text(ctx, res.Body)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil { // of this machine; the file is tried again
		r.log.ErrorContext(ctx, "a file could not be read; it is tried again", "source", r.src.Name(), "url", file.URL, "err", err)
		file.ETag, file.LastModified = nil, nil
		return r.unread(ctx, file, federation.FileFailed)
	}
	counts, err := r.store.FileCounts(ctx, r.src.Name())
	if err != nil {
		return err
	}
	file.Hash, file.Interval = hash, firstLook
	file.Paged, file.Pages, file.Reason = text.Paged, text.Pages, text.Reason
	if file.Pages == nil {
		file.Pages = []string{}
	}
	if text.Reason == federation.FileSlow { // the machine may have been busy: it is read again, but not soon
		file.Hash, file.ETag, file.LastModified, file.Interval = "", nil, nil, longestLook/3
	}
	if counts.Bytes+int64(text.Bytes()) > maxSourceText {
		file.Pages, file.Reason = []string{}, federation.FileTooMany
		file.Hash, file.ETag, file.LastModified = "", nil, nil // there may be room the next time
	}
	r.log.InfoContext(ctx, "file read", "source", r.src.Name(), "item", file.Item, "url", file.URL, "pages", len(text.Pages), "reason", text.Reason)
	return r.seen(ctx, file)
}

// text reads one file at a time.
func (r reading) text(ctx context.Context, body []byte) (federation.FileText, error) {
	select {
	case <-r.one:
	case <-ctx.Done():
		return federation.FileText{}, ctx.Err()
	}
	defer func() { r.one <- struct{}{} }()
	return r.reader.Read(ctx, body)
}

// save keeps a file under the claim of the turn. Its item may be gone.
func (r reading) save(ctx context.Context, file federation.File) error {
	now := r.now()
	err := r.store.InTx(ctx, func(tx federation.Tx) error {
		if err := tx.RestHost(ctx, federation.HostOf(file.URL), r.rest); err != nil {
			return err
		}
		held, err := tx.Files(ctx, file.Item)
		if err != nil {
			return err
		}
		for _, h := range held {
			if h.URL == file.URL {
				return tx.SaveFile(ctx, file, now)
			}
		}
		return nil // the item links it no more
	})
	if errors.Is(err, federation.ErrNotFound) {
		return nil
	}
	return err
}
