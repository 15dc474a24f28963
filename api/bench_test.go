package api

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkSearch makes answers of twenty items that nobody has asked for yet,
// from request to the last byte.
func BenchmarkSearch(b *testing.B) {
	h := serveRegion(b, newRegion(8))
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	n := 0
	for name, path := range map[string]string{"items": "/api/v1/items?from=%s", "search": "/api/v1/search?q=travaux&from=%s"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n++
				target := fmt.Sprintf(path, day.Add(time.Duration(n)*time.Second).Format(time.RFC3339))
				if w := ask(h, "GET", target); w.Code != 200 {
					b.Fatalf("GET %s = %d %s", target, w.Code, w.Body)
				}
			}
		})
	}
}
