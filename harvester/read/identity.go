package read

import (
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"path"
	"strings"
)

// Hash is an id made of what a document says, for what has none or one that is
// too long: the same parts are the same id for ever, at 37 bytes.
func Hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "hash:" + hex.EncodeToString(sum[:16])
}

// MediaType is the media type that is said of a file, without parameters, else
// what the name of the file in its address ends in; "" when neither tells.
func MediaType(said, address string) string {
	if t, _, err := mime.ParseMediaType(said); err == nil && strings.Contains(t, "/") {
		return t
	}
	name, _, _ := strings.Cut(address, "?")
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png", ".gif", ".webp", ".avif":
		return "image/" + ext[1:]
	case ".pdf":
		return "application/pdf"
	case ".mp3":
		return "audio/mpeg"
	case ".mp4":
		return "video/mp4"
	}
	return ""
}
