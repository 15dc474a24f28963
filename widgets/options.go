package widgets

import "github.com/plonegov/carillon/federation"

// Options that several kinds have.
var (
	imagesOption = Option{
		Name: "images", Form: Switch, Default: false,
		Label: federation.Text{"fr": "Images", "nl": "Afbeeldingen", "de": "Bilder", "en": "Pictures"},
		Help: federation.Text{
			"fr": "Montrer l’image de chaque publication, s’il y en a une.",
			"nl": "De afbeelding van elke publicatie tonen, als er een is.",
			"de": "Das Bild jeder Veröffentlichung zeigen, wenn es eines gibt.",
			"en": "Show the picture of each publication that has one."},
	}
	summaryOption = Option{
		Name: "summary", Form: Switch, Default: false,
		Label: federation.Text{"fr": "Résumé", "nl": "Samenvatting", "de": "Zusammenfassung", "en": "Summary"},
		Help: federation.Text{
			"fr": "Montrer les premiers mots de chaque publication.",
			"nl": "De eerste woorden van elke publicatie tonen.",
			"de": "Die ersten Wörter jeder Veröffentlichung zeigen.",
			"en": "Show the first words of each publication."},
	}
	headingOption = Option{
		Name: "heading", Form: Number, Min: 2, Max: 6, Default: 3, Fault: "heading",
		Label: federation.Text{"fr": "Niveau des titres", "nl": "Niveau van de titels", "de": "Ebene der Überschriften", "en": "Heading level"},
		Help: federation.Text{
			"fr": "Le niveau qui suit celui du titre de votre page au-dessus ; le niveau 1 est celui de la page elle-même.",
			"nl": "Het niveau na dat van de titel erboven op uw pagina; niveau 1 is dat van de pagina zelf.",
			"de": "Die Ebene nach der Überschrift darüber auf Ihrer Seite; Ebene 1 gehört der Seite selbst.",
			"en": "The level after that of the heading above it on your page; level 1 is that of the page itself."},
	}
	titleOption = Option{
		Name: "title", Form: Words, Max: 200, Saved: true,
		Label: federation.Text{"fr": "Titre", "nl": "Titel", "de": "Titel", "en": "Title"},
		Help: federation.Text{
			"fr": "Les mots au-dessus ; sans eux, le titre du canal, ou rien.",
			"nl": "De woorden erboven; zonder die de titel van het kanaal, of niets.",
			"de": "Die Wörter darüber; ohne sie der Titel des Kanals, oder nichts.",
			"en": "The words above it; without them the title of the channel, or none."},
	}
	languageOption = Option{
		Name: "language", Query: "ui", Attribute: "lang", Form: Choice, Among: federation.Languages, Fault: "ui",
		Label: federation.Text{"fr": "Langue", "nl": "Taal", "de": "Sprache", "en": "Language"},
		Help: federation.Text{
			"fr": "La langue des dates et des mots autour des publications ; sans choix, celle de votre organisation.",
			"nl": "De taal van datums en woorden rond de publicaties; zonder keuze die van uw organisatie.",
			"de": "Die Sprache der Daten und der Wörter um die Veröffentlichungen; ohne Auswahl die Ihrer Organisation.",
			"en": "The language of dates and of the words around the publications; without a choice that of your organisation."},
	}
)
