package search

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Fading are the types whose worth is that they are new; a service or a decision
// is as good as on its first day. Callers must not write to it.
var Fading = []federation.ItemType{federation.News, federation.EventItem, federation.AlertItem}

// Bodies are summary and content of an item, as an engine takes them in; the
// summary is "" when it was cut from the content: its words would count twice.
func Bodies(it *federation.Item) (summary, content string) {
	content = it.Content.Text()
	start := strings.TrimSpace(strings.TrimSuffix(it.Summary, "…"))
	if start == "" || strings.HasPrefix(firstWords(content, 2*len(start)), firstWords(start, len(start))) {
		return "", content
	}
	return it.Summary, content
}

// firstWords is the beginning of s, about most bytes, with single spaces.
func firstWords(s string, most int) string {
	return strings.Join(strings.Fields(s[:min(len(s), most)]), " ")
}

// Labels are the texts beside title and body by which an engine finds an item,
// the words of its topics ([Batch].Topics) among them.
func Labels(it *federation.Item, topics map[string][]string) []string {
	out := slices.Concat(it.Categories, it.Authors)
	for _, c := range it.Categories {
		out = append(out, topics[federation.NormalCategory(c)]...)
	}
	if it.Place != nil {
		out = append(out, it.Place.Name, it.Place.Address)
	}
	if it.Alert != nil {
		out = append(out, it.Alert.Areas...)
	}
	for _, a := range it.Attachments {
		out = append(out, a.Title)
	}
	return out
}
