package portal

import (
	"strings"
)

// fileKinds name media types as people do; those left out are named by the
// second half of the type where it is a word (PDF, JPEG).
var fileKinds = map[string]string{
	"application/msword": "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
	"application/vnd.oasis.opendocument.text": "OpenDocument", "application/rtf": "RTF", "text/rtf": "RTF",
	"application/vnd.ms-excel": "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
	"application/vnd.ms-powerpoint": "PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
	"audio/mpeg": "MP3", "audio/mp4": "M4A", "audio/x-m4a": "M4A", "video/mpeg": "MPEG", "video/quicktime": "QuickTime",
	"image/svg+xml": "SVG", "application/epub+zip": "EPUB", "application/x-zip-compressed": "ZIP",
}

// fileKind names the format of a file; "" when it has no name for people.
func (v voice) fileKind(media string) string {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	media = strings.TrimSpace(media)
	switch media {
	case "text/plain":
		return v.T("file_text")
	case "application/vnd.oasis.opendocument.spreadsheet":
		return v.T("file_sheet")
	}
	if kind, ok := fileKinds[media]; ok {
		return kind
	}
	_, sub, ok := strings.Cut(media, "/")
	if !ok || len(sub) > 5 || strings.ContainsAny(sub, "-+.") {
		return ""
	}
	return strings.ToUpper(sub)
}

// fileSize writes a size of bytes in units of a thousand, as shops and systems
// count them.
func (v voice) fileSize(bytes int64) string {
	const kilo, mega = 1000, 1000 * 1000
	switch {
	case bytes < 10*mega && bytes >= mega:
		return v.T("size_mega", "Size", v.Numbers.Sprintf("%.1f", float64(bytes)/mega))
	case bytes >= mega:
		return v.T("size_mega", "Size", v.Numbers.Sprintf("%.0f", float64(bytes)/mega))
	}
	return v.T("size_kilo", "Size", v.Numbers.Sprint(max(bytes/kilo, 1)))
}
