//go:build realservers

package realservers

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const wordpressScript = "bench/realservers/wordpress.sh"

// wordpress is a site emptied of what earlier runs left.
func wordpress(t *testing.T) *site {
	t.Helper()
	s := newSite(t, "CARILLON_WORDPRESS", wordpressScript)
	s.base.Path = ""
	for {
		posts := s.list(t, "/wp-json/wp/v2/posts?per_page=100&status=publish,draft,trash,future,private&_fields=id")
		if len(posts) == 0 {
			return s
		}
		for _, id := range posts {
			s.edit(t, "DELETE", fmt.Sprintf("/wp-json/wp/v2/posts/%d?force=true", id), nil)
		}
	}
}

// post writes a post and returns its path in the API.
func (s *site) post(t *testing.T, title string, daysAgo int, category int) string {
	t.Helper()
	made := s.edit(t, "POST", "/wp-json/wp/v2/posts", map[string]any{"title": title, "status": "publish", "categories": []int{category},
		"content": "<p>" + title + ", à l’hôtel de ville.</p>" + strings.Repeat("<p>Le collège communal informe la population de la suite des travaux.</p>", 5),
		"date":    time.Now().AddDate(0, 0, -daysAgo).Format("2006-01-02T15:04:05")})
	return fmt.Sprintf("/wp-json/wp/v2/posts/%.0f", made["id"])
}

func (s *site) category(t *testing.T, name string) int {
	t.Helper()
	if held := s.list(t, "/wp-json/wp/v2/categories?slug="+name+"&_fields=id"); len(held) > 0 {
		return held[0]
	}
	made := s.edit(t, "POST", "/wp-json/wp/v2/categories", map[string]any{"name": name, "slug": name})
	return int(made["id"].(float64))
}

// TestWordPress follows the feeds and the sitemap of a WordPress while an
// editor works on it.
func TestWordPress(t *testing.T) {
	s := wordpress(t)
	travaux, culture := s.category(t, "travaux"), s.category(t, "culture")
	posts := map[string]string{}
	for i := 1; i <= 8; i++ {
		category := travaux
		if i > 5 {
			category = culture
		}
		title := fmt.Sprintf("Avis %d", i)
		posts[title] = s.post(t, title, i, category)
	}
	h := newHub(t, fmt.Sprintf(`      - {slug: feed, url: "%s/feed/"}
      - {slug: travaux, url: "%s/category/travaux/feed/"}
      - {slug: plan, url: "%s/wp-sitemap-posts-post-1.xml", format: sitemap, type: news}
`, s.front, s.front, s.base))

	h.harvest(t, "first", "feed", "fetched 8, 8 new, 0 changed, 0 withdrawn")
	h.harvest(t, "first", "travaux", "fetched 5, 5 new, 0 changed, 0 withdrawn")
	h.harvest(t, "first", "plan", "fetched 8, 8 new, 0 changed, 0 withdrawn")
	before := h.items(t, "feed")
	if it := before["Avis 7"]; len(it.Categories) == 0 || !strings.Contains(it.Content.String(), "hôtel de ville") || it.Published.IsZero() {
		t.Errorf("item of Avis 7 = %+v, want its category, text and date", it)
	}

	s.answered(304)
	h.harvest(t, "nothing changed", "feed", "unchanged 8, 0 new, 0 changed, 0 withdrawn")
	if n := s.answered(304); n != 1 {
		t.Errorf("nothing changed: %d answers of 304, want 1", n)
	}

	s.edit(t, "POST", posts["Avis 1"], map[string]any{"content": "<p>Texte corrigé.</p>"})
	h.harvest(t, "one edited", "feed", "fetched 8, 0 new, 1 changed, 0 withdrawn")
	// A WordPress before 6.5 writes no lastmod: its sitemap stays the same bytes,
	// and only a full reading sees what became of the pages.
	h.harvest(t, "one edited", "plan", "unchanged 8, 0 new, 0 changed, 0 withdrawn")
	h.harvest(t, "one edited, read in full", "plan", "fetched 8, 0 new, 1 changed, 0 withdrawn", "--force")

	// The validators of WordPress have the second of the last edit: a second one
	// within it gives a 304, by its fault.
	<-time.After(1100 * time.Millisecond)
	s.edit(t, "POST", posts["Avis 2"], map[string]any{"slug": "avis-deux"})
	h.harvest(t, "one moved", "feed", "fetched 8, 0 new, 1 changed, 0 withdrawn")
	if was, is := before["Avis 2"], h.items(t, "feed")["Avis 2"]; is.ID != was.ID || !strings.HasSuffix(is.URL, "/avis-deux/") {
		t.Errorf("moved: Avis 2 is %s at %s, was %s at %s; want the same id at …/avis-deux/", is.ID, is.URL, was.ID, was.URL)
	}

	s.edit(t, "DELETE", posts["Avis 3"], nil) // to the bin
	s.edit(t, "POST", posts["Avis 8"], map[string]any{"status": "draft"})
	h.harvest(t, "one deleted, one a draft", "feed", "fetched 8, 0 new, 0 changed, 0 withdrawn", "--force") // a feed is a window: what leaves it stays
	for _, title := range []string{"Avis 3", "Avis 8"} {
		if _, held := h.items(t, "feed")[title]; !held {
			t.Errorf("%s left the feed and is gone from the hub", title)
		}
	}

	s.down.Store(true)
	h.harvest(t, "site down", "feed", "failed 8, 0 new, 0 changed, 0 withdrawn", "--force")
	s.down.Store(false)
	h.harvest(t, "site up again", "feed", "fetched 8, 0 new, 0 changed, 0 withdrawn", "--force")
}

// TestWordPressCheck starts from the home page.
func TestWordPressCheck(t *testing.T) {
	s := wordpress(t)
	s.post(t, "Avis", 1, s.category(t, "travaux"))
	h := &hub{bin: binary(t)}
	found := h.run(t, "check", "--allow-private=127.0.0.1/32", s.base.String()+"/")
	for _, want := range []string{"made by   wordpress", "feed      " + s.base.String() + "/feed/", "/wp-sitemap.xml", "title     Commune de Vallonie"} {
		if !strings.Contains(found, want) {
			t.Errorf("carillon check %s lacks %q:\n%s", s.base, want, found)
		}
	}
	if strings.Contains(found, "feed      "+s.base.String()+"/comments/feed/") {
		t.Errorf("carillon check %s offers the comments:\n%s", s.base, found)
	}
}
