package portal

import (
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// period is a shortcut to the dates of a selection.
type period struct {
	Text, URL string // of the selection with these dates; of a chosen one, without
	Chosen    bool
}

// span is some days, both included; a zero last day is open.
type span struct {
	text        string
	first, last time.Time
}

// periods are the shortcuts that suit a selection: of events those to come, of
// all else calendar days around today. They hold until midnight, which is
// noted with the answer.
func (v visit) periods(sel federation.Selection) []period {
	now := v.now.In(v.zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	search.ReadsOf(v.Context()).Until(time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, v.zone))
	spans := v.publishedIn(today)
	if comesUp(sel.Types) {
		spans = v.comingIn(today)
	}
	sel.Cursor = ""
	var out []period
	for _, s := range spans {
		dated := sel
		dated.From, dated.To = dayBound(s.first), dayBound(s.last)
		if dated.From == sel.From && dated.To == sel.To {
			dated.From, dated.To = federation.Bound{}, federation.Bound{}
			out = append(out, period{s.text, v.searchLink(dated), true})
			continue
		}
		out = append(out, period{Text: s.text, URL: v.searchLink(dated)})
	}
	return out
}

// comesUp reports whether a list is of nothing but what has a date to come to.
func comesUp(types []federation.ItemType) bool {
	return len(types) > 0 && !slices.ContainsFunc(types, func(t federation.ItemType) bool {
		return t != federation.EventItem && t != federation.Meeting
	})
}

func dayBound(day time.Time) federation.Bound { return federation.Bound{Time: day, Day: !day.IsZero()} }

func (v visit) comingIn(today time.Time) []span {
	monday := mondayOf(today)
	saturday := monday.AddDate(0, 0, 5)
	if saturday.Before(today) {
		saturday = today // Sunday
	}
	month := monthOf(today)
	return []span{
		{v.T("period_coming"), today, time.Time{}},
		{v.T("period_today"), today, today},
		{v.T("period_weekend"), saturday, monday.AddDate(0, 0, 6)},
		{v.T("period_week"), today, monday.AddDate(0, 0, 6)},
		{v.T("period_month"), today, month.AddDate(0, 1, -1)},
		{v.T("period_next_month"), month.AddDate(0, 1, 0), month.AddDate(0, 2, -1)},
	}
}

func (v visit) publishedIn(today time.Time) []span {
	monday, month := mondayOf(today), monthOf(today)
	return []span{
		{v.T("period_today"), today, today},
		{v.T("period_week"), monday, monday.AddDate(0, 0, 6)},
		{v.T("period_month"), month, month.AddDate(0, 1, -1)},
		{v.T("period_year"), time.Date(today.Year(), 1, 1, 0, 0, 0, 0, time.UTC), time.Date(today.Year(), 12, 31, 0, 0, 0, 0, time.UTC)},
	}
}

// mondayOf is the Monday of a day's week (ISO 8601).
func mondayOf(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

func monthOf(day time.Time) time.Time { return day.AddDate(0, 0, 1-day.Day()) }
