package widgets

import (
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// maxSummary is the length of a summary in a card, in runes.
const maxSummary = 180

// list is what list.html shows.
type list struct {
	Language   string
	Label      string
	Tokens     string // declarations, for the loader
	Rules      string // style sheet, for the loader
	Sheet      string // address of the sheet with the same declarations
	Style      template.CSS
	Script     template.JS
	Logo       string
	Title      string
	TitleLevel int // 1 = a paragraph, because the heading would be the page's own
	Cards      []card
	Empty      string
	More, All  string
	AllOf      string // All with what it is all of, for who hears the link alone
	Updated    string
}

// card is one item of a list.
type card struct {
	Level          int
	Language       string
	Title, URL     string
	Kind           string
	When, Datetime string
	Cancelled      string
	Flag           *flag // of an alert
	Place          string
	Summary        string
	Image          *shot
	Leaf           *leaf
	Credit         string
	Licence        Licence
	Also           string
}

// shot is a picture with what the item says of it.
type shot struct {
	Picture
	Alt           string
	Width, Height int
}

// flag is how grave an alert is, or that it is over: a sign and a word.
type flag struct{ Sign, Text string }

// signs differ in form, so that they tell without their colour.
var signs = map[string]string{"extreme": "‼", "severe": "⚠", "moderate": "△", "minor": "ⓘ"}

func (w words) flag(it federation.Item, now time.Time) *flag {
	switch {
	case it.Type != federation.AlertItem:
		return nil
	case it.Over(now):
		return &flag{"✓", federation.AlertOver.In(w.lang)}
	case it.Alert == nil || signs[it.Alert.Severity] == "":
		return nil
	}
	return &flag{signs[it.Alert.Severity], federation.SeverityNames[it.Alert.Severity].In(w.lang)}
}

// leaf is the day of an event as a leaf of a calendar.
type leaf struct{ Day, Month string }

func (r *Renderer) list(v View) list {
	v.Options = v.whole()
	w := r.words[v.language()]
	w.zone = v.Zone
	l := list{
		Language: w.lang, Label: v.Label, More: v.More, All: w.say("all"), Empty: w.say("empty"),
		Tokens: Declarations(v.Theme), Sheet: v.Hub + "/w/1/carillon.css" + ThemeQuery(v.Theme),
		Title: v.title().In(w.lang), TitleLevel: v.level() - 1, Logo: web(v.Logo),
	}
	if l.Label == "" {
		l.Label = l.Title
	}
	if l.Label == "" {
		l.Label = w.say("label")
	}
	if t := v.updated(); !t.IsZero() {
		l.Updated = w.say("updated", "When", w.dates().Moment(w.dates().home(t)))
	}
	l.AllOf = w.say("all_of", "Label", l.Label)
	mixed := v.mixed()
	for _, e := range v.Entries {
		c := w.card(v, e)
		if mixed {
			c.Kind = e.Item.Type.Name(w.lang)
		}
		l.Cards = append(l.Cards, c)
	}
	return l
}

// language is the language of the interface.
func (v View) language() string {
	for _, l := range federation.Languages {
		if l == v.Language {
			return l
		}
	}
	return federation.Languages[0]
}

// whole are the options of the view with those that nobody chose.
func (v View) whole() federation.Options {
	k, _ := KindOf(v.Kind) // one that is unknown has no options
	return k.Whole(v.Options)
}

// is reports whether a switch is on.
func (v View) is(option string) bool {
	on, _ := v.Options[option].(bool)
	return on
}

func (v View) title() federation.Text {
	if title, ok := v.Options["title"].(federation.Text); ok {
		return title
	}
	return v.Title
}

// level is the level of item headings.
func (v View) level() int {
	n, _ := v.Options["heading"].(int)
	return n
}

func (w words) card(v View, e Entry) card {
	it := e.Item
	c := card{
		Level: v.level(), Language: languageTag(it.Language), Title: Spaced(it.Language, it.Title), URL: web(it.URL),
		Credit: credit(it.Provenance, e.Member.In(w.lang), w.lang), Licence: w.licence(it.Provenance.License),
	}
	if names := w.also(e); names != "" {
		c.Also = w.say("also", "Members", names)
	}
	if c.URL == "" {
		c.URL = v.Hub + "/items/" + it.ID
	}
	if strings.TrimSpace(c.Title) == "" {
		c.Title = w.say("untitled")
		c.Language = w.lang
	}
	if v.is("summary") {
		c.Summary = Spaced(it.Language, shorten(it.Summary, maxSummary))
	}
	if p := e.Picture; v.is("images") && it.Image != nil && web(p.Small) != "" && web(p.Large) != "" {
		c.Image = &shot{p, it.Image.Alt, it.Image.Width, it.Image.Height}
	}
	if it.Place != nil {
		c.Place = it.Place.Name
	}
	if e.Next != nil && it.Event != nil {
		at := it.Event.On(*e.Next)
		it.Event = &at
	}
	w.date(&c, it)
	c.Flag = w.flag(it, v.Now)
	return c
}

// languageTag is the tag if it has the form of one: a wrong lang attribute is
// worse than none (WCAG 2.2, 3.1.2).
func languageTag(tag string) string {
	if federation.ValidLanguage(tag) {
		return tag
	}
	return ""
}

// date fills what a card says of time: an event's own dates, else the
// publication's day.
func (w words) date(c *card, it federation.Item) {
	e := it.Event
	if e != nil && e.Status == federation.EventCancelled {
		c.Cancelled = w.say("cancelled")
	}
	if e == nil || e.Start.IsZero() {
		if t := it.Date(); !t.IsZero() {
			t = w.dates().home(t)
			c.When, c.Datetime = w.dates().Day(t), t.Format(time.DateOnly)
		}
		return
	}
	start := w.dates().Local(e.Start, e.AllDay)
	c.When, c.Datetime = w.dates().When(*e), start.Format(time.RFC3339)
	if e.AllDay {
		c.Datetime = start.Format(time.DateOnly)
	}
	c.Leaf = &leaf{Day: strconv.Itoa(start.Day()), Month: w.dates().Month(start)}
}

// also names the other members that published an item, each once.
func (w words) also(e Entry) string {
	var names []string
	for _, n := range e.Also {
		names = append(names, n.In(w.lang))
	}
	return ListNames(w.lang, names, e.Member.In(w.lang))
}

// credit names the member and, after it, who is to be named besides. The name
// of the member is left out where the operator's own sentence has it, never
// because of what a document says.
func credit(p federation.Provenance, member, lang string) string {
	switch shown := p.Credit(lang, member); {
	case shown == "" || strings.Contains(member, p.Attribution):
		return member
	case member == "" || p.Given && strings.Contains(strings.ToLower(shown), strings.ToLower(member)):
		return shown
	default:
		return member + " · " + shown
	}
}

// web is the address if it is http or https, else "".
func web(address string) string {
	lower := strings.ToLower(address)
	if strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
		return address
	}
	return ""
}

// shorten cuts plain text to limit runes, between words where it can.
func shorten(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	cut := string([]rune(s)[:limit-1])
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-(") + "…"
}
