package region

import (
	"fmt"
	"maps"
	"slices"

	"github.com/plonegov/carillon/federation"
)

type placementYAML struct {
	Slug    string            `yaml:"slug"`
	Member  string            `yaml:"member"`
	Widget  string            `yaml:"widget"`
	Select  string            `yaml:"select"`
	Theme   map[string]string `yaml:"theme"`
	Options map[string]any    `yaml:"options"`
}

var placements = records[federation.Placement]{
	ofFile: func(f *File) []federation.Placement { return f.Placements },
	held:   func(cat *federation.Catalogue) []federation.Placement { return cat.Placements },
}

var placementNoun = noun{
	check: func(c *checker, y fileYAML) error { return each(c, "placements", y.Placements, (*checker).placement) },
	refer: func(c *checker) error {
		for i, p := range c.out.Placements {
			path := fmt.Sprintf("$.placements[%d]", i)
			if !c.has("member", p.Member) {
				return c.unknown(path+".member", "member", p.Member)
			}
			if err := c.selects(path+".select", p.Select); err != nil {
				return err
			}
		}
		return nil
	},
	write: func(cat *federation.Catalogue) (string, any) {
		return "placements", list(cat.Placements, placementPairs)
	},
	save:  placements.saveAll,
	prune: placements.pruneAll,
}

func (c *checker) placement(path string, y placementYAML) error {
	p := federation.Placement{Slug: y.Slug, Member: y.Member, Widget: y.Widget}
	var err error
	if p.Select, err = selection(y.Select); err == nil {
		if p.Theme, err = theme(y.Theme); err == nil {
			err = p.Validate()
		}
	}
	if err == nil {
		p.Options, err = federation.OptionsFrom(y.Options)
	}
	if err == nil && c.options.Widget != nil {
		p.Options, err = c.options.Widget(p.Widget, p.Options, c.languageOf(y.Member))
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "placement", p.Slug); err != nil {
		return err
	}
	c.out.Placements = append(c.out.Placements, p)
	return nil
}

func placementPairs(pl federation.Placement) pairs {
	var p, o pairs
	for _, name := range slices.Sorted(maps.Keys(pl.Options)) {
		value := pl.Options[name]
		if text, ok := value.(federation.Text); ok {
			value = map[string]string(text)
		}
		o = append(o, pair{name, value}) // false and 0 too: they may not be what is chosen without them
	}
	p.put("slug", pl.Slug)
	p.put("member", pl.Member)
	p.put("widget", pl.Widget)
	p.put("select", pl.Select.String())
	p.put("theme", themePairs(pl.Theme))
	p.put("options", o)
	return p
}
