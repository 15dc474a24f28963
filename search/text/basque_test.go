package text

import (
	"strings"
	"testing"
)

// declensions are Basque nouns in several of their cases, each line one noun.
const declensions = `
etxe etxea etxeak etxean etxetik etxera etxeko etxearen etxeen etxeetan etxeetako etxerako
udal udala udalak udalean udaletik udalera udaleko udalaren
kale kalea kaleak kalean kaletik kaleko kaleetan kalera
hondakin hondakina hondakinak hondakinen hondakinetarako hondakinekin
liburutegi liburutegia liburutegiko liburutegian liburutegira liburutegiak
eskola eskolak eskolan eskolako eskolara eskoletan eskolaren
mendi mendia mendiak mendira mendian mendiko
ur ura uraren urak
haur haurra haurrak haurren haurrentzat haurrentzako
herri herria herriak herriko herrian
zerga zergak zergen zergarik
gazte gazteak gazteen gazteentzat gazteei gaztea
alkate alkatea alkatearen alkateak alkateari
igerileku igerilekua igerilekuan igerilekuko
kirol kirola kirolak kiroletan kirolean
bilera bilerak bileran bileraren
jai jaia jaiak jaietan jaien
plaza plazan plazako plazara plazatik
lan lana lanak lanean lanen
Bilbo Bilbon Bilboko Bilbora Bilbotik
osasun osasuna osasunaren osasunean
laguntza laguntzak laguntzen
parke parkea parkean parkeko parkeetan
auzo auzoa auzoak auzoko auzoan auzoetan
hiri hiria hiriko hirian hirira
mugikortasun mugikortasuna mugikortasuneko
ikastola ikastolak ikastolako
erregistro erregistroa erregistroan erregistroko
ezkontza ezkontzak ezkontzaren
txakur txakurra txakurrak txakurren
obra obrak obren obretan
hauteskunde hauteskundeak hauteskundeetan hauteskundeen
ordutegi ordutegia ordutegiak
baimen baimena baimenak baimenaren
gune gunea guneak gunean
zerbitzu zerbitzua zerbitzuak zerbitzuen zerbitzuko
adineko adinekoak adinekoentzat
egun eguna egunak
aukera aukerak aukeren
musika musikaren musikako
`

func TestBasqueCases(t *testing.T) {
	nouns := map[string]string{}
	for l := range strings.Lines(strings.TrimSpace(declensions)) {
		cases := strings.Fields(l)
		noun := Stem("eu", Fold(cases[0]))
		for _, form := range cases[1:] {
			if got := Stem("eu", Fold(form)); got != noun {
				t.Errorf("Stem(eu, %q) = %q, want %q as of %q", form, got, noun, cases[0])
			}
		}
		if other := nouns[noun]; other != "" {
			t.Errorf("%q and %q share the stem %q", cases[0], other, noun)
		}
		nouns[noun] = cases[0]
	}
}
