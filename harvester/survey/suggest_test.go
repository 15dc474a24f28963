package survey

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestNoAlertUnseen: a name is no reason to propose that a source be granted
// alerts; an alert among its items is.
func TestNoAlertUnseen(t *testing.T) {
	news, alert := federation.Item{Type: federation.News}, federation.Item{Type: federation.AlertItem}
	for url, c := range map[string]struct {
		items []federation.Item
		want  federation.ItemType
	}{
		"https://a.example/alertes.rss": {[]federation.Item{news, news}, federation.News},
		"https://a.example/warnungen":   {nil, federation.News},
		"https://a.example/feed":        {[]federation.Item{alert}, federation.AlertItem},
		"https://a.example/agenda":      {[]federation.Item{news}, federation.EventItem},
	} {
		if got := likelyType(Finding{URL: url, Items: c.items}); got != c.want {
			t.Errorf("%s with %d items: type %q, want %q", url, len(c.items), got, c.want)
		}
	}
}
