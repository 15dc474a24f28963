package portal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// fault is what is wrong with a value that somebody gave, in his language.
type fault struct {
	Key  string // of the selection: names the control it stands beside
	Text string
}

// Fault says what is wrong with an address in the language of who asks, and
// which language that is.
func (p *Portal) Fault(r *http.Request, err *federation.InvalidError) (sentence, lang string) {
	v, _ := p.visit(r) // its language is right even when the address is not
	return v.fault(err), v.Lang
}

// maxShown bounds how much is repeated of what somebody wrote, in characters.
const maxShown = 60

// fault is the sentence for an error that readers can cause; for any other
// what can be said of all: which key is not right.
func (v visit) fault(err *federation.InvalidError) string {
	if err.Code == "" {
		return v.T("error_key", "Key", err.Field)
	}
	value := strings.ToValidUTF8(err.Value, "\uFFFD")
	if short := []rune(value); len(short) > maxShown {
		value = string(short[:maxShown]) + "…"
	}
	return v.T("fault_"+err.Code, "Value", value, "Key", err.Field)
}

// nobodys is what is wrong with whose reader a selection says somebody is: that
// there is no such member, and none with that postal code. nil = nothing.
func (v visit) nobodys(sel federation.Selection) *federation.InvalidError {
	if sel.As == "" {
		return nil
	}
	var fault *federation.InvalidError
	_, err := v.cat.Home(sel.As)
	errors.As(err, &fault)
	return fault
}

// strangers are the members, channels and sources of a selection that the hub
// does not have.
func (v visit) strangers(sel federation.Selection) (faults []*federation.InvalidError) {
	note := func(key, name string, err error) {
		if err != nil {
			faults = append(faults, &federation.InvalidError{Field: key, Reason: err.Error(), Code: key, Value: name})
		}
	}
	for _, slug := range sel.Members {
		_, err := v.cat.Member(slug)
		note("member", slug, err)
	}
	for _, slug := range sel.Channels {
		_, err := v.cat.Channel(slug)
		note("channel", slug, err)
	}
	for _, name := range sel.Sources {
		_, err := v.cat.Source(name)
		note("source", name, err)
	}
	return faults
}

// refuse answers a search that cannot be made with its form, filled as it was,
// and what is wrong beside it.
func (p *Portal) refuse(w http.ResponseWriter, v visit, status int, sel federation.Selection, faults []*federation.InvalidError) error {
	heading := v.T("fault_title")
	view := resultsView{page: p.withScript(p.page(v, heading)), Heading: heading, Scope: v.T("fault_lead")}
	view.NoIndex, view.Canonical, view.Alternates = true, "", nil
	view.Query = strings.ToValidUTF8(v.query.Get("q"), "\uFFFD")
	mended, texts := sel, map[string]string{}
	for _, f := range faults {
		mended, texts[f.Field] = mend(mended, *f), v.fault(f)
		view.Faults = append(view.Faults, fault{f.Field, texts[f.Field]})
	}
	// What there is to choose from is that of the search as it can be made.
	a, err := p.search.Search(v.Context(), search.Request{Select: mended, Language: v.Lang, Facets: search.Facets})
	if err != nil {
		return err
	}
	view.Filters = v.filters(sel, p.usual(sel), a.Facets)
	view.Filters.Faults = texts
	for _, f := range view.Faults {
		if slices.Contains(placeKeys, f.Key) {
			view.Filters.PlaceFault = f
		}
	}
	view.Filters.keep(v, faults)
	view.Mended = v.searchLink(mended)
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, "results", view); err != nil {
		return fmt.Errorf("render results: %w", err)
	}
	h := w.Header()
	pageHeaders(h, view.page)
	h.Set("Cache-Control", "no-cache")
	p.send(w, v.Request, status, b.Bytes())
	return nil
}

// placeKeys are those whose value the form's field for a place holds.
var placeKeys = []string{placeKey, "near", "postcode", "as"}

// keep leaves what could not be read in the controls that can show it.
func (f *filters) keep(v visit, faults []*federation.InvalidError) {
	for _, fault := range faults {
		written := strings.ToValidUTF8(v.query.Get(fault.Field), "\uFFFD")
		switch {
		case slices.Contains(placeKeys, fault.Field):
			f.Place = cmp.Or(strings.ToValidUTF8(v.query.Get(placeKey), "\uFFFD"), written)
		case fault.Field == "from" && fault.Code == "date":
			f.From, f.FromType = written, "text"
		case fault.Field == "to" && fault.Code == "date":
			f.To, f.ToType = written, "text"
		}
	}
}

// mend is a selection without what is at fault.
func mend(sel federation.Selection, f federation.InvalidError) federation.Selection {
	if slices.Contains(listKeys, f.Field) {
		return sel.Without(f.Field, f.Value)
	}
	sel = sel.Without(f.Field, "")
	switch f.Field {
	case "q":
		sel.Words = ""
	case "radius":
		sel.Radius = 0
	case "sort":
		sel.Sort = ""
	}
	return sel
}
