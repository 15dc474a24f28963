package discover

import (
	"strconv"
	"strings"
)

// Logo is the address of the picture that stands best for the site: one that
// scales, else the largest up to 512 pixels, touch icons before tab icons of
// the same size; /favicon.ico when the page names none.
func (p Page) Logo() string {
	best, sure := "", -1
	for _, i := range p.Icons {
		if s := i.score(); s > sure {
			best, sure = i.URL, s
		}
	}
	if best == "" {
		if root := siteRoot(p.URL); root != "" {
			return root + "favicon.ico"
		}
	}
	return best
}

// score tells how well an icon serves as a logo, -1 not at all.
func (i Icon) score() int {
	rel := strings.ToLower(i.Rel)
	if strings.Contains(rel, "mask-icon") { // a silhouette
		return -1
	}
	path, _, _ := strings.Cut(strings.ToLower(i.URL), "?")
	if strings.HasSuffix(path, ".svg") {
		return 2000
	}
	size := i.size()
	touch := strings.Contains(rel, "apple-touch-icon")
	switch {
	case size > 512:
		size = 400
	case size == 0 && touch: // Apple's documented default
		size = 180
	case size == 0 && !strings.HasSuffix(path, ".ico"):
		size = 32
	}
	score := 2 * size
	if touch {
		score++
	}
	return score
}

// size is the largest width of the sizes, 0 unknown.
func (i Icon) size() int {
	best := 0
	for _, s := range strings.Fields(strings.ToLower(i.Sizes)) {
		if s == "any" {
			return 512
		}
		w, _, _ := strings.Cut(s, "x")
		if n, err := strconv.Atoi(w); err == nil && n > best && n < 10_000 {
			best = n
		}
	}
	return best
}
