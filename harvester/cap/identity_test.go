package cap

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReferences(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"a@x,1,2026-01-02T10:00:00+01:00", []string{"a@x,1"}},
		{"a@x,1,2026-01-02T10:00:00+01:00\n\tb@x,2,2026-01-02T10:00:00Z", []string{"a@x,1", "b@x,2"}},
		{`"Town Hall",1,2026-01-02T10:00:00Z a,2,2026-01-02T10:00:00Z`, []string{"Town Hall,1", "a,2"}},
		{`"Town Hall,1,2026-01-02T10:00:00Z"`, []string{"Town Hall,1"}},
		{`"odd,1,2026-01-02T10:00:00Z`, []string{"odd,1"}},
		{"a,1,2026-01-02T10:00:00Z, b,2,2026-01-02T10:00:00Z,", []string{"a,1", "b,2"}},
		{"a,tag:x.example,2026:7,2026-01-02T10:00:00Z", []string{"a,tag:x.example,2026:7"}},
		{"a,1", []string{"a,1"}},
		{"7", []string{"me,7"}},
		{"7/a@x", []string{"a@x,7"}},
		{"http://x.example/7", []string{"me,http://x.example/7"}},
		{"a,1,2026-01-02T10:00:00Z a,1,2026-01-02T10:00:00-00:00", []string{"a,1"}},
	}
	for _, test := range tests {
		var got []string
		for _, r := range references(test.in, "me") {
			got = append(got, r.id())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("references(%q) (-want +got):\n%s", test.in, diff)
		}
	}
}

func TestUnwrap(t *testing.T) {
	full := "THE NATIONAL WEATHER SERVICE IN ELKO HAS EXTENDED THE"
	tests := []struct {
		in   string
		want []string
	}{
		{full + "\nFLOOD WARNING\n* POINT", []string{full + " FLOOD WARNING\n* POINT"}},
		{"Short\nLines\nStay", []string{"Short\nLines\nStay"}},
		{"One\r\n\r\nTwo", []string{"One", "Two"}},
		{full + "\n- point", []string{full + "\n- point"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, paragraphs(test.in)); diff != "" {
			t.Errorf("paragraphs(%q) (-want +got):\n%s", test.in, diff)
		}
	}
}
