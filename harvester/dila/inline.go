package dila

import (
	"html"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// inlineElements are those that stand inside a sentence.
var inlineElements = map[string]bool{
	"MiseEnEvidence": true, "Expression": true, "Valeur": true, "Montant": true, "Exposant": true, "Indice": true,
	"LienInterne": true, "LienExterne": true, "LienIntra": true, "RetourLigne": true,
}

// blockElements may stand inside a Paragraphe but not inside an HTML p.
var blockElements = map[string]bool{
	"Paragraphe": true, "Liste": true, "Tableau": true, "BlocCas": true, "Texte": true, "FragmentConditionne": true,
	"ANoter": true, "ASavoir": true, "Attention": true, "Rappel": true, "Exemple": true, "Aide": true,
	"OuSAdresser": true, "ServiceEnLigne": true, "Image": true, "Video": true, "Infographie": true,
}

// paragraph writes a Paragraphe, which in odd files holds a list or a table.
func (r *renderer) paragraph(n *read.Node) {
	if !hasText(n) && len(n.Kids) == 0 {
		return
	}
	var run []*read.Node
	flush := func() {
		if line := (&read.Node{Name: n.Name, Kids: run}); hasText(line) {
			r.wrap("p", "", func() { r.inline(line) })
		}
		run = nil
	}
	for _, k := range n.Kids {
		if blockElements[k.Name] {
			flush()
			r.block(k)
			continue
		}
		run = append(run, k)
	}
	flush()
}

// inline writes what n holds as part of a sentence.
func (r *renderer) inline(n *read.Node) {
	for i, k := range n.Kids {
		if i > 0 && k.Name == "Paragraphe" {
			r.out.WriteByte(' ')
		}
		r.inlineElement(k)
	}
}

func (r *renderer) inlineElement(n *read.Node) {
	switch n.Name {
	case "":
		r.text(n.Data)
	case "MiseEnEvidence":
		r.wrap("strong", "", func() { r.inline(n) })
	case "Expression":
		r.wrap("em", "", func() { r.inline(n) })
	case "Valeur", "Montant":
		r.wrap("b", "", func() { r.inline(n) })
	case "Exposant":
		r.wrap("sup", "", func() { r.inline(n) })
	case "Indice":
		r.wrap("sub", "", func() { r.inline(n) })
	case "RetourLigne":
		r.out.WriteString("<br>")
		r.inline(n)
	case "LienInterne", "LienExterne":
		r.link(n)
	case "Condition", "SiSelectionne":
		if label := r.conditionLabel(n); label != "" && n.Name == "Condition" {
			r.text(label + " ")
		}
	case "Paragraphe", "LienIntra", "Titre", "TitreRiche", "Source", "Complement":
		r.inline(n)
	default:
		r.unknown[n.Name]++
		r.inline(n)
	}
}

// link writes a link inside a sentence. Links to a glossary entry become the
// abbreviation they stand for: the site has no page for those. Links without
// words are slips of the editors (F17649 has one in mid-sentence): nothing.
func (r *renderer) link(n *read.Node) {
	href := r.address(n)
	if kind := n.Get("type"); kind == "Sigle" || kind == "Acronyme" {
		r.abbreviation(n, r.terms[n.Get("LienPublication")])
		return
	}
	if href == "" || !hasText(n) {
		r.inline(n)
		return
	}
	r.anchor(href, func() { r.inline(n) })
}

// lone writes an inline element that stands where a block should. There a link
// without words is meant: the guided searches end in them.
func (r *renderer) lone(n *read.Node) {
	href := r.address(n)
	if href == "" || hasText(n) {
		r.inlineElement(n)
		return
	}
	r.anchor(href, func() { r.text(visibleName(n, href)) })
}

func (r *renderer) abbreviation(n *read.Node, means string) {
	if means == "" {
		r.inline(n)
		return
	}
	r.out.WriteString(`<abbr title="` + html.EscapeString(means) + `">`)
	r.inline(n)
	r.out.WriteString("</abbr>")
}

// visibleName is the text of a link that has none: the sheet's number, or the
// site it leads to.
func visibleName(n *read.Node, href string) string {
	if id := n.Get("LienPublication"); id != "" {
		return "Voir la fiche " + id
	}
	if n.Name == "LienWeb" {
		return "Accéder au service"
	}
	if u, err := url.Parse(href); err == nil && u.Host != "" {
		return strings.TrimPrefix(u.Host, "www.")
	}
	return href
}

func (r *renderer) anchor(href string, content func()) {
	r.out.WriteString(`<a href="` + html.EscapeString(href) + `">`)
	content()
	r.out.WriteString("</a>")
}

// address returns where an element leads, "" when nowhere. An ID is followed
// only where it is a page: those of offices, sources and texts are not.
func (r *renderer) address(n *read.Node) string {
	if u := n.Get("URL"); u != "" {
		return u
	}
	if id := n.Get("LienPublication"); id != "" {
		return r.links.sheet(id, n.Get("audience"))
	}
	switch n.Name {
	case "Fiche", "Dossier", "FicheLiee", "FicheConnexe", "CommentFaireSi", "RechercheGuidee", "QuestionReponse", "SousTheme":
		return r.links.sheet(n.Get("ID"), n.Get("audience"))
	}
	return ""
}
