package federation_test

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestSelectionWithout(t *testing.T) {
	sel, err := federation.ParseSelection("q=eau&member=a,b&type=news,event&near=50,4&radius=5&sort=distance&from=2026-01-01&cursor=x")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ key, value, want string }{
		{"member", "a", "from=2026-01-01&member=b&near=50,4&q=eau&radius=5&sort=distance&type=event,news"},
		{"member", "", "from=2026-01-01&near=50,4&q=eau&radius=5&sort=distance&type=event,news"},
		{"type", "news", "from=2026-01-01&member=a,b&near=50,4&q=eau&radius=5&sort=distance&type=event"},
		{"near", "", "from=2026-01-01&member=a,b&q=eau&type=event,news"},
		{"postcode", "", "from=2026-01-01&member=a,b&near=50,4&q=eau&radius=5&sort=distance&type=event,news"},
		{"from", "", "member=a,b&near=50,4&q=eau&radius=5&sort=distance&type=event,news"},
	} {
		if got := sel.Without(tc.key, tc.value).String(); got != tc.want {
			t.Errorf("Without(%q, %q) = %s, want %s", tc.key, tc.value, got, tc.want)
		}
	}
	if sel.String() == sel.Without("member", "a").String() || len(sel.Members) != 2 {
		t.Error("Without changed the selection it was given")
	}
}
