package storetest

import "github.com/plonegov/carillon/federation"

var queryCases = []testCase{
	{"none", func(s store) {
		got := must[[]federation.QueryCount](s, "QueriesBetween")(s.QueriesBetween(s.ctx, "2026-01-01", "2026-12-31", 10))
		s.same("QueriesBetween(nothing held)", len(got), 0)
	}},
	{"they add up, by day, language and key", queriesAdd},
	{"what is old is forgotten", queriesForget},
}

func (s store) addQueries(counts ...federation.QueryCount) {
	s.Helper()
	if err := s.AddQueries(s.ctx, counts); err != nil {
		s.Fatalf("AddQueries(…) = %v", err)
	}
}

func (s store) queries(first, last string, n int) []federation.QueryCount {
	s.Helper()
	return must[[]federation.QueryCount](s, "QueriesBetween")(s.QueriesBetween(s.ctx, first, last, n))
}

func queriesAdd(s store) {
	one := federation.QueryCount{Day: "2026-11-28", Language: "fr", Key: "piscine", Words: "Piscine", Asked: 5, Nothing: 1, Found: 3}
	other, before := one, one
	other.Language, before.Day = "nl", "2026-11-27"
	more := federation.QueryCount{Day: "2026-11-28", Language: "fr", Key: "piscine", Words: "piscine", Asked: 2, Nothing: 2, Found: 0}
	many := federation.QueryCount{Day: "2026-11-27", Language: "", Key: "dechets", Words: "déchets 'verts'", Asked: 9}
	s.addQueries(one, other, before)
	s.addQueries(more, many)
	sum := more
	sum.Asked, sum.Nothing = 7, 3
	s.same("QueriesBetween(all)", s.queries("2026-11-27", "2026-11-28", 10), []federation.QueryCount{sum, other, many, before})
	s.same("QueriesBetween(one day)", s.queries("2026-11-27", "2026-11-27", 10), []federation.QueryCount{many, before})
	s.same("QueriesBetween(two)", s.queries("2026-11-27", "2026-11-28", 2), []federation.QueryCount{sum, other})
	s.same("log", len(s.log()), 0)
}

func queriesForget(s store) {
	day := func(d string) federation.QueryCount {
		return federation.QueryCount{Day: d, Key: "k", Words: "K", Asked: 5}
	}
	s.addQueries(day("2025-12-31"), day("2026-01-01"), day("2026-01-02"))
	if err := s.ForgetQueries(s.ctx, "2026-01-01"); err != nil {
		s.Fatalf("ForgetQueries = %v", err)
	}
	s.same("QueriesBetween(left)", s.queries("2000-01-01", "2099-01-01", 10), []federation.QueryCount{day("2026-01-02"), day("2026-01-01")})
}
