package read

import (
	"testing"

	"golang.org/x/net/html/charset"
)

// TestGuess writes each text in its encoding and declares nothing.
func TestGuess(t *testing.T) {
	for label, texts := range map[string][]string{
		"windows-1252": {"é", "Kö", "Noël", "Trình", "Café", "Café – thé", "Travaux rue de l’Église", "Ça et là, des œuvres d’été : 5 €", "ÉTÉ À L'ÎLE",
			"Die Straße wird gesperrt, Bürgermeister läßt grüßen", "Año nuevo en la ciudad de Málaga, ¿qué?", "Coöperatie wijk, geïnteresseerd, één",
			"Città di Torino: attività, così è più", "Conseil communal du 12 février : la séance est publique, à l'hôtel de ville",
			"São Paulo município informação", "Rødgrød på Sjælland, blåbær", "Häälestus Ålands öar", "crème brûlée, Größe, año, København",
			"m² et n°5, «citation», 37½", "Übersicht für Bürger", "Donostiako Udala, Iruña"},
		"iso-8859-2":   {"Rada gminy zbierze się w piątek o godzinie dziewiątej", "Městský úřad oznamuje uzavírku silnice", "Önkormányzati ülés pénteken lesz, tűzoltók", "Łódź", "Výluka tramvají, šťastný nový rok"},
		"windows-1250": {"Rada gminy zbierze się w piątek o godzinie dziewiątej, świetlica", "Městský úřad oznamuje uzavírku silnice, příští týden šachy", "Łódź", "Gradska knjižnica šalje čestitke, ćevapi"},
	} {
		e, _ := charset.Lookup(label)
		for _, text := range texts {
			body, err := e.NewEncoder().Bytes([]byte("<rss><channel><item><title>" + text + "</title></item></channel></rss>"))
			if err != nil {
				continue // one letter of it is not in this encoding
			}
			if got, _ := Text(body, ""); got != "<rss><channel><item><title>"+text+"</title></item></channel></rss>" {
				t.Errorf("Text(%q in %s) = %q", text, label, got[len("<rss><channel><item><title>"):])
			}
		}
	}
}
