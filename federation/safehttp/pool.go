package safehttp

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
)

// pool keeps the connections of all requests that may reach the same networks.
// They are never given to others: a connection that one source may have must
// not carry the request of another.
type pool struct {
	transport *http.Transport
	guard     *guard
}

// maxPools bounds the pools of networks of their own; a region file has few.
const maxPools = 64

// pool returns the pool of the networks that a request may reach besides those
// of the client.
func (c *Client) pool(private []netip.Prefix) *pool {
	if len(private) == 0 {
		return c.open
	}
	key := fmt.Sprint(private)
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.pools[key]
	if p == nil {
		if len(c.pools) >= maxPools { // the region file was changed many times
			for _, old := range c.pools {
				old.transport.CloseIdleConnections()
			}
			clear(c.pools)
		}
		p = c.newPool(private)
		c.pools[key] = p
	}
	return p
}

func (c *Client) newPool(private []netip.Prefix) *pool {
	guard := newGuard(slices.Concat(c.cfg.AllowPrivate, private), c.seams.approved)
	dialer := &net.Dialer{
		Timeout:  c.cfg.HeaderTimeout,
		Resolver: c.seams.resolver,
		Control:  guard.control,
	}
	// HTTP/1.1 only: with one request at a time per host, HTTP/2 gains nothing
	// and doubles the code that reads foreign bytes.
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &pool{guard: guard, transport: &http.Transport{
		Proxy:                  nil, // a proxy would hide the target from the dialer
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: c.seams.roots},
		TLSHandshakeTimeout:    c.cfg.HeaderTimeout,
		ResponseHeaderTimeout:  c.cfg.HeaderTimeout,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true, // readBody decodes, and counts after it
		MaxIdleConnsPerHost:    1,
		MaxIdleConns:           256,
		IdleConnTimeout:        idleTimeout,
		Protocols:              &protocols,
	}}
}
