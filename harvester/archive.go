package harvester

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Bounds of a folder or an archive. The largest flow seen, DILA's, has 5,557
// files and 141 MB.
const (
	maxFiles    = 8_000
	maxFile     = 8 << 20 // as for a single document
	maxUnpacked = 512 << 20
	maxRatio    = 100 // unpacked bytes a packed byte, over the whole archive
)

// budget counts what is read of one folder or archive.
type budget struct {
	files int
	bytes int64
}

// read reads one document within the budget.
func (b *budget) read(r io.Reader) ([]byte, error) {
	if b.files++; b.files > maxFiles {
		return nil, &sourceError{class: federation.FailTooLarge,
			message: fmt.Sprintf("There are more than %d files.", maxFiles),
			advice:  "Publish them in several archives, each as a source of its own."}
	}
	body, err := readBounded(r, min(maxFile, maxUnpacked-b.bytes))
	b.bytes += int64(len(body))
	return body, err
}

// unpack returns the documents of a zip, or the file itself when it is none.
func unpack(f file) ([]file, error) {
	if !bytes.HasPrefix(f.body, []byte("PK\x03\x04")) {
		if len(f.body) > maxFile {
			return nil, tooLarge(maxFile)
		}
		return []file{f}, nil
	}
	z, err := zip.NewReader(bytes.NewReader(f.body), int64(len(f.body)))
	if err != nil {
		return nil, badArchive("it is damaged")
	}
	if err := checkEntries(z.File, int64(len(f.body))); err != nil {
		return nil, err
	}
	return readEntries(z.File)
}

// checkEntries refuses what a zip made by ordinary means never has, before
// anything is unpacked.
func checkEntries(entries []*zip.File, size int64) error {
	if len(entries) > maxFiles {
		return hugeArchive("it has more than %d files", maxFiles)
	}
	type span struct{ from, to int64 }
	var spans []span
	var total uint64
	for _, e := range entries {
		if !fsPath(e.Name) {
			return badArchive("the name %.100q leads out of it", e.Name)
		}
		from, err := e.DataOffset()
		if err != nil || e.CompressedSize64 > uint64(size) {
			return badArchive("it is damaged")
		}
		spans = append(spans, span{from, from + int64(e.CompressedSize64)})
		if total += e.UncompressedSize64; total > maxUnpacked || e.UncompressedSize64 > maxUnpacked {
			return hugeArchive("it unpacks to more than %d MiB", maxUnpacked>>20)
		}
	}
	if total > uint64(size)*maxRatio {
		return hugeArchive("it unpacks to more than %d times its size", maxRatio)
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return badArchive("its files overlap")
		}
	}
	return nil
}

func readEntries(entries []*zip.File) ([]file, error) {
	b := budget{}
	var files []file
	for _, e := range entries {
		if !e.Mode().IsRegular() || strings.HasPrefix(path.Base(e.Name), ".") {
			continue
		}
		r, err := e.Open()
		if err != nil {
			return nil, badArchive("its file %.100q cannot be opened", e.Name)
		}
		body, err := b.read(r)
		r.Close()
		var known *sourceError
		switch {
		case errors.As(err, &known): // over a bound of ours, not damaged
			return nil, err
		case err != nil:
			return nil, badArchive("its file %.100q is damaged", e.Name)
		}
		files = append(files, file{name: e.Name, body: body})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}

// fsPath reports whether a zip entry's name stays below the folder it would
// be unpacked to.
func fsPath(name string) bool {
	return name != "" && !path.IsAbs(name) && !strings.ContainsAny(name, "\\\x00") &&
		name != ".." && !strings.HasPrefix(path.Clean(name), "../") && path.Clean(name) != ".."
}

// badArchive is for an archive made wrongly, hugeArchive for one beyond our
// bounds. The library's own words are left out: a webmaster cannot use them.
func badArchive(format string, args ...any) error {
	return refused(federation.FailFormat, fmt.Sprintf(format, args...), "Ask the publisher for an archive made anew.")
}

func hugeArchive(format string, args ...any) error {
	return refused(federation.FailTooLarge, fmt.Sprintf(format, args...),
		"Ask the publisher for several smaller archives, each as a source of its own.")
}

func refused(class federation.FailureClass, why, advice string) error {
	return &sourceError{class: class, message: "The zip archive is refused: " + why + ".", advice: advice}
}

func tooLarge(limit int64) error {
	return &sourceError{class: federation.FailTooLarge,
		message: fmt.Sprintf("The document is larger than %d MiB.", limit>>20),
		advice:  "Ask the webmaster for a feed of the latest items only; 20 to 100 are usual."}
}
