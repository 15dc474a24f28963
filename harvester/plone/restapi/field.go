package restapi

import (
	"cmp"
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

var (
	uid     = regexp.MustCompile(`^[0-9a-f]{32}$`)
	isoDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$`)
)

// maxRows bounds the rows of one grid.
const maxRows = 500

// field writes one field by the form of its value.
func (d *details) field(key string, v any) {
	label := Label(key, d.r.lang)
	switch v := v.(type) {
	case nil:
	case bool:
		if _, named := labels[key]; v && (named || common[key] != "") { // a site's own switches mean nothing without their words
			d.row(label, html.EscapeString(Label("yes", d.r.lang)))
		}
	case string, json.Number:
		if s := lines(scalar(v)); s != "" && !uid.MatchString(s) {
			d.row(label, d.r.value(s))
		}
	case []any:
		d.list(label, v)
	default:
		d.object(key, label, object(v))
	}
}

// value is a text with what it is: a link, a date, or words.
func (r *reading) value(s string) string {
	switch {
	case strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://"):
		if !strings.ContainsAny(s, " \n") {
			return read.Anchor(s, s)
		}
	case isoDate.MatchString(s):
		return Date(s, r.home)
	case mail.MatchString(s):
		return `<a href="mailto:` + html.EscapeString(s) + `">` + html.EscapeString(s) + "</a>"
	}
	return breaks(s)
}

var mail = regexp.MustCompile(`^[^\s@<>"']+@[^\s@<>"']+\.[A-Za-z]{2,}$`)

// Date is a date in ISO 8601 as people of the language write it, as HTML; a
// text that is no date stays as it is.
func Date(s string, home Home) string {
	t, ok := dates.Parse(s, home.Lang, home.Zone)
	if !ok {
		return html.EscapeString(s)
	}
	layout, clock := "2006-01-02", " 15:04"
	switch lang, _, _ := strings.Cut(strings.ToLower(home.Lang), "-"); lang {
	case "fr", "nl":
		layout = "02/01/2006"
	case "de":
		layout = "02.01.2006"
	}
	if len(s) == len("2006-01-02") {
		return `<time datetime="` + html.EscapeString(s) + `">` + t.Format(layout) + "</time>"
	}
	return `<time datetime="` + html.EscapeString(s) + `">` + t.In(home.Zone).Format(layout+clock) + "</time>"
}

func (d *details) list(label string, list []any) {
	if len(objects(list)) < len(list) || len(list) == 0 {
		var parts []string
		for _, s := range texts(list) {
			if !uid.MatchString(s) {
				parts = append(parts, s)
			}
		}
		d.row(label, html.EscapeString(strings.Join(parts, ", ")))
		return
	}
	rows := objects(list)
	switch o := rows[0]; {
	case isImage(o) || isFile(o):
		for _, o := range rows {
			d.object("", label, o)
		}
	case o.Raw("@id") != "":
		d.section(label, d.links(rows))
	case o.Has("token") || len(o) == 1 && o.Has("title"):
		d.row(label, html.EscapeString(strings.Join(texts(list), ", ")))
	default:
		d.section(label, d.r.grid(rows[:min(len(rows), maxRows)]))
	}
}

// links lists objects that another one points to. Not those that are private:
// plone.restapi (10.0.4, serializer/relationfield.py) tells of the target of a
// relation without asking whether the reader may see it, so here alone the
// state is what there is to go by, and the link would end at a log-in.
func (d *details) links(rows []Object) string {
	var b strings.Builder
	for _, o := range rows {
		if to := d.r.resolve(o.Raw("@id")); to != "" && o.Raw("review_state") != "private" {
			b.WriteString(`<li><a href="` + html.EscapeString(to) + `">` + html.EscapeString(cmp.Or(o.Text("title"), to)) + "</a></li>")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "<ul>" + b.String() + "</ul>"
}

// grid writes a list of rows (collective.z3cform.datagridfield) as a table.
func (r *reading) grid(rows []Object) string {
	var columns []string
	for _, row := range rows {
		for key, v := range row {
			if scalar(v) != "" && !technical(key) && !slices.Contains(columns, key) && len(columns) < 50 {
				columns = append(columns, key)
			}
		}
	}
	if len(columns) == 0 {
		return ""
	}
	slices.Sort(columns)
	var b strings.Builder
	b.WriteString("<table><thead><tr>")
	for _, c := range columns {
		b.WriteString("<th>" + html.EscapeString(Label(c, r.lang)) + "</th>")
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range rows {
		b.WriteString("<tr>")
		for _, c := range columns {
			b.WriteString("<td>" + r.value(lines(scalar(row[c]))) + "</td>")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func (d *details) object(key, label string, o Object) {
	switch {
	case len(o) == 0:
	case isImage(o):
		d.r.addPicture(d.r.picture(o), "")
	case isFile(o):
		d.r.attach(d.r.file(o))
	case o.Raw("data") != "" && o.Has("content-type"):
		d.section(label, d.r.rich(map[string]any(o)))
	case o.Has("content-type"):
	case o.Raw("@id") != "":
		d.section(label, d.links([]Object{o}))
	case o.Has("token") || o.Has("title"):
		d.row(label, html.EscapeString(plain(scalar(map[string]any(o)))))
	case o.Has("blocks"):
		d.section(label, d.r.pageOf(o))
	default:
		if raw := d.r.grid([]Object{o}); raw != "" {
			d.section(label, raw)
		} else if hasText(o) {
			d.r.warn("has a field " + plain(key) + " in a form not known here; it was left out")
		}
	}
}

// hasText reports whether there is any word in v that could be lost.
func hasText(v any) bool {
	switch v := v.(type) {
	case string:
		return none(v) != ""
	case []any:
		return slices.ContainsFunc(v, hasText)
	}
	for _, v := range object(v) {
		if hasText(v) {
			return true
		}
	}
	return false
}
