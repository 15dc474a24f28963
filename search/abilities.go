package search

import "reflect"

// Abilities are what an engine does by itself; the zero value is an engine that
// finds words and filters, in pages. What one lacks the [Service] makes up for
// where it can, or an answer says that it is missing: nothing is pretended.
// Package searchtest leaves out what an engine has no ability for, and nothing
// else.
type Abilities struct {
	// Exact is that totals, counts, folding and orders are exact however many
	// items match. Without it they are so up to some number of matches, and
	// [Result.Estimated] tells of an answer in which they are not.
	Exact bool
	// StablePages is that who turns pages while items come in sees each item
	// that was there exactly once.
	StablePages bool
	// Corrections is that only words which the index does not know are put
	// right, and that [Result.Corrected] tells how.
	Corrections bool
	// Relaxing is that a query which finds nothing as it is written is asked
	// again with fewer words or with compounds taken apart.
	Relaxing bool
	// Forms is that [Result.Forms] tells what matched; without it the Service
	// looks for the words of the query in the items themselves.
	Forms bool
	// Freshness is that of items which match equally well the newer news comes
	// first.
	Freshness bool
	// ReaderLanguage is that items in the reader's language rank higher.
	ReaderLanguage bool
	// Authority is that of items which match equally well those of the member
	// with more authority rank higher.
	Authority bool
	// Relevance is that the order of hits is the one that the relevance scripts
	// ask for: by stems, fields, rarity and nearness of words.
	Relevance bool
	// Spellings is that abbreviations, acronyms with and without dots, and digits
	// grouped in any way are found by each other.
	Spellings bool
	// Typos is that an error is forgiven wherever in a word it stands, and in no
	// word that the index knows.
	Typos bool
	// Suggestions is that completions leave out function words of their language
	// and give no member more than its share.
	Suggestions bool
	// Explain is that an answer can tell why a hit is where it is.
	Explain bool
	// Snapshots is that each answer is of one moment: all of a batch or nothing.
	Snapshots bool
}

// AllAbilities are those of an engine that lacks nothing.
func AllAbilities() Abilities {
	var a Abilities
	v := reflect.ValueOf(&a).Elem()
	for i := range v.NumField() {
		v.Field(i).SetBool(true)
	}
	return a
}

// Lacks lists by name what an engine does not do.
func (a Abilities) Lacks() []string {
	var out []string
	v := reflect.ValueOf(a)
	for i := range v.NumField() {
		if !v.Field(i).Bool() {
			out = append(out, v.Type().Field(i).Name)
		}
	}
	return out
}
