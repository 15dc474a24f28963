package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

// wordCase is a query and what it has to find: the items of want, which stand
// before all others, or nothing. not are items that it may not find.
type wordCase struct {
	query, want, not string
}

// TestWordsAsPeopleWriteThem: the many ways in which one name, number or
// compound is written are one to a reader. Every case has three siblings or
// more in each of four languages; all items lie in one hub, harvested from feeds.
func TestWordsAsPeopleWriteThem(t *testing.T) {
	h := wordsHub(t)
	for _, c := range []struct {
		kind  string
		cases []wordCase
	}{
		{"saints", []wordCase{
			{"st rémy", "remy", ""}, {"St-Remy", "remy", ""}, {"st. remy", "remy", ""}, {"ste anne", "anne", ""}, {"Ste. Anne", "anne", ""}, {"église st étienne", "etienne", ""}, {"saint remy", "remy", ""},
			{"st truiden", "truiden", ""}, {"St. Anna", "anna", ""}, {"St-Pietersplein", "pieters", ""}, {"Sint Truiden", "truiden", ""},
			{"Sankt Martin", "martin", ""}, {"St. Georg", "georg", ""}, {"sankt ingbert", "ingbert", ""}, {"St Martin", "martin", ""},
			{"st john's hall", "john", ""}, {"Saint Peter's Square", "peter", ""}, {"saint andrew's day", "andrew", ""}, {"St. Peter’s Square", "peter", ""},
		}},
		{"compounds", []wordCase{
			{"rendezvous jardin", "rdv", ""}, {"autoécole", "autoecole", ""}, {"micro crèche", "microcreche", ""}, {"microcrèche", "microcreche", ""}, {"co-voiturage", "covoiturage", ""},
			{"verlichting", "verlichting", ""}, {"stalling", "stalling", ""}, {"fietsen stalling", "stalling", ""}, {"belasting", "gembel", ""}, {"gemeente belasting", "gembel", ""},
			{"Sperrung", "sperrung", ""}, {"Wohnheim", "wohnheim", ""}, {"Senioren Wohnheim", "wohnheim", ""}, {"Ferien-Programm", "ferienprogramm", ""}, {"Feuerwehr-Haus", "feuerwehr", ""}, {"Programm", "ferienprogramm", ""},
			{"hof", "wertstoffhof", ""}, {"Wertstoff Hof", "wertstoffhof", ""}, {"Amt", "buergeramt", ""}, {"Wahl", "wahl", ""}, {"Müll", "sperrmuell", ""},
			{"vuil", "grofvuil", ""}, {"bad", "zwembad", ""}, {"grof vuil", "grofvuil", ""}, {"pad", "fietspad", ""},
			{"play ground", "playground", ""}, {"foot path", "footpath", ""}, {"streetlights", "lights", ""}, {"foot-path", "footpath", ""},
		}},
		{"telephone numbers", []wordCase{
			{"042223344", "telfr", ""}, {"+32 4 222 33 44", "telfr", ""}, {"04 222 33 44", "telfr", ""}, {"04/222 33 44", "telfr", ""},
			{"034556677", "telnl", ""}, {"+32 3 455 66 77", "telnl", ""}, {"03 455.66.77", "telnl", ""},
			{"08711234567", "telde", ""}, {"+49 871 1234567", "telde", ""}, {"0871 123 45 67", "telde", ""},
			{"02079460999", "telen", ""}, {"+44 20 7946 0999", "telen", ""}, {"020-7946-0999", "telen", ""},
		}},
		{"dots of abbreviations", []wordCase{
			{"élagag.", "elagage", ""}, {"inscript.", "inscription", ""}, {"place Ste-Anne", "anne", ""}, {"bd Tirou", "boulevard", ""},
			{"Kerkstr.", "kerkstraat", ""}, {"Kerkstr. 4", "kerkstraat", ""}, {"fietsenst.", "stalling", ""}, {"straatverl.", "verlichting", ""},
			{"Gartenstr.", "garten", ""}, {"Gartenstr. 3", "garten", ""}, {"Feuerwehrh.", "feuerwehr", ""},
			{"allotm.", "allotment", ""}, {"High St.", "high", ""}, {"playgr.", "playground", ""},
		}},
		{"numbers and letters", []wordCase{
			{"ligne 12 b", "ligne", ""}, {"12b", "ligne", ""}, {"N 4", "n4", ""}, {"2 e étage", "etage", ""},
			{"lijn 45 a", "lijn", ""}, {"45A", "lijn", ""}, {"E 40", "e40", ""}, {"1 ste communie", "communie", ""},
			{"Linie 7 b", "linie", ""}, {"B 12", "b12", ""}, {"Hausnummer 14 a", "hausnr", ""},
			{"route 9 c", "route", ""}, {"M 25", "m25", ""}, {"flat 4 b", "flat", ""},
			{"R 3", "rocade", ""}, {"r3", "rocade", ""}, {"covid19", "covid", ""}, {"covid 19", "covid", ""}, {"30km/h", "zone30", ""}, {"30 km/h", "zone30", ""},
			{"F 1", "fietspad", ""}, {"7,5t", "lkw", ""}, {"7,5 t", "lkw", ""}, {"SW1A2AA", "postcode", ""}, {"sw1a 2aa", "postcode", ""},
		}},
		{"dates", []wordCase{
			{"1/3/2026", "conseil mars", ""}, {"01.03.2026", "conseil mars", ""}, {"1 mars 2026", "conseil mars", ""}, {"1er mars 2026", "conseil mars", ""},
			{"1/4/2026", "gemeenteraad", ""}, {"1 april 2026", "gemeenteraad", ""}, {"2026-04-01", "gemeenteraad", ""},
			{"1.5.2026", "ratssitzung", ""}, {"1. Mai 2026", "ratssitzung", ""}, {"01/05/2026", "ratssitzung", ""},
			{"1/6/2026", "cabinet", ""}, {"1 June 2026", "cabinet", ""}, {"June 1, 2026", "cabinet", ""}, {"1st June 2026", "cabinet", ""},
		}},
		{"ordinals", []wordCase{
			{"1 mars", "mars", ""}, {"3 foulée", "foulee", ""}, {"3ème foulée", "foulee", ""}, {"3 de editie", "editie", ""}, {"3e editie", "editie", ""}, {"2nd round", "round", ""}, {"2 round", "round", ""},
		}},
		{"acronyms", []wordCase{
			{"onem", "onem", ""}, {"O.N.E.M.", "onem", ""}, {"ONEM", "onem", ""}, {"CPAS", "cpas", ""}, {"c.p.a.s", "cpas", ""}, {"C. P. A. S.", "cpas", ""},
			{"ocmw", "ocmw", ""}, {"O.C.M.W.", "ocmw", ""}, {"O. C. M. W.", "ocmw", ""}, {"e.V.", "verein", ""}, {"e. V.", "verein", ""}, {"eV", "verein", ""},
			{"NHS", "nhs", ""}, {"N.H.S.", "nhs", ""}, {"n.h.s", "nhs", ""},
		}},
		{"what is asked in everyday words", []wordCase{
			{"où puis-je garer ma voiture", "riverain", ""}, {"quand ouvre la bibliothèque", "bibli", ""}, {"bieb", "bieb", ""}, {"I had a baby", "birth", ""},
		}},
		{"quotes and minus", []wordCase{
			{`"encombrants des collecte"`, "", "ramassage fer"}, {`"collecte des métaux"`, "fer", "ramassage"}, {`collecte -métaux`, "ramassage", "fer"}, {`collecte -"des métaux"`, "ramassage", "fer"},
			{`"zone blauwe"`, "", "zone"}, {`"blauwe zone"`, "zone", ""}, {`inzameling -papier`, "inzglas", "inzpapier"}, {`«blauwe zone»`, "zone", ""},
			{`"Tonne gelbe"`, "", "gelbe"}, {`„gelbe Tonne“`, "gelbe", ""}, {`Sammlung -Altpapier`, "samglas", "sampapier"}, {`"gelbe Tonne" -Sack`, "gelbe", ""},
			{`"tax council"`, "", "counciltax"}, {`"council tax"`, "counciltax", ""}, {`collection -paper`, "colglass", "colpaper"}, {`“council tax”`, "counciltax", ""},
			{`collecte –métaux`, "ramassage", "fer"}, {`inzameling −papier`, "inzglas", "inzpapier"}, {`Sammlung –Altpapier`, "samglas", "sampapier"}, {`collection −paper`, "colglass", "colpaper"},
		}},
		{"signs", []wordCase{{"🎃", "citrouille", ""}, {"🚲", "stalling", ""}, {"🎅", "nikolaus", ""}, {"🐶", "dogs", ""}, {"🎃 halloween", "citrouille", ""}, {"☎", "telde", ""}}},
	} {
		t.Run(c.kind, func(t *testing.T) {
			for _, tt := range c.cases {
				h.wantWords(t, tt)
			}
		})
	}
}

func (h *trustHub) wantWords(t *testing.T, c wordCase) {
	t.Helper()
	found := h.ids(t, c.query)
	want := strings.Fields(c.want)
	for _, id := range want {
		if !slices.Contains(found[:min(len(want), len(found))], id) {
			t.Errorf("%q finds %v, want %s first", c.query, found[:min(6, len(found))], c.want)
			break
		}
	}
	if c.want == "" && len(found) > 0 {
		t.Errorf("%q finds %v, want nothing", c.query, found)
	}
	for _, id := range strings.Fields(c.not) {
		if slices.Contains(found, id) {
			t.Errorf("%q finds %v, want it without %s", c.query, found, id)
		}
	}
}

// wordsHub is a hub of four municipalities of four languages.
func wordsHub(t *testing.T) *trustHub {
	site := newSite(t)
	yaml := "members:\n"
	for _, lang := range []string{"fr", "nl", "de", "en"} {
		yaml += fmt.Sprintf("  - {slug: %s, kind: commune, name: %s, languages: [%s], sources: [{slug: s, url: '%s/%s.json', format: feed}]}\n", lang, strings.ToUpper(lang), lang, site.URL, lang)
		site.publisher.put("/"+lang+".json", bytesOf("application/feed+json", jsonFeed(t, lang, site.URL, wordItems[lang])))
	}
	h := newTrustHub(t, yaml)
	h.harvest()
	return h
}

func jsonFeed(t *testing.T, lang, base string, items [][3]string) string {
	t.Helper()
	type entry struct {
		ID      string `json:"id"`
		URL     string `json:"url"`
		Title   string `json:"title"`
		Content string `json:"content_html"`
		Date    string `json:"date_published"`
	}
	entries := make([]entry, len(items))
	for i, it := range items {
		entries[i] = entry{it[0], base + "/" + it[0], it[1], "<p>" + it[2] + "</p>", fmt.Sprintf("2026-10-%02dT09:00:00Z", i%28+1)}
	}
	b, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": lang, "language": lang, "items": entries})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// wordItems are what the municipalities publish: id, title, text.
var wordItems = map[string][][3]string{
	"fr": {
		{"remy", "Travaux de voirie à Saint-Rémy", "La chaussée est fermée deux semaines."}, {"anne", "Fête patronale place Sainte-Anne", "Fanfare et cortège."},
		{"etienne", "L'église Saint-Étienne rouvre", "La toiture est refaite."}, {"rdv", "Rendez-vous au jardin", "Visite guidée des serres."},
		{"autoecole", "Une auto-école s'installe rue Haute", "Leçons dès mars."}, {"microcreche", "Ouverture d'une micro-crèche", "Douze places pour les tout-petits."},
		{"covoiturage", "Aire de covoiturage agrandie", "Vingt places de plus."}, {"telfr", "Service des eaux : nouveau numéro", "Appelez le 04/222.33.44 en cas de fuite."},
		{"elagage", "Élagage des platanes", "Les équipes passent en février."}, {"inscription", "Inscription aux plaines de jeux", "Formulaire à remettre avant Pâques."},
		{"boulevard", "Boulevard Tirou : nouveaux arbres", "Plantation de tilleuls."}, {"ligne", "Ligne 12b : horaires d'été", "Le bus circule jusqu'à minuit."},
		{"n4", "Route N4 : radar déplacé", "Limite abaissée."}, {"etage", "Le service social déménage au 2e étage", "Ascenseur à gauche."},
		{"ramassage", "Collecte des encombrants", "Inscription obligatoire."}, {"fer", "Collecte des métaux", "Une benne attend au dépôt."},
		{"citrouille", "🎃 Halloween au parc", "Concours de citrouilles."}, {"budgetfr", "Le budget est voté", "Les recettes couvrent les dépenses."},
		{"rocade", "Déviation par la rocade", "Suivez la R3 puis la sortie 33."}, {"sortie", "Sortie 33 fermée", "Trois semaines."}, {"covid", "Covid-19 : centre de vaccination", "Sans rendez-vous."},
		{"zone30", "La zone 30 km/h s'étend", "Radars préventifs."}, {"conseil", "Conseil communal du 01/03/2026", "Ordre du jour."}, {"mars", "Rencontre des aînés", "Le 1er mars 2026 à 14 h."},
		{"bis", "Permis unique au n° 13 bis", "Réclamations avant le 4 juin 2026."}, {"foulee", "3e Foulée des remparts", "Départ place du Marché."}, {"onem", "O.N.Em. : un bureau à la gare", "Pointage."},
		{"cpas", "Le C.P.A.S. aide au chauffage", "Fonds mazout."}, {"riverain", "Carte de stationnement riverain", "Disque obligatoire."}, {"bibli", "Bibliothèque : nouveaux horaires", "De midi à 18 h."},
		{"ouvre", "Un café ouvre rue Haute", "Terrasse."},
	},
	"nl": {
		{"truiden", "Avondmarkt in Sint-Truiden", "Streekproducten en muziek."}, {"anna", "Kapel van Sint-Anna gerestaureerd", "Opendeurdag in mei."},
		{"pieters", "Heraanleg van het Sint-Pietersplein", "Meer bomen, minder auto's."}, {"verlichting", "Straatverlichting gedoofd na middernacht", "Besparing van tien procent."},
		{"stalling", "🚲 Nieuwe fietsenstalling aan het station", "Plaats voor tweehonderd fietsen."}, {"gembel", "Gemeentebelastingen blijven gelijk", "De aanslag volgt in juni."},
		{"telnl", "Wachtdienst water", "Bel 03-455 66 77 bij een lek."}, {"kerkstraat", "Kerkstraat wordt fietsstraat", "Auto's mogen niet inhalen."},
		{"lijn", "Lijn 45a rijdt om", "De halte aan de school vervalt."}, {"e40", "Hinder op de E40", "Nachtwerk aan de brug."}, {"communie", "1ste communie: zaal reserveren", "Reserveer voor april."},
		{"zone", "Blauwe zone in het centrum", "Parkeerschijf verplicht."}, {"inzpapier", "Inzameling van papier", "Elke eerste woensdag."}, {"inzglas", "Inzameling van glas", "Elke tweede woensdag."},
		{"raadnl", "Verslag van de raad", "Alle punten zijn goedgekeurd."},
		{"grofvuil", "Grofvuil wordt opgehaald", "Op afspraak."}, {"zwembad", "Zwembad weer open", "Vanaf zeven uur."}, {"fietspad", "Fietspad F1 klaar", "Langs de vaart."},
		{"gemeenteraad", "Zitting van 1 april 2026", "Agenda online."}, {"editie", "Schuttersfeest: 3de editie", "Op het plein."}, {"ocmw", "O.C.M.W. verhuist", "Nieuw loket."}, {"bieb", "De bibliotheek leest voor", "Op woensdag."},
	},
	"de": {
		{"martin", "Konzert in St. Martin", "Orgel und Chor."}, {"georg", "Basar in Sankt Georg", "Der Erlös geht an die Tafel."}, {"ingbert", "Straßenmusik in St. Ingbert", "Acht Gruppen spielen."},
		{"sperrung", "Straßensperrung im Gewerbegebiet Ost", "Umleitung ist ausgeschildert."}, {"wohnheim", "Richtfest am Seniorenwohnheim", "Einzug im Herbst."},
		{"ferienprogramm", "Sommerferienprogramm erschienen", "Über fünfzig Angebote."}, {"feuerwehr", "Feuerwehrhaus wird erweitert", "Zwei neue Tore."},
		{"telde", "☎ Störungsdienst der Stadtwerke", "Rufnummer 0871 / 123-4567, Tag und Nacht."}, {"garten", "Gartenstraße: Kanal erneuert", "Anwohner parken am Friedhof."},
		{"linie", "Linie 7b hält nicht am Markt", "Ersatzhalt am Rathaus."}, {"b12", "Ausbau der B12 beginnt", "Zwei Fahrstreifen mehr."}, {"hausnr", "Neue Hausnummer 14a vergeben", "Schild beim Bauamt abholen."},
		{"gelbe", "Gelbe Tonne kommt später", "Leerung am Montag."}, {"sampapier", "Sammlung von Altpapier", "Der Verein holt es ab."}, {"samglas", "Sammlung von Altglas", "Container am Sportplatz."},
		{"nikolaus", "🎅 Nikolaus am Brunnen", "Nüsse für alle Kinder."}, {"ratde", "Aus dem Stadtrat", "Der Etat ist verabschiedet."},
		{"wertstoffhof", "Wertstoffhof öffnet samstags", "Auch Altholz."}, {"buergeramt", "Bürgeramt zieht um", "Neue Anschrift."}, {"wahl", "Oberbürgermeisterwahl im Mai", "Stimmzettel kommen."}, {"sperrmuell", "Sperrmüll anmelden", "Online."},
		{"lkw", "Fahrverbot ab 7,5 t", "Ortsdurchfahrt."}, {"ratssitzung", "Sitzung am 01.05.2026", "Tagesordnung."}, {"verein", "Liederkranz e. V. singt", "Eintritt frei."},
	},
	"en": {
		{"john", "Repairs at Saint John's Hall", "The roof is being replaced."}, {"peter", "Book fair in St Peter's Square", "Stalls open at nine."}, {"andrew", "St. Andrew's Day parade", "Pipers lead the way."},
		{"playground", "Playground reopens", "New swings and a slide."}, {"footpath", "Footpath along the canal closed", "Use the towpath opposite."}, {"lights", "Street lights go LED", "Half the energy."},
		{"telen", "Water emergency line", "Ring 020 7946 0999 about leaks."}, {"allotment", "Allotments: join the waiting list", "Plots from April."}, {"high", "High Street market moves", "Stalls are in the car park."},
		{"route", "Route 9c changes", "Buses leave ten minutes later."}, {"m25", "M25 closed overnight", "Bridge inspection."}, {"flat", "Flat 4b to let", "Council homes this week."},
		{"counciltax", "Council tax bills are out", "Pay in ten instalments."}, {"colpaper", "Collection of paper", "Every other Monday."}, {"colglass", "Collection of glass", "Every other Tuesday."},
		{"dogs", "🐶 Dog show on the green", "Prizes for the best tail."}, {"minutes", "Minutes published", "Read what was decided."},
		{"postcode", "Flooding in SW1A 2AA", "Sandbags."}, {"cabinet", "Cabinet meets on 1 June 2026", "Agenda."}, {"round", "Grants: 2nd round opens", "Apply online."}, {"nhs", "N.H.S. walk-in centre", "No appointment."},
		{"birth", "Register a birth", "Within 42 days."},
	},
}

// TestTrialsOfWords asks the shared trials what their notes say is right.
func TestTrialsOfWords(t *testing.T) {
	shared := shareddata.Dir(t, "trials", "hub")
	for _, c := range []struct {
		folder string
		cases  []wordCase
	}{
		{"09-*", []wordCase{{"st vaast", "vaast", ""}, {"St-Vaast", "vaast", ""}, {"st. vaast", "vaast", ""}, {"ste ode", "ste", ""}, {"Sankt Michael", "st", ""}}},
		{"10-*", []wordCase{{"Spielplatz", "spiel", ""}, {"Kalender", "muell", ""}, {"Abfuhr", "muell", ""}, {"Wasserversorgung", "wasser", ""}, {"Steuer", "hund", ""},
			{"Bürger Büro", "buerger", ""}, {"Kinder-Spielplatz", "spiel", ""}, {"stadt park", "spiel", ""}, {"Müll", "muell", ""}, {"Musiksammlung", "musik", ""}}},
		{"11-*", []wordCase{{"071004567", "cpas", ""}, {"+32 71 00 45 67", "cpas", ""}, {"071/00.45.67", "cpas", ""}, {"004567", "cpas", ""}}},
		{"12-*", []wordCase{{"encombr.", "enc5060 enc5061", ""}, {"piscin.", "piscine", ""}, {"pass.", "passeport", ""}}},
		{"13-*", []wordCase{{"63 a", "bus", ""}, {"63a", "bus", ""}, {"A 4", "a4", ""}, {"a4", "a4", ""}, {"1 er mai", "mai", ""}, {"1er mai", "mai", ""}}},
		{"14-*", []wordCase{{`"encombrants des collecte"`, "", ""}, {"encombrants -5061", "enc5060", "enc5061"}, {`"collecte des encombrants"`, "enc5060 enc5061", ""}}},
		{"16-*", []wordCase{{"🎄", "noel", ""}}},
	} {
		t.Run(c.folder, func(t *testing.T) {
			site, yaml := newSite(t), "members:\n"
			for _, lang := range []string{"fr", "de"} {
				files, err := filepath.Glob(filepath.Join(shared, c.folder, lang+".json"))
				if err != nil {
					t.Fatal(err)
				}
				for _, file := range files {
					b, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					site.publisher.put("/"+lang+".json", bytesOf("application/feed+json", string(b)))
					yaml += fmt.Sprintf("  - {slug: %s, kind: commune, name: %s, languages: [%s], sources: [{slug: s, url: '%s/%s.json', format: feed}]}\n", lang, lang, lang, site.URL, lang)
				}
			}
			h := newTrustHub(t, yaml)
			h.harvest()
			if n := len(h.list("")); n < 10 {
				t.Fatalf("%d items harvested", n)
			}
			for _, tt := range c.cases {
				h.wantWords(t, tt)
			}
		})
	}
}
