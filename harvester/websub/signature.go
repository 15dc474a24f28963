package websub

import (
	"crypto/hmac"
	"crypto/sha1" // only where the operator allows it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"net/http"
	"strings"
)

// Why a push was not taken, as health shows it.
const (
	notSigned    = "it was not signed"
	wronglyMade  = "its signature could not be read"
	weaklySigned = "it was signed with sha1, which is out of date; the hub must use sha256"
	wrongMethod  = "its signature is of no method that we know"
	wronglySign  = "its signature was wrong"
	leftAlone    = "the site had asked us not to fetch for a while"
)

// signature is what a push says under which method it was signed.
type signature struct {
	mac  hash.Hash // to be fed the body
	want []byte
	weak bool // by sha1
}

// readSignature reads X-Hub-Signature: "method=hex" (WebSub 1.0, 7.1). It
// returns why the push cannot be taken, "" when it may be.
func readSignature(h http.Header, secret string, sha1Too bool) (signature, string) {
	values := h.Values("X-Hub-Signature")
	switch {
	case len(values) == 0:
		return signature{}, notSigned
	case len(values) > 1 || len(values[0]) > 256: // two could be of two bodies
		return signature{}, wronglyMade
	}
	method, text, ok := strings.Cut(strings.TrimSpace(values[0]), "=")
	if !ok {
		return signature{}, wronglyMade
	}
	var algorithm func() hash.Hash
	weak := false
	switch strings.ToLower(method) {
	case "sha256":
		algorithm = sha256.New
	case "sha384":
		algorithm = sha512.New384
	case "sha512":
		algorithm = sha512.New
	case "sha1":
		if !sha1Too {
			return signature{}, weaklySigned
		}
		algorithm, weak = sha1.New, true
	default:
		return signature{}, wrongMethod
	}
	want, err := hex.DecodeString(text)
	if err != nil {
		return signature{}, wronglyMade
	}
	return signature{hmac.New(algorithm, []byte(secret)), want, weak}, ""
}

// right reports, in constant time, whether the body that mac was fed is signed.
func (s signature) right() bool { return hmac.Equal(s.mac.Sum(nil), s.want) }
