package storetest

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

var valueCases = []testCase{
	{"naughty strings come back byte by byte", naughtyStrings},
	{"NUL is dropped", nulDropped},
	{"bytes that are no UTF-8 are replaced", invalidUTF8},
	{"times are UTC microseconds", timePrecision},
	{"an event keeps its offset", eventOffset},
	{"HTML comes back as it is", htmlRoundTrip},
	{"large texts", largeTexts},
	{"names compare by bytes", namesByBytes},
}

// naughty is what has broken a store, a driver or an encoding somewhere.
var naughty = []string{
	"", " ", "\t\r\n", "'", "''", `"`, `\`, `\\`, `\u0000`, `\\u0000`, "$1", "?", ":a", "@a", "%s", "--", "; DROP TABLE item;",
	"null", "NULL", "undefined", "NaN", "true", "0", "-0", "00", "1e309", "0x1F", "9223372036854775808",
	"é", "e\u0301", "ß", "İ", "ı", "ﬀ", "\u00a0", "\u200b", "\u2028\u2029", "\ufeff", "\u202eabc", "\ufffd", "\x01\x1b[31m\x7f", "\u0085",
	"👩‍👩‍👧", "🇧🇪", "𝔘𝔫𝔦", "\U0010ffff", "田中さん", "مرحبا", "ส็็็็", "<script>alert(1)</script>", "a&amp;b", "]]>", "{{.}}",
	`{"a":[1,`, strings.Repeat("é", 300),
}

func naughtyStrings(s store) {
	for _, text := range naughty {
		it := item("alba", "id "+text)
		it.Title, it.Summary, it.Language, it.URL = text, text, text, text
		it.Categories, it.Authors = []string{text}, []string{text, text}
		it.Place = &federation.Place{Name: text, Address: text}
		it.Provenance.Attribution = text
		s.saveItem(it)
		s.same("Item with "+text, must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID)), it)
		s.putTask(federation.Task{Kind: "naughty", Key: text, Due: day(1)})
		if err := s.SaveCursor(s.ctx, text, 7); err != nil {
			s.Errorf("SaveCursor(%q) = %v", text, err)
		}
		m := member("naughty")
		m.Name["fr"] = text
		s.in(func(tx federation.Tx) error { _, err := federation.Save(s.ctx, tx, m); return err })
		s.same("Member with "+text, must[federation.Member](s, "Member")(federation.Get[federation.Member](s.ctx, s, m.Slug)), m)
	}
	tasks := s.claimOf("naughty", day(1), 1000)
	if len(tasks) != len(naughty) {
		s.Errorf("ClaimTasks(…) = %d tasks, want one for each of %d keys", len(tasks), len(naughty))
	}
}

// nulDropped: PostgreSQL's text cannot hold NUL, and a feed that has one must
// still be harvested.
func nulDropped(s store) {
	it := item("alba", "1")
	it.OriginID, it.Title, it.URL = "a\x00b", "\x00t\x00", "https://a.example/\x00"
	it.Summary, it.Authors = "a\x00\\u0000b\\\x00", []string{"\x00"}
	s.saveItem(it)
	it.OriginID, it.Title, it.URL = "ab", "t", "https://a.example/"
	it.Summary, it.Authors = `a\u0000b\`, []string{""}
	s.same("Item", must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID)), it)
}

func invalidUTF8(s store) {
	it := item("alba", "1")
	it.Title, it.Summary = "a\xffb", "c\xc3(d"
	s.saveItem(it)
	got := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID))
	if got.Title != "a\ufffdb" || got.Summary != "c\ufffd(d" {
		s.Errorf("Item(…) has title %q and summary %q, want U+FFFD for each bad byte", got.Title, got.Summary)
	}
	if !utf8.ValidString(got.Title + got.Summary) {
		s.Error("Item(…) has texts that are not UTF-8")
	}
}

func timePrecision(s store) {
	at := time.Date(2026, 3, 29, 3, 30, 0, 123456789, time.FixedZone("", 2*3600))
	want := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.UTC)
	old := time.Date(1066, 10, 14, 9, 0, 0, 999_999_999, time.UTC) // before 1970, where rounding turns round
	it := item("alba", "1")
	it.Published, it.Updated, it.FirstSeen, it.Expires, it.Provenance.Fetched = old, at, at, at, at
	s.in(func(tx federation.Tx) error { return tx.SaveItem(s.ctx, it, at) })
	got := must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, it.ID))[0]
	for name, v := range map[string]time.Time{"Updated": got.Item.Updated, "FirstSeen": got.Item.FirstSeen, "Expires": got.Item.Expires,
		"Fetched": got.Item.Provenance.Fetched, "Saved": got.Saved} {
		if !v.Equal(want) || v.Location() != time.UTC {
			s.Errorf("%s = %v, want %v", name, v, want)
		}
	}
	if want := old.Truncate(time.Microsecond); !got.Item.Published.Equal(want) {
		s.Errorf("Published = %v, want %v", got.Item.Published, want)
	}
	if c := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 1))[0]; !c.Time.Equal(want) || c.Time.Location() != time.UTC {
		s.Errorf("Changes(…) has time %v, want %v", c.Time, want)
	}
	bare := item("alba", "2")
	bare.Published, bare.FirstSeen = time.Time{}, time.Unix(0, 0).UTC()
	s.saveItem(bare)
	held := must[federation.Item](s, "Item")(s.Item(s.ctx, bare.ID))
	if !held.Published.IsZero() || held.FirstSeen.IsZero() || !held.FirstSeen.Equal(bare.FirstSeen) {
		s.Errorf("the unknown time came back as %v and 1970 as %v", held.Published, held.FirstSeen)
	}
}

func eventOffset(s store) {
	for _, offset := range []int{0, 3600, -4 * 3600, 5*3600 + 45*60, 14 * 3600} {
		it := item("alba", time.Duration(offset).String())
		it.Event = &federation.Event{Start: time.Date(2026, 7, 21, 20, 0, 0, 0, time.FixedZone("", offset)), AllDay: true}
		s.saveItem(it)
		got := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID)).Event
		if _, o := got.Start.Zone(); !got.Start.Equal(it.Event.Start) || o != offset {
			s.Errorf("Event.Start = %v, want %v with its offset", got.Start, it.Event.Start)
		}
		if !got.End.IsZero() || !got.AllDay {
			s.Errorf("Event = %+v, want an open end and all day", got)
		}
	}
}

func htmlRoundTrip(s store) {
	for _, raw := range []string{"", "<p>a &lt;b&gt; &amp; c</p>", "<ul><li>é</li></ul>", `<a href="https://a.example/?a=1&amp;b=2">x</a>`, `\u003cscript\u003e`} {
		it := item("alba", raw)
		it.Content = markup.Sanitise(raw, nil)
		s.saveItem(it)
		if got := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID)).Content; got != it.Content {
			s.Errorf("Content = %q, want %q", got, it.Content)
		}
	}
}

func largeTexts(s store) {
	it := item("alba", "1")
	it.Summary = strings.Repeat("grand texte, ", 50_000)
	it.Content = markup.Sanitise("<p>"+strings.Repeat("grand texte ", 30_000)+"</p>", nil)
	s.saveItem(it)
	got := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID))
	if got.Summary != it.Summary || got.Content != it.Content {
		s.Errorf("Item(…) has %d and %d bytes of text, want %d and %d",
			len(got.Summary), len(got.Content.String()), len(it.Summary), len(it.Content.String()))
	}
}

// namesByBytes: names that a locale or a case-insensitive engine would take
// for one are two.
func namesByBytes(s store) {
	names := []string{"a", "A", "a ", "é", "e\u0301", "É", "ß", "ss"}
	for i, name := range names {
		if err := s.SaveCursor(s.ctx, name, federation.Cursor(i+1)); err != nil {
			s.Fatal(err)
		}
		m := member(name)
		s.in(func(tx federation.Tx) error { _, err := federation.Save(s.ctx, tx, m); return err })
	}
	for i, name := range names {
		if c := must[federation.Cursor](s, "Cursor")(s.Cursor(s.ctx, name)); c != federation.Cursor(i+1) {
			s.Errorf("Cursor(%q) = %d, want %d", name, c, i+1)
		}
		if m := must[federation.Member](s, "Member")(federation.Get[federation.Member](s.ctx, s, name)); m.Slug != name {
			s.Errorf("Member(%q) = %q", name, m.Slug)
		}
	}
}
