package csv

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation"

	"golang.org/x/text/unicode/norm"
)

// The fields that a column can be, as the region file spells them.
var fields = []string{"id", "title", "summary", "content", "url", "published", "updated", "expires", "start", "end", "type",
	"category", "author", "image", "attachment", "place", "address", "postal_code", "lat", "lon", "phone", "email", "hours", "language"}

// usual holds the headers that are recognised without a map: normal forms, see
// normal. The fields in capitals are parts of others; a region file cannot name
// them.
var usual = map[string]string{
	"id": "id identifiant identifier identificatie identifikator kennung guid uuid uid nummer numero objectid recordid",
	"title": "title titre titel name nom naam bezeichnung intitule benaming denomination libelle label omschrijvingkort " +
		"evenement evenementnaam veranstaltung event nomevenement eventname nometablissement nomdulieu",
	"summary": "summary resume samenvatting zusammenfassung chapo chapeau inleiding teaser abstract kurzbeschreibung kurztext " +
		"descriptioncourte shortdescription accroche extrait excerpt korteomschrijving kortebeschrijving",
	"content": "content contenu inhoud inhalt description beschrijving beschreibung omschrijving texte tekst text body details " +
		"descriptionlongue longdescription langebeschrijving corps",
	"url": "url link lien lienweb siteweb site website web webseite webadresse internet page adresseweb urlfiche permalink weblink href homepage",
	"published": "published publie publiele datepublication datedepublication publicatiedatum gepubliceerd veroffentlicht " +
		"veroeffentlicht veroffentlichungsdatum publicationdate publisheddate pubdate datedemiseenligne",
	"updated": "updated modified misajour datemiseajour datedemiseajour majle modifiele datemodification gewijzigd wijzigingsdatum " +
		"aktualisiert geandert stand anderungsdatum lastmodified modificationdate updatedat derniermaj dernieremiseajour",
	"expires": "expires expiration dateexpiration datefindepublication vervaldatum vervalt ablaufdatum gultigbis validuntil geldigtot expirydate finvalidite",
	"start":   "start debut datedebut datededebut begin begindatum startdatum beginn anfang startdate von from du dtstart datedebutevenement aanvang",
	"end":     "end fin datefin datedefin einde einddatum ende enddatum enddate bis to au until dtend tot totenmet",
	"type":    "type itemtype typecontenu contenttype",
	"category": "category categorie categorien kategorie kategorien categories rubrique rubriek rubrik theme thema themes themas themen " +
		"tags tag trefwoorden schlagworte schlagworter motscles keywords keyword",
	"author": "author auteur auteurs autor autoren authors verfasser redacteur organisateur organisator veranstalter organizer organiser herausgeber",
	"image":  "image photo foto bild afbeelding picture visuel vignette img imageurl urlimage illustration beeld",
	"attachment": "attachment attachments piecejointe piecesjointes fichier bijlage bijlagen anhang anlage datei document file pdf " +
		"documenturl download telechargement",
	"place": "place lieu plaats ort plek locatie location veranstaltungsort venue endroit nomlieu salle zaal saal locationname",
	"address": "address adresse adres anschrift adressecomplete fulladdress volledigadres adressepostale postaladdress postadresse " +
		"geoadresse vollstandigeadresse",
	"postal_code": "postalcode codepostal postcode postleitzahl plz cp zip zipcode postnummer postalcodes",
	"lat":         "lat latitude breedtegraad breitengrad breite geolat ycoord latitudewgs84",
	"lon":         "lon lng long longitude lengtegraad langengrad laengengrad lange geolon xcoord longitudewgs84",
	"phone":       "phone telephone tel telefoon telefon telefoonnummer telefonnummer numerodetelephone gsm mobile",
	"email":       "email mail courriel mailadresse emailadres emailadresse adressemail adresseemail",
	"hours": "hours openinghours horaires horairesouverture horairesdouverture heuresouverture heuresdouverture openingsuren openingstijden " +
		"offnungszeiten oeffnungszeiten",
	"language": "language langue taal sprache lang",

	"DATE":      "date datum jour dag dateheure datumzeit",
	"STARTTIME": "heure heuredebut heurededebut beginuur aanvangsuur starttijd uur tijd uhrzeit beginnuhrzeit startzeit starttime time",
	"ENDTIME":   "heurefin heuredefin einduur eindtijd endzeit endtime endeuhrzeit",
	"STREET":    "rue voie straat straatnaam strasse strase street nomrue streetname nomvoie",
	"NUMBER":    "numerorue huisnummer hausnummer housenumber numvoie streetnumber numeromaison",
	"LOCALITY":  "localite commune ville gemeente stad stadt gemeinde locality city town municipality woonplaats localiteit nomcommune plaatsnaam",
	"STATUS":    "statut status etat zustand toestand eventstatus statutevenement etatevenement statusevenement veranstaltungsstatus",
	"POINT":     "geopoint2d geopoint coordonnees coordinates coordinaten koordinaten latlon latlng geolocalisation geolocation geoshapecentroid",
}

// columns are the columns of each field, in the order they are asked. The
// first cell that says something is taken.
type columns map[string][]int

// columnsOf finds the columns of the fields by the map of the source, or by
// their headers when it has none. missing tells what the map names in vain.
func columnsOf(header []string, src federation.Source) (found columns, missing []string) {
	if len(src.Columns) == 0 {
		return recognise(header, src), nil
	}
	found = columns{}
	for _, field := range slices.Sorted(maps.Keys(src.Columns)) {
		name := src.Columns[field]
		at := slices.IndexFunc(header, func(h string) bool { return sameHeader(h, name) })
		switch {
		case !slices.Contains(fields, field):
			missing = append(missing, fmt.Sprintf("The region file names a column for %q, which is no field; the fields are %s.", field, strings.Join(fields, ", ")))
		case at < 0:
			missing = append(missing, fmt.Sprintf("The region file names the column %q for %s, which the table does not have.", name, field))
		default:
			found[field] = []int{at}
			if again := slices.IndexFunc(header[at+1:], func(h string) bool { return sameHeader(h, name) }); again >= 0 {
				missing = append(missing, fmt.Sprintf("The table has the header %q twice; the first is the %s.", name, field))
			}
		}
	}
	return found, missing
}

// sameHeader compares as people do who copy a header: white space and case do
// not count.
func sameHeader(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// isHeader reports whether the one filled cell of a row is a known header.
func isHeader(cells []string, src federation.Source) bool {
	header := names(cells)
	for _, name := range src.Columns {
		if slices.ContainsFunc(header, func(h string) bool { return sameHeader(h, name) }) {
			return true
		}
	}
	return len(recognise(header, src)) > 0
}

// recognise finds columns by their headers. A header that ends in a language,
// as in "titel_nl", stands behind one that does not, or before it when the
// source is in that language. A bare "date" is that of an event where the
// source is one of events, else that of publication.
func recognise(header []string, src federation.Source) columns {
	byName := map[string]string{}
	for field, list := range usual {
		for name := range strings.FieldsSeq(list) {
			byName[name] = field
		}
	}
	found := columns{}
	rank := make([]int, len(header))
	for i, h := range header {
		name, tongue := language(h)
		field := byName[normal(h)]
		if field == "" {
			if field = byName[name]; field != "" {
				rank[i] = 1
			}
			if base, _, _ := strings.Cut(src.Tongue(), "-"); tongue != "" && tongue == base {
				rank[i] = -1
			}
		}
		if field == "DATE" {
			field = "published"
			if src.Type == federation.EventItem || src.Type == federation.Meeting {
				field = "start"
			}
		}
		if field != "" {
			found[field] = append(found[field], i)
		}
	}
	for _, at := range found {
		slices.SortStableFunc(at, func(a, b int) int { return rank[a] - rank[b] })
	}
	return found
}

// language takes the language off the end of a header: "Titre (FR)", "name_nl".
func language(header string) (name, tongue string) {
	cut := strings.LastIndexFunc(strings.TrimRight(header, ") ]"), func(r rune) bool { return !unicode.IsLetter(r) })
	if cut < 0 {
		return normal(header), ""
	}
	switch tongue = normal(header[cut:]); tongue {
	case "fr", "nl", "de", "en":
		return normal(header[:cut]), tongue
	}
	return normal(header), ""
}

// normal is a header without case, accents, spaces and signs.
func normal(header string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(strings.ReplaceAll(header, "ß", "ss"))) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
