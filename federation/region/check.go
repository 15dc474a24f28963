package region

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/plonegov/carillon/federation"
)

// checker turns what is written into what is meant, and knows where each
// thing stands in the file.
type checker struct {
	path    string
	tree    *ast.File
	options Options
	seen    map[string]string // "member x" to the path of its first mention
	out     File
}

func (c *checker) file(y fileYAML) (*File, error) {
	for _, n := range nouns {
		if n.check == nil {
			continue
		}
		if err := n.check(c, y); err != nil {
			return nil, err
		}
	}
	if err := c.names(); err != nil {
		return nil, err
	}
	for _, n := range nouns {
		if n.refer == nil {
			continue
		}
		if err := n.refer(c); err != nil {
			return nil, err
		}
	}
	return &c.out, nil
}

// each checks a list of the file, whose key is key.
func each[Y any](c *checker, key string, list []Y, check func(c *checker, path string, y Y) error) error {
	for i, y := range list {
		if err := check(c, fmt.Sprintf("$.%s[%d]", key, i), y); err != nil {
			return err
		}
	}
	return nil
}

// fault places err in the file: at the field that an InvalidError names.
func (c *checker) fault(path string, err error) error {
	var inv *federation.InvalidError
	if errors.As(err, &inv) {
		path += "." + inv.Field
	}
	return c.faultAt(path, "%s", err.Error())
}

func (c *checker) faultAt(path, format string, args ...any) error {
	return &Error{c.path, lineOf(c.tree, path), fmt.Sprintf(format, args...)}
}

// once refuses a second thing of one name.
func (c *checker) once(path, kind, name string) error {
	key := kind + " " + name
	if first, twice := c.seen[key]; twice {
		return c.faultAt(path, "%s %q is given twice; first at line %d", kind, name, lineOf(c.tree, first))
	}
	c.seen[key] = path
	return nil
}

// names refuses names that can be taken for others: of the hub, members and
// sources, and of members that are in the store alone.
func (c *checker) names() error {
	var all federation.Names
	if c.mayUseHeld() {
		for _, m := range c.options.Held.Members {
			if _, here := c.seen["member "+m.Slug]; !here {
				for _, name := range m.Name {
					all.Add(name)
				}
			}
		}
	}
	check := func(path, field string, text federation.Text) error {
		for _, lang := range slices.Sorted(maps.Keys(text)) {
			err := federation.CheckName(field, text[lang])
			if other := all.Add(text[lang]); err == nil && other != "" {
				err = federation.Invalid(field, "%q looks like %q, which is another name", text[lang], other)
			}
			if err != nil {
				return c.fault(path, err)
			}
		}
		return nil
	}
	if c.out.Hub != nil {
		if err := check("$.hub", "name", c.out.Hub.Name); err != nil {
			return err
		}
	}
	titles := c.out.Sources // in the order of their members
	for i, m := range c.out.Members {
		path := fmt.Sprintf("$.members[%d]", i)
		if err := check(path, "name", m.Name); err != nil {
			return err
		}
		for j := 0; len(titles) > 0 && titles[0].Member == m.Slug; j++ {
			if err := check(fmt.Sprintf("%s.sources[%d]", path, j), "title", titles[0].Title); err != nil {
				return err
			}
			titles = titles[1:]
		}
	}
	return nil
}

// selects refuses a selection that names what is not there.
func (c *checker) selects(path string, s federation.Selection) error {
	for _, list := range []struct {
		kind  string
		names []string
	}{{"member", s.Members}, {"source", s.Sources}, {"channel", s.Channels}} {
		for _, n := range list.names {
			if !c.has(list.kind, n) {
				return c.unknown(path, list.kind, n)
			}
		}
	}
	if s.As != "" && !c.has("member", s.As) && !c.serves(s.As) {
		return c.unknown(path, "member", s.As)
	}
	return nil
}

// serves reports whether a member has a postal code.
func (c *checker) serves(code string) bool {
	here := federation.Catalogue{Members: c.out.Members}
	return len(here.Serving(code)) > 0 || c.mayUseHeld() && len(c.options.Held.Serving(code)) > 0
}

// mayUseHeld reports whether the file may refer to what the store has.
func (c *checker) mayUseHeld() bool { return c.options.Held != nil && !c.options.Alone }

func (c *checker) has(kind, name string) bool {
	if c.seen[kind+" "+name] != "" {
		return true
	}
	if !c.mayUseHeld() {
		return kind == "member" && c.succeeded(name) && c.merged(name)
	}
	var err error
	switch kind {
	case "member":
		_, err = c.options.Held.Member(name)
	case "source":
		_, err = c.options.Held.Source(name)
	default:
		_, err = c.options.Held.Channel(name)
	}
	return err == nil
}

// merged reports whether the store has the member, whose name alone stays.
func (c *checker) merged(member string) bool {
	if c.options.Held == nil {
		return false
	}
	_, err := c.options.Held.Member(member)
	return err == nil
}

func (c *checker) succeeded(member string) bool {
	return slices.ContainsFunc(c.out.Members, func(m federation.Member) bool { return slices.Contains(m.Succeeds, member) })
}

func (c *checker) unknown(path, kind, name string) error {
	where := "not in this file"
	if c.mayUseHeld() {
		where = "neither in this file nor in the store"
	}
	return c.faultAt(path, "%s %q is %s", kind, name, where)
}

func selection(text string) (federation.Selection, error) {
	s, err := federation.ParseSelection(text)
	if err != nil {
		return s, federation.Invalid("select", "%v", err)
	}
	return s, nil
}
