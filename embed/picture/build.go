package picture

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation/safehttp"
)

const (
	// buildWithin bounds the making of a picture, which outlives the request
	// that began it because others may be waiting for the same.
	buildWithin = 20 * time.Second
	// decodeWithin bounds the decoding alone.
	decodeWithin = 5 * time.Second
	// maxBody is the largest picture fetched, in bytes.
	maxBody = 8 << 20
	// decoders is how many pictures are decoded at once; one that needs more
	// than its share of maxMemory is decoded alone.
	decoders = 2

	maxQueue     = 32 // pictures being fetched, or waiting to be decoded
	maxHostQueue = 16 // of them from one host, so that a slow one leaves room

	noneFor = 10 * time.Minute // how long a picture that cannot be had is not asked for
	downFor = time.Minute      // the same for every picture of a host that does not answer
)

var (
	errNone = errors.New("it cannot be had")
	errBusy = errors.New("too many pictures at once")
)

// subject is a picture that is asked for.
type subject struct {
	address string
	logo    bool           // it keeps what is transparent, and may be a vector drawing
	private []netip.Prefix // networks that its source may be on besides public ones
	owner   string         // whose it is, for the log
}

// key is what is remembered of a subject: what one source may fetch says
// nothing of what another may.
func (p subject) key() string {
	key := p.address
	if p.logo {
		key = "logo " + key
	}
	if len(p.private) > 0 {
		key = fmt.Sprint(p.private, " ", key)
	}
	return key
}

// get returns a picture from memory, or makes it. Waiting ends with ctx; the
// making goes on for whoever asks next.
func (s *Server) get(ctx context.Context, of subject) (*picture, error) {
	if p, known := s.remembered(of); known {
		return p, noneIf(p == nil)
	}
	made := s.flights.DoChan(of.key(), func() (any, error) {
		if p, known := s.remembered(of); known { // made since we looked
			return p, noneIf(p == nil)
		}
		return s.build(context.WithoutCancel(ctx), of)
	})
	select {
	case r := <-made:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*picture), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func noneIf(none bool) error {
	if none {
		return errNone
	}
	return nil
}

// remembered tells what is known of a subject; nil and true is that there is
// no picture to be had.
func (s *Server) remembered(of subject) (p *picture, known bool) {
	now := s.now()
	if p, known = s.kept.get(of.key(), now); known {
		return p, true
	}
	_, down := s.kept.get(hostKey(of.address), now)
	return nil, down
}

// build fetches and renders a picture, and remembers how that ended.
func (s *Server) build(ctx context.Context, of subject) (*picture, error) {
	leave, ok := s.queue.enter(hostKey(of.address))
	if !ok {
		return nil, errBusy
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, buildWithin)
	defer cancel()
	p, err := s.make(ctx, of)
	switch {
	case err == nil:
		s.kept.put(of.key(), p, time.Time{})
		return p, nil
	case errors.Is(err, errBusy):
		return nil, err
	}
	s.log.InfoContext(ctx, "a picture cannot be had", "of", of.owner, "url", of.address, "err", err)
	pause := noneFor
	if ctx.Err() != nil { // its turn never came: that says little about it
		pause = downFor
	} else if unreachable(err) {
		s.kept.put(hostKey(of.address), nil, s.now().Add(downFor))
	}
	s.kept.put(of.key(), nil, s.now().Add(pause))
	return nil, fmt.Errorf("%w: %w", errNone, err)
}

// make is build without its memory.
func (s *Server) make(ctx context.Context, of subject) (*picture, error) {
	accept := "image/webp,image/jpeg,image/png,image/gif;q=0.8"
	if of.logo {
		accept = "image/svg+xml," + accept
	}
	res, err := s.fetch.Get(ctx, safehttp.Request{URL: of.address, MaxBody: maxBody, Accept: accept, AllowPrivate: of.private})
	if err != nil {
		return nil, err
	}
	if res.Status != http.StatusOK {
		return nil, fmt.Errorf("status %d", res.Status)
	}
	if of.logo {
		if p, err := makeVector(res.Body); !errors.Is(err, errFormat) {
			return p, err
		}
	}
	f, err := inspect(res.Body)
	if err != nil {
		return nil, err
	}
	share := int64(1)
	if f.memory > maxMemory/decoders {
		share = decoders
	}
	if err := s.decoding.Acquire(ctx, share); err != nil {
		return nil, errBusy
	}
	defer s.decoding.Release(share)
	if of.logo {
		return f.renderLogo(time.Now().Add(decodeWithin))
	}
	return f.render(time.Now().Add(decodeWithin))
}

// unreachable reports whether the fault is the host's rather than the
// picture's.
func unreachable(err error) bool {
	var fault *safehttp.Error
	if !errors.As(err, &fault) {
		return false
	}
	switch fault.Kind {
	case safehttp.KindDNS, safehttp.KindTLS, safehttp.KindTimeout, safehttp.KindConnect:
		return true
	}
	return false
}

// hostKey names the host of an address; no address of a picture is equal to
// one.
func hostKey(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "host"
	}
	return "host " + u.Host
}

// queue counts the pictures in the making. The zero value is empty.
type queue struct {
	mu    sync.Mutex
	total int
	hosts map[string]int
}

// enter takes a place, unless all are taken; leave gives it back.
func (q *queue) enter(host string) (leave func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.total >= maxQueue || q.hosts[host] >= maxHostQueue {
		return nil, false
	}
	if q.hosts == nil {
		q.hosts = map[string]int{}
	}
	q.total++
	q.hosts[host]++
	return func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.total--
		if q.hosts[host]--; q.hosts[host] == 0 {
			delete(q.hosts, host)
		}
	}, true
}
