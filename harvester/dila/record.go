package dila

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// record is an entry of version 4. The export holds lists, the API the same
// lists written out as strings.
type record map[string]any

// fields are written in this order, each under its name for people.
var fields = []struct{ key, label string }{
	{"sigle", "Sigle"}, {"ancien_nom", "Ancien nom"},
	{"telephone", "Téléphone"}, {"telephone_accessible", "Téléphone accessible"}, {"telecopie", "Télécopie"},
	{"adresse_courriel", "Courriel"}, {"formulaire_contact", "Formulaire de contact"}, {"sve", "Saisine par voie électronique"},
	{"tchat", "Messagerie instantanée"}, {"site_internet", "Site internet"}, {"reseau_social", "Réseaux sociaux"},
	{"application_mobile", "Application mobile"}, {"service_disponible", "Services disponibles"},
	{"information_complementaire", "Informations complémentaires"}, {"affectation_personne", "Responsables"},
	{"organigramme", "Organigramme"}, {"annuaire", "Annuaire"}, {"texte_reference", "Textes de référence"}, {"siret", "Siret"},
}

// silent are the fields that are read elsewhere, or say nothing to a reader.
var silent = map[string]bool{
	"id": true, "nom": true, "adresse": true, "plage_ouverture": true, "commentaire_plage_ouverture": true, "mission": true,
	"pivot": true, "url_service_public": true, "date_creation": true, "date_modification": true, "copyright": true,
	"ancien_code_pivot": true, "statut_de_diffusion": true, "siren": true, "itm_identifiant": true, "partenaire": true,
	"partenaire_identifiant": true, "partenaire_date_modification": true, "ancien_identifiant": true, "hierarchie": true,
	"categorie": true, "version_type": true, "version_etat_modification": true, "version_source": true, "type_repertoire": true,
	"type_organisme": true, "code_insee_commune": true, "date_diffusion": true, "date_modification_datetime": true,
}

func (r record) office(unknown map[string]int) office {
	o := office{
		id: read.Line(r.text("id")), former: read.Line(r.text("ancien_code_pivot")), name: read.Line(r.text("nom")),
		url: r.text("url_service_public"), mission: r.text("mission"), hoursAre: r.text("commentaire_plage_ouverture"),
		created: moment(r.text("date_creation")), updated: moment(r.text("date_modification")),
		publish: foreignPublisher(r.text("copyright")),
	}
	for _, p := range r.list("pivot") {
		if code := p.text("type_service_local"); code != "" {
			o.kinds = append(o.kinds, code)
		}
	}
	if kind := read.Line(r.text("type_organisme")); kind != "" {
		o.kinds = append(o.kinds, kind)
	}
	for _, a := range r.list("adresse") {
		o.address = append(o.address, a.address())
		o.add("Accessibilité", value{text: strings.TrimSpace(accessibility(read.Line(a.text("accessibilite"))) + " " + read.Line(a.text("note_accessibilite")))})
	}
	known := map[string]bool{}
	for _, f := range fields {
		known[f.key] = true
		o.add(f.label, r.values(f.key)...)
	}
	for _, key := range slices.Sorted(maps.Keys(r)) {
		if values := r.values(key); !known[key] && !silent[key] && len(values) > 0 {
			unknown[key]++
			o.add(capital(strings.ReplaceAll(read.Line(key), "_", " ")), values...)
		}
	}
	for _, h := range r.list("plage_ouverture") {
		o.hours = append(o.hours, h.hours())
	}
	return o
}

func (r record) address() address {
	a := address{kind: read.Line(r.text("type_adresse")), postal: read.Line(r.text("code_postal")), town: read.Line(r.text("nom_commune")),
		point: pointOf(r.text("latitude"), r.text("longitude"))}
	for _, key := range []string{"complement1", "complement2", "numero_voie", "service_distribution"} {
		if s := read.Line(r.text(key)); s != "" {
			a.lines = append(a.lines, s)
		}
	}
	if land := read.Line(r.text("pays")); land != "" && !strings.EqualFold(land, "France") {
		a.town = strings.TrimSpace(a.town + " (" + land + ")")
	}
	return a
}

func (r record) hours() hours {
	h := hours{from: read.Line(r.text("nom_jour_debut")), to: read.Line(r.text("nom_jour_fin")), note: read.Line(r.text("commentaire"))}
	for _, n := range []string{"1", "2"} {
		h.add(read.Line(r.text("valeur_heure_debut_"+n)), read.Line(r.text("valeur_heure_fin_"+n)))
	}
	return h
}

// values reads a field that holds texts, addresses or people.
func (r record) values(key string) []value {
	var out []value
	for _, m := range r.list(key) {
		var v value
		if key == "affectation_personne" {
			v = m.person()
		} else {
			v = m.value(key)
		}
		if v.text != "" {
			out = append(out, v)
		}
	}
	return out
}

func (r record) value(key string) value {
	s := strings.TrimSpace(r.text("valeur"))
	name := read.Line(r.text("libelle"))
	note := read.Line(orText(r.text("description"), r.text("custom_dico2")))
	v := value{text: s}
	if !read.IsHTML(s) {
		v.text = read.Line(s)
	}
	u, err := url.Parse(s)
	switch {
	case err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https"):
		v.href, v.text = s, orText(name, orText(read.Line(r.text("custom_dico2")), s))
		if v.text == note {
			note = ""
		}
	case key == "adresse_courriel" && strings.Contains(s, "@"):
		v.href = "mailto:" + s
	case name != "" && s == "":
		v.text = name
	case name != "":
		v.text = name + " : " + v.text
	}
	if note != "" && v.text != "" {
		v.text += " (" + note + ")"
	}
	return v
}

func (r record) person() value {
	p, _ := r["personne"].(map[string]any)
	who := record(p)
	name := strings.Join(strings.Fields(read.Line(who.text("civilite")+" "+who.text("prenom")+" "+who.text("nom"))), " ")
	s := strings.Trim(read.Line(r.text("fonction"))+" : "+name, " :")
	for _, more := range []string{who.text("grade"), r.text("telephone")} {
		if more = read.Line(more); more != "" {
			s += ", " + more
		}
	}
	return value{text: s}
}

func orText(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

// text is a field that is one text, "" when it is something else.
func (r record) text(key string) string {
	switch v := r[key].(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// list is a field that is a list, or one written out as a string. A plain text
// is a list of one.
func (r record) list(key string) []record {
	v := r[key]
	if s, ok := v.(string); ok {
		s = strings.TrimSpace(s)
		if s == "" {
			return nil
		}
		v = s
		if read.IsJSON(s) {
			if whole, _, err := read.Mend(s, read.MaxDepth); err == nil {
				if inner := read.Value(json.RawMessage(whole)); inner != nil {
					v = inner
				}
			}
		} else if key == "adresse_courriel" || key == "telecopie" {
			return texts(strings.Split(s, ";"))
		}
	}
	switch v := v.(type) {
	case []any:
		var out []record
		for _, e := range v {
			switch e := e.(type) {
			case map[string]any:
				out = append(out, e)
			case string:
				out = append(out, texts([]string{e})...)
			}
		}
		return out
	case map[string]any:
		return []record{v}
	case string:
		return texts([]string{v})
	case json.Number:
		return texts([]string{v.String()})
	}
	return nil
}

func texts(all []string) []record {
	var out []record
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, record{"valeur": s})
		}
	}
	return out
}

// moment reads "18/12/2024 17:42:39", which is the time in Paris.
func moment(s string) time.Time {
	zone := dates.In("Europe/Paris")
	if t, err := time.ParseInLocation("02/01/2006 15:04:05", s, zone); err == nil {
		return t
	}
	t, _ := dates.Parse(s, "fr", zone)
	return t
}
