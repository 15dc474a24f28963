package markup

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPlain(t *testing.T) {
	for _, test := range []struct{ name, give, want string }{
		{"plain", "Liège – « fête » d’été, 5 €", "Liège – « fête » d’été, 5 €"},
		{"override", "Avis \u202eofficiel\u202c du bourgmestre", "Avis officiel du bourgmestre"},
		{"isolate", "a \u2066x\u2069 b \u2067y\u2069 \u2068z\u2069", "a x b y z"},
		{"marks of direction", "a\u200eb\u200fc\u061cd", "abcd"},
		{"zero width", "zero\u200bwidth\ufeff \u2060joi\u00adner", "zerowidth joiner"},
		{"blank letters", "a\u3164b\u115fc\uffa0d\u2800e", "abcde"},
		{"tags", "a\U000E0041\U000E0042b", "ab"},
		{"joiner between Latin letters", "pay\u200dpal pay\u200cpal", "paypal paypal"},
		{"Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"Hindi", "क्\u200dष", "क्\u200dष"},
		{"emoji", "👩\u200d👩\u200d👧 👨🏽\u200d💻 🏳\ufe0f\u200d🌈", "👩\u200d👩\u200d👧 👨🏽\u200d💻 🏳\ufe0f\u200d🌈"},
		{"piled marks", "Z" + strings.Repeat("\u0301", 300) + "algo", "Z" + strings.Repeat("\u0301", maxMarks) + "algo"},
		{"piled kinds of marks", "Z" + strings.Repeat("\u0301\u0489\ufe0f\u20dd", 9), "Z\u0301\u0489\ufe0f\u20dd"},
		{"marks on nothing", "\u0301\u0302a \u0301b", "a b"},
		{"marks through what is invisible", "Z" + strings.Repeat("\u0301\u200b", 9), "Z" + strings.Repeat("\u0301", maxMarks)},
		{"Vietnamese, decomposed", "Tie\u0302\u0301ng Vie\u0302\u0323t", "Tie\u0302\u0301ng Vie\u0302\u0323t"},
		{"separators", "a\u2028b\u2029c", "a b c"},
		{"lines", "a\nb\tc", "a\nb\tc"},
		{"controls", "a\x00b\x1bc\u0085d", "abcd"},
		{"nothing is left", "\u200b\u202e\u2066", ""},
	} {
		if got := Plain(test.give); got != test.want {
			t.Errorf("%s: Plain(%+q) = %+q, want %+q", test.name, test.give, got, test.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("Avis \u202eofficiel\u202c \u200d👩\u200d👧 Z\u0301\u0301\u0301\u0301\u0301\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		got := Plain(s)
		if again := Plain(got); again != got || !utf8.ValidString(got) && utf8.ValidString(s) {
			t.Errorf("Plain(%+q) = %+q, and once more %+q", s, got, again)
		}
		run := 0
		for _, r := range got {
			if run++; !unicode.Is(unicode.M, r) {
				run = 0
			}
			if isBidi(r) || r == '\u200b' || run > maxMarks {
				t.Errorf("Plain(%+q) = %+q", s, got)
			}
		}
	})
}
