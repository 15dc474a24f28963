package portal

import (
	"net/http"
	"strconv"
	"strings"
)

const statementPath = "/accessibility"

// checkedKinds is how many kinds of pages TestAccessibility holds to WCAG, in
// every language: the statement tells it, and a test holds the two together.
const checkedKinds = 24

// statementView is the accessibility statement (Directive (EU) 2016/2102,
// article 7), made from what the tests measure.
type statementView struct {
	page
	Checks  []string
	Limits  []string
	Contact string // address of the operator, "" = none given
	// ContactText is the address as people write it.
	ContactText string
}

func (p *Portal) statement(w http.ResponseWriter, v visit) error {
	view := statementView{page: p.page(v, v.T("foot_statement")), Contact: v.cat.Hub.Links.Contact,
		Checks: []string{v.T("statement_axe", "Kinds", strconv.Itoa(checkedKinds)), v.T("statement_contrast"), v.T("statement_keyboard"), v.T("statement_small")},
		Limits: []string{v.T("statement_foreign"), v.T("statement_language"), v.T("statement_english")},
	}
	view.ContactText = strings.TrimPrefix(view.Contact, "mailto:")
	view.Description = v.T("statement_lead")
	return p.render(w, v, "statement", view)
}
