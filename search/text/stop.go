package text

import (
	"slices"
	"strings"
)

// IsStop reports whether form is a word of lang that says little about what a text or a question is about: articles,
// pronouns, prepositions, question words, auxiliaries, verbs of wanting, having and doing. Stop words are indexed like
// others; a query of several words can do without them. Words that matter alone stay out, first of all été, which is
// also a form of être. A lone letter is a stop word in every language; for a lang outside Langs nothing else is.
func IsStop(lang, form string) bool {
	if len(form) == 1 {
		return lower(form[0])
	}
	return stops[lang][form]
}

// IsStopAnywhere reports whether form is a stop word of any of Langs.
func IsStopAnywhere(form string) bool {
	return slices.ContainsFunc(Langs[:], func(lang string) bool { return IsStop(lang, form) })
}

// stops are the stop words by language. What people ask with (peut, faire, wie, hoe, cómo) is listed beside what
// links; giving it more weight than that measured no better.
var stops = map[string]map[string]bool{
	"fr": setOf(frenchLinking, frenchAsking), "nl": setOf(dutchLinking, dutchAsking), "de": setOf(germanLinking, germanAsking),
	"en": setOf(englishLinking, englishAsking), "es": setOf(spanishLinking, spanishAsking), "eu": setOf(basqueLinking, basqueAsking),
}

func setOf(lists ...string) map[string]bool {
	out := map[string]bool{}
	for _, list := range lists {
		for form := range strings.FieldsSeq(list) {
			out[form] = true
		}
	}
	return out
}

// The words are folded; German ones stand with and without the e of an umlaut.
const (
	frenchLinking = `le la les un une des du de au aux et ou en dans sur sous pour par avec sans chez vers entre que qui dont
je tu il elle on nous vous ils elles me te se moi toi lui leur leurs mon ma mes son ton ta tes sa ses notre nos votre vos
ce cet cette ces ca cela ceci celui celle ceux celles ne pas plus si mais donc car ni ainsi aussi comme tout tous toute
toutes tres lors puis des afin selon aupres depuis jusque`
	frenchAsking = `quoi quel quelle quels quelles lequel laquelle lesquels comment pourquoi quand combien etre suis es
est sommes etes sont sera seront serait etait ai as a avons avez ont aura avoir avait eu peut peuvent peux pouvez
pouvoir pourrais dois doit doivent devoir faut faire fait fais faites font fera veux veut voudrais voulez souhaite
souhaiterais aimerais cherche savoir sais aller vais va svp bonjour merci quelqu quelque quelques aucun aucune`

	dutchLinking = `de het een en of van in op te aan met voor door om bij uit naar over onder tot tegen tussen zonder dat die
dit deze ik je jij jou hij ze zij we wij jullie hun hen mij me mijn jouw zijn haar ons onze uw u er niet geen ook als dan maar
want dus nog al zich hier daar bij toch alle iets iemand binnen`
	dutchAsking = `wat wie waar welke welk hoe waarom wanneer hoeveel waarvoor waarmee is ben bent was waren wordt worden word heb
hebt heeft hebben had kan kunt kunnen moet moeten mag mogen zal zullen wil wilt willen doe doet doen ga gaat gaan krijg krijgt
krijgen graag zoek weten hoelang waarheen naartoe`

	germanLinking = `der die das den dem des ein eine einer eines einem einen und oder in im ins an am auf aus bei beim mit nach
von vom zu zum zur fur fuer uber ueber unter vor durch gegen ohne um bis dass ich du er sie es wir ihr mich mir dich dir sich
uns mein meine meinen meiner meinem dein deine sein seine unser unsere ihre ihren nicht kein keine keinen auch als wenn aber
noch so nur man da hier ob dieser diese dieses`
	germanAsking = `was wer wem wen wo wohin woher wie wann warum wieso welche welcher welches welchen wieviel wieviele ist sind
war waren bin wird werden wurde hat haben habe hatte kann konnen koennen konnte muss mussen muessen darf durfen duerfen soll
sollen sollte will wollen mochte moechte mache macht machen gibt bekomme bekommt bekommen gehe geht brauche suche wissen bitte wofur wofuer womit`

	englishLinking = `the an and or of in on at to for from by with without about into over under between that this these those me
my you your he him his she her it its we us our they them their not no if as so but also there than any some`
	englishAsking = `what who whom which where when why how is are was were be been am do does did dont has have had can cant could
must should would will want need get find im ive id whats wheres please might`

	spanishLinking = `el la los las un una unos unas y e o u de del al a en con sin por para sobre entre hasta desde hacia segun que
se me te nos os le les lo mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro este esta estos estas ese esa esos
esas eso esto aquel no si mas pero sino como ya tambien muy yo el ella ellos ellas usted ustedes`
	spanishAsking = `cual cuales quien quienes donde adonde cuando cuanto cuanta cuantos cuantas porque es son era eran fue fueron
ser estar estan estoy esta hay haber ha han he habia hacer hace hacen hago hizo puedo puede pueden podemos poder debo debe deben
tengo tiene tienen tener quiero quiere necesito saber hola gracias`

	basqueLinking = `eta edo baina ere ez bai da dira du dute dut zen ziren zuen zuten bat batzuk hau hori hura hauek horiek haiek
ni zu gu nire zure gure bere beren honek horrek hor han hemen oso baita arte gabe buruz`
	basqueAsking = `zer zein zeintzuk nor nork noren non nora nondik noiz nola zergatik zenbat zertarako izan dago daude naiz gara
zara behar nahi ahal daiteke dezaket dezakegu egin egiten lortu eskuratu jakin dut duzu mesedez`
)
