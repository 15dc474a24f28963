package portal

import "testing"

func TestFileKindAndSize(t *testing.T) {
	all := mustVoices()
	for _, tc := range []struct{ lang, media, want string }{
		{"fr", "application/msword", "Word"}, {"fr", "text/plain; charset=utf-8", "texte"}, {"nl", "text/plain", "tekst"},
		{"de", "audio/mpeg", "MP3"}, {"en", "application/pdf", "PDF"}, {"fr", "application/octet-stream", ""}, {"fr", "", ""},
		{"fr", "application/vnd.oasis.opendocument.spreadsheet", "tableur"}, {"fr", "application/x-foo", ""},
	} {
		if got := all[tc.lang].fileKind(tc.media); got != tc.want {
			t.Errorf("%s: fileKind(%q) = %q, want %q", tc.lang, tc.media, got, tc.want)
		}
	}
	for _, tc := range []struct {
		lang  string
		bytes int64
		want  string
	}{
		{"fr", 1_234_567, "1,2\u00a0Mo"}, {"nl", 1_234_567, "1,2\u00a0MB"}, {"de", 48_000, "48\u00a0kB"}, {"en", 1_234_567, "1.2\u00a0MB"},
		{"fr", 12_000_000, "12\u00a0Mo"}, {"fr", 1, "1\u00a0ko"},
	} {
		if got := all[tc.lang].fileSize(tc.bytes); got != tc.want {
			t.Errorf("%s: fileSize(%d) = %q, want %q", tc.lang, tc.bytes, got, tc.want)
		}
	}
}
