//go:build realservers

package realservers

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

const ploneScript = "bench/realservers/plone.sh"

// plone is a site emptied of what earlier runs left, with a folder of news and one
// of events.
func plone(t *testing.T) *site {
	t.Helper()
	s := newSite(t, "CARILLON_PLONE", ploneScript)
	root := s.edit(t, "GET", "?b_size=100", nil)
	items, _ := root["items"].([]any)
	for _, it := range items {
		if id, ok := it.(map[string]any)["@id"].(string); ok {
			s.edit(t, "DELETE", strings.TrimPrefix(id, s.base.String()), nil)
		}
	}
	s.publish(t, "", map[string]any{"@type": "Folder", "id": "actualites", "title": "Actualités"})
	s.publish(t, "", map[string]any{"@type": "Folder", "id": "agenda", "title": "Agenda"})
	return s
}

// publish makes an object in a folder and publishes it; it returns its path.
func (s *site) publish(t *testing.T, folder string, object map[string]any) string {
	t.Helper()
	path := folder + "/" + object["id"].(string)
	s.edit(t, "POST", folder, object)
	s.edit(t, "POST", path+"/@workflow/publish", map[string]any{})
	return path
}

// TestPlone follows the news and events of a Plone, as check proposes them, while
// an editor works on it.
func TestPlone(t *testing.T) {
	s := plone(t)
	for i := 1; i <= 6; i++ {
		s.publish(t, "/actualites", map[string]any{"@type": "News Item", "id": fmt.Sprintf("avis-%d", i), "title": fmt.Sprintf("Avis %d", i),
			"text": map[string]any{"data": "<p>Le collège communal informe la population, à l’hôtel de ville.</p>", "content-type": "text/html"}})
	}
	s.edit(t, "POST", "/actualites", map[string]any{"@type": "News Item", "id": "secret", "title": "Secret"}) // private
	for i := 1; i <= 4; i++ {
		s.publish(t, "/agenda", map[string]any{"@type": "Event", "id": fmt.Sprintf("fete-%d", i), "title": fmt.Sprintf("Fête %d", i),
			"start": fmt.Sprintf("2030-05-1%dT18:00:00+00:00", i), "end": fmt.Sprintf("2030-05-1%dT20:00:00+00:00", i)})
	}
	h := newHub(t, fmt.Sprintf(`      - {slug: actus, url: "%[1]s/actualites/@search?portal_type=News%%20Item&fullobjects=1&sort_on=modified&sort_order=descending"}
      - {slug: agenda, url: "%[1]s/agenda/@search?portal_type=Event&fullobjects=1&sort_on=modified&sort_order=descending"}
      - {slug: ics, url: "%[1]s/agenda/ics_view"}
`, s.front))
	h.harvest(t, "first", "actus", "fetched 6, 6 new, 0 changed, 0 withdrawn")
	h.harvest(t, "first", "agenda", "fetched 4, 4 new, 0 changed, 0 withdrawn")
	h.harvest(t, "first", "ics", "fetched 4, 4 new, 0 changed, 0 withdrawn")
	before := h.items(t, "actus")
	if _, came := before["Secret"]; came {
		t.Error("a private item came")
	}
	if it := h.items(t, "agenda")["Fête 1"]; it.Event == nil || it.Event.Start.UTC().Format("2006-01-02T15:04") != "2030-05-11T18:00" {
		t.Errorf("Fête 1 is %+v, want its date", it.Event)
	}
	h.harvest(t, "nothing changed", "actus", "unchanged 6, 0 new, 0 changed, 0 withdrawn")

	s.edit(t, "PATCH", "/actualites/avis-1", map[string]any{"title": "Avis corrigé"})
	h.harvest(t, "one edited", "actus", "fetched 6, 0 new, 1 changed, 0 withdrawn")
	s.edit(t, "POST", "/actualites/avis-2/@workflow/retract", map[string]any{})
	s.edit(t, "DELETE", "/actualites/avis-3", nil)
	h.harvest(t, "one retracted, one deleted", "actus", "fetched 6, 0 new, 0 changed, 0 withdrawn", "--force")
	h.harvest(t, "again", "actus", "fetched 6, 0 new, 0 changed, 0 withdrawn", "--force")
	h.harvest(t, "the third time", "actus", "fetched 4, 0 new, 0 changed, 2 withdrawn", "--force", "--confirm") // a third is for an operator to agree to
	if is := h.items(t, "actus")["Avis corrigé"]; is.ID != before["Avis 1"].ID {
		t.Errorf("the edited item is %s, was %s", is.ID, before["Avis 1"].ID)
	}
}

// TestPloneEmbeds: the link that docs/snippet.md has for editors that keep nothing
// else is in the page as it was typed.
func TestPloneEmbeds(t *testing.T) {
	const link = `<p><a href="https://hub.example/embed/samb-actus?heading=2">Actualités</a></p>`
	s := plone(t)
	path := s.publish(t, "", map[string]any{"@type": "Document", "id": "accueil", "title": "Accueil", "text": map[string]any{"data": link, "content-type": "text/html"}})
	answer, err := http.Get(s.base.String() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil || !strings.Contains(string(page), link) {
		t.Errorf("the page lacks %s (%v)", link, err)
	}
}

// TestPloneCheck starts from the home page: news and events by folder, and nothing
// beside them.
func TestPloneCheck(t *testing.T) {
	s := plone(t)
	s.publish(t, "/actualites", map[string]any{"@type": "News Item", "id": "avis", "title": "Avis"})
	s.publish(t, "/agenda", map[string]any{"@type": "Event", "id": "fete", "title": "Fête", "start": "2030-05-11T18:00:00+00:00", "end": "2030-05-11T20:00:00+00:00"})
	h := &hub{bin: binary(t)}
	found := h.run(t, "check", "--yaml", "--allow-private=127.0.0.1/32", s.base.String())
	for _, want := range []string{"/actualites/@search?portal_type=News%20Item&fullobjects=1", "/agenda/@search?portal_type=Event&fullobjects=1", "# the same list: " + s.base.String() + "/agenda/ics_view"} {
		if !strings.Contains(found, want) {
			t.Errorf("carillon check %s lacks %q:\n%s", s.base, want, found)
		}
	}
	if strings.Contains(found, "++") || strings.Count(found, "- slug: ") != 3 { // the member and its two sources
		t.Errorf("carillon check %s proposes more:\n%s", s.base, found)
	}
}
