package page

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// shortPage is how many characters of text a page may have and still be taken
// for an error page or a log-in form: an article on either subject has more.
const shortPage = 800

// notFound matches the title of an error page in the languages of the hub.
var notFound = regexp.MustCompile(`(?i)^(erreur |error |fehler |fout )?(404|410)\b|\b(404|410)$|^(404 )?(page|file) (was )?not found|^page (introuvable|non trouvée|inexistante)|^(cette |la )?page (demandée )?n.existe (pas|plus)|` +
	`^(de )?pagina (is )?niet (gevonden|beschikbaar)|^(die )?seite (wurde )?(leider )?nicht (gefunden|vorhanden|verfügbar)|^página no encontrada|^pagina non trovata|^orria ez da aurkitu|^not found\b|^nicht gefunden`)

// missing reports whether the page says, with a status of success, that there
// is no such page.
func (r *reading) missing(text string) bool {
	if utf8.RuneCountInString(text) > shortPage {
		return false
	}
	title := strings.Join(strings.Fields(r.root.Find("head title").First().Text()), " ")
	return notFound.MatchString(title) || notFound.MatchString(r.heading()) || notFound.MatchString(r.documentTitle())
}

// loginTitle matches what log-in pages are called.
var loginTitle = regexp.MustCompile(`(?i)\b(log ?in|sign ?in|log ?on|connexion|se connecter|identification|authentification|aanmelden|inloggen|anmeldung|anmelden|einloggen|iniciar sesión|accedi|saioa hasi)\b`)

// login reports whether the page is a form that asks for a password and little
// else.
func (r *reading) login(text string) bool {
	if r.root.Find(`input[type="password" i]`).Length() == 0 || utf8.RuneCountInString(text) > shortPage {
		return false
	}
	title := r.root.Find("head title").First().Text() + " " + r.heading()
	return loginTitle.MatchString(title) || utf8.RuneCountInString(text) < shortPage/4
}
