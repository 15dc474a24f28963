package feed_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
)

// TestThumbnailsAreNoEnclosures: readers would offer them for download, RSS
// instead of the file that is one.
func TestThumbnailsAreNoEnclosures(t *testing.T) {
	e := bare()
	e.Item.Attachments = []federation.Attachment{
		{URL: "https://media.example/small.jpg", Type: "image/jpeg", Role: federation.RoleThumbnail},
		{URL: "https://media.example/episode.mp3", Type: "audio/mpeg", Role: federation.RoleAudio},
	}
	for _, format := range feed.Formats {
		var b bytes.Buffer
		if err := format.Write(&b, feed.Feed{Self: "https://hub.example/feed", Home: "https://hub.example/", Title: "T", Entries: []feed.Entry{e}}); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); strings.Contains(got, "small.jpg") || !strings.Contains(got, "episode.mp3") {
			t.Errorf("%s with a thumbnail and an episode:\n%s", format.Extension, got)
		}
	}
}
