package region

import (
	"fmt"
	"maps"
	"slices"

	"github.com/plonegov/carillon/federation"
)

type bestBetYAML struct {
	Words   map[string][]string `yaml:"words"`
	Items   []string            `yaml:"items"`
	Link    *bestLinkYAML       `yaml:"link"`
	Members []string            `yaml:"members"`
}

type bestLinkYAML struct {
	URL   string   `yaml:"url"`
	Title textYAML `yaml:"title"`
	Text  textYAML `yaml:"text"`
}

// bestBetNoun is all best bets, which a hub keeps as one.
var bestBetNoun = noun{
	check: (*checker).bestBets,
	refer: (*checker).bestBetMembers,
	write: func(cat *federation.Catalogue) (string, any) {
		return "best_bets", list(cat.Hub.BestBets, bestBetPairs)
	},
	save: func(a *applier, f *File) error {
		if f.BestBets == nil {
			return nil
		}
		h := a.hub
		h.BestBets = f.BestBets
		return a.putHub("best_bets", len(a.hub.BestBets) > 0, h)
	},
	prune: func(a *applier, f *File) error {
		if f.BestBets != nil || len(a.hub.BestBets) == 0 {
			return nil
		}
		h := a.hub
		h.BestBets = nil
		return a.emptyHub("best_bets", h)
	},
}

// bestBets checks what is to come first for certain words. The same word twice
// in one place would leave it to the order of the file what is shown.
func (c *checker) bestBets(y fileYAML) error {
	if y.BestBets == nil {
		return nil
	}
	if n := len(y.BestBets); n > federation.MaxBestBets {
		return c.faultAt(fmt.Sprintf("$.best_bets[%d]", federation.MaxBestBets), "there are %d best bets; at most %d are kept", n, federation.MaxBestBets)
	}
	c.out.BestBets = make([]federation.BestBet, 0, len(y.BestBets))
	return each(c, "best_bets", y.BestBets, (*checker).bestBet)
}

func (c *checker) bestBet(path string, y bestBetYAML) error {
	b := federation.BestBet{Words: y.Words, Items: y.Items, Members: y.Members}
	if y.Link != nil {
		lang := federation.Languages[0]
		b.Link = &federation.BestLink{URL: y.Link.URL, Title: y.Link.Title.in(lang), Text: y.Link.Text.in(lang)}
	}
	if err := b.Validate(); err != nil {
		return c.fault(path, err)
	}
	for _, lang := range slices.Sorted(maps.Keys(b.Words)) {
		for _, w := range b.Words[lang] {
			if err := c.betOnce(path+".words."+lang, lang, w, b.Members); err != nil {
				return err
			}
		}
	}
	c.out.BestBets = append(c.out.BestBets, b)
	return nil
}

// betOnce refuses a word that another bet of the same members has.
func (c *checker) betOnce(path, lang, word string, members []string) error {
	if len(members) == 0 {
		members = []string{""}
	}
	for _, m := range members {
		where := ""
		if m != "" {
			where = " of " + m
		}
		key := "best bet" + where + " " + lang + " " + federation.NormalCategory(word)
		if first, twice := c.seen[key]; twice {
			return c.faultAt(path, "best bet%s for %q is given twice; first at line %d", where, word, lineOf(c.tree, first))
		}
		c.seen[key] = path
	}
	return nil
}

func (c *checker) bestBetMembers() error {
	for i, b := range c.out.BestBets {
		for j, slug := range b.Members {
			if !c.has("member", slug) {
				return c.unknown(fmt.Sprintf("$.best_bets[%d].members[%d]", i, j), "member", slug)
			}
		}
	}
	return nil
}

func bestBetPairs(b federation.BestBet) pairs {
	var p, words pairs
	for _, lang := range slices.Sorted(maps.Keys(b.Words)) {
		words.put(lang, b.Words[lang])
	}
	p.put("words", words)
	p.put("items", b.Items)
	if b.Link != nil {
		link := pairs{{"url", b.Link.URL}}
		link.put("title", map[string]string(b.Link.Title))
		link.put("text", map[string]string(b.Link.Text))
		p.put("link", link)
	}
	p.put("members", b.Members)
	return p
}
