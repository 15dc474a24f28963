package read

import "testing"

// TestLanguage: what documents write for a language, seen in feeds, pages and
// library software.
func TestLanguage(t *testing.T) {
	for s, want := range map[string]string{
		"fr": "fr", "FR": "fr", " fr-BE ": "fr-BE", "fr_BE": "fr-BE", "fr-be, nl-be": "fr-be", "fr-FR.UTF-8": "fr-FR", "en-": "en", "nl-x_y!": "nl",
		"fre": "fr", "dut": "nl", "ger": "de", "eng": "en", "lb": "lb", "de-Latn-DE": "de-Latn-DE", "de_DE@euro": "de-DE",
		"": "", "und": "", "mul": "", "français": "", "x-default": "", "en-abcdefghi": "en",
	} {
		if got := Language(s); got != want {
			t.Errorf("Language(%q) = %q, want %q", s, got, want)
		}
	}
}
