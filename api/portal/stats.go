package portal

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// statsView is what people searched for in a period, for the operator.
type statsView struct {
	page
	From, To string
	Off      bool
	Rule     string // how often a query must be asked to be kept, in words
	Lists    []statsList
}

// statsList is a table of queries.
type statsList struct {
	ID, Title string
	Rows      []statsRow
}

type statsRow struct {
	Words                 label
	Language              string
	Asked, Nothing, Found string
}

// mostStatsRows bounds each table of the page; the API has the rest.
const mostStatsRows = 200

// Stats answers with what people searched for. It is not for the public: see
// the address that operators alone reach.
func (p *Portal) Stats(w http.ResponseWriter, r *http.Request, counts []federation.QueryCount, from, to string) error {
	v, err := p.visit(r)
	if err != nil {
		return err
	}
	rule := v.cat.Hub.Queries
	view := statsView{page: p.page(v, v.T("stats_title")), From: from, To: to, Off: rule.Off, Rule: v.N("stats_rule", rule.Threshold())}
	view.NoIndex = true
	all := sumQueries(counts)
	missing := slices.DeleteFunc(slices.Clone(all), func(c federation.QueryCount) bool { return c.Nothing == 0 })
	slices.SortStableFunc(missing, func(a, b federation.QueryCount) int { return cmp.Compare(b.Nothing, a.Nothing) })
	view.Lists = []statsList{
		{"nothing", v.T("stats_nothing"), v.statsRows(missing)},
		{"asked", v.T("stats_asked"), v.statsRows(all)},
	}
	w.Header().Set("Cache-Control", "no-store")
	return p.render(w, v, "stats", view)
}

// sumQueries adds the days up, those asked most first. counts come newest day
// first: what was found last is told.
func sumQueries(counts []federation.QueryCount) []federation.QueryCount {
	at := make(map[[2]string]int)
	var out []federation.QueryCount
	for _, c := range counts {
		key := [2]string{c.Language, c.Words}
		i, known := at[key]
		if !known {
			at[key] = len(out)
			out = append(out, c)
			continue
		}
		out[i].Asked, out[i].Nothing = out[i].Asked+c.Asked, out[i].Nothing+c.Nothing
	}
	slices.SortStableFunc(out, func(a, b federation.QueryCount) int { return cmp.Compare(b.Asked, a.Asked) })
	return out
}

func (v visit) statsRows(list []federation.QueryCount) []statsRow {
	out := make([]statsRow, 0, min(len(list), mostStatsRows))
	for _, c := range list[:min(len(list), mostStatsRows)] {
		row := statsRow{Words: label{c.Words, v.other(c.Language)}, Language: v.T("stats_program"),
			Asked: v.Numbers.Sprint(c.Asked), Nothing: v.Numbers.Sprint(c.Nothing), Found: v.Numbers.Sprint(c.Found)}
		if c.Language != "" {
			row.Language = v.languageName(c.Language)
		}
		out = append(out, row)
	}
	return out
}
