package browsertest_test

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/embed/browsertest"
)

// site serves pages by path.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestPage(t *testing.T) {
	b := browsertest.New(t)
	url := site(t, map[string]string{
		"/quiet": `<!doctype html><html lang=en><title>q</title><link rel=icon href=data:,><main><h1>Quiet</h1></main>`,
		"/bad":   `<!doctype html><title></title><link rel=icon href=data:,><img src=data:,><p style="color:#aaa;background:#fff">pale</p>`,
		"/loud": `<!doctype html><link rel=icon href=data:,><img src="https://tracker.example/p.gif"><iframe src="/quiet"></iframe>
			<script>document.cookie = "a=1"; localStorage.b = 2; console.error("oh", 3); setTimeout(() => { throw new Error("thrown") })</script>`,
		"/shift": `<!doctype html><link rel=icon href=data:,><div id=top></div><p>one<p>two<p>three
			<script>requestAnimationFrame(() => setTimeout(() => { top.document.getElementById("top").style.height = "400px"; document.title = "done" }, 100))</script>`,
	})

	t.Run("quiet", func(t *testing.T) {
		p := b.Open(t, url+"/quiet")
		if diff := cmp.Diff([]string{url + "/quiet"}, documents(p.Requests())); diff != "" {
			t.Errorf("Requests() (-want +got):\n%s", diff)
		}
		if got := p.ConsoleErrors(); len(got) != 0 {
			t.Errorf("ConsoleErrors() = %q, want none", got)
		}
		if got := append(p.Cookies(), p.Storage()...); len(got) != 0 {
			t.Errorf("cookies and storage: %q, want none", got)
		}
		if got := p.CLS(); got != 0 {
			t.Errorf("CLS() = %v, want 0", got)
		}
		if got := p.Axe("wcag2a", "wcag2aa"); len(got) != 0 {
			t.Errorf("Axe() = %v, want none", got)
		}
		if !strings.Contains(p.HTML(), "<h1>Quiet</h1>") {
			t.Errorf("HTML() = %s", p.HTML())
		}
	})

	t.Run("loud", func(t *testing.T) {
		p := b.Open(t, url+"/loud")
		want := []string{url + "/loud", "https://tracker.example/p.gif", url + "/quiet"}
		got := documents(p.Requests())
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Requests() (-want +got):\n%s", diff)
		}
		all := strings.Join(p.ConsoleErrors(), "\n")
		for _, want := range []string{`"oh" 3`, "Error: thrown", "ERR_NAME_NOT_RESOLVED"} {
			if !strings.Contains(all, want) {
				t.Errorf("ConsoleErrors() = %q, lacks %q", all, want)
			}
		}
		if diff := cmp.Diff([]string{"a"}, p.Cookies()); diff != "" {
			t.Errorf("Cookies() (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"localStorage:b"}, p.Storage()); diff != "" {
			t.Errorf("Storage() (-want +got):\n%s", diff)
		}
	})

	t.Run("shift", func(t *testing.T) {
		p := b.Open(t, url+"/shift")
		p.WaitFor(`document.title === "done"`)
		if got := p.CLS(); got < 0.01 {
			t.Errorf("CLS() = %v, want a shift", got)
		}
	})

	t.Run("axe", func(t *testing.T) {
		var ids []string
		for _, v := range b.Open(t, url+"/bad").Axe("wcag2a", "wcag2aa") {
			ids = append(ids, v.ID)
		}
		for _, want := range []string{"color-contrast", "document-title", "html-has-lang", "image-alt"} {
			if !slices.Contains(ids, want) {
				t.Errorf("Axe() found %q, lacks %q", ids, want)
			}
		}
	})

	t.Run("media and size", func(t *testing.T) {
		p := b.Open(t, url+"/quiet", browsertest.Viewport(320, 640), browsertest.Media("prefers-color-scheme", "dark"),
			browsertest.Script(`window.early = 1`))
		var got []any
		p.Eval(`[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, window.early]`, &got)
		if diff := cmp.Diff([]any{320.0, true, 1.0}, got); diff != "" {
			t.Errorf("width, dark, early (-want +got):\n%s", diff)
		}
	})

	t.Run("screenshot", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "page.png")
		b.Open(t, url+"/quiet").Screenshot(path, 400, 300)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		image, err := png.DecodeConfig(f)
		if err != nil || image.Width != 400 || image.Height != 300 {
			t.Errorf("Screenshot is %d by %d, %v; want 400 by 300", image.Width, image.Height, err)
		}
	})

	t.Run("closed network", func(t *testing.T) {
		p := b.Open(t, url+"/quiet")
		for _, target := range []string{"http://example.org/", "http://192.0.2.1/", "http://127.0.0.2:8089/"} {
			var got string
			p.Eval(fmt.Sprintf(`fetch(%q, {mode: "no-cors"}).then(() => "reached", e => "refused")`, target), &got)
			if got != "refused" || !strings.Contains(strings.Join(p.ConsoleErrors(), "\n"), "ERR_NAME_NOT_RESOLVED "+target) {
				t.Errorf("%s was %s, with errors %q", target, got, p.ConsoleErrors())
			}
		}
	})
}

// documents leaves out the pictures that stand in the address itself.
func documents(urls []string) []string {
	return slices.DeleteFunc(urls, func(u string) bool { return strings.HasPrefix(u, "data:") })
}
