package embed_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

// TestPictures writes pictures of widgets into $CARILLON_PICTURES, for people
// to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("CARILLON_PICTURES")
	if dir == "" {
		t.Skip("CARILLON_PICTURES is not set")
	}
	h := newHub(t, region)
	b := browsertest.New(t)
	url := serveTown(t, h, town{body: mount("actus", "") + "<br>" + mount("agenda", "") + script})
	p := b.Open(t, url)
	p.WaitFor(shown(0) + "&&" + shown(1))
	for name, width := range map[string]int{"320": 320, "768": 768, "1280": 1280} {
		p.Screenshot(filepath.Join(dir, "town-"+name+".png"), width, 1500)
	}
	for _, scheme := range []string{"light", "dark"} {
		p := b.Open(t, h.URL+"/embed/tout", browsertest.Media("prefers-color-scheme", scheme))
		p.Screenshot(filepath.Join(dir, "frame-"+scheme+".png"), 1000, 1100)
	}
}
