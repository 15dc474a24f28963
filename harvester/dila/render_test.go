package dila

import (
	"regexp"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestRender(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"loose words make one paragraph", `<Texte>Voir <Valeur>5 €</Valeur> ici.<Liste><Item>x</Item></Liste></Texte>`,
			`<p>Voir <b>5 €</b> ici.</p><ul><li><p>x</p></li></ul>`},
		{"a list inside a paragraph", `<Texte><Paragraphe>Il faut :<Liste><Item><Paragraphe>a</Paragraphe></Item></Liste>fin</Paragraphe></Texte>`,
			`<p>Il faut :</p><ul><li>a</li></ul><p>fin</p>`},
		{"unknown in a sentence", `<Texte><Paragraphe>un <Couleur>mot <Valeur>2</Valeur></Couleur> nu</Paragraphe></Texte>`,
			`<p>un mot <b>2</b> nu</p>`},
		{"both titles", `<Texte><Chapitre><Titre>CO2</Titre><TitreRiche>CO<Indice>2</Indice></TitreRiche></Chapitre></Texte>`,
			`<section><h2>CO<sub>2</sub></h2></section>`},
		{"headings stop at six", strings.Repeat(`<Chapitre><Titre>t</Titre>`, 6) + strings.Repeat(`</Chapitre>`, 6), `<h6>t</h6><section><h6>t</h6>`},
		{"either condition", `<FragmentConditionne><Condition><ou><estVrai var="T1"/><estVrai var="T2"/></ou></Condition><Paragraphe>x</Paragraphe></FragmentConditionne>`,
			`<p><em>Selon votre situation</em></p><p>x</p>`},
		{"a service for some", `<ServiceEnLigne type="Téléservice" URL="https://a.example/"><Condition><estVrai var="T1"/></Condition><Titre>S</Titre></ServiceEnLigne>`,
			`Selon votre situation</em></p><a href="https://a.example/"`},
		{"no scheme but http", `<Texte><Paragraphe><LienExterne URL="javascript:alert(1)">lien</LienExterne></Paragraphe></Texte>`, `<p>lien</p>`},
		{"markup in text is text", `<Texte><Paragraphe>&lt;script&gt;alert(1)&lt;/script&gt;</Paragraphe></Texte>`, `<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>`},
	}
	for _, test := range tests {
		item, _ := decodeOne(t, `<Publication ID="F1">`+test.body+`</Publication>`)
		if got := item.Content.String(); !strings.Contains(got, test.want) {
			t.Errorf("%s: content of %s\n got %s\nwant %s in it", test.name, test.body, got, test.want)
		}
	}
}

// TestUnknownElementsKeepText gives each element of real sheets in turn a name
// nobody has heard of, as a new schema version may.
func TestUnknownElementsKeepText(t *testing.T) {
	head := regexp.MustCompile(`^(FilDAriane|Niveau|Theme|DossierPere|SousThemePere|SousDossierPere|Publication|ServiceComplementaire|Audience|Canal|SurTitre)$`)
	element := regexp.MustCompile(`<(\pL+)`)
	for name, body := range sharedSheets(t) {
		if len(body) > 16<<10 {
			continue
		}
		pieces, _ := walk(t, body)
		seen := map[string]bool{}
		for _, m := range element.FindAllSubmatch(body, -1) {
			old := string(m[1])
			if seen[old] || head.MatchString(old) {
				continue
			}
			seen[old] = true
			renamed := regexp.MustCompile(`(</?)`+old+`([\s/>])`).ReplaceAll(body, []byte("${1}Nouveau${2}"))
			d, err := Format().Decode(federation.Document{Body: renamed})
			if err != nil {
				t.Fatalf("%s without <%s>: %v", name, old, err)
			}
			text := squeeze(d.Items[0].Title + d.Items[0].Summary + d.Items[0].Content.Text())
			for _, p := range pieces {
				if !strings.Contains(text, squeeze(p)) {
					t.Errorf("%s with <Nouveau> for <%s>: text lost: %q", name, old, p)
					break
				}
			}
		}
	}
}
