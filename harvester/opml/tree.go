package opml

import (
	"regexp"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// attr is an attribute on one line.
func attr(n *read.Node, name string) string { return squeeze(n.Get(name)) }

// content is the text of an element on one line. It may hold references that
// were escaped twice.
func content(n *read.Node) string { return squeeze(read.Unescape(n.Text())) }

const ours = "carillon:"

var settingName = regexp.MustCompile(`^[a-z_-]+$`)

// settings are the attributes of our own, which other programs pass over.
func settings(n *read.Node) map[string]string {
	var out map[string]string
	for name, v := range read.Attributes(n.Attrs) {
		if name, is := strings.CutPrefix(name, ours); is && settingName.MatchString(name) && squeeze(v) != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[name] = squeeze(v)
		}
	}
	return out
}

func squeeze(s string) string {
	if len(s) > maxValue {
		s = s[:maxValue]
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
