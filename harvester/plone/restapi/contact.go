package restapi

import (
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// contacts writes phones, mails and urls of imio.directory.core: lists of
// {label, type, number | mail_address | url}.
func (d *details) contacts(o Object) {
	for _, row := range o.Objects("phones") {
		number := row.Text("number")
		d.contact("phones", row, number, "tel:"+dial(number))
	}
	for _, row := range o.Objects("mails") {
		address := row.Text("mail_address")
		d.contact("mails", row, address, "mailto:"+address)
	}
	for _, row := range o.Objects("urls") {
		address := row.Text("url")
		d.contact("urls", row, address, address)
	}
}

// contact writes one way to reach somebody, named by its kind and label:
// "Téléphone (Travail, Secrétariat)".
func (d *details) contact(kind string, row Object, text, to string) {
	if text == "" {
		return
	}
	label, more := Label(kind, d.r.lang), []string(nil)
	if t := row["type"]; scalar(t) != "" {
		name := plain(scalar(t))
		if _, token := t.(string); token {
			name = Label(name, d.r.lang)
		}
		if kind == "urls" {
			label = name
		} else {
			more = append(more, name)
		}
	}
	if l := row.Text("label"); l != "" {
		more = append(more, l)
	}
	if len(more) > 0 {
		label += " (" + strings.Join(more, ", ") + ")"
	}
	d.row(label, read.Anchor(to, text))
}

// dial keeps of a number what a telephone dials.
func dial(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}
