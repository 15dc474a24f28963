package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// refusal is why a store cannot be opened: a sentence for the person who
// started the program, which says what to do, with the cause behind it.
type refusal struct {
	sentence string
	cause    error
}

func (r *refusal) Error() string {
	if e := (*driver.Error)(nil); errors.As(r.cause, &e) {
		return fmt.Sprintf("%s (SQLite: %v)", r.sentence, e)
	}
	return r.sentence
}

func (r *refusal) Unwrap() error { return r.cause }

// errEmptied: somebody, or a crash of the machine, left nothing of the file.
var errEmptied = errors.New("the file is empty")

// refused puts the failure to open the store at path into words. What SQLite
// says does not tell a folder from a missing right: the file is asked again.
func refused(path string, err error) error {
	err = fault(err)
	say := func(format string, args ...any) error {
		return &refusal{fmt.Sprintf("the store %s ", path) + fmt.Sprintf(format, args...), err}
	}
	if errors.Is(err, errEmptied) {
		return say("was a store of Carillon and is an empty file now: restore a backup of it, or remove it to begin with an empty one")
	}
	switch code(err) {
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return say("is damaged or is no store of Carillon: restore a backup of it, or move it away to begin with an empty one")
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return say("is locked by another program: end that program, then try again")
	case lib.SQLITE_FULL:
		return full(path, err)
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_IOERR, lib.SQLITE_PERM:
	default:
		return fmt.Errorf("open the store %s: %w", path, err)
	}
	switch name, cause := denied(path); {
	case errors.Is(cause, syscall.EISDIR):
		return say("cannot be opened, %s is a folder where a file must be: move it away, or give another data folder", name)
	case errors.Is(cause, syscall.ENOSPC):
		return full(path, err)
	case errors.Is(cause, fs.ErrNotExist):
		return say("has no folder: make %s, or give another data folder", filepath.Dir(path))
	case cause != nil:
		return say("cannot be written: let this user write %s, or give another data folder", name)
	}
	return say("cannot be opened or written: look at its disk and at the rights on its folder")
}

func full(path string, err error) error {
	return &refusal{fmt.Sprintf("the store %s cannot be written, its disk is full: free some space, then try again", path), &fullError{err}}
}

// fullError is any failure to write on a full disk.
type fullError struct{ error }

func (e *fullError) Unwrap() error { return e.error }

// code is the primary result code of a failure of SQLite, 0 when it is none.
// Extended codes carry it in their low byte (sqlite.org/rescode.html).
func code(err error) int {
	var e *driver.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// denied returns the first of what SQLite writes that cannot be written, and
// why; it leaves everything as it was.
func denied(path string) (name string, cause error) {
	for _, name := range []string{path, path + "-wal", path + "-shm", path + "-lock"} {
		f, err := os.OpenFile(name, os.O_RDWR, 0)
		if err == nil {
			_ = f.Close() // nothing was written
		} else if !errors.Is(err, fs.ErrNotExist) {
			return name, err
		}
	}
	dir := filepath.Dir(path)
	probe, err := os.CreateTemp(dir, ".carillon-*")
	if err != nil {
		return dir, err
	}
	_, err = probe.Write(make([]byte, 64<<10))
	_ = errors.Join(probe.Close(), os.Remove(probe.Name())) // the disk has said what it has to say
	return dir, err
}
