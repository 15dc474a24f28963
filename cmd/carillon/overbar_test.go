package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/schollz/progressbar/v3"
)

// TestOverBar: each line of the log stands alone on its line of the terminal.
func TestOverBar(t *testing.T) {
	var screen bytes.Buffer
	over := &overBar{w: &screen}
	over.bar = progressbar.NewOptions(3, progressbar.OptionSetWriter(&screen), progressbar.OptionSetDescription("harvesting"), progressbar.OptionThrottle(time.Nanosecond))
	log := hubConfig{LogFormat: "text"}.logger(over)
	over.add()
	log.Warn("source failed", "source", "a/rss")
	over.add()
	log.Warn("source failed", "source", "b/rss")
	over.add()
	log.Warn("all is told")
	// What stands on a line is what was written since the last return to its
	// beginning.
	shown := regexp.MustCompile(`(?m)^.*\r`).ReplaceAllString(screen.String(), "")
	for _, line := range strings.Split(shown, "\n") {
		if strings.Contains(line, "source") && (strings.Contains(line, "harvesting") || strings.Contains(line, "%")) {
			t.Errorf("the line %q holds a bar and a message", line)
		}
	}
	if n := strings.Count(shown, "source failed"); n != 2 {
		t.Errorf("%d messages are left on the screen %q, want 2", n, shown)
	}
}
