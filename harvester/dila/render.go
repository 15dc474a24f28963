package dila

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// renderer writes a document as HTML for markup.Sanitise. It is used once.
type renderer struct {
	out     strings.Builder
	links   links
	level   int               // of the next heading; h1 is the page's own
	closing bool              // in the end matter, under a heading that says what follows
	told    bool              // that parts hold for some readers only
	unknown map[string]int    // elements met that no rule is for
	terms   map[string]string // id of an abbreviation: what it stands for
	answers map[string]string // condition variable: the case that makes it true
}

// maxLabel bounds, in bytes, what is written again wherever it is referred to,
// so that the output stays in proportion to the document.
const maxLabel = 300

func newRenderer(root *read.Node, l links) *renderer {
	r := &renderer{links: l, level: 2, unknown: map[string]int{}, terms: map[string]string{}, answers: map[string]string{}}
	r.out.Grow(16 << 10)
	for a := range root.All("Abreviation") {
		if means := words(a.Child("Texte")); len(means) <= maxLabel {
			r.terms[a.Get("ID")] = means
		}
	}
	r.learnAnswers(root)
	return r
}

// runs names the list that neighbours of one kind are written into.
var runs = map[string]string{
	"Fiche": "ul", "Dossier": "ul", "FicheLiee": "ul", "FicheConnexe": "ul", "CommentFaireSi": "ul", "RechercheGuidee": "ul",
	"QuestionReponse": "ul", "LienExterneCommente": "ul", "PourEnSavoirPlus": "ul", "Reference": "ul", "Actualite": "ul",
	"Branche": "ul", "Item": "ul", "Definition": "dl", "Abreviation": "dl",
}

// blocks writes nodes one after another. Runs of links go into one list, and
// words that stand loose between blocks into one paragraph.
func (r *renderer) blocks(nodes []*read.Node) {
	list := ""
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		if isLoose(n) {
			start := i
			for i+1 < len(nodes) && isLoose(nodes[i+1]) {
				i++
			}
			n = sentence(nodes[start : i+1])
		}
		if n == nil {
			continue
		}
		if next := runs[n.Name]; next != list {
			r.closeTag(list)
			r.openTag(next, "")
			list = next
		}
		r.block(n)
	}
	r.closeTag(list)
}

func isLoose(n *read.Node) bool { return n.Name == "" || inlineElements[n.Name] }

// sentence makes one node of loose words: nil when there are none, the element
// itself when it is alone.
func sentence(loose []*read.Node) *read.Node {
	var only *read.Node
	for _, n := range loose {
		switch {
		case n.Name == "" && strings.TrimSpace(n.Data) == "":
		case only == nil:
			only = n
		default:
			return &read.Node{Name: "Paragraphe", Kids: loose}
		}
	}
	return only
}

// block writes one element that stands by itself.
func (r *renderer) block(n *read.Node) {
	switch n.Name {
	case "":
		r.wrap("p", "", func() { r.text(n.Data) })
	case "Paragraphe":
		r.paragraph(n)
	case "Texte", "Introduction", "Description", "Conclusion", "Problematiques", "VoirAussi", "Legende":
		r.conditional(n)
		r.blocks(n.Kids)
	case "Chapitre", "SousChapitre", "SousTheme", "SousDossier", "InformationComplementaire":
		r.section(n, "")
	case "ListeSituations":
		r.situations(n)
	case "BlocCas":
		if hasText(titleOf(n)) {
			r.section(n, "")
			return
		}
		r.blocks(n.Kids)
	case "Situation", "Cas":
		r.section(n, "ca-case")
	case "FragmentConditionne":
		r.fragment(n)
	case "ANoter", "ASavoir", "Attention", "Rappel", "Exemple", "Aide", "Avertissement":
		r.note(n)
	case "Liste":
		r.list(n)
	case "Tableau":
		r.table(n)
	case "TitreFlottant", "Titre", "TitreRiche":
		r.wrap("p", "", func() { r.wrap("strong", "", func() { r.inline(n) }) })
	case "OuSAdresser", "OuSAdresserSupport", "QuiPeutMAider":
		r.where(n)
	case "ServiceEnLigne", "ServiceEnLigneAnnexe":
		r.online(n)
	case "LienWeb", "NoticeLiee":
		r.wrap("div", "ca-online", func() { r.resource(n) })
	case "RessourceWeb", "Video", "Infographie", "Image", "Questionnaire", "FranceConnect", "Connexion", "Partenaire":
		r.wrap("div", "", func() { r.resource(n) })
	case "Definition", "Abreviation":
		r.term(n)
	case "Branche":
		r.wrap("li", "", func() { r.choice(n, func(title func()) { title() }) })
	case "Problematique":
		r.wrap("section", "", func() { r.choice(n, r.heading) })
	case "Item":
		r.item(n)
	default:
		r.other(n)
	}
}

// other writes the elements that are links, single words or news to us.
func (r *renderer) other(n *read.Node) {
	switch {
	case runs[n.Name] == "ul":
		r.wrap("li", "", func() { r.resource(n) })
	case inlineElements[n.Name]:
		r.wrap("p", "", func() { r.lone(n) })
	case n.Name == "Condition" || n.Name == "SiSelectionne":
		r.condition(n)
	case n.Name == "Cible":
		r.labelled("Pour qui", n)
	case n.Name == "NumeroCerfa":
		r.labelled("Numéro cerfa", n)
	case n.Name == "Source" || n.Name == "Complement":
		r.wrap("p", "", func() { r.inline(n) })
	case navigation[n.Name] || n.Name == "PivotLocal" || n.Name == "Colonne":
		if hasText(n) {
			r.wrap("p", "", func() { r.wrap("small", "", func() { r.text(label(n)) }) })
		}
	default:
		r.unknown[n.Name]++
		r.wrap("div", "", func() { r.stranger(n) })
	}
}

// stranger writes an element no rule is for: as a link if it has an address,
// else as what it holds.
func (r *renderer) stranger(n *read.Node) {
	if n.Get("URL") != "" {
		r.resource(n)
		return
	}
	r.blocks(n.Kids)
}

func (r *renderer) labelled(label string, n *read.Node) {
	r.wrap("p", "", func() {
		r.text(label + " : ")
		r.inline(n)
	})
}

// section writes n under its title, one heading level down.
func (r *renderer) section(n *read.Node, class string) {
	r.wrap("section", class, func() {
		title := titleOf(n)
		if !hasText(title) {
			r.blocks(n.Kids)
			return
		}
		r.heading(func() { r.inline(title) })
		r.level++
		r.blocks(r.body(n))
		r.level--
	})
}

// body returns the children of n that its title does not already tell: a case
// is its condition's label.
func (r *renderer) body(n *read.Node) []*read.Node {
	kids := without(n, titleOf(n))
	if n.Name == "Cas" || n.Name == "Situation" {
		kids = slices.DeleteFunc(kids, func(k *read.Node) bool { return k.Name == "Condition" })
	}
	return kids
}

func (r *renderer) heading(content func()) {
	r.wrap("h"+strconv.Itoa(min(r.level, 6)), "", content)
}

// wrap writes content inside an element; class may be empty.
func (r *renderer) wrap(element, class string, content func()) {
	r.openTag(element, class)
	content()
	r.closeTag(element)
}

func (r *renderer) openTag(element, class string) {
	if element == "" {
		return
	}
	r.out.WriteString("<" + element)
	if class != "" {
		r.out.WriteString(` class="` + class + `"`)
	}
	r.out.WriteByte('>')
}

func (r *renderer) closeTag(element string) {
	if element != "" {
		r.out.WriteString("</" + element + ">")
	}
}

func (r *renderer) text(s string) { r.out.WriteString(html.EscapeString(s)) }
