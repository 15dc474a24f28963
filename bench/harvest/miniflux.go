package main

import (
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// miniflux is a Miniflux with a PostgreSQL of its own, which reads the same
// feeds when told.
type miniflux struct {
	binary, base, token string
	env                 []string
	pg                  *postgres
	cmd                 *exec.Cmd
}

const (
	minifluxUser     = "bench"
	minifluxPassword = "bench-on-loopback"
)

// startMiniflux starts both and tells them of the feeds, none of which is read.
func startMiniflux(ctx context.Context, binary string, p publication, ports []int) (m *miniflux, err error) {
	pg, err := startPostgres(ctx)
	if err != nil {
		return nil, err
	}
	m = &miniflux{binary: binary, pg: pg}
	defer func() {
		if err != nil {
			err = errors.Join(err, m.close())
		}
	}()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return m, err
	}
	at := l.Addr().String()
	if err := l.Close(); err != nil {
		return m, err
	}
	m.base = "http://" + at
	m.env = append(os.Environ(), "DATABASE_URL=user=miniflux dbname=postgres sslmode=disable host="+pg.dir, "LISTEN_ADDR="+at, "BASE_URL="+m.base,
		"RUN_MIGRATIONS=1", "CREATE_ADMIN=1", "ADMIN_USERNAME="+minifluxUser, "ADMIN_PASSWORD="+minifluxPassword, "LOG_LEVEL=error",
		"FETCHER_ALLOW_PRIVATE_NETWORKS=1", "POLLING_FREQUENCY=525600", "BATCH_SIZE=100000", "WORKER_POOL_SIZE=16")
	m.cmd = m.command(ctx)
	if err := m.cmd.Start(); err != nil {
		m.cmd = nil
		return m, err
	}
	err = until(ctx, func() (bool, error) {
		_, err := cpuOf(m.cmd.Process.Pid, pg.cmd.Process.Pid)
		return err == nil && m.ask(ctx, "GET", "/healthcheck", "", nil) == nil, err
	})
	if err != nil {
		return m, err
	}
	var key struct{ Token string }
	if err := m.ask(ctx, "POST", "/v1/api-keys", `{"description":"bench"}`, &key); err != nil {
		return m, err
	}
	m.token = key.Token // a password would be hashed at every request
	return m, m.ask(ctx, "POST", "/v1/import", p.opml(ports), nil)
}

func (m *miniflux) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, m.binary, args...)
	cmd.Env = m.env
	return cmd
}

// versions names what is measured.
func (m *miniflux) versions(ctx context.Context) (string, error) {
	built, err := buildinfo.ReadFile(m.binary)
	if err != nil {
		return "", err
	}
	pg, err := exec.CommandContext(ctx, m.pg.cmd.Path, "--version").Output()
	return fmt.Sprintf("Miniflux %s, %s", built.Main.Version, strings.TrimSpace(string(pg))), err
}

// refresh reads every feed once, sees that what came of it is what the phase is
// about, and returns what both used until they rested.
func (m *miniflux) refresh(ctx context.Context, o *origin, want phase) (time.Duration, error) {
	held, err := m.entries(ctx)
	if err != nil {
		return 0, err
	}
	if err := m.command(ctx, "-reset-feed-next-check-at").Run(); err != nil { // else none is due
		return 0, err
	}
	before, err := m.rest(ctx)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	if err := m.ask(ctx, "PUT", "/v1/feeds/refresh", "", nil); err != nil {
		return 0, err
	}
	var sent200, sent304 int
	err = until(ctx, func() (bool, error) {
		counts, err := o.counts()
		sent200, sent304 = sent200+counts[0], sent304+counts[1]
		return sent200+sent304 >= want.sent200+want.sent304, err
	})
	if err == nil && (sent200 < want.sent200 || sent304 < want.sent304) { // one asked for twice is no fault
		err = fmt.Errorf("%d answers of 200 and %d of 304, want %d and %d or more", sent200, sent304, want.sent200, want.sent304)
	}
	var after time.Duration
	for read := false; err == nil && !read; {
		if after, err = m.rest(ctx); err == nil {
			read, err = m.readSince(ctx, begin)
		}
	}
	if err != nil {
		return 0, err
	}
	if now, err := m.entries(ctx); err != nil || now-held != want.fresh {
		return 0, errors.Join(err, fmt.Errorf("%d new entries, want %d", now-held, want.fresh))
	}
	return after - before, nil
}

// rest waits until Miniflux and PostgreSQL have computed next to nothing for a
// second and returns what they used so far.
func (m *miniflux) rest(ctx context.Context) (time.Duration, error) {
	const most = 20 * time.Millisecond
	var used time.Duration
	since := time.Now()
	err := until(ctx, func() (bool, error) {
		now, err := cpuOf(m.cmd.Process.Pid, m.pg.cmd.Process.Pid)
		if now-used > most {
			used, since = now, time.Now()
		}
		return time.Since(since) > time.Second, err
	})
	return used, err
}

// readSince reports whether every feed was read, and without a fault.
func (m *miniflux) readSince(ctx context.Context, begin time.Time) (bool, error) {
	var feeds []struct {
		CheckedAt time.Time `json:"checked_at"`
		Fault     string    `json:"parsing_error_message"`
	}
	if err := m.ask(ctx, "GET", "/v1/feeds", "", &feeds); err != nil {
		return false, err
	}
	for _, f := range feeds {
		if f.Fault != "" {
			return false, fmt.Errorf("a feed could not be read: %s", f.Fault)
		}
		if f.CheckedAt.Before(begin) {
			return false, nil
		}
	}
	return true, nil
}

// entries is how many items it holds.
func (m *miniflux) entries(ctx context.Context) (int, error) {
	var list struct{ Total int }
	err := m.ask(ctx, "GET", "/v1/entries?limit=1", "", &list)
	return list.Total, err
}

func (m *miniflux) ask(ctx context.Context, method, path, body string, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, m.base+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	if m.token == "" {
		r.SetBasicAuth(minifluxUser, minifluxPassword)
	} else {
		r.Header.Set("X-Auth-Token", m.token)
	}
	return answered(r, into)
}

// answered sends the request and decodes the answer, if into is not nil.
func answered(r *http.Request, into any) error {
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode >= 300:
		return fmt.Errorf("%s %s: %s: %.200s", r.Method, r.URL.Path, resp.Status, body)
	case into == nil:
		return nil
	}
	return json.Unmarshal(body, into)
}

// close ends both, and waits for them.
func (m *miniflux) close() error {
	if m.cmd != nil {
		_ = m.cmd.Process.Signal(os.Interrupt) // it may have ended by itself
		_ = m.cmd.Wait()
	}
	return m.pg.close()
}
