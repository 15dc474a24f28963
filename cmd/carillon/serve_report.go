package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
)

// reportServed says what is served, when its sources are asked first, and how
// it ends.
func reportServed(ctx context.Context, w io.Writer, base string, store federation.Store, works bool, now time.Time) {
	fmt.Fprintf(w, "Carillon is at %s\n", base)
	cat, err := federation.LoadCatalogue(ctx, store)
	if err != nil {
		return // whatever it is, it is told where it matters
	}
	switch {
	case len(cat.Members) == 0:
		fmt.Fprintln(w, "It has no members yet: put them into a region file, then run carillon apply FILE with the same --data.")
	case len(cat.Sources) == 0:
		fmt.Fprintf(w, "It serves %s and no source yet.\n", counted(len(cat.Members), "member"))
	default:
		fmt.Fprintf(w, "It serves %s with %s%s.\n", counted(len(cat.Members), "member"), counted(len(cat.Sources), "source"), firstHarvest(ctx, store, works, now))
	}
	fmt.Fprintln(w, "Ctrl-C ends it: requests under way are answered, sources in hand are given back, nothing is lost.")
}

// firstHarvest is when the first source is asked, as the end of a sentence.
func firstHarvest(ctx context.Context, store federation.Store, works bool, now time.Time) string {
	if !works {
		return "; this process harvests none of them (--roles)"
	}
	due, err := store.NextDue(ctx, federation.TaskHarvest)
	if err != nil {
		return ""
	}
	if !due.After(now) {
		return "; the first is harvested now"
	}
	return "; the next is harvested in " + region.Duration(due.Sub(now).Round(time.Second))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
