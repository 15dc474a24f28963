package federation_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func day(s string) federation.Bound {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return federation.Bound{Time: t, Day: true}
}

func TestParseSelection(t *testing.T) {
	tests := []struct {
		query string
		want  federation.Selection
		text  string // canonical
	}{
		{"", federation.Selection{}, ""},
		{"?", federation.Selection{}, ""},
		{"q=+f%C3%AAte++de%C2%A0la%20musique+", federation.Selection{Words: "fête de la musique"}, "q=f%C3%AAte+de+la+musique"},
		{"q=", federation.Selection{}, ""},
		{"q=a%26b%3Dc%2C%2F%3B", federation.Selection{Words: "a&b=c,/;"}, "q=a%26b%3Dc,/%3B"},
		{"type=news&member=b,a&member=a", federation.Selection{Members: []string{"a", "b"}, Types: []federation.ItemType{federation.News}}, "member=a,b&type=news"},
		{"member=,,&type=", federation.Selection{}, ""},
		{"category=Vie%20%20Communale,CULTURE", federation.Selection{Categories: []string{"culture", "vie communale"}}, "category=culture,vie+communale"},
		{"lang=NL-be,fr", federation.Selection{Languages: []string{"fr", "nl-be"}}, "lang=fr,nl-be"},
		{"source=vallonie%2Factualites", federation.Selection{Sources: []string{"vallonie/actualites"}}, "source=vallonie/actualites"},
		{"from=2026-03-01&to=2026-03-01", federation.Selection{From: day("2026-03-01"), To: day("2026-03-01")}, "from=2026-03-01&to=2026-03-01"},
		{"from=2026-03-01T19:30:00+01:00", // the "+" of a careless link is a space by now
			federation.Selection{From: federation.Bound{Time: time.Date(2026, 3, 1, 18, 30, 0, 0, time.UTC)}}, "from=2026-03-01T18%3A30%3A00Z"},
		{"near=50.43000,+4.61&radius=7.50&sort=distance",
			federation.Selection{Near: &federation.Point{Lat: 50.43, Lon: 4.61}, Radius: 7.5, Sort: federation.ByDistance}, "near=50.43,4.61&radius=7.5&sort=distance"},
		{"near=-0,-0.00000001", federation.Selection{Near: &federation.Point{}}, "near=0,0"},
		{"postcode=1234+ab", federation.Selection{Postcode: "1234AB"}, "postcode=1234AB"},
		{"limit=007&cursor=x_-", federation.Selection{Limit: 7, Cursor: "x_-"}, "cursor=x_-&limit=7"},
	}
	for _, test := range tests {
		got, err := federation.ParseSelection(test.query)
		if err != nil {
			t.Errorf("ParseSelection(%q): %v", test.query, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("ParseSelection(%q) (-want +got):\n%s", test.query, diff)
		}
		if got.String() != test.text {
			t.Errorf("ParseSelection(%q).String() = %q, want %q", test.query, got, test.text)
		}
	}
}

// TestParseSelectionRefuses holds that an error names the key at fault.
func TestParseSelectionRefuses(t *testing.T) {
	many := strings.Builder{}
	for i := range 101 {
		many.WriteString("m" + strings.Repeat("a", i%60) + string(rune('a'+i/60)) + ",")
	}
	tests := []struct{ query, key string }{
		{"colour=red", "colour"},
		{"Q=upper", "Q"},
		{"=x", ""},
		{"q=%zz", "query"},
		{"q=a;b=c", "query"},
		{"q=a&q=b", "q"},
		{"q=%00", "q"},
		{"q=%ff", "q"},
		{"q=a%0D%0Ab", "q"},
		{"q=" + strings.Repeat("x", 301), "q"},
		{"member=Namur", "member"},
		{"member=a--b", "member"},
		{"member=" + strings.Repeat("a", 65), "member"},
		{"member=" + many.String(), "member"},
		{"member=../etc", "member"},
		{"type=news,gossip", "type"},
		{"category=" + strings.Repeat("x", 201), "category"},
		{"lang=f", "lang"},
		{"source=vallonie", "source"},
		{"source=a/b/c", "source"},
		{"channel=A", "channel"},
		{"from=yesterday", "from"},
		{"from=2026-02-30", "from"},
		{"from=0001-01-01", "from"},
		{"to=9999-12-31", "to"},
		{"to=2026-03-01T25:00:00Z", "to"},
		{"from=2026-03-02&to=2026-03-01", "to"},
		{"near=50.43", "near"},
		{"near=91,0", "near"},
		{"near=0,181", "near"},
		{"near=NaN,0", "near"},
		{"near=1e1,0", "near"},
		{"radius=5", "radius"},
		{"near=1,1&radius=0", "radius"},
		{"near=1,1&radius=0.00000001", "radius"},
		{"near=1,1&radius=501", "radius"},
		{"near=1,1&radius=Inf", "radius"},
		{"near=1,1&radius=0x10", "radius"},
		{"postcode=5", "postcode"},
		{"postcode=%3Cscript%3E", "postcode"},
		{"sort=best", "sort"},
		{"sort=distance", "sort"},
		{"limit=0", "limit"},
		{"limit=101", "limit"},
		{"limit=-1", "limit"},
		{"limit=99999999999999999999", "limit"},
		{"limit=ten", "limit"},
	}
	for _, test := range tests {
		_, err := federation.ParseSelection(test.query)
		var invalid *federation.InvalidError
		if !errors.As(err, &invalid) || !errors.Is(err, federation.ErrInvalid) {
			t.Errorf("ParseSelection(%.60q) = %v, want an InvalidError", test.query, err)
			continue
		}
		if invalid.Field != test.key || invalid.Reason == "" {
			t.Errorf("ParseSelection(%.60q) = %q, want the key %q and a reason", test.query, err, test.key)
		}
	}
}

// TestSelectionEqualTexts holds that equal selections have one text, however
// they were spelled or put together.
func TestSelectionEqualTexts(t *testing.T) {
	const want = "category=culture,sport&lang=fr&member=a,b&type=event,news"
	for _, query := range []string{
		"member=b,a&type=news,event&lang=FR&category=Sport,Culture",
		"?lang=fr&type=event&type=news&member=a&member=b&member=a&category=%20culture%20,sport",
	} {
		if got, err := federation.ParseSelection(query); err != nil || got.String() != want {
			t.Errorf("ParseSelection(%q).String() = %q, %v, want %q", query, got, err, want)
		}
	}
	made := federation.Selection{
		Members: []string{"b", "a", "b"}, Types: []federation.ItemType{federation.News, federation.EventItem},
		Categories: []string{"sport", "culture"}, Languages: []string{"fr"},
	}
	if got := made.String(); got != want {
		t.Errorf("String of a selection made by hand = %q, want %q", got, want)
	}
	if !slices.Equal(made.Members, []string{"b", "a", "b"}) {
		t.Errorf("String changed its selection: %q", made.Members)
	}
}

func TestSelectionText(t *testing.T) {
	sel := federation.Selection{Words: "été", Members: []string{"a"}, Limit: 5}
	b, err := json.Marshal(sel)
	if err != nil || string(b) != `"limit=5\u0026member=a\u0026q=%C3%A9t%C3%A9"` {
		t.Errorf("Marshal = %s, %v", b, err)
	}
	var back federation.Selection
	if err := json.Unmarshal(b, &back); err != nil || !cmp.Equal(sel, back) {
		t.Errorf("Unmarshal(%s) = %+v, %v, want %+v", b, back, err, sel)
	}
	if err := json.Unmarshal([]byte(`"limit=5000"`), &back); !errors.Is(err, federation.ErrInvalid) {
		t.Errorf("Unmarshal of a bad limit = %v, want ErrInvalid", err)
	}
}

func TestSelectionDefaults(t *testing.T) {
	var zero federation.Selection
	if zero.Order() != federation.ByNewest || zero.Size() != 20 || zero.Reach() != 15 {
		t.Errorf("zero selection = %s, %d, %g", zero.Order(), zero.Size(), zero.Reach())
	}
	words := federation.Selection{Words: "x", Limit: 3, Radius: 2, Cursor: "c", Sort: federation.ByOldest}
	if words.Order() != federation.ByOldest || words.Size() != 3 || words.Reach() != 2 {
		t.Errorf("%s = %s, %d, %g", words, words.Order(), words.Size(), words.Reach())
	}
	if got := words.Filter().String(); got != "q=x&radius=2" {
		t.Errorf("Filter = %q, want only q and radius", got)
	}
	if words.Sort = ""; words.Order() != federation.ByRelevance {
		t.Errorf("Order with words = %s", words.Order())
	}
}

func FuzzParseSelection(f *testing.F) {
	for _, s := range []string{
		"q=%C4%B0stanbul&member=a,b&near=.5,-.5&radius=.1", "category=%C7%85,%E1%BA%9E,a%E2%80%8Ab", "lang=nl-BE",
		"from=2026-03-01T10:00:00.000000001Z&to=2026-03-01T24:00:00Z", "from=2026-03-01T00:00:00-23:59", "near=,&sort=distance",
		"near=." + strings.Repeat("0", 140) + "1,." + strings.Repeat("0", 140) + "1", "%71=%C2%A0x%E2%80%83y", "postcode=%C5%BFw1&cursor=%20a%20",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		sel, err := federation.ParseSelection(query)
		if err != nil {
			if !errors.Is(err, federation.ErrInvalid) {
				t.Fatalf("ParseSelection(%q) = %v, want ErrInvalid", query, err)
			}
			return
		}
		text := sel.String()
		again, err := federation.ParseSelection(text)
		if err != nil {
			t.Fatalf("ParseSelection(%q).String() = %q, which is refused: %v", query, text, err)
		}
		if diff := cmp.Diff(sel, again); diff != "" {
			t.Fatalf("ParseSelection(%q) by way of %q (-want +got):\n%s", query, text, diff)
		}
		if again.String() != text {
			t.Fatalf("String of %q = %q, want a fixed point", text, again)
		}
		if u, err := url.Parse("https://hub.example/search?" + text); err != nil || u.RawQuery != text {
			t.Fatalf("%q cannot stand in an address: %v", text, err)
		}
		if !utf8Plain(text) {
			t.Fatalf("String = %q, want printable ASCII", text)
		}
	})
}

func utf8Plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}
