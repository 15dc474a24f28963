package federation_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// wantField checks that err is an InvalidError of the field, or nil for "".
func wantField(t *testing.T, what string, err error, field string) {
	t.Helper()
	var invalid *federation.InvalidError
	switch {
	case field == "" && err != nil:
		t.Errorf("%s = %v, want nil", what, err)
	case field != "" && (!errors.As(err, &invalid) || invalid.Field != field):
		t.Errorf("%s = %v, want an InvalidError of %q", what, err, field)
	}
}

func TestMemberValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*federation.Member)
		field  string
	}{
		{"whole", func(*federation.Member) {}, ""},
		{"least", func(m *federation.Member) { *m = federation.Member{Slug: "x", Kind: "agency", Name: m.Name} }, ""},
		{"no slug", func(m *federation.Member) { m.Slug = "" }, "slug"},
		{"upper case", func(m *federation.Member) { m.Slug = "Namur" }, "slug"},
		{"long", func(m *federation.Member) { m.Slug = strings.Repeat("a", 65) }, "slug"},
		{"kind", func(m *federation.Member) { m.Kind = "kingdom" }, "kind"},
		{"no name", func(m *federation.Member) { m.Name = federation.Text{"fr": ""} }, "name"},
		{"url", func(m *federation.Member) { m.URL = "javascript:alert(1)" }, "url"},
		{"location", func(m *federation.Member) { m.Location = &federation.Point{Lat: 91} }, "location"},
		{"language", func(m *federation.Member) { m.Languages = []string{"fr", "Deutsch!"} }, "languages"},
		{"site with path", func(m *federation.Member) { m.Sites = []string{"https://x.example/"} }, "sites"},
		{"site with star", func(m *federation.Member) { m.Sites = []string{"https://*.example"} }, "sites"},
		{"site with directive", func(m *federation.Member) { m.Sites = []string{"https://x.example;script-src"} }, "sites"},
		{"site with user", func(m *federation.Member) { m.Sites = []string{"https://a@x.example"} }, "sites"},
		{"site with port", func(m *federation.Member) { m.Sites = []string{"http://127.0.0.1:8081"} }, ""},
		{"site upper case", func(m *federation.Member) { m.Sites = []string{"https://X.example"} }, "sites"},
		{"theme", func(m *federation.Member) { m.Theme.Accent = "red" }, "theme.accent"},
	}
	for _, test := range tests {
		m := federation.Member{Slug: "namur", Kind: federation.KindCommune, Name: federation.Text{"fr": "Namur"}, URL: "https://namur.example",
			Location: &federation.Point{Lat: 50.46, Lon: 4.86}, Languages: []string{"fr", "nl-BE"}, Sites: []string{"https://www.namur.example"}}
		test.change(&m)
		wantField(t, "Member.Validate: "+test.name, m.Validate(), test.field)
	}
}

func TestMemberLanguage(t *testing.T) {
	if got := (federation.Member{}).Language(); got != "fr" {
		t.Errorf("Language of a member that names none = %q", got)
	}
	if got := (federation.Member{Languages: []string{"nl", "fr"}}).Language(); got != "nl" {
		t.Errorf("Language = %q, want the first", got)
	}
}

func TestSourceValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*federation.Source)
		field  string
	}{
		{"whole", func(*federation.Source) {}, ""},
		{"file", func(s *federation.Source) { s.URL = "file:fiches.zip" }, ""},
		{"slug", func(s *federation.Source) { s.Slug = "a/b" }, "slug"},
		{"no address", func(s *federation.Source) { s.URL = "" }, "url"},
		{"ftp", func(s *federation.Source) { s.URL = "ftp://x.example/rss" }, "url"},
		{"secret in the address", func(s *federation.Source) { s.URL = "https://user:pass@x.example/rss" }, "url"},
		{"no host", func(s *federation.Source) { s.URL = "https:///rss" }, "url"},
		{"type", func(s *federation.Source) { s.Type = "gossip" }, "type"},
		{"both", func(s *federation.Source) { s.Cron = "0 * * * *" }, "cron"},
		{"too often", func(s *federation.Source) { s.Every = time.Second }, "every"},
		{"negative", func(s *federation.Source) { s.Every = -time.Hour }, "every"},
		{"language", func(s *federation.Source) { s.Language = "Français" }, "language"},
	}
	for _, test := range tests {
		s := federation.Source{Member: "m", Slug: "actus", URL: "https://x.example/rss", Type: federation.News, Every: time.Minute, Language: "fr"}
		test.change(&s)
		wantField(t, "Source.Validate: "+test.name, s.Validate(), test.field)
	}
	if got := (federation.Source{Member: "m", Slug: "s"}).Name(); got != "m/s" {
		t.Errorf("Name = %q", got)
	}
}

func TestPlacementValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*federation.Placement)
		field  string
	}{
		{"whole", func(*federation.Placement) {}, ""},
		{"slug", func(p *federation.Placement) { p.Slug = "-" }, "slug"},
		{"cursor", func(p *federation.Placement) { p.Select.Cursor = "x" }, "select"},
		{"theme", func(p *federation.Placement) { p.Theme.Gap = "wide" }, "theme.gap"},
	}
	for _, test := range tests {
		p := federation.Placement{Slug: "samb-actus", Member: "sambre", Widget: "list"}
		test.change(&p)
		wantField(t, "Placement.Validate: "+test.name, p.Validate(), test.field)
	}
}

func TestChannelValidate(t *testing.T) {
	title := federation.Text{"fr": "Actus"}
	tests := []struct {
		channel federation.Channel
		field   string
	}{
		{federation.Channel{Slug: "actus", Title: title, Select: federation.Selection{Members: []string{"m"}}}, ""},
		{federation.Channel{Slug: "Actus", Title: title}, "slug"},
		{federation.Channel{Slug: "actus"}, "title"},
		{federation.Channel{Slug: "actus", Title: title, Select: federation.Selection{Channels: []string{"other"}}}, "select"},
		{federation.Channel{Slug: "actus", Title: title, Select: federation.Selection{Cursor: "x"}}, "select"},
	}
	for _, test := range tests {
		wantField(t, "Channel.Validate", test.channel.Validate(), test.field)
	}
}

func TestErrors(t *testing.T) {
	err := federation.Invalid("limit", "must be %d", 5)
	if err.Error() != "limit: must be 5" || !errors.Is(err, federation.ErrInvalid) || errors.Is(err, federation.ErrNotFound) {
		t.Errorf("Invalid = %q", err)
	}
	if err := federation.NotFound("item", "x\n"); err.Error() != `item "x\n": not found` || !errors.Is(err, federation.ErrNotFound) {
		t.Errorf("NotFound = %q", err)
	}
}
