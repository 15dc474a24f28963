package storetest

import (
	"net/url"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

func member(slug string) federation.Member {
	return federation.Member{
		Slug: slug, Kind: federation.KindCommune, Name: federation.Text{"fr": "Commune de " + slug, "nl": "Gemeente " + slug},
		URL: "https://www." + slug + ".example", Code: "03000", PostalCodes: []string{"5060", "5061"},
		Location: &federation.Point{Lat: 50.43, Lon: 4.61}, Languages: []string{"fr", "nl"},
		Theme: federation.Theme{Accent: "#b3123a", Font: "Marianne, sans-serif"},
		Sites: []string{"https://www." + slug + ".example"},
	}
}

func source(member, slug string) federation.Source {
	return federation.Source{
		Member: member, Slug: slug, URL: "https://www." + member + ".example/" + slug + ".rss", Format: "feed",
		Type: federation.News, Every: 15 * time.Minute, Language: "fr", License: "CC-BY-4.0",
		Categories: []string{"vie-communale"}, Title: federation.Text{"fr": "Actualités"},
	}
}

func channel(slug string) federation.Channel {
	return federation.Channel{Slug: slug, Title: federation.Text{"fr": "Canal " + slug},
		Select: federation.Selection{Members: []string{"alba", "brume"}, Types: []federation.ItemType{federation.News}}}
}

func placement(slug, member string) federation.Placement {
	return federation.Placement{Slug: slug, Member: member, Widget: "list",
		Select: federation.Selection{Channels: []string{"actus"}, Limit: 5},
		Theme:  federation.Theme{Accent: "#003399"}, Options: federation.Options{"images": true, "heading": 2, "title": federation.Text{"fr": "À la une"}, "language": "fr"}}
}

// item is a small item of the source "member/news".
func item(member, originID string) federation.Item {
	src := member + "/news"
	it := federation.Item{
		ID: federation.NewItemID(src, originID), Member: member, Source: src, OriginID: originID,
		Type: federation.News, URL: "https://www." + member + ".example/" + url.PathEscape(originID), Title: "Titre " + originID,
		Published: day(1), FirstSeen: day(1), Version: 1,
	}
	it.Hash = federation.ContentHash(it)
	return it
}

// next is the next version of it with another title.
func next(it federation.Item, title string) federation.Item {
	it.Version++
	it.Title = title
	it.Hash = federation.ContentHash(it)
	return it
}

// full is an item with every field set; the event has an offset of its own.
func full(member, originID string) federation.Item {
	it := item(member, originID)
	brussels := time.FixedZone("", 2*60*60)
	it.Type, it.Language, it.Summary = federation.EventItem, "fr-BE", "Résumé"
	it.Content = markup.Sanitise(`<p>Un <a href="https://a.example/">lien</a> &amp; "du" texte</p>`, nil)
	it.Updated, it.Expires = day(2), day(30)
	it.Categories, it.Authors = []string{"fête", "Été"}, []string{"Anne", "Bob"}
	it.Image = &federation.Image{URL: "https://a.example/i.jpg", Alt: "une image", Width: 640, Height: 480}
	it.Attachments = []federation.Attachment{{URL: "https://a.example/f.pdf", Type: "application/pdf", Title: "Plan", Size: 1 << 40,
		Role: federation.RoleImage, Alt: "un plan", Credit: "Ville", Width: 800, Height: 600}}
	it.Number = "2026/114"
	it.Place = &federation.Place{Name: "Hôtel de ville", Address: "1, place", PostalCode: "5060", Point: &federation.Point{Lat: -50.123456789, Lon: 4.6}, Hours: "Mo 09:00-12:00"}
	it.Event = &federation.Event{Start: time.Date(2026, 7, 21, 20, 0, 0, 0, brussels), End: time.Date(2026, 7, 21, 23, 30, 0, 0, brussels),
		Recurrence: "FREQ=YEARLY", Status: "confirmed", Zone: "Europe/Brussels",
		Extra: []time.Time{time.Date(2026, 8, 1, 20, 0, 0, 0, brussels)}, Except: []time.Time{time.Date(2027, 7, 21, 20, 0, 0, 0, brussels)}}
	it.Alert = &federation.Alert{Ended: true, Severity: "severe", Urgency: "immediate", Certainty: "observed", Areas: []string{"a", "b"},
		Event: "Crue", Response: []string{"avoid"}, Instruction: "Restez chez vous.", Onset: day(4), Sender: "Région", Signed: true,
		Zones: []federation.AlertZone{{Name: "a", Polygons: [][]federation.Point{{{Lat: 1, Lon: 2}, {Lat: 2, Lon: 2}, {Lat: 1, Lon: 2}}},
			Circles: []federation.Circle{{Center: federation.Point{Lat: 1, Lon: 2}, Radius: 3}}, Codes: []federation.Code{{System: "NIS", Value: "92094"}}}}}
	it.Same = federation.NewItemID(it.Source, "same")
	it.Provenance = federation.Provenance{SourceURL: "https://a.example/feed", Fetched: day(3), License: "CC-BY-4.0",
		Attribution: "© Alba", Hash: "abc"}
	it.Hash = federation.ContentHash(it)
	return it
}
