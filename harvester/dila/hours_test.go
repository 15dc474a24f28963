package dila

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestWeek reads the hours of an office in both formats of the directory: a
// usual week is known, and one that a remark says more of is not.
func TestWeek(t *testing.T) {
	xml := func(hours string) string {
		return `<Organisme id="mairie-1" codeInsee="01053" pivotLocal="mairie"><Nom>Mairie</Nom><Ouverture>` + hours + `</Ouverture></Organisme>`
	}
	json := func(hours, remark string) string {
		return fmt.Sprintf(`{"service":[{"id":"a","nom":"Mairie","adresse":[],"plage_ouverture":[%s],"commentaire_plage_ouverture":%q,"ancien_code_pivot":""}]}`, hours, remark)
	}
	day := func(from, to, opens, closes, again, end, note string) string {
		return fmt.Sprintf(`{"nom_jour_debut":%q,"nom_jour_fin":%q,"valeur_heure_debut_1":%q,"valeur_heure_fin_1":%q,"valeur_heure_debut_2":%q,"valeur_heure_fin_2":%q,"commentaire":%q}`,
			from, to, opens, closes, again, end, note)
	}
	const monday = "Mo 08:30-12:00; Mo 13:30-17:15"
	for _, c := range []struct {
		body string
		want federation.Hours
	}{
		{xml(`<PlageJ début="samedi" fin="samedi"><PlageH début="09:00:00" fin="12:00:00"/></PlageJ><PlageJ début="lundi" fin="mardi"><PlageH début="08:30:00" fin="12:00:00"/></PlageJ>`),
			"Mo 08:30-12:00; Tu 08:30-12:00; Sa 09:00-12:00"},
		{xml(`<PlageJ début="dimanche" fin="dimanche"><PlageH début="10:00:00" fin="12:00:00"/></PlageJ>`), "Su 10:00-12:00"},
		{xml(`<PlageJ début="lundi" fin="lundi"><PlageH début="08:30:00" fin="12:00:00"/><Note>Sur rendez-vous.</Note></PlageJ>`), ""},
		{xml(`<PlageJ début="lundi" fin="lundi"><PlageH début="08:30:00" fin="12:00:00"/></PlageJ><Commentaire>Fermée en août.</Commentaire>`), ""},
		{xml(`<PlageJ début="lundi" fin="lundi"/>`), ""},
		{xml(`<PlageJ début="jeudi" fin="lundi"><PlageH début="08:30:00" fin="12:00:00"/></PlageJ>`), ""},
		{xml(`<PlageJ début="lundi" fin="lundi"><PlageH début="8h30" fin="midi"/></PlageJ>`), ""},
		{json(day("Lundi", "Lundi", "08:30:00", "12:00:00", "13:30:00", "17:15:00", ""), ""), monday},
		{json(day("Lundi", "", "08:30:00", "12:00:00", "13:30:00", "17:15:00", ""), ""), monday},
		{json(day("Lundi", "Lundi", "08:30:00", "12:00:00", "13:30:00", "17:15:00", "1er lundi du mois"), ""), ""},
		{json(day("Lundi", "Lundi", "08:30:00", "12:00:00", "", "", ""), "Fermée en août."), ""},
		{json("", ""), ""},
	} {
		d, err := Format().Decode(federation.Document{Body: []byte(c.body)})
		if err != nil || len(d.Items) != 1 || d.Items[0].Place == nil {
			t.Errorf("Decode(%s): %d items, %v", c.body, len(d.Items), err)
			continue
		}
		if got := d.Items[0].Place.Hours; got != c.want {
			t.Errorf("Decode(%s): hours %q, want %q", c.body, got, c.want)
		}
	}
}
