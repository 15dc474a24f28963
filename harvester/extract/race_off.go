//go:build !race

package extract

const detector = 1
