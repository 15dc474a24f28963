package safehttp

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked is one request as an origin saw it.
type asked struct{ Method, Path, Type, Body string }

func TestPost(t *testing.T) {
	var got []asked
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, asked{r.Method, r.URL.Path, r.Header.Get("Content-Type"), string(body)})
		if status, err := strconv.Atoi(r.URL.Path[1:]); err == nil {
			w.Header().Set("Location", "/end")
			w.WriteHeader(status)
			return
		}
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, "taken")
	})
	c, _ := testClient(t, Config{}, nil)
	form := url.Values{"hub.topic": {"https://a.example/?b=c&d=é"}, "hub.mode": {"subscribe"}}
	sent := func(path string) asked {
		return asked{"POST", path, "application/x-www-form-urlencoded", form.Encode()}
	}
	for path, want := range map[string]struct {
		status int
		asked  []asked
	}{
		"/end": {202, []asked{sent("/end")}},
		"/307": {202, []asked{sent("/307"), sent("/end")}},
		"/308": {202, []asked{sent("/308"), sent("/end")}},
		"/301": {301, []asked{sent("/301")}},
		"/302": {302, []asked{sent("/302")}},
		"/303": {303, []asked{sent("/303")}},
		"/410": {410, []asked{sent("/410")}},
	} {
		got = nil
		res, err := c.Post(t.Context(), Form{URL: base + path, Values: form})
		if err != nil || res.Status != want.status {
			t.Errorf("Post(%s) = %+v, %v, want status %d", path, res, err, want.status)
		}
		if diff := cmp.Diff(want.asked, got); diff != "" {
			t.Errorf("Post(%s) asked (-want +got):\n%s", path, diff)
		}
	}
}

// TestPostGuarded: the rules of Get hold, for the first address and the next.
func TestPostGuarded(t *testing.T) {
	reached := 0
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		reached++
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusPermanentRedirect)
	})
	c, _ := testClient(t, Config{}, nil)
	for _, test := range []struct {
		url  string
		kind Kind
	}{
		{"http://127.0.0.1:9/", KindRefused},
		{"ftp://hub.example/", KindRefused},
		{base + "/?to=http://169.254.169.254/latest/", KindRefused},
		{base + "/?to=http://u:p@hub.example/", KindRefused},
		{base + "/?to=" + url.QueryEscape(base), KindRedirect},
	} {
		_, err := c.Post(t.Context(), Form{URL: test.url, Values: url.Values{"a": {"b"}}})
		var e *Error
		if !errors.As(err, &e) || e.Kind != test.kind {
			t.Errorf("Post(%q) = %v, want kind %s", test.url, err, test.kind)
		} else if !strings.HasPrefix(err.Error(), "post to ") {
			t.Errorf("Post(%q) = %q, want it to say what was tried", test.url, err)
		}
	}
	before := reached
	_, err := c.Post(t.Context(), Form{URL: base, Values: url.Values{"a": {strings.Repeat("x", maxForm)}}})
	if err == nil || reached != before {
		t.Errorf("Post(form of %d bytes) = %v after %d requests, want a refusal before any", maxForm, err, reached-before)
	}
}

func TestPostAnswerBounded(t *testing.T) {
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 2000)) })
	c, _ := testClient(t, Config{}, nil)
	if _, err := c.Post(t.Context(), Form{URL: base, MaxBody: 1000}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Post(answer of 2000 bytes, at most 1000) = %v, want ErrTooLarge", err)
	}
}
