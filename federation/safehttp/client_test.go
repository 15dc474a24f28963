package safehttp

import (
	"context"
	"errors"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestGet(t *testing.T) {
	var got http.Header
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("ETag", `W/"2"`)
		w.Header().Set("Last-Modified", "Fri, 01 Jan 2099 00:00:00 GMT")
		hello(w, r)
	})
	c, _ := testClient(t, Config{UserAgent: "test/1 (+https://hub.example)"}, nil)
	res, err := c.Get(t.Context(), Request{
		URL: base + "/feed#top", ETag: `W/"1"`, LastModified: "some day", Accept: "application/rss+xml",
		Header: http.Header{
			"authorization": {"Bearer x"}, "Cookie": {"a=b"}, "Referer": {"http://x.example/"}, "Range": {"bytes=0-"},
			"Accept-Encoding": {"zstd"}, "user-agent": {"Mozilla"}, "Connection": {"close"}, "If-None-Match": {`"x"`},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := http.Header{
		"Accept": {"application/rss+xml"}, "Accept-Encoding": {"gzip, deflate, br"}, "Authorization": {"Bearer x"},
		"If-Modified-Since": {"some day"}, "If-None-Match": {`W/"1"`}, "User-Agent": {"test/1 (+https://hub.example)"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("request header (-want +got):\n%s", diff)
	}
	if res.Status != 200 || string(res.Body) != "hello" || res.URL != base+"/feed#top" || res.Permanent != "" || res.Redirects != nil {
		t.Errorf("Get = %+v", res)
	}
	if res.Header.Get("ETag") != `W/"2"` || res.Header.Get("Last-Modified") != "Fri, 01 Jan 2099 00:00:00 GMT" {
		t.Errorf("response header = %v, want the validators verbatim", res.Header)
	}
}

func TestGetDefaultHeaders(t *testing.T) {
	var got http.Header
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
	})
	c, _ := testClient(t, Config{}, nil)
	want := http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate, br"}, "User-Agent": {defaultUserAgent}}
	for range 2 { // the second would bring the cookie back
		if _, err := c.Get(t.Context(), Request{URL: base}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("request header (-want +got):\n%s", diff)
		}
	}
}

func TestGetStatuses(t *testing.T) {
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(r.URL.Path[1:])
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(status)
		if status != 204 && status != 304 {
			w.Write([]byte(strings.Repeat("x", 100<<10)))
		}
	})
	c, _ := testClient(t, Config{}, nil)
	for _, test := range []struct{ status, body int }{
		{200, 100 << 10}, {206, 100 << 10}, {204, 0}, {304, 0}, {300, 64 << 10}, {404, 64 << 10}, {410, 64 << 10}, {429, 64 << 10}, {503, 64 << 10},
	} {
		res, err := c.Get(t.Context(), Request{URL: base + "/" + strconv.Itoa(test.status), ETag: `"1"`})
		if err != nil || res.Status != test.status || len(res.Body) != test.body {
			t.Errorf("Get of a %d = %v, want a body of %d bytes", test.status, err, test.body)
			continue
		}
		if d, ok := RetryAfter(res.Header, time.Now()); d != 2*time.Minute || !ok {
			t.Errorf("RetryAfter of a %d = %v, %t", test.status, d, ok)
		}
	}
}

func TestGetWithoutLimit(t *testing.T) {
	base := serve(t, originIP, hello)
	c, _ := testClient(t, Config{MaxBody: math.MaxInt64}, nil)
	for _, limit := range []int64{0, math.MaxInt64, math.MinInt64} {
		if res, err := c.Get(t.Context(), Request{URL: base, MaxBody: limit}); err != nil || string(res.Body) != "hello" {
			t.Errorf("Get with MaxBody %d: %v", limit, err)
		}
	}
}

func TestGetKeepsConnection(t *testing.T) {
	var conns atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(hello))
	s.Listener.Close()
	s.Listener = listen(t, originIP)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	c, _ := testClient(t, Config{}, nil)
	for range 5 {
		if _, err := c.Get(t.Context(), Request{URL: s.URL}); err != nil {
			t.Fatal(err)
		}
	}
	if n := conns.Load(); n != 1 {
		t.Errorf("5 requests used %d connections, want 1", n)
	}
}

func TestGetOneAtATimePerHost(t *testing.T) {
	var now, most atomic.Int64
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		hello(w, r)
	})
	c, _ := testClient(t, Config{}, nil)
	errs := make(chan error)
	const n = 20
	for range n {
		go func() {
			_, err := c.Get(t.Context(), Request{URL: base})
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d requests at once, want 1", most.Load())
	}
}

func TestGetCanceled(t *testing.T) {
	asked := make(chan bool)
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		<-r.Context().Done()
	})
	c, _ := testClient(t, Config{}, nil)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	if _, err := c.Get(ctx, Request{URL: base}); !isKind(err, KindCanceled) || !errors.Is(err, context.Canceled) {
		t.Errorf("Get by one who left = %v, want %s", err, KindCanceled)
	}
	if _, err := c.Get(ctx, Request{URL: base}); !isKind(err, KindCanceled) {
		t.Errorf("Get by one who had left = %v, want %s", err, KindCanceled)
	}
}

func TestGetConnectionRefused(t *testing.T) {
	l := listen(t, originIP)
	l.Close()
	c, _ := testClient(t, Config{}, nil)
	_, err := c.Get(t.Context(), Request{URL: "http://" + l.Addr().String()})
	if !isKind(err, KindConnect) {
		t.Errorf("Get of a closed port = %v, want %s", err, KindConnect)
	}
}
