package likeness_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/likeness"
	"github.com/plonegov/carillon/federation/markup"
)

func ExampleAlike() {
	of := func(source, title, text string) *likeness.Fingerprint {
		return likeness.Of(federation.Item{Type: federation.News, Source: source, Language: "fr", Title: title, Content: markup.Sanitise("<p>"+text+"</p>", nil)})
	}
	text := "Le conseil communal a décidé hier soir de prolonger les heures d'ouverture de la piscine communale pendant tout l'été. " +
		"Les habitants pourront donc nager jusqu'à vingt heures, du lundi au samedi, et les enfants des écoles entreront sans payer."
	region := of("vallonie/actus", "La piscine ouvre plus longtemps", text)
	fmt.Println(likeness.Alike(region, of("samb/actus", "La piscine ouvre plus longtemps cet été", text)))
	fmt.Println(likeness.Alike(region, of("samb/actus", "La piscine ferme", "La piscine communale ferme lundi.")))
	// Output:
	// true
	// false
}
