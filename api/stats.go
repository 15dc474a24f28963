package api

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// Bounds of what is told of queries.
const (
	mostStats  = 20_000 // rows of one answer
	statsDays  = 28     // without from and to
	mostPeriod = 1100   // days of one answer
)

// QueryStats is what people searched for in some days.
type QueryStats struct {
	From    string      `json:"from"`
	To      string      `json:"to"`
	Counted bool        `json:"counted"` // false = the operator has switched it off
	Least   int         `json:"least"`   // times a day below which a query is not kept
	Queries []QueryStat `json:"queries"` // newest day first, then those asked most
}

// QueryStat is one query on one day.
type QueryStat struct {
	Day      string `json:"day"`
	Language string `json:"language,omitempty"` // of the pages it was asked on; absent = by a program
	Words    string `json:"words"`
	Asked    int    `json:"asked"`
	Nothing  int    `json:"nothing"` // of these, how often there was no result
	Found    int    `json:"found"`   // results the last time
}

// stats are for operators alone: what people ask is not a person's, and still
// not for everybody to read, nor to write on a wall by asking for it.
func (s *Server) stats() []web.Route {
	routes := []web.Route{{Pattern: "/api/v1/stats/queries", Class: web.Direct, Life: web.NoStore, Serve: s.serveStats}}
	if s.pages == nil {
		return routes
	}
	public := func(w http.ResponseWriter, r *http.Request) error {
		s.router.ServeHTTP(w, r)
		return nil
	}
	return append(routes, web.Route{Pattern: "/stats/queries", Class: web.Direct, Life: web.NoStore, Serve: s.serveStatsPage},
		web.Route{Pattern: "/assets/*", Class: web.Direct, Life: web.ForEver, Serve: public})
}

func (s *Server) serveStats(w http.ResponseWriter, r *http.Request) error {
	stats, err := s.queryStats(r, "from", "to")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(stats)
}

func (s *Server) serveStatsPage(w http.ResponseWriter, r *http.Request) error {
	stats, err := s.queryStats(r, "from", "to", "ui")
	if err != nil {
		return err
	}
	counts := make([]federation.QueryCount, len(stats.Queries))
	for i, q := range stats.Queries {
		counts[i] = federation.QueryCount{Day: q.Day, Language: q.Language, Words: q.Words, Asked: q.Asked, Nothing: q.Nothing, Found: q.Found}
	}
	return s.pages.Stats(w, r, counts, stats.From, stats.To)
}

// queryStats reads what the period of a request has.
func (s *Server) queryStats(r *http.Request, keys ...string) (QueryStats, error) {
	hub := s.cats.Current().Hub
	v, err := (&Asked{query: r.URL.RawQuery}).only(keys...)
	if err != nil {
		return QueryStats{}, err
	}
	today := s.now().In(hub.Location())
	day := func(key string, otherwise time.Time) (time.Time, error) {
		text := v.Get(key)
		if text == "" {
			return otherwise, nil
		}
		t, err := time.ParseInLocation(federation.DayFormat, text, hub.Location())
		if err != nil {
			return t, federation.Invalid(key, "%q must be a day such as 2026-11-28", text)
		}
		return t, nil
	}
	to, err := day("to", today)
	if err != nil {
		return QueryStats{}, err
	}
	from, err := day("from", to.AddDate(0, 0, 1-statsDays))
	switch {
	case err != nil:
		return QueryStats{}, err
	case from.After(to):
		return QueryStats{}, federation.Invalid("from", "is after to")
	case to.Sub(from) > mostPeriod*24*time.Hour:
		return QueryStats{}, federation.Invalid("from", "is more than %d days before to", mostPeriod)
	}
	if s.config.Counter != nil {
		s.config.Counter.Flush(r.Context())
	}
	out := QueryStats{From: from.Format(federation.DayFormat), To: to.Format(federation.DayFormat), Counted: !hub.Queries.Off, Least: hub.Queries.Threshold(), Queries: []QueryStat{}}
	list, err := s.store.QueriesBetween(r.Context(), out.From, out.To, mostStats)
	for _, c := range list {
		out.Queries = append(out.Queries, QueryStat{c.Day, c.Language, c.Words, c.Asked, c.Nothing, c.Found})
	}
	return out, err
}
