//go:build race

package main

// slower divides the sizes of hostile documents: the race detector makes their
// reading ten to thirty times as slow.
const slower = 32
