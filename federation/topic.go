package federation

import (
	"maps"
	"slices"
)

// Topic is a subject of the hub, to which the categories of sources are
// mapped: a citizen filters by a few topics, whatever words each site uses.
type Topic struct {
	Slug string   `json:"slug"`
	Name Text     `json:"name"`
	From []string `json:"from,omitempty"` // categories that mean it, compared by NormalCategory
}

// Validate reports the first thing wrong with t as an [InvalidError].
func (t Topic) Validate() error {
	if !ValidSlug(t.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", t.Slug)
	}
	if len(t.Name) == 0 {
		return Invalid("name", "is missing")
	}
	return nil
}

// Words are everything that means the topic: its names in all languages and
// the words of sources, as they are written.
func (t Topic) Words() []string {
	words := make([]string, 0, len(t.Name)+len(t.From))
	for _, lang := range slices.Sorted(maps.Keys(t.Name)) {
		words = append(words, t.Name[lang])
	}
	return append(words, t.From...)
}

// topicsByWord maps the normal form of every word to its topic. What the
// operator wrote under from wins over a slug, and that over a name; of two
// topics the first.
func topicsByWord(topics []Topic) map[string]*Topic {
	by := map[string]*Topic{}
	put := func(word string, t *Topic) {
		if n := NormalCategory(word); n != "" && by[n] == nil {
			by[n] = t
		}
	}
	for i := range topics {
		for _, word := range topics[i].From {
			put(word, &topics[i])
		}
	}
	for i := range topics {
		put(topics[i].Slug, &topics[i])
	}
	for i := range topics {
		for _, name := range topics[i].Name {
			put(name, &topics[i])
		}
	}
	return by
}

// TopicOf is the topic that a category means, nil when it means none.
func (c *Catalogue) TopicOf(category string) *Topic { return c.words[NormalCategory(category)] }

// Subjects are the categories with topics in place of the words that mean
// them, each once. The list given is left as it is.
func (c *Catalogue) Subjects(categories []string) []string {
	if len(c.words) == 0 {
		return categories
	}
	out := make([]string, 0, len(categories))
	for _, name := range categories {
		if t := c.TopicOf(name); t != nil {
			name = t.Slug
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// spellings are the categories of a selection with every word of the topics
// among them, in their normal forms: an item may have been stored under any.
func (c *Catalogue) spellings(categories []string) []string {
	if len(c.words) == 0 || len(categories) == 0 {
		return categories
	}
	out := slices.Clone(categories)
	for _, name := range categories {
		if t := c.TopicOf(name); t != nil {
			out = append(out, t.Slug)
			for _, word := range t.Words() {
				if c.TopicOf(word) == t {
					out = append(out, NormalCategory(word))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TopicWords are the words of each topic, by slug; nil when there are none. It
// is made with the catalogue and must not be changed.
func (c *Catalogue) TopicWords() map[string][]string { return c.topicWords }
