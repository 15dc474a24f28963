package portal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/plonegov/carillon/api/web"
)

// policy lets a page load our sheets, pictures and maps, and nothing of anybody
// else (DESIGN.md 8.9); it runs nothing. scriptPolicy lets it run our scripts
// too, which may ask us for more.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
const scriptPolicy = policy + "; script-src 'self'; connect-src 'self'"

const pageLifetime = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
const fileLifetime = "public, max-age=3600, stale-while-revalidate=86400"

// sheets are buffers that pages are written in, to be used again.
var sheets = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxSheet is the largest buffer that is kept, in bytes.
const maxSheet = 1 << 20

// framed is the view of a page.
type framed interface{ Page() page }

// render answers with a page. Nothing is sent before the whole page is made,
// so that no half of one goes out with a 200.
func (p *Portal) render(w http.ResponseWriter, v visit, name string, view framed) error {
	b := sheets.Get().(*bytes.Buffer)
	defer func() {
		if b.Reset(); b.Cap() <= maxSheet {
			sheets.Put(b)
		}
	}()
	if err := p.templates.ExecuteTemplate(b, name, view); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	pageHeaders(w.Header(), view.Page())
	p.sendWhole(w, v, b.Bytes())
	return nil
}

// sendWhole answers with a page or a map under its validator, or says that the
// visitor has it.
func (p *Portal) sendWhole(w http.ResponseWriter, v visit, body []byte) {
	web.Send(w, v.Request, body)
}

// pageHeaders are those of every page, errors included.
func pageHeaders(h http.Header, pg page) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	if len(pg.Scripts) > 0 {
		h.Set("Content-Security-Policy", scriptPolicy)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	h.Add("Vary", "Accept-Language")
}

func (p *Portal) send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	if r.Header.Get("Accept-Encoding") == "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	if _, err := w.Write(body); err != nil {
		p.log.DebugContext(r.Context(), "the visitor left before the page was sent", "err", err)
	}
}

// digest is a short name for bytes, safe in an address and in a header.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}
