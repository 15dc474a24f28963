package region

import (
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// fill gives every field below v a value that is not its zero.
func fill(v reflect.Value) {
	switch v.Interface().(type) {
	case time.Duration:
		v.SetInt(int64(90 * time.Minute))
		return
	case netip.Prefix:
		v.Set(reflect.ValueOf(netip.MustParsePrefix("10.1.2.0/24")))
		return
	case federation.Selection:
		v.Set(reflect.ValueOf(federation.Selection{Words: "x"}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Float64:
		v.SetFloat(4.5)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value)
		v.SetMapIndex(reflect.ValueOf("fr").Convert(v.Type().Key()), value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

// testEveryField fails for each field whose value makes no difference to the
// text.
func testEveryField[T any](t *testing.T, text func(T) []byte) {
	t.Helper()
	var full T
	fill(reflect.ValueOf(&full).Elem())
	whole := string(text(full))
	for i := range reflect.TypeFor[T]().NumField() {
		without := full
		if reflect.TypeFor[T]().Field(i).Tag.Get("json") == "-" {
			continue // settled at each harvest, not configured
		}
		v := reflect.ValueOf(&without).Elem().Field(i)
		v.SetZero()
		if string(text(without)) == whole {
			t.Errorf("%s.%s is not written to the region file", reflect.TypeFor[T](), reflect.TypeFor[T]().Field(i).Name)
		}
	}
}

// TestWriteHasEveryField: a new field of the configuration must be
// exported, or an export would lose it.
func TestWriteHasEveryField(t *testing.T) {
	testEveryField(t, func(m federation.Member) []byte {
		return Write(&federation.Catalogue{Members: []federation.Member{m}})
	})
	testEveryField(t, func(s federation.Source) []byte {
		return Write(&federation.Catalogue{Members: []federation.Member{{Slug: "x"}}, Sources: []federation.Source{s}})
	})
	testEveryField(t, func(r federation.PageRule) []byte {
		return Write(&federation.Catalogue{Members: []federation.Member{{Slug: "x"}}, Sources: []federation.Source{{Member: "x", Page: &r}}})
	})
	testEveryField(t, func(c federation.Channel) []byte {
		return Write(&federation.Catalogue{Channels: []federation.Channel{c}})
	})
	testEveryField(t, func(p federation.Placement) []byte {
		return Write(&federation.Catalogue{Placements: []federation.Placement{p}})
	})
	testEveryField(t, func(th federation.Theme) []byte {
		return Write(&federation.Catalogue{Placements: []federation.Placement{{Theme: th}}})
	})
	testEveryField(t, func(h federation.Hub) []byte {
		if h.Outlines == nil { // in the region file stands the name of the file that has them
			h.OutlineFile = ""
		}
		if h.Synonyms == "" {
			h.SynonymFile = ""
		}
		return Write(&federation.Catalogue{Hub: h})
	})
	testEveryField(t, func(l federation.HubLinks) []byte {
		return Write(&federation.Catalogue{Hub: federation.Hub{Links: l}})
	})
	testEveryField(t, func(tp federation.Topic) []byte {
		return Write(&federation.Catalogue{Topics: []federation.Topic{tp}})
	})
}

// TestExportAppliesBack: what a hub exports is what it holds. The texts are
// those that YAML would read as something else.
func TestExportAppliesBack(t *testing.T) {
	odd := []string{"03000", "yes", "null", "~", "1e3", "#b3123a", "a: b", "- a", "*x", "&x", "!x", "%x", "@x", "'", `"`, "{a}", "[a]", "|", ">", "été — «é»", "a # b", "0x1F", "2026-11-23", "\ta", "a\nb", "true", "-1", "1_000", ".5", "12:30"}
	member := federation.Member{Slug: "vallonie", Kind: federation.KindRegion, Name: federation.Text{"fr": "Région: «x»", "nl": "no"}, URL: "https://v.example/?a=1&b=#c",
		Code: "03000", PostalCodes: odd, Location: &federation.Point{Lat: 0, Lon: -4.25}, Languages: []string{"fr", "nl"},
		Theme: federation.Theme{Accent: "#b3123a", HeadingFont: `"Marianne", sans-serif`, Weight: "700", Scale: "1.2"}, Sites: []string{"https://v.example"}, Zone: "Europe/Brussels", Authority: 80}
	hub := federation.Hub{Name: federation.Text{"fr": "Portail: «x»"}, Theme: federation.Theme{Accent: "#b3123a"}, Zone: "Europe/Paris", Languages: []string{"nl", "fr"},
		Links:   federation.HubLinks{Legal: "https://v.example/legal", Accessibility: "https://v.example/a11y", Contact: "mailto:hub@v.example"},
		Queries: federation.QueryRule{Off: true, Least: 7, Months: 3, Never: []string{"no", "a: b"}}}
	bets := []federation.BestBet{
		{Words: map[string][]string{"fr": odd[9:12], "nl": {"yes"}}, Items: []string{federation.NewItemID("a", "b")}, Members: []string{"b"}},
		{Words: map[string][]string{"de": {"Ja: nein"}}, Link: &federation.BestLink{URL: "https://v.example/?a=1#b", Title: federation.Text{"fr": "- oui"}, Text: federation.Text{"nl": "a # b"}}}}
	withBets := hub
	withBets.BestBets = bets
	cat := &federation.Catalogue{Hub: withBets, Members: []federation.Member{member, {Slug: "b", Kind: federation.KindCommune, Name: federation.Text{"fr": "1"}, Succeeds: []string{"vallonie"}}},
		Sources: []federation.Source{
			{Member: "vallonie", Slug: "actus", URL: "https://v.example/rss", Format: "feed", Type: federation.News, Every: 90 * time.Minute, Language: "nl", License: "CC-BY-4.0", Attribution: "© Région: {Vallonie}", Categories: odd, Title: federation.Text{"fr": "- oui"}},
			{Member: "vallonie", Slug: "fiches", URL: "file:a b.zip", Cron: "*/10 6-22 * * *"},
			{Member: "b", Slug: "new", URL: "https://b.example/", Identity: federation.IdentityLink, Complete: true, Suspended: true, Formerly: []string{"vallonie/old"}, TrustHub: true,
				Zone: "Indian/Reunion", Alerts: true, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("10.1.2.0/24"), netip.MustParsePrefix("fd00::/64")},
				Columns: map[string]string{"title": "Titre: été", "start": "1"},
				Page:    &federation.PageRule{Include: []string{"/a"}, Exclude: []string{"/b, c"}, Title: "h1", Content: "#main > p:first-child", Date: "time[datetime]", Image: "img", Remove: ".ad, nav"}},
			{Member: "b", Slug: "plain", URL: "https://b.example/p"}},
		Topics:     []federation.Topic{{Slug: "eau", Name: federation.Text{"fr": "Eau"}, From: []string{"1e3", "a, b", "yes"}}},
		Channels:   []federation.Channel{{Slug: "c", Title: federation.Text{"de": "Ja: nein"}, Select: federation.Selection{Members: []string{"vallonie"}, Words: "a, b & c"}}},
		Placements: []federation.Placement{{Slug: "p", Member: "b", Widget: "list", Select: federation.Selection{Channels: []string{"c"}, Limit: 5}, Theme: federation.Theme{Radius: "0"}, Options: federation.Options{"images": false, "heading": 2, "title": federation.Text{"fr": "x"}, "language": "de"}}},
	}
	text := Write(cat)
	r, err := Parse("export.yaml", text, Options{Formats: []string{"feed", "csv", "page"}})
	if err != nil {
		t.Fatalf("the export is refused: %v\n%s", err, text)
	}
	if diff := cmp.Diff(File{Hub: &hub, BestBets: bets, Members: cat.Members, Sources: cat.Sources, Channels: cat.Channels, Placements: cat.Placements, Topics: cat.Topics}, *r, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("export, read back (-want +got):\n%s\n%s", diff, text)
	}
	if _, err := Parse("empty.yaml", Write(&federation.Catalogue{}), Options{}); err != nil {
		t.Errorf("the export of an empty hub is refused: %v", err)
	}
}
