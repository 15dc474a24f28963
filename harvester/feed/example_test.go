package feed_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
)

func ExampleFormat() {
	read, err := feed.Format().Decode(federation.Document{URL: "https://samb.example/rss", ContentType: "application/rss+xml", Body: []byte(`<rss version="2.0"><channel><title>Sambre</title>
		<item><title>La piscine rouvre</title><link>/piscine</link><pubDate>Tue, 03 Mar 2026 08:00:00 +0100</pubDate></item>
	</channel></rss>`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Title, it.URL, it.Published.Format(time.RFC3339))
	}
	// Output:
	// La piscine rouvre https://samb.example/piscine 2026-03-03T08:00:00+01:00
}
