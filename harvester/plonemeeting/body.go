package plonemeeting

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plone/restapi"

	"github.com/PuerkitoBio/goquery"
)

// body writes the raw HTML of an item, still to be sanitised.
type body struct {
	b     strings.Builder
	facts strings.Builder
	lang  string
	base  *url.URL
}

// foreign is HTML from the document as a fragment by itself, without what
// must not be published.
func (b *body) foreign(raw string) string { return restapi.Balance(b.masked(raw), b.base) }

func (b *body) String() string { return b.b.String() }

func (b *body) raw(s string) { b.b.WriteString(s) }

func (b *body) row(key, raw string) {
	if raw != "" {
		b.facts.WriteString("<dt>" + html.EscapeString(b.word(key)) + "</dt><dd>" + raw + "</dd>")
	}
}

func (b *body) rows() {
	if b.facts.Len() > 0 {
		b.raw("<dl>" + b.facts.String() + "</dl>")
		b.facts.Reset()
	}
}

func (b *body) text(v any) { b.raw(b.foreign(restapi.Rich(v))) }

func (b *body) section(key string, v any) {
	if s := b.foreign(restapi.Rich(v)); s != "" {
		b.raw("<h2>" + html.EscapeString(b.word(key)) + "</h2>" + s)
	}
}

// struck marks who was absent for a point: PloneMeeting writes [[name]].
var struck = strings.NewReplacer("[[", "<s>", "]]", "</s>", "<strike>", "<s>", "</strike>", "</s>")

// people writes the parts of an assembly.
func (b *body) people(o restapi.Object, keys ...string) {
	for _, key := range keys {
		if s := b.foreign(struck.Replace(restapi.Rich(o[key]))); s != "" {
			b.raw("<h2>" + html.EscapeString(b.word(key)) + "</h2>" + s)
		}
	}
}

var anonymise = regexp.MustCompile(`(?i)pm-anonymi[sz]e`)

// masked takes out what is marked as personal data that must not be
// published. PloneMeeting does so itself when it is asked for the public text.
func (b *body) masked(raw string) string {
	if !anonymise.MatchString(raw) {
		return raw
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(raw))
	if err != nil {
		return ""
	}
	doc.Find("[class]").Each(func(_ int, s *goquery.Selection) {
		if class, _ := s.Attr("class"); anonymise.MatchString(class) {
			s.SetText("[" + b.word("masked") + "]")
		}
	})
	out, err := doc.Find("body").Html()
	if err != nil {
		return ""
	}
	return out
}

// word is a label in the language of the item: French, Dutch, German, else
// English.
func (b *body) word(key string) string {
	key = aliases.Replace(key)
	if k := common[key]; k != "" {
		return federation.Label(k, b.lang)
	}
	w, ok := words[key]
	if !ok {
		return restapi.Label(key, b.lang)
	}
	switch lang, _, _ := strings.Cut(strings.ToLower(b.lang), "-"); lang {
	case "fr":
		return w[0]
	case "nl":
		return w[1]
	case "de":
		return w[2]
	}
	return w[3]
}

// aliases bring the names that a field has had to one.
var aliases = strings.NewReplacer("formatted_itemAssembly", "assembly", "itemAssembly", "assembly",
	"assembly_absents", "assemblyAbsents", "assembly_excused", "assemblyExcused", "assembly_guests", "assemblyGuests",
	"assembly_proxies", "assemblyProxies", "assembly_staves", "assemblyStaves")

// common are the fields that federation.Label names, by its keys.
var common = map[string]string{"assembly": "present", "number": "number", "reference": "reference", "agenda": "agenda"}

var words = map[string][4]string{
	"accepted":                  {"Accepté", "Goedgekeurd", "Angenommen", "Accepted"},
	"accepted_but_modified":     {"Accepté et modifié", "Goedgekeurd met wijzigingen", "Mit Änderungen angenommen", "Accepted with changes"},
	"adopted":                   {"Adopté", "Aangenomen", "Angenommen", "Adopted"},
	"assemblyAbsents":           {"Absents", "Afwezig", "Abwesend", "Absent"},
	"assemblyExcused":           {"Excusés", "Verontschuldigd", "Entschuldigt", "Excused"},
	"assemblyGuests":            {"Invités", "Genodigden", "Gäste", "Guests"},
	"assemblyProxies":           {"Procurations", "Volmachten", "Vollmachten", "Proxies"},
	"assemblyStaves":            {"Personnel", "Personeel", "Personal", "Staff"},
	"custom":                    {"Informations", "Informatie", "Informationen", "Information"},
	"delayed":                   {"Reporté", "Uitgesteld", "Vertagt", "Postponed"},
	"extraordinary":             {"Séance extraordinaire", "Buitengewone zitting", "Außerordentliche Sitzung", "Extraordinary session"},
	"marked_not_applicable":     {"Non applicable", "Niet van toepassing", "Nicht anwendbar", "Not applicable"},
	"masked":                    {"texte masqué, données personnelles", "verborgen tekst, persoonsgegevens", "verborgener Text, personenbezogene Daten", "hidden text, personal data"},
	"meetingNumber":             {"Numéro de séance", "Nummer van de zitting", "Nummer der Sitzung", "Meeting number"},
	"point":                     {"Point", "Punt", "Punkt", "Item"},
	"postponed_next_meeting":    {"Reporté à la prochaine séance", "Uitgesteld tot de volgende zitting", "Auf die nächste Sitzung vertagt", "Postponed to the next meeting"},
	"publicMeetingObservations": {"Observations", "Opmerkingen", "Bemerkungen", "Remarks"},
	"refused":                   {"Rejeté", "Verworpen", "Abgelehnt", "Rejected"},
	"removed":                   {"Retiré", "Ingetrokken", "Zurückgezogen", "Withdrawn"},
	"signatures":                {"Signatures", "Handtekeningen", "Unterschriften", "Signatures"},
	"transfered":                {"Transféré", "Overgedragen", "Übertragen", "Transferred"},
	"votes":                     {"Votes", "Stemmen", "Abstimmung", "Votes"},
}
