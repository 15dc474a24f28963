package portal

import (
	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
)

// brand is whose portal it is, as the head and the foot of every page show it.
type brand struct {
	Name  label
	Logo  string // a path of the hub, "" = the bell
	Links []footLink
}

// footLink leads to what a public body must offer.
type footLink struct{ Text, URL string }

// brand is the operator's where the region file has a hub, else ours.
func (v visit) brand() brand {
	h := v.cat.Hub
	b := brand{Name: v.name(h.Name), Logo: logoURL(federation.HubOwner, h.Theme.Logo)}
	if b.Name.Text == "" {
		b.Name.Text = v.T("brand")
	}
	add := func(text, address string) {
		if address != "" {
			b.Links = append(b.Links, footLink{text, address})
		}
	}
	if h.Links.Accessibility != "" {
		add(v.T("foot_statement"), h.Links.Accessibility)
	} else {
		add(v.T("foot_accessibility"), v.link(statementPath, ""))
	}
	add(v.T("foot_legal"), h.Links.Legal)
	add(v.T("foot_contact"), h.Links.Contact)
	return b
}

// logoURL is the address, a path of the hub, of a logo of the region file, so
// that whoever hosts it does not see who reads; "" where there is none.
func logoURL(owner, address string) string {
	if address == "" {
		return ""
	}
	return picture.LogoPath(owner, address)
}

// at is the voice with the hub's home zone, that of times that bring none of
// their own.
func (v voice) at(hub federation.Hub) voice {
	v.zone = hub.Location()
	return v
}
