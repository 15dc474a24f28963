package region

import (
	"fmt"
	"slices"

	"github.com/plonegov/carillon/federation"
)

type memberYAML struct {
	Slug        string                `yaml:"slug"`
	Kind        federation.MemberKind `yaml:"kind"`
	Name        textYAML              `yaml:"name"`
	URL         string                `yaml:"url"`
	Code        string                `yaml:"code"`
	PostalCodes []string              `yaml:"postal_codes"`
	Location    *pointYAML            `yaml:"location"`
	Languages   []string              `yaml:"languages"`
	Zone        string                `yaml:"zone"`
	Authority   *int                  `yaml:"authority"`
	Theme       map[string]string     `yaml:"theme"`
	Sites       []string              `yaml:"sites"`
	Succeeds    []string              `yaml:"succeeds"`
	Sources     []sourceYAML          `yaml:"sources"`
}

type pointYAML struct {
	Lat float64 `yaml:"lat"`
	Lon float64 `yaml:"lon"`
}

var members = records[federation.Member]{
	ofFile: func(f *File) []federation.Member { return f.Members },
	held:   func(cat *federation.Catalogue) []federation.Member { return cat.Members },
}

var memberNoun = noun{
	check: func(c *checker, y fileYAML) error { return each(c, "members", y.Members, (*checker).member) },
	refer: (*checker).succession,
	write: func(cat *federation.Catalogue) (string, any) { return "members", membersPairs(cat) },
	save:  members.saveAll,
	prune: members.pruneAll,
}

func (c *checker) member(path string, y memberYAML) error {
	m := federation.Member{
		Slug: y.Slug, Kind: y.Kind, URL: y.URL, Code: y.Code,
		PostalCodes: y.PostalCodes, Languages: y.Languages, Zone: y.Zone, Sites: y.Sites, Succeeds: y.Succeeds,
	}
	if y.Authority != nil {
		if m.Authority = *y.Authority; m.Authority == 0 { // absent is 0: written, it can only be a mistake
			m.Authority = -1
		}
	}
	m.Name = y.Name.in(m.Language())
	if y.Location != nil {
		m.Location = &federation.Point{Lat: y.Location.Lat, Lon: y.Location.Lon}
	}
	var err error
	if m.Theme, err = theme(y.Theme); err == nil {
		err = m.Validate()
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "member", m.Slug); err != nil {
		return err
	}
	c.out.Members = append(c.out.Members, m)
	for i, s := range y.Sources {
		if err := c.source(fmt.Sprintf("%s.sources[%d]", path, i), m, s); err != nil {
			return err
		}
	}
	return nil
}

// languageOf is in which language the texts of a member of the file are.
func (c *checker) languageOf(member string) string {
	i := slices.IndexFunc(c.out.Members, func(m federation.Member) bool { return m.Slug == member })
	if i < 0 {
		return federation.Languages[0]
	}
	return c.out.Members[i].Language()
}

// membersPairs are the members, each with its sources.
func membersPairs(cat *federation.Catalogue) (out []pairs) {
	for _, m := range cat.Members {
		var sources []pairs
		for _, s := range cat.Sources {
			if s.Member == m.Slug {
				sources = append(sources, sourcePairs(s))
			}
		}
		out = append(out, memberPairs(m, sources))
	}
	return out
}

func memberPairs(m federation.Member, sources []pairs) pairs {
	var p pairs
	p.put("slug", m.Slug)
	p.put("kind", string(m.Kind))
	p.put("name", textValue(m.Name, m.Language()))
	p.put("url", m.URL)
	p.put("code", m.Code)
	p.put("postal_codes", m.PostalCodes)
	if m.Location != nil { // 0, 0 is a place too
		p = append(p, pair{"location", pairs{{"lat", m.Location.Lat}, {"lon", m.Location.Lon}}})
	}
	p.put("languages", m.Languages)
	p.put("zone", m.Zone)
	p.put("authority", m.Authority)
	p.put("theme", themePairs(m.Theme))
	p.put("sites", m.Sites)
	p.put("succeeds", m.Succeeds)
	p.put("sources", sources)
	return p
}
