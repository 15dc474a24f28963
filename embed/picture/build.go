package picture

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
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
	// budget is how many bytes all pictures that are being decoded take
	// together, as estimated from their headers; none may take more.
	budget = 64 << 20
	// decoders is how many pictures are decoded at once; one that needs more
	// than its share of the budget is decoded with fewer beside it.
	decoders = 2

	maxFetched = 12 // pictures being fetched or decoded: each holds its bytes
	maxOwn     = 3  // of them of one source or host, so that a slow one leaves room
	maxWaiting = 32 // of one source or host that wait for their turn
	maxAll     = 256

	noneFor = 10 * time.Minute // how long a picture that cannot be had is not asked for
	downFor = time.Minute      // the same for every picture of a host that does not answer
)

var (
	errNone = errors.New("it cannot be had")
	errBusy = &federation.UnavailableError{After: 5 * time.Second,
		Reason: "The hub is making too many pictures at once; try again in a moment"}
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
	ctx, cancel := context.WithTimeout(ctx, buildWithin)
	defer cancel()
	leave, err := s.turn(ctx, of)
	if err != nil {
		return nil, err
	}
	defer leave()
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

// turn waits until the picture may be fetched: it is its source's and its
// host's turn, and then there is room among all.
func (s *Server) turn(ctx context.Context, of subject) (leave func(), err error) {
	var left []func()
	leave = func() {
		for _, f := range slices.Backward(left) {
			f()
		}
	}
	for _, step := range []struct {
		limit *web.Limit
		name  string
	}{{&s.all, ""}, {&s.own, "source " + of.owner}, {&s.own, hostKey(of.address)}, {&s.fetched, ""}} {
		f, err := step.limit.Acquire(ctx, step.name)
		if err != nil { // too many wait, or its turn did not come in time
			leave()
			return nil, errBusy
		}
		left = append(left, f)
	}
	return leave, nil
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
	leave, err := s.decoded.Acquire(ctx, of.owner) // what is slow to decode holds up its own
	if err != nil {
		return nil, errBusy
	}
	defer leave()
	share := max(f.memory, budget/decoders)
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
