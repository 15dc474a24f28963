// Package browsertest lets tests look at pages in a headless Chromium.
//
// It is for tests only. It does not install the browser, and it does not judge:
// it reports what a page did (requests, console errors, layout shifts,
// violations found by axe-core, errors found by the Nu Html Checker), and the test
// says what is right.
//
// It guarantees a closed network: no name but localhost and no address but
// 127.0.0.1 and ::1 can be reached, so a page under test cannot leave the
// machine. Each page has its own cookies and storage. A developer without
// Chromium or axe-core sees skipped tests, continuous integration (CI=true)
// failed ones. Errors of the browser itself fail the test.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long one command to the browser may take.
const patience = 30 * time.Second

// Browser is one Chromium process. Its pages may be used from several
// goroutines, each page from one.
type Browser struct{ ctx context.Context }

// New starts a browser, which ends with the test. Starting takes about a
// second, so share one among subtests. The executable is $CARILLON_CHROMIUM or
// the first of chromium, chromium-browser and google-chrome on the path.
func New(t testing.TB) *Browser {
	t.Helper()
	path := executable()
	if path == "" {
		missing(t, "no Chromium: install the package chromium, or name the executable in CARILLON_CHROMIUM")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]"),
		// A frame of another site would get a process of its own, and its
		// requests and errors would be missing from those of the page.
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("disable-features", "Translate,IsolateOrigins,site-per-process"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(allocator, chromedp.WithLogf(t.Logf), chromedp.WithErrorf(quiet))
	t.Cleanup(func() {
		closeBrowser()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &Browser{ctx}
}

// quiet drops the driver's complaints about protocol events it does not know.
func quiet(string, ...any) {}

func executable() string {
	if path := os.Getenv("CARILLON_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}
