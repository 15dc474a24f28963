package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/safehttp"
)

func TestHeaders(t *testing.T) {
	w := newWorld(t, loopback...)
	path := Path(w.publish("/a.png", encode(t, "png", photo(800, 450))))
	rec := w.get(path)
	body := rec.Body.Bytes()
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=86400, stale-while-revalidate=86400", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "cross-origin",
	} {
		if got := rec.Header().Get(name); rec.Code != 200 || got != want {
			t.Errorf("GET %s = %d, %s %q, want %q", path, rec.Code, name, got, want)
		}
	}
	tag := rec.Header().Get("ETag")
	if rec := w.get(path, "If-None-Match", `"other", `+tag); tag == "" || rec.Code != 304 || rec.Body.Len() != 0 {
		t.Errorf("GET %s with its tag %q = %d, want 304", path, tag, rec.Code)
	}
	if rec := w.do(http.MethodHead, path); rec.Code != 200 || rec.Body.Len() != 0 || rec.Header().Get("ETag") != tag {
		t.Errorf("HEAD %s = %d, %d bytes, %v", path, rec.Code, rec.Body.Len(), rec.Header())
	}
	if rec := w.get(path); !bytes.Equal(rec.Body.Bytes(), body) || w.asked.Load() != 1 {
		t.Errorf("GET %s again: other bytes, or %d requests to the publisher, want 1", path, w.asked.Load())
	}
}

// TestOneFetchForAll asks for every width of a picture at once, often, and for
// the same picture of another item.
func TestOneFetchForAll(t *testing.T) {
	w := newWorld(t, loopback...)
	it := w.publish("/a.jpg", encode(t, "jpeg", photo(1600, 900)))
	twin := w.add(it.Image.URL)
	var wg sync.WaitGroup
	for _, width := range widths {
		for _, it := range []federation.Item{it, twin, it, twin} {
			wg.Go(func() {
				if rec := w.get(PathAt(it, width)); rec.Code != 200 {
					t.Errorf("GET %s = %d %s", PathAt(it, width), rec.Code, rec.Body)
				}
			})
		}
	}
	wg.Wait()
	if n := w.asked.Load(); n != 1 {
		t.Errorf("the publisher had %d requests, want 1", n)
	}
}

func TestNamesThatAreNotOurs(t *testing.T) {
	w := newWorld(t, loopback...)
	it := w.publish("/a.png", encode(t, "png", photo(80, 45)))
	other := w.publish("/b.png", encode(t, "png", photo(80, 45)))
	bare := w.publish("/c.png", nil)
	bare.Image = nil
	w.items[bare.ID] = bare
	good := "/pictures/" + it.ID + "/"
	for _, path := range []string{
		good + tag(other.Image.URL) + "-640.jpg", // another item's picture
		good + tag(it.Image.URL) + "-641.jpg", good + tag(it.Image.URL) + "-0640.jpg", good + tag(it.Image.URL) + "-.jpg",
		good + tag(it.Image.URL) + ".jpg", good + tag(it.Image.URL) + "-640.png", good + tag(it.Image.URL) + "-640",
		good + strings.ToUpper(tag(it.Image.URL)) + "-640.jpg", good + "-640.jpg", good + "..%2f..%2fetc-640.jpg",
		"/pictures/" + bare.ID + "/" + tag("") + "-640.jpg", "/pictures/nothing/" + tag(it.Image.URL) + "-640.jpg",
		"/pictures/" + federation.NewItemID("x", "y") + "/" + tag(it.Image.URL) + "-640.jpg",
	} {
		if rec := w.get(path); rec.Code != 404 {
			t.Errorf("GET %s = %d, want 404", path, rec.Code)
		}
	}
	if n := w.asked.Load(); n != 0 {
		t.Errorf("the publisher had %d requests, want none", n)
	}
}

func TestPath(t *testing.T) {
	it := federation.Item{ID: "aaaaaaaaaaaaaaaaaaaaaaaaaa"}
	if got := Path(it); got != "" {
		t.Errorf("Path of an item without a picture = %q", got)
	}
	for address, none := range map[string]bool{"https://a.example/x.png": false, "http://a.example/": false, "data:image/png,x": true,
		"": true, "/x.png": true, "javascript:alert(1)": true, "ftp://a.example/x.png": true} {
		it.Image = &federation.Image{URL: address}
		if got := Path(it); (got == "") != none {
			t.Errorf("Path of a picture at %q = %q", address, got)
		}
	}
	it.Image = &federation.Image{URL: "https://a.example/x.png"}
	for width, want := range map[int]string{-1: "-160.jpg", 160: "-160.jpg", 161: "-320.jpg", 640: "-640.jpg", 5000: "-960.jpg"} {
		if got := PathAt(it, width); !strings.HasSuffix(got, want) || !strings.HasPrefix(got, "/pictures/"+it.ID+"/") {
			t.Errorf("PathAt(it, %d) = %q, want …%s", width, got, want)
		}
	}
	before := Path(it)
	it.Image = &federation.Image{URL: "https://a.example/y.png"}
	if Path(it) == before {
		t.Error("another picture has the same path")
	}
}

func TestWithdrawnAndChanged(t *testing.T) {
	w := newWorld(t, loopback...)
	it := w.publish("/a.png", encode(t, "png", photo(80, 45)))
	path := Path(it)
	if rec := w.get(path); rec.Code != 200 {
		t.Fatalf("GET %s = %d", path, rec.Code)
	}
	it.Image = &federation.Image{URL: w.publisher.URL + "/new.png"}
	w.items[it.ID] = it
	if rec := w.get(path); rec.Code != 404 {
		t.Errorf("after a change of the picture GET = %d, want 404", rec.Code)
	}
	w.gone[it.ID] = true
	if rec := w.get(path); rec.Code != 410 {
		t.Errorf("after withdrawal GET = %d, want 410", rec.Code)
	}
}

// TestPrivateAddress: an item cannot make the hub ask inside its network.
func TestPrivateAddress(t *testing.T) {
	w := newWorld(t)
	it := w.publish("/a.png", encode(t, "png", photo(80, 45)))
	if rec := w.get(Path(it)); rec.Code != 404 || w.asked.Load() != 0 {
		t.Errorf("GET of a picture on loopback = %d with %d connections, want 404 and none", rec.Code, w.asked.Load())
	}
}

func TestFailuresAreRemembered(t *testing.T) {
	w := newWorld(t, loopback...)
	it := w.add(w.publisher.URL + "/late.png")
	ask := func(want int, asked int32) {
		t.Helper()
		if rec := w.get(Path(it)); rec.Code != want || w.asked.Load() != asked || strings.Contains(rec.Header().Get("Cache-Control"), "86400") && want != 200 {
			t.Errorf("GET = %d after %d requests, %v; want %d after %d", rec.Code, w.asked.Load(), rec.Header(), want, asked)
		}
	}
	ask(404, 1)
	ask(404, 1)
	w.now = w.now.Add(noneFor - time.Second)
	w.body["/late.png"] = encode(t, "png", photo(80, 45))
	ask(404, 1)
	w.now = w.now.Add(time.Second)
	ask(200, 2)
}

// fetcher is a client in one function.
type fetcher func(ctx context.Context, address string) (*safehttp.Response, error)

func (f fetcher) Get(ctx context.Context, r safehttp.Request) (*safehttp.Response, error) {
	return f(ctx, r.URL)
}

func TestADeadHostIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	asked := 0
	w.use(t, fetcher(func(_ context.Context, address string) (*safehttp.Response, error) {
		asked++
		return nil, &safehttp.Error{Kind: safehttp.KindConnect, URL: address, Err: errors.New("refused")}
	}))
	one, two, elsewhere := w.add("https://dead.example/1.png"), w.add("https://dead.example/2.png"), w.add("https://other.example/1.png")
	for _, c := range []struct {
		it    federation.Item
		asked int
	}{{one, 1}, {two, 1}, {one, 1}, {elsewhere, 2}} {
		if rec := w.get(Path(c.it)); rec.Code != 404 || asked != c.asked {
			t.Errorf("GET %s = %d after %d requests, want 404 after %d", c.it.Image.URL, rec.Code, asked, c.asked)
		}
	}
	w.now = w.now.Add(downFor)
	if w.get(Path(two)); asked != 3 {
		t.Errorf("a minute later %d requests, want 3", asked)
	}
}

// TestASlowHostLeavesRoom holds the fetches of two hosts back: no more are
// begun than is theirs, and another host is served at once.
func TestASlowHostLeavesRoom(t *testing.T) {
	w := newWorld(t)
	began, hold := make(chan struct{}, 100), make(chan struct{})
	body := encode(t, "png", photo(16, 9))
	w.use(t, fetcher(func(_ context.Context, address string) (*safehttp.Response, error) {
		if !strings.HasPrefix(address, "https://good.") {
			began <- struct{}{}
			<-hold
		}
		return &safehttp.Response{Status: 200, Body: body}, nil
	}))
	var wg sync.WaitGroup
	var slow, good []federation.Item
	add := func(address, source string) {
		it := w.add(address)
		it.Source = source
		w.items[it.ID] = it
		slow = append(slow, it)
	}
	for i := range 2 * maxOwn {
		add(fmt.Sprint("https://slow.example/", i), fmt.Sprint("a/", i))  // one host, many sources
		add(fmt.Sprint("https://s", i, ".slow.example/"), "b/many-hosts") // one source, many hosts
	}
	for i := range 20 {
		good = append(good, w.add(fmt.Sprint("https://good.example/", i)))
	}
	for _, it := range slow { // the world changes no more
		wg.Go(func() {
			if rec := w.get(Path(it)); rec.Code != 200 {
				t.Errorf("GET the picture of %s = %d %s", it.ID, rec.Code, rec.Body)
			}
		})
	}
	for range 2 * maxOwn {
		<-began
	}
	for _, it := range good {
		if rec := w.get(Path(it)); rec.Code != 200 {
			t.Errorf("a good host beside slow ones = %d %s", rec.Code, rec.Body)
		}
	}
	if n := len(began); n != 0 {
		t.Errorf("%d more fetches of slow hosts were begun, want %d each at once", n, maxOwn)
	}
	close(hold)
	wg.Wait()
}

// TestAskerLeaves: the picture is made all the same, for the next.
func TestAskerLeaves(t *testing.T) {
	w := newWorld(t)
	began, hold := make(chan struct{}), make(chan struct{})
	body := encode(t, "png", photo(16, 9))
	w.use(t, fetcher(func(ctx context.Context, _ string) (*safehttp.Response, error) {
		close(began)
		<-hold
		return &safehttp.Response{Status: 200, Body: body}, ctx.Err()
	}))
	it := w.add("https://a.example/")
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := w.server.get(ctx, subject{address: it.Image.URL})
		done <- err
	}()
	<-began
	leave()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("get after its context ended = %v", err)
	}
	close(hold)
	if rec := w.get(Path(it)); rec.Code != 200 { // began would be closed twice by a second fetch
		t.Errorf("GET = %d, want the picture that was under way", rec.Code)
	}
}

func TestCacheIsBounded(t *testing.T) {
	c := newCache(4 * (overhead + 101))
	full := &picture{}
	for i := range full.sizes {
		full.sizes[i] = &file{body: make([]byte, 25)}
	}
	for _, key := range []string{"a", "b", "c", "d"} {
		c.put(key, full, time.Time{})
	}
	c.get("a", time.Time{})
	c.put("e", full, time.Time{})
	c.put("e", full, time.Time{})
	got := ""
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		if _, ok := c.get(key, time.Time{}); ok {
			got += key
		}
	}
	if got != "acde" || c.size != 4*(overhead+101) {
		t.Errorf("kept %q in %d bytes, want the four asked for last", got, c.size)
	}
	c.put("huge", full, time.Time{})
	c.max = 10
	c.put("over", full, time.Time{})
	if c.size != 0 || len(c.entries) != 0 || c.order.Len() != 0 {
		t.Errorf("an entry over the limit leaves %d bytes, %d entries", c.size, len(c.entries))
	}
}

// TestDecodersAreBounded: a picture waits for a decoder, and gives up with its
// time.
func TestDecodersAreBounded(t *testing.T) {
	w := newWorld(t)
	ctx, end := context.WithCancel(t.Context())
	body := encode(t, "png", photo(16, 9))
	w.use(t, fetcher(func(context.Context, string) (*safehttp.Response, error) {
		end() // its time is up once it is fetched
		return &safehttp.Response{Status: 200, Body: body}, nil
	}))
	if !w.server.decoding.TryAcquire(budget - budget/decoders) {
		t.Fatal("a decoder is taken before any picture")
	}
	if _, err := w.server.make(t.Context(), subject{address: "https://a.example/"}); err != nil {
		t.Errorf("with a decoder free: %v", err)
	}
	if !w.server.decoding.TryAcquire(budget / decoders) {
		t.Fatal("a decoder was not given back")
	}
	if _, err := w.server.make(ctx, subject{address: "https://a.example/"}); !errors.Is(err, errBusy) {
		t.Errorf("with every decoder taken: %v, want %v", err, errBusy)
	}
}

// TestPicturesOfTheContent: the pictures in the text of an item come from the
// hub as its lead picture does, and only those that are in it.
func TestPicturesOfTheContent(t *testing.T) {
	w := newWorld(t, loopback...)
	it := w.publish("/a.png", encode(t, "png", photo(16, 9)))
	w.body["/secret.png"] = w.body["/a.png"]
	at := w.publisher.URL
	it.Image = nil
	it.Content = markup.Sanitise(`<p>Plan <img src="`+at+`/a.png" alt="le plan"> <img src="`+at+`/a.png?x=1&amp;y=2" alt=""></p>`, nil)
	w.items[it.ID] = it
	shown := Content(it)
	if strings.Contains(shown.String(), at) {
		t.Errorf("the page would ask the publisher: %s", shown)
	}
	paths := shown.Pictures()
	if len(paths) != 2 || paths[0] == paths[1] {
		t.Fatalf("pictures %q, want two", paths)
	}
	for _, path := range paths {
		if rec := w.get(path); rec.Code != 200 || rec.Header().Get("Content-Type") != "image/jpeg" {
			t.Errorf("GET %s = %d", path, rec.Code)
		}
	}
	other := it
	other.Image = &federation.Image{URL: at + "/secret.png"}
	if rec := w.get(Path(other)); rec.Code != 404 {
		t.Errorf("GET of a picture that is not in the text = %d, want 404", rec.Code)
	}
}
