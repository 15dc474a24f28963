package demo

import (
	"fmt"
	"strings"
)

// alertsFolder is where the CAP messages are, below the portal.
const alertsFolder = "/portail/alertes/cap/"

// alertView is a message of the Common Alerting Protocol 1.2.
type alertView struct {
	itemView
	ID         string
	Updates    string // the reference to an earlier message, "" = none
	Categories string
	Infos      []alertInfo
}

// alertInfo is a message in one language.
type alertInfo struct {
	itemView
	Language    string
	Sender      string
	Description string
	Instruction string
	AreaCodes   []string
}

// alertSenders are the sender's name by language.
var alertSenders = map[string]string{"fr": "Pays de l’Ornelle, centre de crise", "nl": "Ornelleland, crisiscentrum"}

// CAP is the path of a message.
func (v itemView) CAP() string { return alertsFolder + v.Facts["id"] + ".xml" }

// AlertID is its identifier. The day tells apart what a hub may still hold of
// an earlier demo.
func (v itemView) AlertID() string { return "ORN-" + v.Date.Format("20060102") + "-" + v.Facts["id"] }

// alertMessages are the documents that the index of alerts leads to.
func alertMessages(v feedView) map[string]writer {
	all := map[string]writer{}
	for i, it := range v.Items {
		all[it.CAP()] = func(r *Region, v feedView) ([]byte, error) {
			return byTemplate("cap.xml")(r, v.with(r.alert(v, v.Items[i])))
		}
	}
	return all
}

// with is the view of one message.
func (v feedView) with(a alertView) feedView {
	v.Alert = a
	return v
}

// alert joins a message with its translation.
func (r *Region) alert(v feedView, it itemView) alertView {
	a := alertView{itemView: it, ID: it.AlertID(), Infos: []alertInfo{info(it, v.Language)}}
	for _, earlier := range v.Items {
		if id := it.Facts["updates"]; id != "" && earlier.Facts["id"] == id {
			a.Updates = fmt.Sprintf("alertes@ornelle.example,%s,%s", earlier.AlertID(), iso(earlier.Date))
		}
	}
	translation := r.section("portail/waarschuwingen")
	for _, other := range r.view(translation, v.Base).Items {
		if other.Facts["id"] == it.Facts["id"] {
			a.Infos = append(a.Infos, info(other, translation.Language))
		}
	}
	return a
}

// info divides a text at its heading: what happens, and what to do.
func info(it itemView, lang string) alertInfo {
	i := alertInfo{itemView: it, Language: lang, Sender: alertSenders[lang]}
	for at, b := range it.Body {
		if b.Heading != "" {
			i.Description, i.Instruction = plain(it.Body[:at]), plain(it.Body[at+1:])
		}
	}
	return i
}

// Grave returns urgency, severity and certainty as the message writes them.
func (v itemView) Grave(n int) string {
	words := strings.Fields(v.Facts["graveness"])
	if n >= len(words) {
		return "Unknown"
	}
	return words[n]
}

// Polygon is the outline of the area, closed.
func (v itemView) Polygon() string {
	points := strings.Fields(v.Facts["zone"])
	if len(points) == 0 {
		return ""
	}
	return strings.Join(append(points, points[0]), " ")
}
