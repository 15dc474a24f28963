package dila

import (
	"github.com/plonegov/carillon/harvester/read"
)

// first holds what a reader sees before the body, wherever the file has it.
var first = []string{"Avertissement", "Cible", "Introduction"}

// endMatter lists what follows the body, under the site's own headings.
var endMatter = []struct {
	heading  string
	elements []string
}{
	{"Services en ligne et formulaires", []string{"LienWeb", "ServiceEnLigne", "ServiceEnLigneAnnexe", "NoticeLiee"}},
	{"Où s'adresser ?", []string{"OuSAdresser", "OuSAdresserSupport"}},
	{"Qui peut m'aider ?", []string{"QuiPeutMAider"}},
	{"Comment faire si…", []string{"CommentFaireSi"}},
	{"Recherche guidée", []string{"RechercheGuidee"}},
	{"Questions ? Réponses !", []string{"QuestionReponse"}},
	{"Voir aussi", []string{"VoirAussi", "FicheLiee", "FicheConnexe"}},
	{"Liens utiles", []string{"LienExterneCommente"}},
	{"Pour en savoir plus", []string{"PourEnSavoirPlus"}},
	{"Actualités", []string{"Actualite"}},
	{"Textes de référence", []string{"Reference"}},
	{"Définitions", []string{"Definition"}},
	{"Sigles et acronymes", []string{"Abreviation"}},
}

// navigation holds the elements of the head: read by meta, not shown.
var navigation = map[string]bool{
	"SurTitre": true, "Audience": true, "Canal": true, "FilDAriane": true, "Theme": true, "SousThemePere": true,
	"DossierPere": true, "SousDossierPere": true, "RechercheGuideePere": true,
}

// document writes the whole sheet. A resource names the folders it belongs to
// by the element that a theme uses for its content: there it goes last.
func (r *renderer) document(root *read.Node) {
	place := map[string]int{}
	for _, name := range first {
		place[name] = -1
	}
	for i, group := range endMatter {
		for _, name := range group.elements {
			place[name] = i + 1
		}
	}
	if root.Name == "ServiceComplementaire" {
		place["Dossier"] = place["VoirAussi"]
	}
	groups := make([][]*read.Node, len(endMatter)+1)
	for _, k := range root.Kids {
		switch at := place[k.Name]; {
		case navigation[k.Name], k.Prefix == "dc":
		case at >= 0:
			groups[at] = append(groups[at], k)
		}
	}
	for _, name := range first {
		for k := range root.All(name) {
			r.block(k)
		}
	}
	r.blocks(groups[0])
	r.closing = true
	for i, group := range endMatter {
		if len(groups[i+1]) > 0 {
			r.heading(func() { r.text(group.heading) })
			r.level++
			r.blocks(groups[i+1])
			r.level--
		}
	}
}
