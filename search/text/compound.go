package text

import "strings"

const (
	shortestPart  = 3 // afval+bak, zwem+bad
	shortestThird = 4 // for all but the last of three, where chance hits are likelier
)

// Compounds takes a Dutch or German compound apart into two words, or failing that three, that has knows, and
// returns them in order: containerpark is container and park, Weihnachtsmarkt weihnacht and markt. Linking elements
// (-s-, -en-, -e- ...) and the -e a first word may lose (Schule in Schulhaus) are allowed for. Among several splits
// it takes the one whose shortest word is longest. It returns nil when there is none, or form is over MaxRunes bytes.
//
// has is asked with folded forms, up to some thousand times for a long word. Splitting measured neutral when always
// on: use it only for a query that finds little.
func Compounds(form string, has func(string) bool) []string {
	if len(form) < 2*shortestPart || len(form) > MaxRunes || hasDigit(form) {
		return nil
	}
	if parts := splitInTwo(form, shortestPart, has); parts != nil {
		return parts
	}
	var best []string
	for i := shortestThird; i <= len(form)-shortestThird-shortestPart; i++ {
		first := modifier(form[:i], has)
		if len(first) < shortestThird {
			continue
		}
		rest := splitInTwo(form[i:], shortestThird, has)
		if rest != nil && (best == nil || shortest(rest) > shortest(best[1:])) {
			best = append([]string{first}, rest...)
		}
	}
	return best
}

// splitInTwo returns the best split of form in two words, the first of at least least bytes, or nil.
func splitInTwo(form string, least int, has func(string) bool) []string {
	var best []string
	for i := least; i <= len(form)-shortestPart; i++ {
		head := form[i:]
		if !has(head) {
			continue
		}
		first := modifier(form[:i], has)
		if len(first) < least {
			continue
		}
		if parts := []string{first, head}; best == nil || shortest(parts) > shortest(best) {
			best = parts
		}
	}
	return best
}

// modifier returns the known word that s is as the first part of a compound, or "".
func modifier(s string, has func(string) bool) string {
	if has(s) {
		return s
	}
	for _, link := range [...]string{"s", "es", "en", "n", "er", "e"} {
		if base, ok := strings.CutSuffix(s, link); ok && len(base) >= shortestPart && has(base) {
			return base
		}
	}
	if lost := s + "e"; has(lost) {
		return lost
	}
	return ""
}

func shortest(parts []string) int {
	n := len(parts[0])
	for _, p := range parts[1:] {
		n = min(n, len(p))
	}
	return n
}
