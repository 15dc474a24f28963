package portal

import (
	"html"
	"strings"
)

// snippet is what a webmaster pastes to show a selection: a contract for ever
// (DESIGN, addresses). The inner link is what stays when the hub is away.
type snippet struct {
	Hub       string // origin of the hub
	Placement string // slug; "" = a list of Select
	Select    string // canonical text of a selection
	Link      string // absolute address of the same on the hub
	Text      string // of the link
}

// String is the HTML to paste, with every value escaped.
func (s snippet) String() string {
	attribute := `data-placement="` + html.EscapeString(s.Placement) + `"`
	if s.Placement == "" {
		attribute = `data-widget="list" data-select="` + html.EscapeString(s.Select) + `"`
	}
	return strings.NewReplacer("HUB", html.EscapeString(s.Hub), "WHAT", attribute,
		"LINK", html.EscapeString(s.Link), "TEXT", html.EscapeString(s.Text)).Replace(
		`<carillon-widget data-hub="HUB" WHAT>
  <a href="LINK">TEXT</a>
</carillon-widget>
<script async src="HUB/w/1/carillon.js"></script>`)
}
