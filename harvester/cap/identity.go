package cap

import (
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation"
)

// The origin id of a message is "sender,identifier". CAP 1.2 (3.2.1) makes
// identifiers unique per sender; the third part of a reference, the time sent,
// is left out because publishers write it otherwise in the reference than in
// the message ("-00:00" for "Z", fractions), and CAP 1.0 has it not at all.
//
// The message's main language has that id, so that a message of one language,
// by far the most, is found by every reference. Other languages have theirs
// appended: "sender,identifier,nl". The main language is the source's when the
// message has it, else the first.

// reference is an earlier message as an extended message identifier names it.
type reference struct{ sender, identifier string }

func (r reference) id() string { return r.sender + "," + r.identifier }

// in is the id of the message in another than its main language; lang as
// [tongue] gives it.
func (r reference) in(lang string) string { return r.id() + "," + lang }

// maxReferences bounds what one message may name; the most seen is nine.
const maxReferences = 200

// references reads "sender,identifier,sent" triples separated by white space,
// with quotes around what holds white space (CAP 1.2, 3.2.1). An identifier may
// hold commas (a tag: URI does), which CAP forbids and publishers do.
func references(s, sender string) (out []reference) {
	seen := map[reference]bool{}
	for _, field := range quotedFields(s) {
		r := parseReference(strings.Trim(field, ", "), sender)
		if r.identifier == "" || seen[r] || len(out) == maxReferences {
			continue
		}
		seen[r] = true
		out = append(out, r)
	}
	return out
}

func parseReference(s, sender string) reference {
	parts := strings.Split(s, ",")
	for i, p := range parts {
		parts[i] = words(p)
	}
	switch last := len(parts) - 1; {
	case last >= 2 && isTime(parts[last]):
		return reference{parts[0], strings.Join(parts[1:last], ",")}
	case last >= 1:
		return reference{parts[0], strings.Join(parts[1:], ",")}
	case !strings.Contains(s, "://") && strings.Contains(s, "/"):
		// CAP 1.0: identifier/sender.
		id, from, _ := strings.Cut(s, "/")
		return reference{words(from), words(id)}
	}
	return reference{sender, words(s)}
}

// isTime tells a time sent from the end of an identifier with commas in it.
func isTime(s string) bool {
	return len(s) >= len("2006-01-02") && strings.Count(s[:10], "-") == 2 && s[0] >= '0' && s[0] <= '9'
}

// quotedFields splits s at white space outside double quotes. A quote without
// its fellow is passed over.
func quotedFields(s string) []string {
	if strings.Count(s, `"`)%2 == 1 {
		s = strings.ReplaceAll(s, `"`, "")
	}
	quoted := false
	fields := strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return unicode.IsSpace(r) && !quoted
	})
	for i, f := range fields {
		fields[i] = strings.ReplaceAll(f, `"`, "")
	}
	return fields
}

// words is s with its runs of white space made one space.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// language makes a declared language a tag. A message that declares none is in
// American English (CAP 1.2, 3.2.2), unless its source is said to be in another.
func language(declared string, src federation.Source) string {
	tag := strings.ReplaceAll(words(declared), "_", "-")
	if tag != "" && federation.ValidLanguage(tag) {
		return tag
	}
	if src.Language != "" {
		return src.Language
	}
	return "en-US"
}

// tongue is what tells the languages of one message apart: the language, and
// the script where it is written in two. Regions come and go between messages.
func tongue(tag string) string {
	parts := strings.Split(strings.ToLower(tag), "-")
	if len(parts) > 1 && len(parts[1]) == 4 {
		return parts[0] + "-" + parts[1]
	}
	return parts[0]
}

// usual are the languages of the hub's region. A message that supersedes others
// does not say in which languages those were.
var usual = []string{"fr", "nl", "de", "en", "es", "it", "eu"}
