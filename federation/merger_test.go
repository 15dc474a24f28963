package federation_test

import (
	"slices"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestFamily(t *testing.T) {
	d := &directory{members: []federation.Member{
		{Slug: "bastogne", Succeeds: []string{"bertogne", "bastogne-old"}}, {Slug: "bertogne"}, {Slug: "bastogne-old", Succeeds: []string{"noville"}}, {Slug: "noville"},
		{Slug: "other"}, {Slug: "a", Succeeds: []string{"b"}}, {Slug: "b", Succeeds: []string{"a"}},
	}}
	c, err := federation.LoadCatalogue(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"bastogne", "bertogne", "bastogne-old", "noville"}
	for slug, want := range map[string][]string{"bastogne": all, "bertogne": all, "noville": all, "other": {"other"}, "unknown": {"unknown"}} {
		if got := c.Family(slug); !slices.Equal(got, want) {
			t.Errorf("Family(%s) = %q, want %q", slug, got, want)
		}
	}
	if got := c.Family("a"); len(got) != 2 {
		t.Errorf("Family of a circle = %q, want both", got)
	}
	s := c.Resolve(federation.Selection{Members: []string{"noville", "other"}})
	if want := append(slices.Clone(all), "other"); !slices.Equal(s.Members, want) {
		t.Errorf("Resolve = %q, want %q", s.Members, want)
	}
}
