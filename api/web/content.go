package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

// Tag is a weak validator of a body: weak, because the bytes sent differ by
// compression (RFC 9110, 8.8.1).
func Tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// Send answers 200 with a body whose type is in the header, or 304 to who holds
// it, by its [Tag] where the header has no ETag.
func Send(w http.ResponseWriter, r *http.Request, body []byte) {
	if w.Header().Get("ETag") == "" {
		w.Header().Set("ETag", Tag(body))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
