package widgets

import "testing"

func TestListNames(t *testing.T) {
	four := []string{"A", "B", "A", "C", "Self", "D"}
	for _, tc := range []struct {
		lang  string
		names []string
		want  string
	}{
		{"fr", nil, ""},
		{"fr", []string{"Self"}, ""},
		{"fr", []string{"A", "B", "A"}, "A, B"},
		{"fr", four, "A, B, C et 1 autre"},
		{"fr", append(four, "E"), "A, B, C et 2 autres"},
		{"nl", append(four, "E"), "A, B, C en 2 andere"},
		{"de", append(four, "E"), "A, B, C und 2 weiteren"},
		{"en", four, "A, B, C and 1 other"},
	} {
		if got := ListNames(tc.lang, tc.names, "Self"); got != tc.want {
			t.Errorf("%s: ListNames(%q) = %q, want %q", tc.lang, tc.names, got, tc.want)
		}
	}
}
