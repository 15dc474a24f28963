package enrich

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

const (
	dutchText  = "De gemeente organiseert een informatievergadering over de heraanleg van de straat en het plein. Alle bewoners zijn welkom in de zaal."
	frenchText = "Les inscriptions pour la rentrée prochaine sont ouvertes jusqu'à la fin du mois auprès du service de la petite enfance."
	germanText = "Die Gemeinde lädt alle Bürgerinnen und Bürger zu einer Versammlung ein, in der über die Erneuerung der Straße gesprochen wird."
)

// TestOwnLanguage: a text that is long enough to be sure beats what its system
// declares; a title, a name, a quotation or a text in two languages does not.
func TestOwnLanguage(t *testing.T) {
	for _, c := range []struct{ declared, title, text, want string }{
		{"fr", "Heraanleg Kerkstraat", dutchText, "nl"},
		{"en-US", "Crèche", frenchText, "fr"},
		{"en", "Versammlung", germanText, "de"},
		{"de", "Crèche", frenchText, "fr"},
		{"nl-BE", "Versammlung", germanText, "de"},
		{"fr-BE", "Crèche", frenchText, "fr-BE"},
		{"en", "Pleno", "El pleno del ayuntamiento se reúne el próximo lunes en la casa consistorial para aprobar las cuentas de los barrios y la obra de la calle.", "es"},
		{"en", "Consiglio", "Il consiglio comunale si riunisce lunedì nella sala della biblioteca per discutere il bilancio e i lavori della strada che sono in corso.", "it"},
		{"fr", "Road works", "The road will be closed to all traffic from Monday until Friday, and there is a diversion for buses which have to use the bridge.", "en"},
		// A short title, a name, a quotation.
		{"en", "Fête de la Musique et de la Bière à la Grand-Place", "", "en"},
		{"en", "Café de la Gare", "Open all day.", "en"},
		{"en", "Conseil communal de la Ville de Bruxelles", "The council of the city met on Monday and adopted the «Plan communal de la nature et de la ville» with a large majority of its members.", "en"},
		{"fr", "Avis / Bericht", frenchText + " " + dutchText, "fr"},
		{"nl", "Avis / Bericht", dutchText + " " + frenchText, "nl"},
		// Languages that are near to one that is told, or are not known at all.
		{"lb", "Versammlung", "D'Gemeng invitéiert all d'Bierger op eng Versammlung, wou iwwer d'Strooss geschwat gëtt, déi vun der Kierch bis bei d'Schoul geet.", "lb"},
		{"ca", "Obres", "L'Ajuntament de la ciutat informa que el carrer de la Pau estarà tallat a partir de demà per les obres de la plaça amb motiu de la festa.", "ca"},
		{"pl", "Crèche", frenchText, "pl"},
		{"eu", "Bilera", "Udalak bilera bat egingo du datorren astean eta herritar guztiak gonbidatuta daude plazako lanei buruz hitz egiteko.", "eu"},
	} {
		it := federation.Item{Title: c.title, Content: markup.Sanitise("<p>"+c.text+"</p>", nil), Language: c.declared}
		if inLanguage(&it, federation.Source{}, ownWords(it.Title, &it, false), ""); it.Language != c.want {
			t.Errorf("%s declared, %q: %q, want %q", c.declared, c.title, it.Language, c.want)
		}
	}
}

// TestFixedLanguage: what the operator fixes is asked of nobody else.
func TestFixedLanguage(t *testing.T) {
	src := federation.Source{Language: "nl", LanguageFixed: true}
	for _, declared := range []string{"", "en", "fr-BE"} {
		it := federation.Item{Title: "Crèche", Summary: frenchText, Language: declared}
		if inLanguage(&it, src, ownWords(it.Title, &it, false), "de"); it.Language != "nl" {
			t.Errorf("%q declared: %q, want nl", declared, it.Language)
		}
	}
}

// TestShortSummary: where a summary says little, the text decides, and words
// that both have count once.
func TestShortSummary(t *testing.T) {
	it := federation.Item{Title: "Crèche", Summary: "Lire la suite", Content: markup.Sanitise("<p>"+frenchText+"</p>", nil), Language: "en"}
	if inLanguage(&it, federation.Source{}, ownWords(it.Title, &it, false), ""); it.Language != "fr" {
		t.Errorf("a text below a short summary: %q, want fr", it.Language)
	}
	it = federation.Item{Title: "Gare", Summary: "La rue est fermée", Content: markup.Sanitise("<p>La rue est fermée</p>", nil)}
	if got := ownWords(it.Title, &it, false); got != "Gare. La rue est fermée" {
		t.Errorf("ownWords = %q", got)
	}
}
