package ics

import (
	"html"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// TestNothingLost walks the shared calendars in a way of its own, line by
// line, and looks for every text in what was decoded.
func TestNothingLost(t *testing.T) {
	texts := 0
	for _, file := range sharedFiles(t) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Format().Decode(document(string(body), "en"))
		if err != nil {
			continue
		}
		all := said(d)
		inside := "" // the component, at any depth
		unfolded := strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(string(body))
		for line := range strings.SplitSeq(unfolded, "\n") {
			line = strings.TrimSpace(line)
			head, value, _ := strings.Cut(line, ":")
			name, _, _ := strings.Cut(head, ";")
			switch {
			case name == "BEGIN":
				inside = value
			case name == "END":
				inside = map[bool]string{true: "VEVENT"}[value == "VALARM"]
			case inside != "VEVENT" && inside != "VJOURNAL" || strings.Contains(head, `"`):
			case name == "SUMMARY", name == "DESCRIPTION", name == "LOCATION", name == "CATEGORIES", name == "URL", name == "CONTACT", name == "RESOURCES", name == "COMMENT":
				texts++
				for word := range strings.FieldsSeq(strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)) {
					if !strings.Contains(all, strings.Trim(word, ",")) {
						t.Errorf("%s: %s lost %q", file, name, word)
					}
				}
			}
		}
	}
	if texts < 200 {
		t.Errorf("%d texts were looked for, want hundreds", texts)
	}
}

func said(d federation.Decoded) string {
	var b strings.Builder
	for _, it := range d.Items {
		b.WriteString(it.Title + " " + it.URL + " " + strings.Join(it.Categories, " ") + " " + html.UnescapeString(it.Content.String()) + " " + markup.Text(it.Content.String()) + " ")
		if it.Place != nil {
			b.WriteString(it.Place.Name + " " + it.Place.Address + " ")
		}
	}
	return b.String()
}
