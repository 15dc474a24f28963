package demo

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// tableHeaders are those of an office that makes its own: the region file says
// which is what.
var tableHeaders = []string{"Réf.", "Établissement", "Rubriques", "En bref", "Rue et localité", "CP", "Nord", "Est", "Ouverture", "Contact", "Fiche", "Photo", "Relevé le"}

// table writes places as a spreadsheet in French exports them: semicolons, a
// byte order mark, lines ended as on Windows.
func table(_ *Region, v feedView) ([]byte, error) {
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	w.Comma, w.UseCRLF = ';', true
	rows := [][]string{tableHeaders}
	for _, it := range v.Items {
		lat, lon, _ := strings.Cut(it.Point, " ")
		decimal := strings.NewReplacer(".", ",")
		rows = append(rows, []string{
			it.Slug, it.Title, strings.Join(it.Tags, " | "), it.Text(), it.Address, postalCode(it.Address), decimal.Replace(lat), decimal.Replace(lon),
			it.Facts["hours"], it.Facts["mail"], it.URL, it.Image, it.Date.Format("02/01/2006 15:04"),
		})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// postalCode is that of "rue Haute 12, 5910 Sambre-sur-Orne".
func postalCode(address string) string {
	_, rest, _ := strings.Cut(address, ", ")
	code, _, _ := strings.Cut(rest, " ")
	return code
}
