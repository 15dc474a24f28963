package enrich

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// maxNameWords bounds the words of a commune's name, hyphens counted as
// spaces: Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson has nine.
const maxNameWords = 9

// gazetteer knows the communes of the hub by name and by postal code.
type gazetteer struct {
	named   map[string]commune // by folded name
	postal  map[string]federation.Point
	commune map[string]bool // member slugs that are communes
}

type commune struct {
	slug, name string
	at         federation.Point
}

func newGazetteer(members []federation.Member) gazetteer {
	g := gazetteer{named: map[string]commune{}, postal: map[string]federation.Point{}, commune: map[string]bool{}}
	for _, m := range members {
		if m.Kind != federation.KindCommune {
			continue
		}
		g.commune[m.Slug] = true
		if m.Location == nil {
			continue
		}
		for _, name := range m.Name {
			for _, short := range shortNames(name) {
				g.named[short] = commune{m.Slug, name, *m.Location}
			}
		}
		for _, code := range m.PostalCodes {
			if code = strings.ReplaceAll(code, " ", ""); g.postal[code] == (federation.Point{}) {
				g.postal[code] = *m.Location
			}
		}
	}
	return g
}

// shortNames are the ways in which a text names a commune: its name, without
// what says that it is one.
func shortNames(name string) []string {
	words := nameWords(name)
	out := []string{strings.Join(words, " ")}
	for _, prefix := range []string{"ville de ", "ville d ", "commune de ", "commune d ", "gemeente ", "stad ", "gemeinde ", "stadt ", "town of ", "municipality of "} {
		if rest, ok := strings.CutPrefix(out[0], prefix); ok && rest != "" {
			out = append(out, rest)
		}
	}
	return out
}

// nameWords are the words of a text, folded as categories are.
func nameWords(s string) []string {
	fields := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, f := range fields {
		fields[i] = federation.NormalCategory(f)
	}
	return fields
}

// locate gives an item without coordinates those of what it names: of the
// postal code of its place, else of the one commune in its title. A commune's
// own items need none: they are found where the commune is.
func (g gazetteer) locate(it *federation.Item) {
	switch {
	case it.Place != nil && it.Place.Point == nil:
		if at, ok := g.byPostalCode(it.Place); ok {
			it.Place.Point = &at
		} else if c, ok := g.mentioned(it.Place.Name + " " + it.Place.Address); ok {
			it.Place.Point = &c.at
		}
	case it.Place == nil && !g.commune[it.Member]:
		if c, ok := g.mentioned(it.Title); ok {
			it.Place = &federation.Place{Name: c.name, Point: &c.at}
		}
	}
}

var postalCode = regexp.MustCompile(`\b\d{4,5}\b`)

func (g gazetteer) byPostalCode(p *federation.Place) (federation.Point, bool) {
	for _, code := range append([]string{p.PostalCode}, postalCode.FindAllString(p.Address, 4)...) {
		if at, ok := g.postal[strings.ReplaceAll(code, " ", "")]; ok {
			return at, true
		}
	}
	return federation.Point{}, false
}

// mentioned is the one commune that a text names; none when it names several.
// A name begins with a capital letter in the text: Spa is a town, spa is not.
func (g gazetteer) mentioned(text string) (found commune, ok bool) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	folded := nameWords(text)
	for i := 0; i < len(fields); i++ {
		if r, _ := utf8.DecodeRuneInString(fields[i]); !unicode.IsUpper(r) {
			continue
		}
		for n := min(maxNameWords, len(fields)-i); n > 0; n-- {
			c, known := g.named[strings.Join(folded[i:i+n], " ")]
			if !known {
				continue
			}
			if ok && c.slug != found.slug {
				return commune{}, false
			}
			found, ok = c, true
			i += n - 1
			break
		}
	}
	return found, ok
}
