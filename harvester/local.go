package harvester

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// openLocal reads a file: source: one file, a zip, or a folder with all below
// it. Only the region file can name one. reading goes before its hash.
func openLocal(ref, reading string, held copyHeld) (*fetched, error) {
	path, err := localPath(ref)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	got := &fetched{asked: "file:" + ref, url: "file:" + ref}
	switch {
	case info.IsDir():
		got.files, err = readFolder(path)
	case info.Mode().IsRegular():
		got.files, err = readLocalFile(path)
	default: // a pipe or a device might never end
		err = fileError(path, errors.New("it is neither a file nor a folder"))
	}
	if err != nil {
		return nil, err
	}
	var parts [][]byte
	for _, f := range got.files {
		parts = append(parts, []byte(f.name), f.body)
	}
	got.hash = digest(parts...)
	got.mark = reading + got.hash
	got.unchanged = got.mark == held.mark
	return got, nil
}

// localPath reads file:relative, file:/absolute and file:///absolute
// (RFC 8089, 2 and appendix E.2).
func localPath(ref string) (string, error) {
	path, err := url.PathUnescape(strings.TrimPrefix(ref, "//"))
	if err != nil || path == "" || strings.HasPrefix(ref, "//") && !strings.HasPrefix(ref, "///") {
		return "", &sourceError{class: federation.FailFile,
			message: fmt.Sprintf("The address file:%s is not the address of a file on this machine.", ref),
			advice:  "Write file:folder/name or file:///folder/name in the region file."}
	}
	return path, nil
}

func readLocalFile(path string) ([]file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer f.Close()
	body, err := readBounded(f, maxArchive)
	if err != nil {
		return nil, fileError(path, err)
	}
	return unpack(file{body: body})
}

// readFolder reads the documents below a folder, by path. Links and hidden
// files are passed over; os.Root keeps the walk inside the folder.
func readFolder(path string) ([]file, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer root.Close()
	b := budget{}
	var files []file
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		f, err := root.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		body, err := b.read(f)
		files = append(files, file{name: filepath.ToSlash(name), body: body})
		return err
	})
	if err != nil {
		return nil, fileError(path, err)
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}

func fileError(path string, err error) error {
	var known *sourceError
	if errors.As(err, &known) {
		return err
	}
	advice := "Check the path in the region file and that the hub may read it."
	if errors.Is(err, fs.ErrNotExist) {
		advice = "Check the path in the region file: paths are relative to where the hub was started."
	}
	return &sourceError{class: federation.FailFile, message: fmt.Sprintf("The file %s cannot be read: %s.", path, cause(err)), advice: advice}
}

func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// readBounded reads all of r, refusing more than limit bytes.
func readBounded(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = tooLarge(limit)
	}
	return body, err
}
