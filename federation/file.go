package federation

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// TaskFiles is the kind of the tasks that read files which items of a source
// link; the key is the source's full name.
const TaskFiles = "files"

// FilesRead tells that the text of the files of an item is another one; the
// item itself is as it was. Key is its id.
const FilesRead ChangeKind = "files-read"

// File is what is kept of a file that an item links. Item and URL are its
// identity: what one member's item links says nothing of another's, even at
// the same address.
type File struct {
	Item string
	URL  string // as the attachment has it

	Due          time.Time     // when to fetch it next; zero = never
	Read         time.Time     // when it was last read, or found to be as it was; zero = never
	ETag         []byte        // verbatim
	LastModified []byte        // verbatim
	Hash         string        // of the bytes last read, hex
	Interval     time.Duration // between two looks at it, while all is well
	Failures     int           // in a row
	Reason       FileReason    // why its text, or a part of it, is not known
	Paged        bool          // it says itself where its pages begin; else all is one
	Pages        []string      // text of each, "" = none on it; nil when it was not asked for
}

// FileText is what could be read of a file.
type FileText struct {
	// Pages are the texts of the pages in order, clean, on one line; "" = there
	// is no text on it. The last is never "".
	Pages []string
	// Paged tells that the file itself says where pages begin; else all is one.
	Paged bool
	// Reason is why this is not all; "" = it is.
	Reason FileReason
}

// Bytes is the size of all pages together.
func (t FileText) Bytes() int {
	n := 0
	for _, p := range t.Pages {
		n += len(p)
	}
	return n
}

// FileCounts is how the files of a source stand.
type FileCounts struct {
	Files   int                // known
	Waiting int                // of these, not looked at yet
	Bytes   int64              // of text
	Reasons map[FileReason]int // nil when all is well
}

// Files reads what is kept of the files that items link.
type Files interface {
	// ItemFiles returns the files of the live ones among ids that have text,
	// with it, by item and then by URL.
	ItemFiles(ctx context.Context, ids []string) ([]File, error)
	// DueFiles returns up to n files of a source's live items that are due at
	// now, earliest first, then by item and URL, without their text.
	DueFiles(ctx context.Context, source string, now time.Time, n int) ([]File, error)
	// NextFile is when the next file of the source is due; zero when none is.
	NextFile(ctx context.Context, source string) (time.Time, error)
	// FileCounts counts the files of a source's live items.
	FileCounts(ctx context.Context, source string) (FileCounts, error)
}

// FileWriter is the part of a transaction that keeps files. The files of an
// item go when it is withdrawn.
type FileWriter interface {
	// Files returns the files of an item by URL, without their text.
	Files(ctx context.Context, item string) ([]File, error)
	// SaveFile replaces what is kept of a file. With Pages nil the text stays
	// as it is. When the text changes by it the item gets a FilesRead change
	// stamped now. An item that is unknown or withdrawn is ErrNotFound.
	SaveFile(ctx context.Context, f File, now time.Time) error
	// RemoveFile forgets a file; one that is not kept is no error.
	RemoveFile(ctx context.Context, item, url string, now time.Time) error
}

const maxItemFiles = 10 // that are read of one item

// ReadableFiles are the addresses of the files of the item whose text is worth
// finding, in its order, and whether there are more than are read. Files of
// other types of items than decisions, notices and documents are not read: they
// are rarely what the item is about.
func (i Item) ReadableFiles() (urls []string, more bool) {
	if i.Type != Decision && i.Type != Notice && i.Type != DocumentItem {
		return nil, false
	}
	for _, a := range i.Attachments {
		if !a.readable() || slices.Contains(urls, a.URL) {
			continue
		}
		if len(urls) == maxItemFiles {
			return urls, true
		}
		urls = append(urls, a.URL)
	}
	return urls, false
}

// readableTypes are the media types of files that are read, by the ending of
// their names.
var readableTypes = map[string]string{
	".pdf":  "application/pdf",
	".odt":  "application/vnd.oasis.opendocument.text",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// readable reports whether the attachment says that it is a PDF, ODT or DOCX.
func (a Attachment) readable() bool {
	u, err := url.Parse(a.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || a.Role != "" {
		return false
	}
	media, _, _ := strings.Cut(strings.ToLower(a.Type), ";")
	switch media = strings.TrimSpace(media); media {
	case "", "application/octet-stream", "binary/octet-stream", "application/download", "application/x-pdf":
	default:
		for _, known := range readableTypes {
			if media == known {
				return true
			}
		}
		return false
	}
	for _, name := range []string{u.Path, a.Title} {
		if readableTypes[strings.ToLower(path.Ext(name))] != "" {
			return true
		}
	}
	return media == "application/x-pdf"
}

// IsPDF reports whether browsers open the attachment at a page that #page=N
// names (RFC 8118, 3).
func (a Attachment) IsPDF() bool {
	media, _, _ := strings.Cut(strings.ToLower(a.Type), ";")
	u, err := url.Parse(a.URL)
	return strings.TrimSpace(media) == readableTypes[".pdf"] || err == nil && strings.EqualFold(path.Ext(u.Path), ".pdf")
}
