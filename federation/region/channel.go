package region

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
)

type channelYAML struct {
	Slug   string   `yaml:"slug"`
	Title  textYAML `yaml:"title"`
	Select string   `yaml:"select"`
}

var channels = records[federation.Channel]{
	ofFile: func(f *File) []federation.Channel { return f.Channels },
	held:   func(cat *federation.Catalogue) []federation.Channel { return cat.Channels },
}

var channelNoun = noun{
	check: func(c *checker, y fileYAML) error { return each(c, "channels", y.Channels, (*checker).channel) },
	refer: func(c *checker) error {
		for i, ch := range c.out.Channels {
			if err := c.selects(fmt.Sprintf("$.channels[%d].select", i), ch.Select); err != nil {
				return err
			}
		}
		return nil
	},
	write: func(cat *federation.Catalogue) (string, any) { return "channels", list(cat.Channels, channelPairs) },
	save:  channels.saveAll,
	prune: channels.pruneAll,
}

func (c *checker) channel(path string, y channelYAML) error {
	ch := federation.Channel{Slug: y.Slug, Title: y.Title.in(federation.Languages[0])}
	var err error
	if ch.Select, err = selection(y.Select); err == nil {
		err = ch.Validate()
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "channel", ch.Slug); err != nil {
		return err
	}
	c.out.Channels = append(c.out.Channels, ch)
	return nil
}

func channelPairs(c federation.Channel) pairs {
	var p pairs
	p.put("slug", c.Slug)
	p.put("title", map[string]string(c.Title))
	p.put("select", c.Select.String())
	return p
}
