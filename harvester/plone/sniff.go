package plone

import (
	"bytes"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// sniff looks for the members that plone.restapi writes and others do not.
// JSON-LD has @id and @type too, and always a @context.
func sniff(doc federation.Document) int {
	body := doc.Body
	if !read.IsJSON(string(body[:min(len(body), 64)])) {
		return 0
	}
	has := func(names ...string) bool {
		for _, name := range names {
			if !bytes.Contains(body, []byte(`"`+name+`"`)) {
				return false
			}
		}
		return true
	}
	switch {
	case has("@context"), has("FeatureCollection"):
		return 0
	case has("@id", "@type"):
		for _, member := range []string{"items_total", "review_state", "@components", "is_folderish", "type_title", "UID"} {
			if has(member) {
				return 90
			}
		}
		return 40
	case has("data", "slug", "authentication_required"), has("data", "display_id", "workflow", "fields"):
		return 70
	case has("@id") && bytes.Contains(body, []byte("/@")):
		return 20
	}
	return 0
}
