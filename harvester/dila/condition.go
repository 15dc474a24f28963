package dila

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// The conditional sheets of the flow show parts according to answers given on
// the site. We show every part, and say before it which answer it is for.

// learnAnswers collects, for each condition variable, the title of the case or
// branch that sets it: the variables themselves are bare numbers (T10010).
func (r *renderer) learnAnswers(n *read.Node) {
	if n.Name == "Cas" || n.Name == "Situation" || n.Name == "Branche" {
		if title := words(titleOf(n)); title != "" && len(title) <= maxLabel {
			for _, name := range []string{"Condition", "SiSelectionne"} {
				vars := tests(n.Child(name))
				// A case for two answers at once names neither.
				if len(vars) == 1 && !vars[0].negated && r.answers[vars[0].name] == "" {
					r.answers[vars[0].name] = title
				}
			}
		}
	}
	for _, k := range n.Kids {
		r.learnAnswers(k)
	}
}

// test is one variable of a condition.
type test struct {
	name    string
	negated bool
}

func tests(n *read.Node) []test {
	if n == nil {
		return nil
	}
	var out []test
	for _, k := range n.Kids {
		if v := k.Get("var"); v != "" {
			out = append(out, test{v, strings.HasSuffix(k.Name, "Faux")})
		}
		out = append(out, tests(k)...)
	}
	return out
}

// conditionLabel says in words for whom a part is: "" when no answer that it
// depends on has words in the sheet.
func (r *renderer) conditionLabel(n *read.Node) string {
	var said []string
	known := false
	for _, t := range tests(n) {
		word := "une autre condition"
		if answer := r.answers[t.name]; answer != "" {
			word, known = "« "+answer+" »", true
		}
		if t.negated {
			word = "sauf " + word
		}
		said = append(said, word)
	}
	join := " et "
	if n.Child("ou", "Ou", "OU") != nil {
		join = " ou "
	}
	switch {
	case known:
		return "Selon votre situation : " + strings.Join(said, join)
	case hasText(n):
		return "Selon votre situation " + words(n)
	}
	return ""
}

func (r *renderer) condition(n *read.Node) {
	if n.Name == "SiSelectionne" {
		return // what choosing a branch sets, not whom it is for
	}
	label := r.conditionLabel(n)
	if label == "" && (r.closing || !r.told) {
		label = "Selon votre situation"
	}
	if label != "" {
		r.wrap("p", "", func() { r.wrap("em", "", func() { r.text(label) }) })
	}
}

// conditional tells before a text that parts of it, set off as cases, hold for
// some readers only, when no words of the sheet say for whom.
func (r *renderer) conditional(text *read.Node) {
	if r.told || !r.unworded(text) {
		return
	}
	r.told = true
	r.wrap("p", "", func() { r.wrap("em", "", func() { r.text("Certaines parties ne valent que selon votre situation.") }) })
}

// unworded reports whether n holds a condition that no words are known for.
func (r *renderer) unworded(n *read.Node) bool {
	if n.Name == "Condition" && r.conditionLabel(n) == "" {
		return true
	}
	return slices.ContainsFunc(n.Kids, r.unworded)
}

func (r *renderer) fragment(n *read.Node) {
	r.wrap("div", "ca-case", func() { r.blocks(n.Kids) })
}

// situations writes the tabs of a sheet: what changes with who you are.
func (r *renderer) situations(n *read.Node) {
	r.wrap("section", "", func() {
		title := titleOf(n)
		r.heading(func() {
			if hasText(title) {
				r.inline(title)
				return
			}
			r.text("Selon votre situation")
		})
		r.level++
		r.blocks(r.body(n))
		r.level--
	})
}

// choice writes a step of a guided search: what one looks for, as a link when
// it leads straight to a sheet, and the choices it opens. wrap makes it a
// heading or leaves it as it is.
func (r *renderer) choice(n *read.Node, wrap func(title func())) {
	title := titleOf(n)
	target := n.Child("LienInterne", "LienExterne")
	if hasText(target) || !hasText(title) {
		target = nil // a link with words of its own stays where it is
	}
	if hasText(title) {
		wrap(func() {
			if target == nil {
				r.inline(title)
				return
			}
			r.anchor(r.address(target), func() { r.inline(title) })
		})
	}
	r.level++
	var rest []*read.Node
	for _, k := range without(n, title) {
		if k != target {
			rest = append(rest, k)
		}
	}
	r.blocks(rest)
	r.level--
}
