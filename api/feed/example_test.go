package feed_test

import (
	"os"
	"time"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
)

func ExampleWriteJSON() {
	err := feed.WriteJSON(os.Stdout, feed.Feed{Self: "https://hub.example/feed.json", Home: "https://hub.example/", Title: "Sambre", Entries: []feed.Entry{
		{Item: federation.Item{ID: "1", Title: "La piscine rouvre", URL: "https://samb.example/piscine", Member: "samb",
			Published: time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC)}, Page: "https://hub.example/items/1", Member: "Sambre"},
	}})
	if err != nil {
		panic(err)
	}
	// Output:
	// {
	//  "version": "https://jsonfeed.org/version/1.1",
	//  "title": "Sambre",
	//  "home_page_url": "https://hub.example/",
	//  "feed_url": "https://hub.example/feed.json",
	//  "items": [
	//   {
	//    "id": "urn:carillon:1",
	//    "url": "https://samb.example/piscine",
	//    "title": "La piscine rouvre",
	//    "content_text": "La piscine rouvre",
	//    "date_published": "2026-03-03T08:00:00Z",
	//    "date_modified": "2026-03-03T08:00:00Z",
	//    "authors": [
	//     {
	//      "name": "Sambre"
	//     }
	//    ],
	//    "_carillon": {
	//     "about": "https://github.com/plonegov/carillon/blob/main/docs/api.md",
	//     "member": "samb",
	//     "page": "https://hub.example/items/1",
	//     "source_title": "Sambre"
	//    }
	//   }
	//  ]
	// }
}
