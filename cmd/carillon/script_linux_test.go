package main

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// asPlainUser is the variable that makes a command of a script run as nobody:
// rights on files do not hold root back.
const asPlainUser = "TEST_AS_PLAIN_USER"

// dropRoot does so, when the variable is set and the tests run as root.
func dropRoot() error {
	const nobody = 65534
	if os.Getenv(asPlainUser) == "" || os.Getuid() != 0 {
		return nil
	}
	return errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody))
}

// reachable lets another user come as far as a script's folder.
func reachable(dir string) error {
	for ; dir != filepath.Clean(os.TempDir()) && len(dir) > 1; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o011 == 0o011 {
			return err
		}
		if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // a folder of this test
			return err
		}
	}
	return nil
}

// diskCommands are what can happen to a store while nobody looks.
var diskCommands = map[string]func(*testscript.TestScript, bool, []string){
	"cut": cut, "scribble": scribble, "sql": runSQL, "lock": lock, "smalldisk": smallDisk, "fill": fillCommand,
}

func wantArgs(ts *testscript.TestScript, neg bool, args []string, n int, usage string) {
	if neg || len(args) != n {
		ts.Fatalf("usage: %s", usage)
	}
}

// cut FILE BYTES: only the first bytes of the file are left.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	wantArgs(ts, neg, args, 2, "cut file bytes")
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

// scribble FILE OFFSET: 8 KiB of the file are overwritten.
func scribble(ts *testscript.TestScript, neg bool, args []string) {
	wantArgs(ts, neg, args, 2, "scribble file offset")
	at, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	noise := make([]byte, 8<<10)
	for i := range noise {
		noise[i] = byte(i*7 + 1)
	}
	_, err = f.WriteAt(noise, at)
	ts.Check(errors.Join(err, f.Close()))
}

func openSQL(ts *testscript.TestScript, file string) *sql.DB {
	db, err := sql.Open("sqlite", ts.MkAbs(file))
	ts.Check(err)
	db.SetMaxOpenConns(1)
	return db
}

// sql FILE STATEMENT: run behind the hub's back.
func runSQL(ts *testscript.TestScript, neg bool, args []string) {
	wantArgs(ts, neg, args, 2, "sql file statement")
	db := openSQL(ts, args[0])
	_, err := db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// lock FILE: another program holds the file until the script ends.
func lock(ts *testscript.TestScript, neg bool, args []string) {
	wantArgs(ts, neg, args, 1, "lock file")
	db := openSQL(ts, args[0])
	ts.Defer(func() { _ = db.Close() })
	for _, statement := range []string{"PRAGMA locking_mode = exclusive", "BEGIN EXCLUSIVE", "UPDATE fence SET token = token"} {
		_, err := db.Exec(statement)
		ts.Check(err)
	}
}

// smalldisk DIR MIB: a disk of that size, which only root can make.
func smallDisk(ts *testscript.TestScript, neg bool, args []string) {
	wantArgs(ts, neg, args, 2, "smalldisk dir MiB")
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o750))
	ts.Check(mountSmall(dir, args[1]))
	ts.Defer(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
}

func mountSmall(dir, mib string) error {
	return syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+mib+"m")
}

// canMount reports whether this user may make a small disk.
func canMount() bool {
	dir, err := os.MkdirTemp("", "carillon-disk-*")
	if err != nil {
		return false
	}
	defer os.Remove(dir)
	return mountSmall(dir, "1") == nil && syscall.Unmount(dir, syscall.MNT_DETACH) == nil
}

// fillCommand is fill FILE: the file takes what is left of its disk.
func fillCommand(ts *testscript.TestScript, neg bool, args []string) {
	wantArgs(ts, neg, args, 1, "fill file")
	ts.Check(fillDisk(ts.MkAbs(args[0])))
}

// fillDisk writes until there is no room for another byte.
func fillDisk(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	for size := 1 << 20; size > 0; {
		_, err = f.Write(make([]byte, size))
		if errors.Is(err, syscall.ENOSPC) {
			size, err = size/16, nil
		}
		if err != nil {
			break
		}
	}
	return errors.Join(err, f.Close())
}
