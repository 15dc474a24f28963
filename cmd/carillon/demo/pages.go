package demo

import (
	"html/template"
	"strings"
	"time"
)

// names are what the publishers call themselves, in the language of their
// sites.
var names = map[string]struct{ name, lang string }{
	"portail":          {"Pays de l’Ornelle", "fr"},
	"sambre":           {"Ville de Sambre-sur-Orne", "fr"},
	"hautecombe":       {"Hautecombe-les-Prés", "fr"},
	"bruly":            {"Brûly-la-Fontaine", "fr"},
	"orvignies":        {"Orvignies", "fr"},
	"merlecourt":       {"Merlecourt", "fr"},
	"lindewater":       {"Gemeente Lindewater", "nl"},
	"rosenthal":        {"Gemeinde Rosenthal-am-Berg", "de"},
	"orneau":           {"Orn’Eau", "fr"},
	"bibliotheques":    {"Bibliothèques de l’Ornelle", "fr"},
	"amis-du-carillon": {"Les Amis du carillon", "fr"},
}

// Name is what the publisher calls itself.
func (p *publisher) Name() string { return names[p.Slug].name }

// pageWords are the few words of the pages themselves.
var pageWords = map[string]map[string]string{
	"feed":    {"fr": "Fil", "nl": "Feed", "de": "Feed"},
	"made-up": {"fr": "un site inventé pour essayer Carillon", "nl": "verzonnen om Carillon uit te proberen", "de": "erfunden, um Carillon auszuprobieren"},
}

var pageFuncs = template.FuncMap{
	"day":  longDay,
	"span": longSpan,
	"word": func(lang, word string) string { return pageWords[word][lang] },
}

// longSpan is the when of an event in words.
func longSpan(e entry, lang string) string {
	last := e.End.Add(-time.Second)
	clock := func(t time.Time) string {
		return t.Format(map[string]string{"fr": "15 h 04", "nl": "15.04", "de": "15.04"}[lang])
	}
	days := longDay(e.Start, lang)
	several := !e.End.IsZero() && e.End.Sub(e.Start) >= 24*time.Hour && last.YearDay() != e.Start.YearDay()
	if several {
		days += " – " + longDay(last, lang)
	}
	switch {
	case e.AllDay || several:
		return days
	case e.End.IsZero():
		return days + ", " + clock(e.Start)
	}
	return days + ", " + clock(e.Start) + " – " + clock(e.End)
}

// pageView is what the publishers' pages show; each uses a part of it.
type pageView struct {
	Slug, Name, Lang, Title string
	Feed, FeedType          string
	Publishers              []*publisher
	Sections                []*section
	Section                 *section
	Entry                   entry
	Linked                  []object // JSON-LD of the page
	Procedures              []procedure
	Procedure               procedure
}

// newPage is the view of a publisher's page with that title.
func newPage(publisher, title string) pageView {
	return pageView{Slug: publisher, Name: names[publisher].name, Lang: names[publisher].lang, Title: title}
}

// page answers with a template of pages/ or sites/.
func (r *Region) page(name string, view any) answer {
	return func(string) ([]byte, error) {
		var b strings.Builder
		if err := r.pages.ExecuteTemplate(&b, name, view); err != nil {
			return nil, err
		}
		return []byte(b.String()), nil
	}
}

// asset answers with an embedded file.
func asset(name string) answer {
	return func(string) ([]byte, error) { return files.ReadFile(name) }
}

// addPages adds the pages of all publishers.
func (r *Region) addPages(all map[string]resource) {
	add := func(path, template string, modified time.Time, v pageView) {
		all[path] = resource{htmlType, modified, r.page(template, v)}
	}
	all["/style.css"] = resource{"text/css; charset=utf-8", pictureDate, asset("pages/style.css")}
	index := newPage("portail", "Les sites du Pays de l’Ornelle")
	index.Publishers = r.publishers
	add("/", "publishers.html", r.now, index)
	for _, p := range r.publishers {
		home := newPage(p.Slug, names[p.Slug].name)
		home.Sections = p.Sections
		if p.Slug == "portail" {
			home.Procedures = r.procedures
		}
		add("/"+p.Slug+"/", "publisher.html", r.now, home)
		for _, s := range p.Sections {
			view := newPage(p.Slug, s.Title)
			view.Section, view.Lang = s, s.Language
			if s.Announced() {
				view.Feed, view.FeedType = s.FeedPath(), mediaType(s)
			}
			all[s.Home()] = resource{htmlType, s.Updated(), r.sectionPage(view)}
			for _, e := range s.Entries {
				view.Entry, view.Title, view.Feed = e, e.Title, ""
				add(s.Home()+e.Slug, "entry.html", e.Date, view)
			}
		}
	}
	list := newPage("portail", "Vos démarches")
	list.Procedures = r.procedures
	add(proceduresHome, "procedures.html", r.now, list)
	for _, p := range r.procedures {
		view := newPage("portail", p.Title)
		view.Procedure = p
		add(proceduresHome+p.ID, "procedure.html", p.date, view)
	}
}

// sectionPage lists a section, with its events in JSON-LD where it has no
// other document.
func (r *Region) sectionPage(view pageView) answer {
	if view.Section.Dialect != "schema" {
		return r.page("section.html", view)
	}
	return func(base string) ([]byte, error) {
		v := view
		v.Linked = schema(r.view(v.Section, base))
		return r.page("section.html", v)(base)
	}
}

func mediaType(s *section) string {
	kind, _, _ := strings.Cut(dialects[s.Dialect].contentType, ";")
	return kind
}
