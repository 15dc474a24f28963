package dila

import (
	"slices"
	"strings"
)

// The conditional sheets of the flow show parts according to answers given on
// the site. We show every part, and say before it which answer it is for.

// learnAnswers collects, for each condition variable, the title of the case or
// branch that sets it: the variables themselves are bare numbers (T10010).
func (r *renderer) learnAnswers(n *node) {
	if n.name == "Cas" || n.name == "Situation" || n.name == "Branche" {
		if title := n.title().text(); title != "" && len(title) <= maxLabel {
			for _, name := range []string{"Condition", "SiSelectionne"} {
				vars := tests(n.child(name))
				// A case for two answers at once names neither.
				if len(vars) == 1 && !vars[0].negated && r.answers[vars[0].name] == "" {
					r.answers[vars[0].name] = title
				}
			}
		}
	}
	for _, k := range n.kids {
		r.learnAnswers(k)
	}
}

// test is one variable of a condition.
type test struct {
	name    string
	negated bool
}

func tests(n *node) []test {
	if n == nil {
		return nil
	}
	var out []test
	for _, k := range n.kids {
		if v := k.get("var"); v != "" {
			out = append(out, test{v, strings.HasSuffix(k.name, "Faux")})
		}
		out = append(out, tests(k)...)
	}
	return out
}

// conditionLabel says in words for whom a part is: "" when no answer that it
// depends on has words in the sheet.
func (r *renderer) conditionLabel(n *node) string {
	var words []string
	known := false
	for _, t := range tests(n) {
		word := "une autre condition"
		if answer := r.answers[t.name]; answer != "" {
			word, known = "« "+answer+" »", true
		}
		if t.negated {
			word = "sauf " + word
		}
		words = append(words, word)
	}
	join := " et "
	if n.child("ou", "Ou", "OU") != nil {
		join = " ou "
	}
	switch {
	case known:
		return "Selon votre situation : " + strings.Join(words, join)
	case n.hasText():
		return "Selon votre situation " + n.text()
	}
	return ""
}

func (r *renderer) condition(n *node) {
	if n.name == "SiSelectionne" {
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
func (r *renderer) conditional(text *node) {
	if r.told || !r.unworded(text) {
		return
	}
	r.told = true
	r.wrap("p", "", func() { r.wrap("em", "", func() { r.text("Certaines parties ne valent que selon votre situation.") }) })
}

// unworded reports whether n holds a condition that no words are known for.
func (r *renderer) unworded(n *node) bool {
	if n.name == "Condition" && r.conditionLabel(n) == "" {
		return true
	}
	return slices.ContainsFunc(n.kids, r.unworded)
}

func (r *renderer) fragment(n *node) {
	r.wrap("div", "ca-case", func() { r.blocks(n.kids) })
}

// situations writes the tabs of a sheet: what changes with who you are.
func (r *renderer) situations(n *node) {
	r.wrap("section", "", func() {
		title := n.title()
		r.heading(func() {
			if title.hasText() {
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
func (r *renderer) choice(n *node, wrap func(title func())) {
	title := n.title()
	target := n.child("LienInterne", "LienExterne")
	if target.hasText() || !title.hasText() {
		target = nil // a link with words of its own stays where it is
	}
	if title.hasText() {
		wrap(func() {
			if target == nil {
				r.inline(title)
				return
			}
			r.anchor(r.address(target), func() { r.inline(title) })
		})
	}
	r.level++
	var rest []*node
	for _, k := range n.without(title) {
		if k != target {
			rest = append(rest, k)
		}
	}
	r.blocks(rest)
	r.level--
}
