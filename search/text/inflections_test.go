package text

import (
	"strings"
	"testing"
)

// inflections are singular and plural, or masculine and feminine, of common nouns and adjectives.
var inflections = map[string]string{
	"fr": `
animal/animaux canal/canaux signal/signaux capital/capitaux tribunal/tribunaux général/généraux social/sociaux
régional/régionaux rural/ruraux château/châteaux gâteau/gâteaux réseau/réseaux niveau/niveaux panneau/panneaux
tableau/tableaux cheveu/cheveux neveu/neveux bijou/bijoux chou/choux caillou/cailloux pneu/pneus bleu/bleus
ciel/cieux aïeul/aïeux émail/émaux corail/coraux soupirail/soupiraux heureux/heureuses nombreux/nombreuse
vieux/vieille oiseau/oiseaux taxe/taxes permis/permis bâtiment/bâtiments marché/marchés carte/cartes
impôt/impôts règlement/règlements élection/élections échevin/échevins bourgmestre/bourgmestres crèche/crèches
garderie/garderies mariage/mariages arrêté/arrêtés rénovation/rénovations forêt/forêts pré/prés clé/clés
âgé/âgées aidé/aidée employé/employée conseiller/conseillère conseiller/conseillers infirmier/infirmière
communal/communaux communal/communale gratuit/gratuite ancien/ancienne professionnel/professionnelle
culturel/culturelles électeur/électrice acteur/actrice chanteur/chanteuse agriculteur/agricultrice actif/active
veuf/veuve neuf/neuve sportif/sportives blanc/blanches sec/sèche cher/chère étudiant/étudiante
inondation/inondations jumeau/jumelles fou/folle final/finale banal/banals festival/festivals carnaval/carnavals
bal/bals détail/détails rail/rails portail/portails éventail/éventails os/os nez/nez voix/voix noix/noix gaz/gaz
puits/puits temps/temps
`,
	"nl": `
gat/gaten pad/paden bad/baden slot/sloten schot/schoten god/goden gebod/geboden oorlog/oorlogen hof/hoven
dak/daken vat/vaten spel/spelen bevel/bevelen gebrek/gebreken smid/smeden gelid/gelederen trein/treinen
boek/boeken deur/deuren muur/muren haar/haren been/benen peer/peren maan/manen zoon/zonen zaal/zalen taal/talen
graad/graden plaats/plaatsen kaas/kazen laars/laarzen golf/golven kalf/kalveren wolf/wolven roos/rozen
doos/dozen vaas/vazen beurs/beurzen slaaf/slaven brood/broden oor/oren jaar/jaren paar/paren nummer/nummers
burger/burgers schepen/schepenen burgemeester/burgemeesters tafel/tafels jongen/jongens meisje/meisjes
taxi/taxi's menu/menu's baby/baby's café/cafés paraplu/paraplu's zee/zeeën knie/knieën melodie/melodieën
industrie/industrieën rit/ritten pet/petten bal/ballen vrouw/vrouwen rekening/rekeningen verkiezing/verkiezingen
belasting/belastingen huwelijk/huwelijken afspraak/afspraken document/documenten
identiteitskaart/identiteitskaarten rijbewijs/rijbewijzen bewijs/bewijzen paspoort/paspoorten zaak/zaken
vraag/vragen dier/dieren vogel/vogels lied/liederen goed/goederen rund/runderen centrum/centra datum/data
stadium/stadia politicus/politici catalogus/catalogi koe/koeien vlo/vlooien erf/erven werf/werven wet/wetten
wees/wezen lens/lenzen zwerfvuil/zwerfvuil scherf/scherven verlof/verloven archief/archieven motief/motieven
tarief/tarieven crematie/crematies subsidie/subsidies premie/premies apotheek/apotheken student/studenten
vrijwilliger/vrijwilligers gemeenteraad/gemeenteraden kerk/kerken begraafplaats/begraafplaatsen
ziekenhuis/ziekenhuizen rusthuis/rusthuizen gemeentehuis/gemeentehuizen
`,
	"de": `
Apfel/Äpfel Vater/Väter Mutter/Mütter Tochter/Töchter Bruder/Brüder Vogel/Vögel Nagel/Nägel Laden/Läden
Ofen/Öfen Hafen/Häfen Boden/Böden Schaden/Schäden Dorf/Dörfer Land/Länder Feld/Felder Wald/Wälder Rad/Räder
Bad/Bäder Schloss/Schlösser Hof/Höfe Zug/Züge Ball/Bälle Markt/Märkte Antrag/Anträge Vertrag/Verträge
Vorschlag/Vorschläge Raum/Räume Zaun/Zäune Maus/Mäuse Nuss/Nüsse Fuß/Füße Gruß/Grüße Kuh/Kühe Hand/Hände
Wand/Wände Nacht/Nächte Kraft/Kräfte Unterkunft/Unterkünfte Steuer/Steuern Feier/Feiern Nummer/Nummern
Schüler/Schülern Lehrer/Lehrern Tafel/Tafeln Regel/Regeln Straße/Strassen Hund/Hunde Hundesteuer/Hundesteuern
Ausweis/Ausweise Reisepass/Reisepässe Formular/Formulare Termin/Termine Gebäude/Gebäuden Wohnung/Wohnungen
Sitzung/Sitzungen Ratsmitglied/Ratsmitglieder Bürgermeister/Bürgermeisters Kindergarten/Kindergärten
Müllabfuhr/Muellabfuhr Behörde/Behörden Familie/Familien Handy/Handys Büro/Büros Hotel/Hotels Park/Parks
Park/Parke Restaurant/Restaurants Thema/Themen Konto/Konten Gymnasium/Gymnasien Praxis/Praxen
Lehrerin/Lehrerinnen Hochzeit/Hochzeiten Gewässer/Gewaesser Grundstück/Grundstücke Größe/Groesse Abfall/Abfälle
Bescheinigung/Bescheinigungen Geburt/Geburten Bau/Bauten Ärztin/Ärztinnen Arzt/Ärzte Spaß/Spass
`,
	"en": `
city/cities bus/buses church/churches street/streets council/councils man/men leaf/leaves house/houses
address/addresses business/businesses holiday/holidays school/schools elections/election permit/permits
waste/wastes tooth/teeth mouse/mice person/people match/matches box/boxes baby/babies wolf/wolves
`,
	"es": `
inscripción/inscripciones camión/camiones estación/estaciones luz/luces voz/voces árbol/árboles residuo/residuos
basura/basuras mayor/mayores niño/niña niño/niños calle/calles ayuntamiento/ayuntamientos impuesto/impuestos
joven/jóvenes autobús/autobuses municipal/municipales licencia/licencias obra/obras colegio/colegios
guardería/guarderías elección/elecciones recogida/recogidas público/pública papel/papeles matrimonio/matrimonios
padrón/padrones tasa/tasas pez/peces actividad/actividades social/sociales escolar/escolares piscina/piscinas
certificado/certificados solicitud/solicitudes trámite/trámites vecino/vecina jardín/jardines policía/policías
perro/perra ley/leyes mes/meses país/países director/directora parque/parques abuelo/abuelos alcalde/alcaldesa
familiar/familiares contenedor/contenedores fiesta/fiestas edificio/edificios
`,
}

func TestInflections(t *testing.T) {
	for lang, list := range inflections {
		for _, pair := range strings.Fields(list) {
			one, other, _ := strings.Cut(pair, "/")
			if a, b := keys(one, lang), keys(other, lang); !meet(a, b) {
				t.Errorf("%s %q = %v and %q = %v do not meet", lang, one, a, other, b)
			}
		}
	}
}
