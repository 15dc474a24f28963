package safehttp

import (
	"context"
	"crypto/x509"
	"net"
	"net/netip"
	"net/url"
	"sync"
	"time"
)

const (
	defaultUserAgent     = "Carillon (+https://github.com/plonegov/carillon)"
	defaultTimeout       = 30 * time.Second
	defaultHeaderTimeout = 10 * time.Second
	defaultMaxBody       = 8 << 20
	defaultMaxRedirects  = 5
	idleTimeout          = 90 * time.Second

	// maxHeader bounds an answer's header, interim (1xx) answers included. It
	// is a little over 64 KiB so that an answer with one absurd header of that
	// size is still read, without that header.
	maxHeader = 72 << 10
)

// Config says what a [Client] may do. The zero value is safe to use.
type Config struct {
	// AllowPrivate lists networks that every request may reach on any port
	// although they are not public: for tests and demonstrations. What one source
	// alone may reach is [Request.AllowPrivate]. None by default.
	AllowPrivate []netip.Prefix
	// UserAgent should name the hub and a contact. Default: the project's.
	UserAgent string
	// Timeout bounds the time on the network of one Get, all redirects and the
	// body included, waiting for the host's turn not. Default 30 s.
	Timeout time.Duration
	// HeaderTimeout bounds, on each hop, the connection, the TLS handshake and
	// the wait for the whole header, each. Default 10 s.
	HeaderTimeout time.Duration
	// MaxBody is the largest body in bytes, after decompression. Default 8 MiB.
	MaxBody int64
	// MaxRedirects is how many are followed; negative is none. Default 5.
	MaxRedirects int
	// PerHostGap is the pause between two requests to one host and port, but
	// not to hosts in AllowPrivate: the operator knows what his own can bear.
	// Default none.
	PerHostGap time.Duration
}

// withDefaults replaces what is zero, or negative without a meaning.
func (cfg Config) withDefaults() Config {
	if cfg.UserAgent == "" {
		cfg.UserAgent = defaultUserAgent
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.HeaderTimeout <= 0 {
		cfg.HeaderTimeout = defaultHeaderTimeout
	}
	if cfg.MaxBody <= 0 {
		cfg.MaxBody = defaultMaxBody
	}
	if cfg.MaxRedirects == 0 {
		cfg.MaxRedirects = defaultMaxRedirects
	}
	return cfg
}

// Client fetches. Make one with [New] and share it: it keeps connections, and
// the turns of hosts hold within one client only. It is safe for concurrent use.
type Client struct {
	cfg   Config
	seams seams
	turns turns
	open  *pool // of requests with no networks of their own

	mu    sync.Mutex
	pools map[string]*pool // by networks
}

// New returns a client that keeps to cfg.
func New(cfg Config) *Client { return newClient(cfg, seams{}) }

// Close drops idle connections. Requests under way go on; the client stays
// usable.
func (c *Client) Close() {
	c.open.transport.CloseIdleConnections()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.pools {
		p.transport.CloseIdleConnections()
	}
}

// Get fetches req and follows its redirects. Any status that is not a followed
// redirect is an answer, not an error, but for a 304 to a request that carried
// no validator.
//
// The error, if any, is an [*Error]. With it the response is nil, unless the
// body was cut short ([ErrTruncated]): then it holds what came.
func (c *Client) Get(ctx context.Context, req Request) (*Response, error) {
	return newWalk(c, req).run(ctx)
}

// seams are what tests of this package need to stay on loopback.
type seams struct {
	resolver *net.Resolver
	roots    *x509.CertPool
	approved func(address string) error
}

func newClient(cfg Config, s seams) *Client {
	cfg = cfg.withDefaults()
	if s.resolver == nil {
		// The C library's resolver reads 0x7f000001 and 127.1 as addresses.
		s.resolver = &net.Resolver{PreferGo: true}
	}
	c := &Client{cfg: cfg, seams: s, turns: turns{gap: cfg.PerHostGap}, pools: map[string]*pool{}}
	c.open = c.newPool(nil)
	return c
}

// clip shortens a refused URL for an error message.
func clip(raw string) string {
	if len(raw) > MaxURL {
		return raw[:MaxURL]
	}
	return raw
}

// sameHost reports whether a and b name one host, whatever scheme and port.
func sameHost(a, b *url.URL) bool { return a.Hostname() == b.Hostname() }

// sameOrigin reports whether a and b are one origin (RFC 6454).
func sameOrigin(a, b *url.URL) bool { return a.Scheme == b.Scheme && hostPort(a) == hostPort(b) }

// Pace tells when the client's next request to the host of an address may
// begin, zero when at once, and the gap that it keeps between two.
func (c *Client) Pace(address string) (next time.Time, gap time.Duration) {
	if u, err := ParseURL(address); err == nil {
		next = c.turns.next(hostPort(u))
	}
	return next, c.cfg.PerHostGap
}
