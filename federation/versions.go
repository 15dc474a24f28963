package federation

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// maxVersions bounds how many languages one document may name: nobody publishes
// in more.
const maxVersions = 64

// SameOf is the [Item.Same] of a document that names all its language versions,
// addresses by language, as hreflang has it: every version names all of them,
// itself too, and so each gets the same. A document that is not among them, or
// is there twice, has none: such a list is of something else. "x-default" is no
// language.
func SameOf(address string, versions map[string]string) string {
	if len(versions) > maxVersions {
		return ""
	}
	sum, seen := sha256.New(), map[string]bool{}
	for _, lang := range slices.Sorted(maps.Keys(versions)) {
		to := versions[lang]
		if strings.EqualFold(lang, "x-default") {
			continue
		}
		if !ValidLanguage(lang) || to == "" || seen[to] {
			return ""
		}
		seen[to] = true
		sum.Write([]byte(strings.ToLower(lang) + "\x00" + to + "\x00"))
	}
	if !seen[address] || len(seen) < 2 {
		return ""
	}
	return "versions " + hex.EncodeToString(sum.Sum(nil)[:16])
}
