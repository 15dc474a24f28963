package region

import (
	"strings"

	"github.com/andybalholm/cascadia"

	"github.com/plonegov/carillon/federation"
)

type pageYAML struct {
	Include []string `yaml:"include"`
	Exclude []string `yaml:"exclude"`
	Title   string   `yaml:"title"`
	Content string   `yaml:"content"`
	Date    string   `yaml:"date"`
	Image   string   `yaml:"image"`
	Remove  string   `yaml:"remove"`
}

// checkPage refuses what is no CSS selector before a page is read by it.
func checkPage(p *federation.PageRule) error {
	if p == nil {
		return nil
	}
	for field, css := range map[string]string{"title": p.Title, "content": p.Content, "date": p.Date, "image": p.Image, "remove": p.Remove} {
		if css == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(css); err != nil {
			return federation.Invalid("page."+field, "%q is not a CSS selector", css)
		}
	}
	for field, list := range map[string][]string{"include": p.Include, "exclude": p.Exclude} {
		for _, prefix := range list {
			if !strings.HasPrefix(prefix, "/") {
				return federation.Invalid("page."+field, "%q must be the beginning of a path, such as /actualites/", prefix)
			}
		}
	}
	return nil
}

func pagePairs(r federation.PageRule) pairs {
	p := pairs{}
	p.put("include", r.Include)
	p.put("exclude", r.Exclude)
	p.put("title", r.Title)
	p.put("content", r.Content)
	p.put("date", r.Date)
	p.put("image", r.Image)
	p.put("remove", r.Remove)
	return p
}
