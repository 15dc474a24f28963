package embed

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

// answer is a body in every encoding we send, made once.
type answer struct {
	contentType []string
	style       string // source of the body's own style, for style-src; "" = none
	variants    [3]variant
}

// variant is the body in one encoding, with its header values ready.
type variant struct {
	encoding     string // "" for the body as it is
	body         []byte
	etag, length []string
	coding       []string
}

// fast compresses what is built while somebody waits, best what is built once
// in the life of the process.
const (
	fast = 5
	best = brotli.BestCompression
)

func newAnswer(contentType string, body []byte, level int) (*answer, error) {
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:12])
	var br, gz bytes.Buffer
	b := brotli.NewWriterLevel(&br, level)
	g := gzip.NewWriter(&gz)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{b, g} {
		if _, err := w.Write(body); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
	}
	return &answer{contentType: []string{contentType}, variants: [3]variant{
		newVariant("br", tag, br.Bytes()), newVariant("gzip", tag, gz.Bytes()), newVariant("", tag, body)}}, nil
}

// newVariant gives each encoding a strong tag of its own, because their bytes
// differ (RFC 9110, 8.8.3).
func newVariant(encoding, tag string, body []byte) variant {
	v := variant{encoding: encoding, body: body, length: []string{strconv.Itoa(len(body))}}
	if encoding != "" {
		tag += "-" + encoding
		v.coding = []string{encoding}
	}
	v.etag = []string{`"` + tag + `"`}
	return v
}

func (a *answer) size() int {
	n := 0
	for _, v := range a.variants {
		n += len(v.body)
	}
	return n
}

var (
	nosniff       = []string{"nosniff"}
	acrossOrigins = []string{"cross-origin"}
	exposed       = []string{"ETag, Retry-After"} // to scripts of other origins, which may read nothing else (Fetch, 3.2.6)
)

// write sends the encoding that r prefers, or 304. Values of the header that
// never change are shared, so that a hit allocates next to nothing.
func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	v := a.choose(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	h["Etag"] = v.etag
	h["X-Content-Type-Options"] = nosniff
	h["Cross-Origin-Resource-Policy"] = acrossOrigins
	h["Access-Control-Expose-Headers"] = exposed
	if Current(r, v.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Type"] = a.contentType
	h["Content-Length"] = v.length
	if v.coding != nil {
		h["Content-Encoding"] = v.coding
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(v.body) // a reader that left is no fault of ours
	}
}

func (a *answer) choose(accepted string) *variant {
	for i := range a.variants {
		if v := &a.variants[i]; v.encoding == "" || accepts(accepted, v.encoding) {
			return v
		}
	}
	return &a.variants[len(a.variants)-1]
}

// accepts reports whether an Accept-Encoding names the coding with a weight
// above zero (RFC 9110, 12.5.3).
func accepts(header, coding string) bool {
	for header != "" {
		var one string
		one, header, _ = strings.Cut(header, ",")
		name, weight, _ := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			weight = strings.TrimSpace(weight)
			return !strings.HasPrefix(weight, "q=0") || strings.Trim(weight[3:], ".0") != ""
		}
	}
	return false
}
