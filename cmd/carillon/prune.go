package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
)

// confirmPrune asks before a file takes every member out of the store: it is
// an empty or a wrong file more often than an intention.
func confirmPrune(s streams, file string, held *federation.Catalogue, r *region.File) error {
	kept := map[string]bool{}
	for _, m := range r.Members {
		kept[m.Slug] = true
		for _, merged := range m.Succeeds { // they stay under their new name
			kept[merged] = true
		}
	}
	for _, m := range held.Members {
		if kept[m.Slug] {
			return nil
		}
	}
	if len(held.Members) == 0 {
		return nil
	}
	what := fmt.Sprintf("%s has none of the members that are held: --prune removes all of them (%s with %s) and withdraws their items",
		file, counted(len(held.Members), "member"), counted(len(held.Sources), "source"))
	if !isTerminal(s.in) {
		return fmt.Errorf("%s; give --yes if that is meant", what)
	}
	fmt.Fprintf(s.err, "%s.\nType yes to go on: ", what)
	answer, _ := bufio.NewReader(s.in).ReadString('\n') // nothing is no yes
	if strings.TrimSpace(answer) != "yes" {
		return fmt.Errorf("nothing was written")
	}
	return nil
}
