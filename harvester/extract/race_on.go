//go:build race

package extract

// detector is how much more a process may use that looks for data races: its
// shadow memory counts, and every access costs ten.
const detector = 64
