package safehttp

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"
)

// TestGetTLS has certificates that are right, and wrong in each way that a
// client may be tempted to forgive. All but one are among the trusted roots.
func TestGetTLS(t *testing.T) {
	year := 365 * 24 * time.Hour
	now := time.Now()
	plain := serve(t, originIP, hello)
	tests := []struct {
		name       string
		from, to   time.Time
		host       string
		trusted    bool
		maxVersion uint16
		kind       Kind
	}{
		{"right", now.Add(-year), now.Add(year), "town.example", true, 0, ""},
		{"expired", now.Add(-year), now.Add(-time.Hour), "town.example", true, 0, KindTLS},
		{"not yet valid", now.Add(time.Hour), now.Add(year), "town.example", true, 0, KindTLS},
		{"wrong host", now.Add(-year), now.Add(year), "other.example", true, 0, KindTLS},
		{"self-signed", now.Add(-year), now.Add(year), "town.example", false, 0, KindTLS},
		{"TLS 1.1", now.Add(-year), now.Add(year), "town.example", true, tls.VersionTLS11, KindTLS},
	}
	for _, test := range tests {
		cert := certificate(t, test.from, test.to, test.host)
		base := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10, MaxVersion: test.maxVersion})
		roots := x509.NewCertPool()
		if test.trusted {
			roots.AddCert(cert.Leaf)
		}
		c := tlsClient(t, roots)
		_, err := c.Get(t.Context(), Request{URL: "https://town.example:" + portOf(base)})
		if test.kind == "" && err != nil || test.kind != "" && !isKind(err, test.kind) {
			t.Errorf("%s: Get = %v, want kind %q", test.name, err, test.kind)
		}
		if _, err := c.Get(t.Context(), Request{URL: "https://town.example:" + portOf(plain)}); !isKind(err, KindTLS) {
			t.Errorf("Get of https from an http server = %v, want %s", err, KindTLS)
		}
	}
}

// tlsClient reaches originIP under any name.
func tlsClient(t *testing.T, roots *x509.CertPool) *Client {
	t.Helper()
	c := newClient(Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix(originIP + "/32")}}, seams{
		resolver: fakeResolver(func(string) []netip.Addr { return []netip.Addr{netip.MustParseAddr(originIP)} }),
		roots:    roots,
	})
	t.Cleanup(c.Close)
	return c
}

func serveTLS(t *testing.T, cfg *tls.Config) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(hello))
	s.Listener.Close()
	s.Listener = listen(t, originIP)
	s.TLS = cfg
	s.Config.ErrorLog = quiet()
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// certificate signs itself, as a root does.
func certificate(t *testing.T, from, to time.Time, host string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: from, NotAfter: to, DNSNames: []string{host},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}
