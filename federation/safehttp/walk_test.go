package safehttp

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hops answers each path with a redirect to the next, then with "hello".
func hops(statuses ...int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Path[1:])
		if n == len(statuses) {
			hello(w, r)
			return
		}
		w.Header().Set("Location", strconv.Itoa(n+1))
		w.WriteHeader(statuses[n])
	}
}

func TestRedirects(t *testing.T) {
	tests := []struct {
		statuses  []int
		permanent string
	}{
		{nil, ""},
		{[]int{301}, "/1"},
		{[]int{308, 301}, "/2"},
		{[]int{301, 302, 301}, "/1"},
		{[]int{302, 301}, ""},
		{[]int{307, 303, 302, 308, 301}, ""},
	}
	for _, test := range tests {
		base := serve(t, originIP, hops(test.statuses...))
		c, _ := testClient(t, Config{}, nil)
		res, err := c.Get(t.Context(), Request{URL: base + "/0"})
		if err != nil {
			t.Errorf("Get through %v: %v", test.statuses, err)
			continue
		}
		var want []Redirect
		for n, s := range test.statuses {
			want = append(want, Redirect{From: base + "/" + strconv.Itoa(n), To: base + "/" + strconv.Itoa(n+1), Status: s})
		}
		if diff := cmp.Diff(want, res.Redirects); diff != "" {
			t.Errorf("redirects through %v (-want +got):\n%s", test.statuses, diff)
		}
		if test.permanent != "" {
			test.permanent = base + test.permanent
		}
		if res.Permanent != test.permanent || string(res.Body) != "hello" || res.URL != base+"/"+strconv.Itoa(len(test.statuses)) {
			t.Errorf("Get through %v = %q from %q, permanent %q, want permanent %q", test.statuses, res.Body, res.URL, res.Permanent, test.permanent)
		}
	}
}

func TestRedirectLimits(t *testing.T) {
	base := serve(t, originIP, hops(301, 301, 301, 301, 301, 301, 301))
	for _, test := range []struct {
		limit, path int
		kind        Kind
	}{
		{0, 2, ""}, {0, 1, KindRedirect}, {7, 0, ""}, {6, 0, KindRedirect}, {1, 6, ""}, {-1, 7, ""}, {-1, 6, KindRedirect},
	} {
		c, _ := testClient(t, Config{MaxRedirects: test.limit}, nil)
		_, err := c.Get(t.Context(), Request{URL: base + "/" + strconv.Itoa(test.path)})
		if test.kind == "" && err != nil || test.kind != "" && !isKind(err, test.kind) {
			t.Errorf("Get over %d redirects with limit %d = %v, want kind %q", 7-test.path, test.limit, err, test.kind)
		}
	}
}

func TestRedirectRefused(t *testing.T) {
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			w.Header().Set("Location", to)
		}
		w.WriteHeader(http.StatusFound)
	})
	tests := []struct {
		path string
		kind Kind
	}{
		{"/", KindRedirect},
		{"/?to=file:///etc/passwd", KindRefused},
		{"/?to=http://127.0.0.1/", KindRefused},
		{"/?to=http://u:p@" + base[len("http://"):] + "/", KindRefused},
		{"/?to=%5C%5C127.0.0.1/", KindRefused},
		{"/?to=?to=%23", KindRedirect},
		{"/?to=%23fragment", KindRedirect},
	}
	c, d := testClient(t, Config{}, nil)
	for _, test := range tests {
		if res, err := c.Get(t.Context(), Request{URL: base + test.path}); res != nil || !isKind(err, test.kind) {
			t.Errorf("Get(%q) = %v, %v, want kind %s", test.path, res, err, test.kind)
		}
	}
	if got := d.beyond(); len(got) != 0 {
		t.Errorf("dialled %q", got)
	}
}

// TestRedirectDropsSecrets follows redirects to the same origin, another port
// of the host, and another host.
func TestRedirectDropsSecrets(t *testing.T) {
	var got http.Header
	note := func(w http.ResponseWriter, r *http.Request) { got = r.Header; hello(w, r) }
	samePort, otherHost := serve(t, originIP, note), serve(t, origin2IP, note)
	var to string
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" {
			note(w, r)
			return
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
	})
	c, _ := testClient(t, Config{}, nil)
	for _, test := range []struct{ to, auth, etag string }{
		{"/end", "Bearer x", `"1"`},
		{samePort, "", `"1"`},
		{otherHost, "", ""},
	} {
		to = test.to
		_, err := c.Get(t.Context(), Request{
			URL: base, ETag: `"1"`, LastModified: "d", Header: http.Header{"Authorization": {"Bearer x"}},
		})
		if err != nil {
			t.Errorf("Get redirected to %q: %v", to, err)
		}
		if got.Get("Authorization") != test.auth || got.Get("If-None-Match") != test.etag || (got.Get("If-Modified-Since") == "") != (test.etag == "") {
			t.Errorf("redirected to %q, header = %v, want Authorization %q, If-None-Match %q", to, got, test.auth, test.etag)
		}
		if got.Get("Referer") != "" {
			t.Errorf("redirected to %q with a Referer", to)
		}
	}
}

func TestRedirectFromTLS(t *testing.T) {
	plain := serve(t, originIP, hello)
	s := httptest.NewUnstartedServer(http.RedirectHandler(plain, http.StatusFound))
	s.Listener.Close()
	s.Listener = listen(t, originIP)
	s.StartTLS()
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	c := tlsClient(t, roots)
	_, err := c.Get(t.Context(), Request{URL: "https://example.com:" + portOf(s.URL)})
	if !isKind(err, KindRedirect) {
		t.Errorf("Get redirected from https to http = %v, want %s", err, KindRedirect)
	}
}
