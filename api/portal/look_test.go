//go:build look

package portal

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

// TestScreenshots draws the pages into $CARILLON_SCREENSHOTS, for people to look
// at: make look.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("CARILLON_SCREENSHOTS")
	h, url := hubServer(t)
	b := browsertest.New(t)
	for kind, path := range h.kinds() {
		for _, width := range []int{1280, 390} {
			for _, scheme := range []string{"light", "dark"} {
				p := b.Open(t, url+withUI(path, "fr"), browsertest.Viewport(width, 900), browsertest.Media("prefers-color-scheme", scheme))
				height := 0
				p.Eval(`document.documentElement.scrollHeight`, &height)
				p.Screenshot(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", kind, width, scheme)), width, min(height, 2600))
				p.Close()
			}
		}
	}
}
