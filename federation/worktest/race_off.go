//go:build !race

package worktest

// Slower divides the sizes of large documents; see race_on.go.
const Slower = 1
