package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// bestBets checks what is to come first for certain words. The same word twice
// in one place would leave it to the order of the file what is shown.
func (c *checker) bestBets(list []bestBetYAML) error {
	if list == nil {
		return nil
	}
	if len(list) > federation.MaxBestBets {
		return &regionError{c.path, lineOf(c.file, fmt.Sprintf("$.best_bets[%d]", federation.MaxBestBets)), fmt.Sprintf("there are %d best bets; at most %d are kept", len(list), federation.MaxBestBets)}
	}
	c.out.BestBets = make([]federation.BestBet, 0, len(list))
	for i, y := range list {
		path := fmt.Sprintf("$.best_bets[%d]", i)
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
	}
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
			return &regionError{c.path, lineOf(c.file, path), fmt.Sprintf("best bet%s for %q is given twice; first at line %d", where, word, lineOf(c.file, first))}
		}
		c.seen[key] = path
	}
	return nil
}

func bestBetPairs(list []federation.BestBet) (out []pairs) {
	for _, b := range list {
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
		out = append(out, p)
	}
	return out
}
