package harvester

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/enrich"
	"github.com/plonegov/carillon/harvester/survey"
)

// Check reads a source and stores nothing. The failure is nil when it could
// be read.
func (h *Harvester) Check(ctx context.Context, src federation.Source) (survey.Finding, *federation.Failure) {
	got, err := h.get(ctx, src, src.URL, copyHeld{})
	if err != nil {
		return survey.Finding{URL: src.URL}, triedOnce(err, h.now())
	}
	return h.examine(src, got)
}

// examine tells what is in what was fetched.
func (h *Harvester) examine(src federation.Source, got *fetched) (survey.Finding, *federation.Failure) {
	c, err := h.decode(src, got)
	if err != nil {
		return survey.Finding{URL: got.url}, triedOnce(err, h.now())
	}
	src.Alerts = true // what is there to be granted
	h.tables().Complete(&c.Decoded, enrich.Origin{Source: src, URL: got.url, Hash: got.hash, Time: h.now()})
	return survey.Finding{URL: got.url, Format: c.format.Name, Title: c.Title, Language: c.Language,
		Items: c.Items, Listed: c.Listed, Pages: len(c.Pages), Warnings: texts(c.Warnings)}, nil
}

// received is an answer as [Harvester.examine] takes it.
func received(res *safehttp.Response) (*fetched, error) {
	sum := sha256.Sum256(res.Body)
	got := &fetched{asked: res.URL, url: res.URL, status: res.Status, moved: res.Permanent, hash: hex.EncodeToString(sum[:])}
	var err error
	got.files, err = unpack(file{contentType: res.Header.Get("Content-Type"), body: res.Body})
	return got, err
}

// Survey finds what a site publishes, and stores nothing. The failure is nil when
// there is a finding.
func (h *Harvester) Survey(ctx context.Context, address string) (survey.Report, *federation.Failure) {
	out, failed := survey.Of(ctx, surveyReader{h}, address)
	if failed != nil {
		failed.Time = h.now()
	}
	return out, failed
}

// surveyReader fetches and reads for a survey.
type surveyReader struct{ h *Harvester }

// Ask implements [survey.Reader].
func (r surveyReader) Ask(ctx context.Context, address string) survey.Answer {
	accept := r.h.accept("", address)
	if accept != jsonType {
		accept = "text/html;q=0.9, " + accept
	}
	res, err := r.h.fetch.Get(ctx, safehttp.Request{URL: address, Accept: accept})
	if err == nil && (res.Status < 200 || res.Status > 299) {
		err = &statusError{status: res.Status, retryAfter: retryAfter(res, r.h.now())}
	}
	if err != nil {
		busy := res != nil && restFor(res.Status, retryAfter(res, r.h.now())) > 0
		return survey.Answer{Failed: triedOnce(err, r.h.now()), Busy: busy}
	}
	return survey.Answer{Response: res}
}

// Read implements [survey.Reader].
func (r surveyReader) Read(res *safehttp.Response) (survey.Finding, *federation.Failure) {
	got, err := received(res)
	if err != nil {
		return survey.Finding{URL: res.URL}, triedOnce(err, r.h.now())
	}
	return r.h.examine(federation.Source{Member: "check", Slug: "address", URL: res.URL}, got)
}
