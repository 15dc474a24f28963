package search

import "cmp"

// maxShared bounds how many alerts are shared out between members; behind them
// gravity alone counts.
const maxShared = 1000

// ShareOut puts alerts, which are sorted gravest first, in the order in which
// pages are filled: of the first n at most two thirds are one member's, while
// alerts of others of no less authority wait. A member who calls everything
// extreme fills no list. The list given is not changed.
func ShareOut[T any, M cmp.Ordered](alerts []T, member func(T) M, authority func(M) int) []T {
	shared := min(len(alerts), maxShared)
	waiting := map[M][]int{} // places in alerts, gravest first
	for i, a := range alerts[:shared] {
		waiting[member(a)] = append(waiting[member(a)], i)
	}
	if len(waiting) < 2 {
		return alerts
	}
	next := func(may func(m M) bool) (first M, at int) {
		at = -1
		for m, list := range waiting {
			if len(list) > 0 && (at < 0 || list[0] < at) && may(m) {
				first, at = m, list[0]
			}
		}
		return first, at
	}
	out, has := make([]T, 0, len(alerts)), map[M]int{}
	for len(out) < shared {
		most := max(1, 2*(len(out)+1)/3)
		m, at := next(func(M) bool { return true })
		if has[m] == most {
			if o, other := next(func(o M) bool { return has[o] < most && authority(o) >= authority(m) }); other >= 0 {
				m, at = o, other
			}
		}
		waiting[m] = waiting[m][1:]
		has[m]++
		out = append(out, alerts[at])
	}
	return append(out, alerts[shared:]...)
}
