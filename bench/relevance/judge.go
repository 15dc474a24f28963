package main

import (
	"math"
	"slices"
)

// depth is how many results are judged.
const depth = 10

// ndcg is nDCG@10 of document ids in their order: each grade counts less the
// lower it stands, and 1 is the best order there is (Järvelin and Kekäläinen
// 2002, with the logarithm from the first rank on).
func ndcg(ranked []string, grades map[string]int) float64 {
	best := make([]int, 0, len(grades))
	for _, g := range grades {
		best = append(best, g)
	}
	slices.SortFunc(best, func(a, b int) int { return b - a })
	var got, ideal float64
	for i := range min(depth, len(ranked)) {
		got += float64(grades[ranked[i]]) / math.Log2(float64(i)+2)
	}
	for i := range min(depth, len(best)) {
		ideal += float64(best[i]) / math.Log2(float64(i)+2)
	}
	if ideal == 0 {
		return 0
	}
	return got / ideal
}

// rank is where the first document that answers stands, from 1; 0 = not among
// the results.
func rank(ranked []string, grades map[string]int) int {
	return 1 + slices.IndexFunc(ranked, func(id string) bool { return grades[id] > 0 })
}
