package region

import (
	"github.com/plonegov/carillon/federation"
)

type topicYAML struct {
	Slug string   `yaml:"slug"`
	Name textYAML `yaml:"name"`
	From []string `yaml:"from"`
}

var topics = records[federation.Topic]{
	ofFile: func(f *File) []federation.Topic { return f.Topics },
	held:   func(cat *federation.Catalogue) []federation.Topic { return cat.Topics },
}

var topicNoun = noun{
	check: func(c *checker, y fileYAML) error { return each(c, "topics", y.Topics, (*checker).topic) },
	write: func(cat *federation.Catalogue) (string, any) { return "topics", list(cat.Topics, topicPairs) },
	save:  topics.saveAll,
	prune: topics.pruneAll,
}

func (c *checker) topic(path string, y topicYAML) error {
	t := federation.Topic{Slug: y.Slug, Name: y.Name.in(federation.Languages[0]), From: y.From}
	if err := t.Validate(); err != nil {
		return c.fault(path, err)
	}
	for _, from := range t.From {
		key := "category " + federation.NormalCategory(from)
		if first, twice := c.seen[key]; twice {
			return c.faultAt(path+".from", "%q is mapped twice; first at line %d", from, lineOf(c.tree, first))
		}
		c.seen[key] = path + ".from"
	}
	if err := c.once(path+".slug", "topic", t.Slug); err != nil {
		return err
	}
	c.out.Topics = append(c.out.Topics, t)
	return nil
}

func topicPairs(t federation.Topic) pairs {
	var p pairs
	p.put("slug", t.Slug)
	p.put("name", map[string]string(t.Name))
	p.put("from", t.From)
	return p
}
