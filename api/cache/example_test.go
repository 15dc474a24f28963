package cache_test

import (
	"context"
	"fmt"
	"time"

	"github.com/plonegov/carillon/api/cache"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/search"
)

// An answer says what it was made of, and is made again when that changed.
func ExampleCache() {
	c := cache.New(1<<20, time.Now)
	made := 0
	build := func(ctx context.Context) (*web.Answer, error) {
		made++
		search.ReadsOf(ctx).Directory() // the names of members, say
		return web.New("text/plain", fmt.Appendf(nil, "answer %d", made), web.Fast), nil
	}
	for _, change := range []*search.Touch{nil, {}, search.Everything} {
		if change != nil {
			c.Touch(change)
		}
		a, err := c.Get(context.Background(), "/members", build)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n", a.Body())
	}
	// Output:
	// answer 1
	// answer 1
	// answer 2
}
