package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// postgres is a PostgreSQL server as initdb sets it up, on a socket in a
// temporary folder.
type postgres struct {
	cmd *exec.Cmd
	dir string
}

func startPostgres(ctx context.Context) (pg *postgres, err error) {
	programs, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	pg = &postgres{}
	if pg.dir, err = os.MkdirTemp("", "carillon-bench-postgres-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, pg.close())
		}
	}()
	data := filepath.Join(pg.dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(programs, "initdb"), "-D", data, "-U", "miniflux", "--auth=trust", "--encoding=UTF8", "--no-locale")
	server := exec.CommandContext(ctx, filepath.Join(programs, "postgres"), "-D", data, "-k", pg.dir, "-c", "listen_addresses=")
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) } // its children end with it
	initdb.Dir, server.Dir = pg.dir, pg.dir
	if err := withoutRoot(pg.dir, initdb, server); err != nil {
		return pg, err
	}
	if out, err := initdb.CombinedOutput(); err != nil {
		return pg, fmt.Errorf("initdb: %w: %s", err, out)
	}
	if err := server.Start(); err != nil {
		return pg, err
	}
	pg.cmd = server
	return pg, until(ctx, func() (bool, error) {
		return exec.CommandContext(ctx, filepath.Join(programs, "pg_isready"), "-q", "-h", pg.dir).Run() == nil, nil
	})
}

// postgresPrograms is the folder of the programs of PostgreSQL: the newest that
// Debian's packages put down, else where the path leads.
func postgresPrograms() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	initdb, err := exec.LookPath("initdb")
	return filepath.Dir(initdb), err
}

// close ends the server, and waits for it.
func (pg *postgres) close() error {
	if pg.cmd != nil {
		_ = pg.cmd.Process.Signal(os.Interrupt) // "fast shutdown"; it may have ended by itself
		_ = pg.cmd.Wait()
	}
	return os.RemoveAll(pg.dir)
}

// until asks ten times a second until the answer is yes, and gives up after
// five minutes.
func until(ctx context.Context, done func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// cpuOf is what the processes, those of their children that live and those they
// have waited for used so far: utime, stime, cutime and cstime of proc(5), in
// hundredths of a second.
func cpuOf(pids ...int) (time.Duration, error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	ticks, found := 0, 0
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended meanwhile
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:])) // the name may hold anything
		if len(fields) < 15 {
			return 0, fmt.Errorf("%s is too short", file)
		}
		parent, _ := strconv.Atoi(fields[1])
		for _, p := range pids {
			if p != pid && p != parent {
				continue
			}
			if p == pid && fields[0] != "Z" {
				found++
			}
			for _, f := range fields[11:15] {
				n, err := strconv.Atoi(f)
				if err != nil {
					return 0, err
				}
				ticks += n
			}
		}
	}
	if found != len(pids) {
		return 0, errors.New("a process has ended that should have gone on")
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}
