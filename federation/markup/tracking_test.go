package markup

import "testing"

func TestUntracked(t *testing.T) {
	for address, want := range map[string]string{
		"https://v.example/a":                                  "https://v.example/a",
		"https://v.example/a?utm_source=rss&utm_medium=feed":   "https://v.example/a",
		"https://v.example/a?id=1&utm_source=rss&b=%C3%A9#top": "https://v.example/a?id=1&b=%C3%A9#top",
		"https://v.example/a?xtor=RSS-1#x":                     "https://v.example/a#x",
		"https://v.example/a?q=utm_source":                     "https://v.example/a?q=utm_source",
		"https://v.example/a?":                                 "https://v.example/a?",
		"https://v.example/a#?utm_source=x":                    "https://v.example/a#?utm_source=x",
		"":                                                     "",
		"https://v.example/a?FBCLID=x&c":                       "https://v.example/a?c",
	} {
		if got := Untracked(address); got != want {
			t.Errorf("Untracked(%q) = %q, want %q", address, got, want)
		}
	}
}
