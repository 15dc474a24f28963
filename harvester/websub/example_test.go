package websub_test

import (
	"fmt"
	"net/http"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/websub"
)

func ExampleDiscover() {
	header := http.Header{"Link": {`<https://hub.example/>; rel="hub", <https://samb.example/rss>; rel="self"`}}
	found := websub.Discover(federation.Document{URL: "https://samb.example/rss"}, header, nil, "")
	fmt.Println(found.Hubs, found.Self)
	// Output:
	// [https://hub.example/] https://samb.example/rss
}
