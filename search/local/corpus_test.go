package local

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// corpus makes items as a region of 150 members would publish them. The same
// seed makes the same items. Words follow Zipf's law over a made-up French
// vocabulary whose head is real: the words that municipal pages use most.
type corpus struct {
	rand  *rand.Rand
	zipf  *rand.Zipf
	vocab []string
	begin time.Time
}

const (
	corpusWords      = 60_000
	corpusMembers    = 150
	corpusCategories = 40
)

var municipal = strings.Fields(`commune administration bourgmestre échevin conseil communal séance publique travaux voirie
route rue place chemin trottoir circulation stationnement parking déchets collecte ordures poubelles recyparc tri compost
école écoles enseignement élèves rentrée garderie crèche enfants jeunesse stage stages plaine jeux sport sportif piscine
bibliothèque livres lecture culture culturel concert exposition théâtre spectacle cinéma musée patrimoine église chapelle
marché marchés brocante fête fêtes kermesse carnaval ducasse bal feu artifice santé hôpital médecin pharmacie vaccination
aînés seniors pension handicap social CPAS aide allocation logement loyer prime primes énergie isolation chauffage eau
inondation inondations orage tempête alerte sécurité police pompiers secours accident incendie urbanisme permis enquête
avis règlement taxe taxes redevance budget finances subvention emploi formation entreprise commerce commerçants agriculture
ferme environnement nature biodiversité arbre arbres forêt rivière Sambre Orne vélo cyclable bus train gare mobilité
population naissance mariage décès état civil passeport carte identité élections vote citoyen citoyens participation
consultation réunion information inscription formulaire demande document service accueil horaire ouverture fermeture
travail cimetière sépulture animaux chien chat propreté éclairage internet numérique archives jumelage tourisme promenade`)

var little = strings.Fields("de la le les et des à du en un une pour dans est par sur au avec qui ce vous aux plus pas ou se son nous")

func newCorpus(seed uint64) *corpus {
	r := rand.New(rand.NewPCG(seed, 42))
	c := &corpus{rand: r, begin: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)}
	seen := make(map[string]bool)
	c.vocab = append(c.vocab, municipal...)
	for len(c.vocab) < corpusWords {
		if w := c.word(); !seen[w] {
			seen[w] = true
			c.vocab = append(c.vocab, w)
		}
	}
	c.zipf = rand.NewZipf(r, 1.1, 12, corpusWords-1)
	return c
}

// word joins syllables, and mostly one of the endings that French words have.
func (c *corpus) word() string {
	heads := strings.Fields("b bl br c ch cl cr d dr f fl fr g gl gr h j l m n p ph pl pr qu r s st t tr v vr")
	cores := strings.Fields("a e é i o u ou an en on in ai eau eu oi è ê â")
	tails := strings.Fields("er ment tion té eur euse age ance ique able if ive al ale ette isme iste e es s ée ées")
	var b strings.Builder
	for range 1 + c.rand.IntN(3) {
		b.WriteString(heads[c.rand.IntN(len(heads))] + cores[c.rand.IntN(len(cores))])
	}
	b.WriteString(heads[c.rand.IntN(len(heads))] + tails[c.rand.IntN(len(tails))])
	return b.String()
}

func (c *corpus) any() string {
	if c.rand.IntN(100) < 35 {
		return little[min(c.rand.IntN(len(little)), c.rand.IntN(len(little)))]
	}
	return c.vocab[c.zipf.Uint64()]
}

func (c *corpus) text(words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = c.any()
	}
	return strings.Join(out, " ")
}

func (c *corpus) item(n int) federation.Item {
	member := fmt.Sprintf("commune-%03d", c.rand.IntN(corpusMembers))
	source := member + "/actualites"
	date := c.begin.Add(time.Duration(c.rand.IntN(4*365*24*3600)) * time.Second)
	it := federation.Item{
		ID: federation.NewItemID(source, fmt.Sprint(n)), Member: member, Source: source, OriginID: fmt.Sprint(n),
		Type:      federation.ItemTypes[min(c.rand.IntN(8), c.rand.IntN(8))],
		Title:     c.text(4 + c.rand.IntN(5)),
		Content:   markup.Stored("<p>"+html.EscapeString(c.text(min(20+int(c.rand.ExpFloat64()*130), 2000)))+"</p>", markup.Version),
		Language:  []string{"fr", "fr", "fr", "fr", "fr", "fr", "fr", "nl", "de", "en"}[c.rand.IntN(10)],
		Published: date, FirstSeen: date,
		Place: &federation.Place{Point: &federation.Point{Lat: 49.6 + 1.8*c.rand.Float64(), Lon: 2.9 + 3.4*c.rand.Float64()}},
	}
	for range 1 + c.rand.IntN(3) {
		it.Categories = append(it.Categories, fmt.Sprintf("Catégorie %02d", min(c.rand.IntN(corpusCategories), c.rand.IntN(corpusCategories))))
	}
	if it.Type == federation.EventItem {
		it.Event = &federation.Event{Start: date.AddDate(0, 0, 14), End: date.AddDate(0, 0, 14).Add(3 * time.Hour)}
	}
	return it
}
