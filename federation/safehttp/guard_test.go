package safehttp

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"testing"
)

func TestControlAddresses(t *testing.T) {
	g := newGuard(nil, nil)
	for _, c := range lines[struct {
		Addr  string
		Allow bool
		Why   string
	}](t, "addresses.jsonl") {
		network := "tcp6"
		if a, err := netip.ParseAddr(c.Addr); err == nil && a.Is4() {
			network = "tcp4"
		}
		for _, port := range publicPorts {
			address := net.JoinHostPort(c.Addr, strconv.Itoa(int(port)))
			err := g.control(network, address, nil)
			if (err == nil) != c.Allow {
				t.Errorf("control(%q) = %v, want allowed %t (%s)", address, err, c.Allow, c.Why)
			}
			if err != nil && !errors.Is(err, errRefused) {
				t.Errorf("control(%q) = %v, want errRefused", address, err)
			}
		}
	}
}

func TestControl(t *testing.T) {
	private := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00:1::/32"), netip.MustParsePrefix("127.0.0.2/32")}
	tests := []struct {
		network, address string
		private          []netip.Prefix
		allow            bool
	}{
		{"tcp4", "93.184.216.34:80", nil, true},
		{"tcp4", "93.184.216.34:443", nil, true},
		{"tcp6", "[2a01:e0a::1]:8443", nil, true},
		{"tcp4", "93.184.216.34:22", nil, false},
		{"tcp4", "93.184.216.34:5432", nil, false},
		{"tcp4", "93.184.216.34:22", private, false},
		{"udp4", "93.184.216.34:443", nil, false},
		{"unix", "/var/run/docker.sock", nil, false},
		{"tcp4", "10.1.2.3:8080", nil, false},
		{"tcp4", "10.1.2.3:80", private, true},
		{"tcp4", "10.1.2.3:5000", private, true},
		{"tcp4", "10.2.2.3:80", private, false},
		{"udp4", "10.1.2.3:80", private, false},
		{"tcp4", "10.1.2.3:0", private, false},
		{"tcp6", "[fd00:1::5]:8080", private, true},
		{"tcp6", "[fd00:2::5]:80", private, false},
		{"tcp4", "127.0.0.2:9999", private, true},
		{"tcp4", "127.0.0.1:80", private, false},
		{"tcp6", "[::ffff:127.0.0.2]:80", private, false},
		{"tcp6", "[fd00:1::5%lo]:80", private, false},
		{"tcp4", "10.1.2.3", private, false},
		{"tcp4", "", private, false},
	}
	for _, test := range tests {
		err := newGuard(test.private, nil).control(test.network, test.address, nil)
		if (err == nil) != test.allow {
			t.Errorf("control(%q, %q) with %v = %v, want allowed %t", test.network, test.address, test.private, err, test.allow)
		}
	}
}
