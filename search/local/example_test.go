package local_test

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

func Example() {
	ctx := context.Background()
	index, err := local.New(slog.Default(), "") // in memory alone
	if err != nil {
		panic(err)
	}
	defer index.Close()
	err = index.Apply(ctx, search.Batch{Cursor: 1, Put: []federation.Item{
		{ID: "1", Type: federation.News, Language: "fr", Member: "samb", Source: "samb/actus", Title: "La piscine rouvre"},
		{ID: "2", Type: federation.News, Language: "fr", Member: "samb", Source: "samb/actus", Title: "Travaux rue Haute"},
	}})
	if err != nil {
		panic(err)
	}
	found, err := index.Search(ctx, search.Query{Select: federation.Selection{Words: "picsine"}})
	if err != nil {
		panic(err)
	}
	for _, hit := range found.Hits {
		fmt.Println(hit.ID)
	}
	// Output:
	// 1
}
