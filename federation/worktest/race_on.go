//go:build race

package worktest

// Slower divides the sizes of large documents: the race detector makes their
// reading ten to thirty times as slow. It is 1 without it.
const Slower = 32
