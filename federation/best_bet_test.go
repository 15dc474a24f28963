package federation_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestBestBetValidate(t *testing.T) {
	id := federation.NewItemID("a/b", "1")
	words := map[string][]string{"fr": {"passeport", "carte d'identité"}, "nl": {"paspoort"}}
	title := federation.Text{"fr": "Passeport"}
	for _, b := range []federation.BestBet{
		{Words: words, Items: []string{id}},
		{Words: words, Link: &federation.BestLink{URL: "https://x.example/p", Title: title, Text: federation.Text{"de": "Satz."}}},
		{Words: map[string][]string{"eu": {"112"}}, Items: []string{id}, Members: []string{"samb"}},
	} {
		if err := b.Validate(); err != nil {
			t.Errorf("Validate(%+v) = %v", b, err)
		}
	}
	for field, b := range map[string]federation.BestBet{
		"words":      {Items: []string{id}},
		"words.fr":   {Words: map[string][]string{"fr": {}}, Items: []string{id}},
		"words.nl":   {Words: map[string][]string{"nl": {"paspoort", " - "}}, Items: []string{id}},
		"words.de":   {Words: map[string][]string{"de": {strings.Repeat("ä", 101)}}, Items: []string{id}},
		"words.FR":   {Words: map[string][]string{"FR": {"x"}}, Items: []string{id}},
		"items":      {Words: words},
		"items ":     {Words: words, Items: []string{"12"}},
		"items  ":    {Words: words, Items: []string{id, id}},
		"link.url":   {Words: words, Link: &federation.BestLink{URL: "javascript:alert(1)", Title: title}},
		"link.url ":  {Words: words, Link: &federation.BestLink{URL: "mailto:a@b.example", Title: title}},
		"link.title": {Words: words, Link: &federation.BestLink{URL: "https://x.example/"}},
		"link.text":  {Words: words, Link: &federation.BestLink{URL: "https://x.example/", Title: title, Text: federation.Text{"en": strings.Repeat("x", 401)}}},
	} {
		var inv *federation.InvalidError
		if err := b.Validate(); !errors.As(err, &inv) || inv.Field != strings.TrimSpace(field) {
			t.Errorf("Validate(%+v) = %v, want a fault of %s", b, err, field)
		}
	}
}
