package dila

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// meta is what a document says about itself.
type meta struct {
	id         string // "F930"
	origin     string // "particuliers/F930"
	url        string
	title      string
	language   string
	publisher  string    // another than DILA; "" for DILA's own sheets
	created    time.Time // zero in all documents seen so far
	updated    time.Time
	categories []string
	links      links
	warnings   []string
}

var sheetID = regexp.MustCompile(`^[A-Za-z]{1,3}[0-9]{1,12}(?:-[0-9]{1,6})?$`)

// readMeta reads the head of a document that was the file named. The identity starts with the audience because one number may be published for
// several, as different documents: F22365 is a sheet for businesses and, under
// the same number, one for associations.
func readMeta(root *read.Node, file string) (meta, error) {
	m := meta{id: identifier(root, file), links: newLinks(root)}
	if root.Name != "Publication" && root.Name != "ServiceComplementaire" && root.Child("dc:title") == nil {
		return m, fmt.Errorf("the document is <%s>, not a service-public sheet: only files named F…, N… and R… can be shown", root.Name)
	}
	if m.id == "" {
		return m, errors.New("the sheet has no number (the ID of its first element): it cannot be told from others; ask the publisher")
	}
	m.origin = m.id
	if m.links.audience != "" {
		m.origin = m.links.audience + "/" + m.id
	}
	m.url = m.links.self
	if m.url == "" {
		m.url = m.links.sheet(m.id, "")
	}
	m.readTitle(root)
	m.readDates(root)
	m.categories = themes(root, m)
	if len(m.categories) == 0 {
		m.warn("The sheet names no theme.")
	}
	m.language = language(words(root.Child("dc:language")))
	m.publisher = otherPublisher(root)
	return m, nil
}

func (m *meta) warn(sentence string) { m.warnings = append(m.warnings, sentence) }

// identifier returns the number of the sheet, from the file's name if need be.
func identifier(root *read.Node, file string) string {
	for _, id := range []string{
		root.Get("ID"), words(root.Child("dc:identifier")),
		path.Base(root.Get("spUrl")), strings.TrimSuffix(file, ".xml"),
	} {
		if sheetID.MatchString(id) {
			return id
		}
	}
	return ""
}

func (m *meta) readTitle(root *read.Node) {
	m.title = read.Line(words(root.Child("dc:title")))
	if m.title == "" {
		m.title = read.Line(trail(root, m.id))
		m.warn("The sheet has no title of its own.")
	}
	if m.title == "" {
		m.title = strings.TrimSpace(read.Line(root.Get("type")) + " " + m.id)
	}
	// "**CNI Mineur-1ère dde" was published in 2020. What the origin says is
	// kept; somebody should tell them.
	if strings.HasPrefix(m.title, "*") {
		m.warn("The title starts with an asterisk, perhaps a draft: " + m.title)
	}
}

// trail returns the last step of the breadcrumb, which is the sheet itself.
func trail(root *read.Node, id string) string {
	for step := range root.Child("FilDAriane").All("Niveau") {
		if step.Get("ID") == id {
			return words(step)
		}
	}
	return ""
}

var day = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// readDates reads "modified 2020-01-31" and, if it ever comes, "created …".
// Days are taken as starting at midnight UTC.
func (m *meta) readDates(root *read.Node) {
	for d := range root.All("dc:date") {
		s := words(d)
		t, err := time.Parse(time.DateOnly, day.FindString(s))
		switch {
		case err != nil:
		case strings.HasPrefix(s, "created"), strings.HasPrefix(s, "issued"):
			m.created = t
		case t.After(m.updated):
			m.updated = t
		}
	}
	if m.updated.IsZero() {
		m.updated, _ = time.Parse(time.DateOnly, day.FindString(root.Get("dateDerniereModificationImportante")))
	}
	if m.updated.IsZero() {
		m.warn("The sheet does not say when it was last changed.")
	}
}

var nodeID = regexp.MustCompile(`^N[0-9]`)

// maxThemes bounds the categories of one sheet; the most seen is six.
const maxThemes = 30

// themes returns the path from the theme down to the sheet's folder. A resource
// may belong to several themes and has no path below them.
func themes(root *read.Node, m meta) []string {
	var path []string
	add := func(s string) {
		if s = read.Line(s); s != "" && len(path) < maxThemes && !slices.Contains(path, s) {
			path = append(path, s)
		}
	}
	levels := []string{"Theme", "SousThemePere", "DossierPere", "SousDossierPere"}
	if root.Name == "ServiceComplementaire" {
		levels = append(levels, "Dossier")
	}
	for _, name := range levels {
		for n := range root.All(name) {
			add(label(n))
		}
	}
	if len(path) > 0 {
		return path
	}
	steps := breadcrumb(root, m.id)
	for _, step := range steps {
		if nodeID.MatchString(step.Get("ID")) {
			add(words(step))
		}
	}
	if len(path) > 0 {
		return path
	}
	for n := range root.All("dc:subject") {
		for subject := range strings.SplitSeq(words(n), ", ") {
			add(subject)
		}
	}
	// Some belong to no theme, only to a list: "Comment faire si".
	for _, step := range steps {
		if len(path) == 0 {
			add(words(step))
		}
	}
	if len(path) == 0 && root.Get("type") == "Theme" {
		add(m.title)
	}
	return path
}

// breadcrumb returns its steps without the home page and the sheet itself.
func breadcrumb(root *read.Node, id string) []*read.Node {
	var steps []*read.Node
	for step := range root.Child("FilDAriane").All("Niveau") {
		if at := step.Get("ID"); at != id && audience(at) == "" {
			steps = append(steps, step)
		}
	}
	return steps
}

// label returns the title of an element that has one, else its text.
func label(n *read.Node) string {
	if t := titleOf(n); hasText(t) {
		return words(t)
	}
	return words(n)
}

// language turns "Fr" into a tag; the flow is French unless it says otherwise.
func language(s string) string {
	if s = strings.ToLower(s); federation.ValidLanguage(s) {
		return s
	}
	return "fr"
}

// otherPublisher is who publishes the sheet when that is not DILA: a region may
// write procedures of its own in the format. A sheet that names nobody is
// DILA's.
func otherPublisher(root *read.Node) string {
	who := read.Line(words(root.Child("dc:publisher")))
	if who == "" {
		who = read.Line(words(root.Child("dc:creator")))
	}
	return foreignPublisher(who)
}

// foreignPublisher is who, "" when that is DILA by one of its names.
func foreignPublisher(who string) string {
	who = read.Line(who)
	lower := strings.ToLower(who)
	for _, own := range []string{"information légale", "dila", "service-public", "premier ministre"} {
		if strings.Contains(lower, own) {
			return ""
		}
	}
	return who
}

// rights are the licence and the sentence it asks for: who, from where, which
// file of which day. DILA's sheets are under the Licence Ouverte 2.0; those of
// others under what the operator wrote at the source. A local path is nobody's
// business, so a document read from a folder is attributed to its page.
func (m meta) rights(at, name string) (license, attribution string) {
	from, file := m.url, m.id+".xml"
	if u, err := url.Parse(at); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil {
		u.Fragment = ""
		from = u.String()
	}
	if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".json") {
		file = name
	}
	rest := ", " + from + ", fichier " + read.Line(file)
	if !m.updated.IsZero() {
		rest += " du " + m.updated.Format("02/01/2006")
	}
	if m.publisher != "" {
		return "", m.publisher + rest
	}
	return License, "Service-Public.fr, Direction de l'information légale et administrative (DILA)" + rest + ", Licence Ouverte 2.0"
}

// fileName returns the name of the document at an address, or inside an archive
// when the address ends in #name.
func fileName(at string) string {
	if u, err := url.Parse(at); err == nil {
		if u.Fragment != "" {
			return path.Base(u.Fragment)
		}
		return path.Base(u.Path)
	}
	return ""
}
