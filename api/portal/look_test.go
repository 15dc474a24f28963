//go:build look

package portal

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

// TestScreenshots draws the pages into $CARILLON_SCREENSHOTS, for people to look
// at: make look.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("CARILLON_SCREENSHOTS")
	only := regexp.MustCompile(os.Getenv("CARILLON_LOOK")) // at which kinds of pages; empty = all
	for owner, h := range map[string]*hub{"": newHub(t), "owned-": ownedHub(t, nil), "rows-": newHub(t, oneOfEach()...)} {
		_, url := serveHub(t, h)
		b := browsertest.New(t)
		kinds := h.kinds()
		if owner == "rows-" {
			kinds = map[string]string{"each": "/search?q=lampadaire"}
		}
		for kind, path := range kinds {
			if !only.MatchString(owner + kind) {
				continue
			}
			for _, width := range []int{1280, 390} {
				for name, medium := range map[string]browsertest.Option{"light": browsertest.Media("prefers-color-scheme", "light"),
					"dark": browsertest.Media("prefers-color-scheme", "dark"), "print": browsertest.Print()} {
					p := b.Open(t, url+withUI(path, "fr"), browsertest.Viewport(width, 900), medium)
					height := 0
					p.Eval(`document.documentElement.scrollHeight`, &height)
					p.Screenshot(filepath.Join(dir, fmt.Sprintf("%s%s-%d-%s.png", owner, kind, width, name)), width, min(height, 2600))
					p.Close()
				}
			}
		}
	}
}
