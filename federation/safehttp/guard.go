package safehttp

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"code.dny.dev/ssrf"
)

// publicPorts are the ports open on public addresses. Beside the registered
// ports of http and https they are the two that small municipal servers really
// use (8080 and 8443, IANA http-alt and pcsync-https). Anything else on a
// public address is more likely a database, mail or admin port than a feed.
var publicPorts = []uint16{80, 443, 8080, 8443}

// errRefused marks a refusal of our own wherever it surfaces: the dialer wraps
// what its Control function returns.
var errRefused = errors.New("refused")

// guard decides which addresses may be dialled.
type guard struct {
	private []netip.Prefix // allowed on any port
	public  *ssrf.Guardian
	// approved, when set, is asked last and may still refuse. Tests use it to
	// record decisions and to keep packets on loopback should the guard fail.
	approved func(address string) error
}

func newGuard(private []netip.Prefix, approved func(string) error) *guard {
	return &guard{
		private:  private,
		public:   ssrf.New(ssrf.WithPorts(publicPorts...)),
		approved: approved,
	}
}

// control is the [net.Dialer.Control] function: address is an IP address and
// port, after DNS, before connect.
func (g *guard) control(network, address string, c syscall.RawConn) error {
	if !g.listed(network, address) {
		if err := g.public.Safe(network, address, c); err != nil {
			return fmt.Errorf("%w: %w", errRefused, err)
		}
	}
	if g.approved != nil {
		return g.approved(address)
	}
	return nil
}

// has reports whether a connection leads to one of the operator's prefixes.
func (g *guard) has(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return false
	}
	ip := tcp.AddrPort().Addr().Unmap()
	return tcp.Zone == "" && slices.ContainsFunc(g.private, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// listed reports whether address is inside one of the operator's prefixes.
// Addresses with a zone and IPv4-mapped IPv6 addresses never are.
func (g *guard) listed(network, address string) bool {
	if network != "tcp4" && network != "tcp6" {
		return false
	}
	ap, err := netip.ParseAddrPort(address)
	if err != nil || ap.Port() == 0 {
		return false
	}
	for _, p := range g.private {
		if p.Contains(ap.Addr()) {
			return true
		}
	}
	return false
}
