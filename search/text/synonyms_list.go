package text

import (
	goembed "embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Bounds of one list.
const (
	MaxSynonymFile = 1 << 20 // bytes
	maxSynonymSets = 10_000
	maxSynonymSet  = 64 // entries of a set
	maxSynonym     = 6  // words of an entry
)

// SynonymList are the sets of one file.
type SynonymList []SynonymSet

// SynonymSet are entries that stand for one another or, with To, entries of which each stands for any in To as well
// but not the other way round.
type SynonymSet struct {
	From []Synonym
	To   []Synonym
}

// Synonym is one entry: a word, or several that stand together, as people write them.
type Synonym struct {
	Lang string // one of Langs, or "" = any: by whose rules inflected forms are known
	Text string
}

func (s Synonym) words() []string {
	var out []string
	for _, t := range Tokens(nil, s.Text) {
		out = append(out, strings.Clone(t.Form))
	}
	return out
}

// SynonymError is a fault in a list, with where it stands.
type SynonymError struct {
	File   string
	Line   int
	Reason string
}

func (e *SynonymError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// ParseSynonyms reads a list in YAML; name is the file's, for errors, which are all a [SynonymError]:
//
//	fr:
//	  - [déchets, poubelles, ordures ménagères]
//	  - parc à conteneurs, recyparc, déchetterie
//	  - sapin de Noël => encombrants, déchets verts
//	all:
//	  - fr:déchets, nl:huisvuil, de:Restmüll
//
// The keys are the languages of [Langs], and all for sets of several languages or of none. A set is a list, or one
// line with commas; with => what stands before it is found under what stands behind it too, and not the other way
// round. A word in another language than the key's has it in front: de:Müll.
func ParseSynonyms(name string, data []byte) (SynonymList, error) {
	p := synonymParser{name: name}
	if len(data) > MaxSynonymFile {
		return nil, p.fault(1, "a list of synonyms has at most %d KiB", MaxSynonymFile>>10)
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, p.yamlFault(err)
	}
	if len(file.Docs) > 1 {
		return nil, p.fault(file.Docs[1].GetToken().Position.Line, "a list of synonyms is one YAML document; remove the second '---'")
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, nil
	}
	return p.file(file.Docs[0].Body)
}

type synonymParser struct {
	name string
	out  SynonymList
}

func (p *synonymParser) fault(line int, format string, args ...any) error {
	return &SynonymError{p.name, line, fmt.Sprintf(format, args...)}
}

func (p *synonymParser) yamlFault(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) {
		return p.fault(1, "%s", err.Error())
	}
	line := 1
	if t := y.GetToken(); t != nil {
		line = t.Position.Line
	}
	return p.fault(line, "%s", y.GetMessage())
}

// allLanguages is the key of sets that belong to no one language.
const allLanguages = "all"

func (p *synonymParser) file(body ast.Node) (SynonymList, error) {
	keys, ok := body.(*ast.MappingNode)
	if !ok {
		if one, single := body.(*ast.MappingValueNode); single {
			keys = &ast.MappingNode{Values: []*ast.MappingValueNode{one}}
		} else {
			return nil, p.fault(line(body), "write the language first, such as fr:, and below it the sets")
		}
	}
	for _, v := range keys.Values {
		lang := v.Key.GetToken().Value
		if lang == allLanguages {
			lang = ""
		} else if !slices.Contains(Langs[:], lang) {
			return nil, p.fault(line(v.Key), "%q is not one of %s, %s", lang, strings.Join(Langs[:], ", "), allLanguages)
		}
		switch sets := v.Value.(type) {
		case *ast.NullNode:
		case *ast.SequenceNode:
			for _, n := range sets.Values {
				if err := p.set(lang, n); err != nil {
					return nil, err
				}
			}
		default:
			return nil, p.fault(line(v.Key), "below %q there must be a list of sets, each behind a dash", v.Key.GetToken().Value)
		}
	}
	return p.out, nil
}

func (p *synonymParser) set(lang string, n ast.Node) error {
	var set SynonymSet
	var err error
	switch n := n.(type) {
	case *ast.SequenceNode:
		for _, v := range n.Values {
			text, ok := scalar(v)
			if !ok {
				return p.fault(line(v), "a set holds words, nothing else")
			}
			if set.From, err = p.entry(set.From, lang, text, line(v)); err != nil {
				return err
			}
		}
	default:
		text, ok := scalar(n)
		if !ok {
			return p.fault(line(n), "a set is a list such as [déchets, poubelles], or a line with commas")
		}
		from, to, oneWay := strings.Cut(text, "=>")
		if set.From, err = p.entries(lang, from, line(n)); err != nil {
			return err
		}
		if oneWay {
			if set.To, err = p.entries(lang, to, line(n)); err != nil {
				return err
			}
		}
	}
	switch {
	case len(set.From)+len(set.To) < 2:
		return p.fault(line(n), "a set needs two words or more")
	case len(set.From)+len(set.To) > maxSynonymSet:
		return p.fault(line(n), "a set has at most %d words", maxSynonymSet)
	case len(p.out) == maxSynonymSets:
		return p.fault(line(n), "a file has at most %d sets", maxSynonymSets)
	}
	p.out = append(p.out, set)
	return nil
}

func (p *synonymParser) entries(lang, text string, line int) (out []Synonym, err error) {
	for s := range strings.SplitSeq(text, ",") {
		if out, err = p.entry(out, lang, s, line); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p *synonymParser) entry(to []Synonym, lang, text string, line int) ([]Synonym, error) {
	if strings.Contains(text, "=>") {
		return nil, p.fault(line, "=> must stand in a set written as one line, not in a list")
	}
	e := Synonym{lang, strings.TrimSpace(text)}
	if l, rest, ok := strings.Cut(e.Text, ":"); ok {
		if !slices.Contains(Langs[:], l) {
			return nil, p.fault(line, "%q: %q is not one of %s", e.Text, l, strings.Join(Langs[:], ", "))
		}
		e = Synonym{l, strings.TrimSpace(rest)}
	}
	switch n := len(e.words()); {
	case n == 0:
		return nil, p.fault(line, "there is no word in %q", text)
	case n > maxSynonym:
		return nil, p.fault(line, "%q has more than %d words", e.Text, maxSynonym)
	}
	return append(to, e), nil
}

// scalar is the text of a plain or quoted value.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func line(n ast.Node) int { return n.GetToken().Position.Line }

//go:embed synonyms/*.yaml
var shippedFiles goembed.FS

// readShipped reads the lists that ship; a fault in them is a bug that the tests find.
func readShipped() SynonymList {
	files, err := shippedFiles.ReadDir("synonyms")
	if err != nil {
		panic(err)
	}
	var all SynonymList
	for _, f := range files {
		data, err := shippedFiles.ReadFile(path.Join("synonyms", f.Name()))
		if err != nil {
			panic(err)
		}
		list, err := ParseSynonyms(f.Name(), data)
		if err != nil {
			panic(err)
		}
		all = append(all, list...)
	}
	return all
}
