package portal

import (
	"bytes"
	"errors"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

type errorView struct {
	page
	Status int
	Detail string
	// Said is the detail where it is more than the sentence for the status.
	Said string
	// Fault says more in English, as programs are told it.
	Fault string
}

// Error answers with a page that says what went wrong, in the reader's
// language. An empty title or detail, or a title that only spells the status,
// becomes the sentence for the status; a detail that is not in the reader's
// language is marked as English.
func (p *Portal) Error(w http.ResponseWriter, r *http.Request, status int, title, detail, lang string) {
	v, _ := p.visit(r) // its language is right even when the address is not
	if title == http.StatusText(status) {
		title = ""
	}
	if lang == v.Lang {
		p.explain(w, v, status, title, detail, "")
		return
	}
	p.explain(w, v, status, title, "", detail)
}

// fail answers with the page for an error. What it does not know is a bug or a
// breakdown: logged here, and told without its text.
func (p *Portal) fail(w http.ResponseWriter, v visit, err error) {
	problem := web.ProblemOf(err, v.URL.Path)
	maps.Copy(w.Header(), problem.GetHeaders())
	if problem.Logged {
		p.log.ErrorContext(v.Context(), "a page failed", "path", v.URL.Path, "err", err)
	}
	var invalid *federation.InvalidError
	detail := ""
	switch {
	case errors.As(err, &invalid):
		detail = v.fault(invalid)
	case errors.Is(err, search.ErrNotLevel):
		detail = v.T("error_starting")
	}
	p.explain(w, v, problem.Status, "", detail, "")
}

// framePolicy is that of an error in a frame, which any site may show: whose
// the frame is may be what is not known, and the page holds nothing of anybody.
const framePolicy = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors *"

// explain writes the page; empty words are those for the status.
func (p *Portal) explain(w http.ResponseWriter, v visit, status int, title, detail, fault string) {
	kind := errorKind(status)
	if title == "" {
		title = v.T("error_" + kind + "_title")
	}
	view := errorView{page: p.withScript(p.page(v, title)), Status: status, Detail: detail, Said: detail, Fault: fault}
	if detail == "" {
		view.Detail = v.T("error_" + kind)
	}
	view.Query = strings.ToValidUTF8(v.query.Get("q"), "\uFFFD")
	view.NoIndex, view.Alternates, view.Languages, view.Canonical = true, nil, nil, ""
	name := "error"
	if strings.HasPrefix(v.URL.Path, "/embed/") {
		name = "frame-error"
	}
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, view); err != nil {
		p.log.ErrorContext(v.Context(), "the page for an error failed", "path", v.URL.Path, "err", err)
		b.Reset()
		b.WriteString("<!doctype html><title>" + strconv.Itoa(status) + "</title>")
	}
	h := w.Header()
	pageHeaders(h, view.page)
	h.Set("Cache-Control", "no-cache")
	if status >= http.StatusInternalServerError {
		h.Set("Cache-Control", "no-store")
	}
	if name == "frame-error" {
		h.Set("Content-Security-Policy", framePolicy)
	}
	if status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", "60")
	}
	p.send(w, v.Request, status, b.Bytes())
}

// errorKind names the sentences for a status.
func errorKind(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusRequestURITooLong:
		return "invalid"
	case http.StatusNotFound:
		return "missing"
	case http.StatusGone:
		return "gone"
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return "busy"
	}
	if status < http.StatusInternalServerError {
		return "refused"
	}
	return "broken"
}
