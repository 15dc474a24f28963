package region_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/federation/storetest"
)

// TestApplyTwice applies files to a store that runs each transaction twice, as
// one may under load: the difference tells of the last run alone.
func TestApplyTwice(t *testing.T) {
	store := storetest.Twice(storetest.NewMem())
	parse := func(yaml string) *region.File {
		t.Helper()
		f, err := region.Parse("region.yaml", []byte(yaml), region.Options{Formats: []string{"feed"}})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	const member = "members:\n  - slug: a\n    kind: commune\n    name: A\n    sources:\n"
	first := parse(member + "      - {slug: one, url: https://a.example/one, format: feed}\n      - {slug: two, url: https://a.example/two, format: feed}\n")
	second := parse(member + "      - {slug: new, url: https://a.example/new, format: feed, formerly: [a/one]}\n")
	for _, step := range []struct {
		apply func(*region.File) ([]region.Difference, error)
		file  *region.File
		want  []string
	}{
		{func(f *region.File) ([]region.Difference, error) {
			return region.Diff(t.Context(), store, f, time.Now(), true)
		}, first,
			[]string{"+ member a", "+ source a/one", "+ source a/two"}},
		{func(f *region.File) ([]region.Difference, error) {
			return region.Apply(t.Context(), store, f, time.Now(), true)
		}, first,
			[]string{"+ member a", "+ source a/one", "+ source a/two"}},
		{func(f *region.File) ([]region.Difference, error) {
			return region.Apply(t.Context(), store, f, time.Now(), true)
		}, first, nil},
		{func(f *region.File) ([]region.Difference, error) {
			return region.Apply(t.Context(), store, f, time.Now(), true)
		}, second,
			[]string{"+ source a/new", "- source a/one", "- source a/two"}},
	} {
		diff, err := step.apply(step.file)
		var got []string
		for _, d := range diff {
			got = append(got, d.String())
		}
		if err != nil || !cmp.Equal(got, step.want) {
			t.Errorf("%v, want nil (-want +got):\n%s", err, cmp.Diff(step.want, got))
		}
	}
	sources, err := federation.All[federation.Source](t.Context(), store)
	if err != nil || len(sources) != 1 || sources[0].Name() != "a/new" {
		t.Errorf("sources %+v, %v, want a/new alone", sources, err)
	}
}
