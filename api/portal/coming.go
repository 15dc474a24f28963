package portal

import (
	"github.com/plonegov/carillon/federation"
)

// coming narrows a list of nothing but events to those from today on, in their
// order, unless its dates or words were chosen: who opens a calendar wants to
// know what is to come. past is the same list before today, newest first; nil
// when nothing was narrowed.
func (p *Portal) coming(sel, of federation.Selection) (narrow federation.Selection, past *federation.Selection) {
	chosen := func(s federation.Selection) bool {
		return s.Words != "" || !s.From.IsZero() || !s.To.IsZero() || s.Cursor != ""
	}
	if len(of.Types) != 1 || of.Types[0] != federation.EventItem || chosen(sel) || chosen(of) {
		return sel, nil
	}
	today := p.upcoming().From
	before := sel
	before.To, before.Sort = today, federation.ByNewest
	before.To.Time = before.To.Time.AddDate(0, 0, -1)
	sel.From = today
	if sel.Sort == "" {
		sel.Sort = federation.ByStart
	}
	return sel, &before
}
