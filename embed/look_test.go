//go:build look

package embed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/widgets"
)

// TestScreenshots draws widgets into $CARILLON_SCREENSHOTS, for people to look
// at: make look.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("CARILLON_SCREENSHOTS")
	h := newHub(t, region)
	b := browsertest.New(t)
	url := serveTown(t, h, town{body: mount("actus", "") + "<br>" + mount("agenda", "") + script})
	p := b.Open(t, url)
	p.WaitFor(shown(0) + "&&" + shown(1))
	for name, width := range map[string]int{"320": 320, "768": 768, "1280": 1280} {
		p.Screenshot(filepath.Join(dir, "town-"+name+".png"), width, 1500)
	}
	for name, theme := range map[string]string{
		"plain":  "",
		"town":   "&theme-accent=%23ffd500&theme-surface=%23143d2b&theme-font=Georgia,serif&theme-radius=0&theme-density=compact",
		"airy":   "&theme-accent=%237a1fa2&theme-surface=%23fdf6ec&theme-line=1px&theme-radius=16px&theme-density=airy&theme-heading-font=Georgia,serif&theme-scale=1.3",
		"dark":   "&theme-scheme=dark&theme-accent=%23005ea5",
		"forced": "",
	} {
		var options []browsertest.Option
		if name == "forced" {
			options = append(options, browsertest.Media("forced-colors", "active"))
		}
		for _, k := range widgets.Kinds {
			for _, width := range []int{320, 768, 1280} {
				p := b.Open(t, h.URL+"/embed/widget/"+k.Name+"?limit=9&summary&images&title=En+ce+moment"+theme, append(options, browsertest.Viewport(width, 1000))...)
				p.Screenshot(filepath.Join(dir, fmt.Sprintf("%s-%s-%d.png", k.Name, name, width)), width, 1000)
			}
		}
	}
}
