package dates

import "strings"

// months holds, per language, the months from January on: full name, then the
// abbreviations seen, without accents and full stops.
var months = map[string][12]string{
	"fr": {"janvier janv jan", "fevrier fevr fev feb", "mars mar", "avril avr", "mai", "juin jun", "juillet juil jul", "aout aou", "septembre sept sep", "octobre oct", "novembre nov", "decembre dec"},
	"de": {"januar janner jan jaen", "februar feber feb", "marz maerz mrz mar", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez"},
	"nl": {"januari jan", "februari feb febr", "maart mrt maa", "april apr", "mei", "juni jun", "juli jul", "augustus aug", "september sept sep", "oktober okt", "november nov", "december dec"},
	"es": {"enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago", "septiembre setiembre sept sep set", "octubre oct", "noviembre nov", "diciembre dic"},
	"it": {"gennaio gen genn", "febbraio feb febb febbr", "marzo mar", "aprile apr", "maggio mag magg", "giugno giu", "luglio lug", "agosto ago ag", "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic"},
	"eu": {"urtarrila urtarril urt", "otsaila otsail ots", "martxoa martxo mar", "apirila apiril api", "maiatza maiatz mai", "ekaina ekain eka", "uztaila uztail uzt", "abuztua abuztu abu", "iraila irail ira", "urria urri urr", "azaroa azaro aza", "abendua abendu abe"},
	"en": {"january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"},
}

// weekdays holds every name and abbreviation of a day of the week. Which day
// it is does not matter: the date says it.
var weekdays = words(`lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
	montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so mon don die mit son
	maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo maa din woe vri zat zon
	lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom lu mi ju vi do x
	lunedi martedi mercoledi giovedi venerdi sabato domenica gio
	astelehena asteartea asteazkena osteguna ostirala larunbata igandea astelehen astearte asteazken ostegun ostiral larunbat igande al ar az og or lr ig
	monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun`)

// fillers are the words that join the parts of a date, and those that are set
// before it on web pages.
var fillers = words(`le a de du del des el la las il l den der am um uhr op om van vom at on the of alle ore ora h hs hrs u uur heures heure horas hora min mn kl o clock
	und et e en y and er re eme º ean etan tik
	publie poste date mis mise jour modifie actualise
	veroffentlicht aktualisiert erstellt geandert stand datum
	gepubliceerd geplaatst bijgewerkt gewijzigd laatst
	publicado actualizado modificado fecha
	pubblicato aggiornato aggiornamento ultimo data
	argitaratua eguneratua
	published posted updated modified created last`)

// hourAfter are the fillers that an hour may follow.
var hourAfter = words("a at um om las la alle ore ora op kl")

// hourUnits are the words that make a number before them an hour.
var hourUnits = words("h hs hrs u uhr uur heures heure horas hora ean etan an")

var noons = words("midi mittag mittags middag mediodia mezzogiorno eguerdi eguerdian noon midday")

var midnights = words("minuit mitternacht middernacht medianoche mezzanotte gauerdi gauerdian midnight")

// ordinals are what follows the number of a day or a year without a space.
var ordinals = words("er ere re e eme st nd rd th te ste de a an ean ko eko º ° ª")

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	delete(set, "x")
	return set
}

// languages is the order in which a month's name is looked up when the
// language is unknown or its own names do not fit.
var languages = []string{"en", "fr", "de", "nl", "es", "it", "eu"}

// monthOf returns 1 to 12, or 0. Basque declines its months: otsailaren,
// otsailak.
func monthOf(word, lang string) int {
	if m := monthIn(word, lang); m != 0 {
		return m
	}
	for _, l := range languages {
		if m := monthIn(word, l); m != 0 {
			return m
		}
	}
	return 0
}

func monthIn(word, lang string) int {
	names, ok := months[lang]
	if !ok {
		return 0
	}
	if lang == "eu" {
		for _, suffix := range []string{"aren", "ren", "ak", "k"} {
			if stem := strings.TrimSuffix(word, suffix); stem != word && len(stem) > 3 {
				word = stem
				break
			}
		}
	}
	for i, list := range names {
		for name := range strings.FieldsSeq(list) {
			if name == word {
				return i + 1
			}
		}
	}
	return 0
}

var fold = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ä", "a", "ã", "a", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "ö", "o",
	"ù", "u", "ú", "u", "û", "u", "ü", "u", "’", "'", "\u00a0", " ", "\u202f", " ", "–", "-", "\u0301", "", "\u0302", "", "\u0300", "", "\u0308", "")
