package feed_test

import (
	"net/url"
	"time"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// sample is a feed that uses every field once, and each fallback once.
func sample() feed.Feed {
	return feed.Feed{
		ID: "https://hub.example/feed.atom?type=news", Self: "https://hub.example/feed.atom?type=news",
		Home: "https://hub.example/search?type=news", Next: "https://hub.example/feed.atom?cursor=abc&type=news",
		Title: "Carillon – actualités", Description: "Ce que publient les communes", Language: "fr", Author: "Carillon",
		Logo: "https://hub.example/logo.png", Generator: "Carillon", Version: "1.2",
		Entries: []feed.Entry{full(), bare(), hostile()},
	}
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func html(s string) markup.HTML {
	base := &url.URL{Scheme: "https", Host: "www.samb.example", Path: "/"}
	return markup.Sanitise(s, base)
}

func full() feed.Entry {
	return feed.Entry{
		Page: "https://hub.example/items/aaaaaaaaaaaaaaaaaaaaaaaaaa", Member: "Sambre-sur-Orne",
		MemberURL: "https://www.samb.example", SourceTitle: "Actualités de Sambre-sur-Orne",
		Item: federation.Item{
			ID: "aaaaaaaaaaaaaaaaaaaaaaaaaa", Member: "sambre-sur-orne", Source: "sambre-sur-orne/actus", OriginID: "1",
			Type: federation.News, URL: "https://www.samb.example/actus/travaux?rue=1&suite=2", Title: "Travaux & déviations rue du Marché",
			Summary: "La rue est fermée < 3 semaines.", Content: html(`<p>La rue est <a href="/plan">fermée</a>.</p><ul><li>Lundi</li></ul>`),
			Language: "fr", Published: at("2026-03-01T08:30:00Z"), Updated: at("2026-03-02T09:00:00Z"), FirstSeen: at("2026-03-01T08:35:00Z"),
			Categories: []string{"mobilité", "vie communale"}, Authors: []string{"accueil@samb.example (Service Travaux)", "Jeanne Dupont"},
			Image: &federation.Image{URL: "https://www.samb.example/i/rue.jpg", Alt: "La rue en chantier", Width: 640, Height: 360},
			Attachments: []federation.Attachment{
				{URL: "https://www.samb.example/plan.pdf", Type: "application/pdf", Title: "Plan", Size: 12345},
				{URL: "https://www.samb.example/horaires.odt"},
			},
			Place: &federation.Place{Name: "Marché", Point: &federation.Point{Lat: 50.43, Lon: 4.61}},
			Provenance: federation.Provenance{SourceURL: "https://www.samb.example/rss.xml", Fetched: at("2026-03-02T09:10:00Z"),
				License: "CC-BY-4.0", Attribution: "Commune de Sambre-sur-Orne", Hash: "00ff"},
			Version: 2, Hash: "11",
		},
	}
}

// bare has nothing but what an item must have.
func bare() feed.Entry {
	return feed.Entry{
		Page: "https://hub.example/items/bbbbbbbbbbbbbbbbbbbbbbbbbb",
		Item: federation.Item{ID: "bbbbbbbbbbbbbbbbbbbbbbbbbb", Member: "vallonie", Title: "Avis", FirstSeen: at("2026-03-02T09:00:00Z"),
			Provenance: federation.Provenance{SourceURL: "file:/srv/secret/folder/avis.xml"}, Version: 1},
	}
}

// hostile is what a broken or malicious source may leave in an item.
func hostile() feed.Entry {
	return feed.Entry{
		Page: "https://hub.example/items/cccccccccccccccccccccccccc", Member: "Bad\x00 ]]> <Town>",
		Item: federation.Item{ID: "cccccccccccccccccccccccccc", Member: "bad", URL: "https://bad.example/é ü|\"<x>?q=%zz[1]",
			Title: "Bell\a ]]> <![CDATA[ \u0085\ufffe & <b", Summary: "x\x00y ]]> &amp; \x0b", Content: html("<p>]]> \x01 <![CDATA[x]]></p>"),
			Language: "not a language", Published: at("1970-01-01T00:00:00Z"), FirstSeen: at("2026-03-02T09:00:00Z"),
			Updated: at("2099-01-01T00:00:00Z"), Categories: []string{"", "a, b \x02"}, Authors: []string{"x@y.example"},
			Image: &federation.Image{URL: "javascript:alert(1)"}, Attachments: []federation.Attachment{{URL: "data:text/html,x"}},
			Provenance: federation.Provenance{SourceURL: "https://bad.example/feed?é", Fetched: at("2026-03-02T10:00:00Z"), License: "mine, not yours"},
			Version:    1},
	}
}
