package read

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Language makes what documents declare a language by a BCP 47 tag, "" when it
// is none: "fr_BE", "FR", "fr-be, nl-be", "fre", "fr-FR.UTF-8". A part that is no
// part of a tag is left out with what follows it.
func Language(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	if i := strings.IndexAny(s, ";. \t\n|/@"); i >= 0 {
		s = s[:i]
	}
	parts := strings.Split(strings.ReplaceAll(s, "_", "-"), "-")
	tag := strings.ToLower(parts[0])
	if two := bibliographic[tag]; two != "" {
		tag = two
	}
	if !federation.ValidLanguage(tag) || tag == "und" || tag == "mul" || tag == "zxx" || tag == "mis" {
		return ""
	}
	for _, part := range parts[1:] {
		if !federation.ValidLanguage(tag + "-" + part) {
			break
		}
		tag += "-" + part
	}
	return tag
}

// bibliographic are the codes of three letters of ISO 639-2 for languages that
// have two (RFC 5646, 2.2.1), as library software writes them in dc:language.
var bibliographic = map[string]string{"fra": "fr", "fre": "fr", "nld": "nl", "dut": "nl", "deu": "de", "ger": "de", "eng": "en",
	"spa": "es", "ita": "it", "por": "pt", "eus": "eu", "baq": "eu", "ltz": "lb", "cat": "ca"}
