package web_test

import (
	"fmt"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

func ExampleQuery() {
	fmt.Println(web.Query("q=100%&amp;type=news"))
	// Output:
	// map[q:[100%] type:[news]]
}

func ExampleProblemOf() {
	p := web.ProblemOf(fmt.Errorf("get item %q: %w", "x", federation.ErrNotFound), "/api/v1/items/x")
	fmt.Println(p.Status, p.Title, p.Detail)
	// Output:
	// 404 Not Found Nothing has this name here.
}
