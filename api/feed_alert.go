package api

import (
	"html"
	"strings"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/widgets"
)

// told puts what a reader must know of an alert where every feed reader shows
// it: that it is over in the title, how grave it is, where and until when before
// the text. It is said in the language of the alert.
func (s *Server) told(e feed.Entry) feed.Entry {
	it := e.Item
	if it.Type != federation.AlertItem {
		return e
	}
	lang, _, _ := strings.Cut(it.Language, "-")
	var facts []string
	if it.Over(s.now()) {
		e.Item.Title = "[" + federation.AlertOver.In(lang) + "] " + it.Title
	} else {
		if it.Alert != nil {
			facts = append(facts, federation.SeverityNames[it.Alert.Severity].In(lang))
		}
		if until := it.Until(); !until.IsZero() {
			d := widgets.Dates{Lang: lang, Zone: s.cats.Current().Hub.Location()}
			facts = append(facts, federation.AlertUntil.In(lang)+" "+d.Moment(d.Local(until, false)))
		}
	}
	if it.Alert != nil && len(it.Alert.Areas) > 0 {
		facts = append(facts, federation.AlertAreas.In(lang)+" – "+strings.Join(it.Alert.Areas, ", "))
	}
	var b strings.Builder
	for _, f := range facts {
		if f != "" {
			b.WriteString("<p>" + html.EscapeString(f) + "</p>")
		}
	}
	if b.Len() > 0 {
		e.Item.Content = markup.Sanitise(b.String()+it.Content.String(), nil)
	}
	return e
}
