package demo

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestPictures keeps the pictures small, all alike in size, and drawn the same
// each time. DEMO_PICTURES names a folder to look at them in.
func TestPictures(t *testing.T) {
	first, second := drawn, newGallery()
	for name := range scenes {
		body := first.png(name)
		config, err := png.DecodeConfig(bytes.NewReader(body))
		if err != nil || config.Width != width || config.Height != height {
			t.Errorf("%s is %d by %d (%v), want %d by %d", name, config.Width, config.Height, err, width, height)
		}
		if limit := 30 << 10; len(body) > limit {
			t.Errorf("%s has %d bytes, want at most %d", name, len(body), limit)
		}
		if !bytes.Equal(body, second.png(name)) {
			t.Errorf("%s is drawn differently the second time", name)
		}
		if dir := os.Getenv("DEMO_PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".png"), body, 0o644); err != nil {
				t.Error(err)
			}
		}
	}
}
