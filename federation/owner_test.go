package federation_test

import (
	"context"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestElsewhere(t *testing.T) {
	d := &directory{members: []federation.Member{
		{Slug: "ville", URL: "https://www.ville.example/fr/", Sites: []string{"https://tickets.shared.example"}},
		{Slug: "bourg", URL: "https://bourg.commune.example"},
		{Slug: "hameau", URL: "https://hameau.commune.example"},
		{Slug: "region", URL: "http://127.0.0.1:19001/"},
		{Slug: "port", URL: "http://127.0.0.1:19002/"},
		{Slug: "foyer", URL: "https://foyer.co.uk"},
		{Slug: "mal"},
	}}
	c, err := federation.LoadCatalogue(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		member, address string
		want            bool
	}{
		{"ville", "https://ville.example/taxe", false},
		{"mal", "https://ville.example/taxe", true},
		{"mal", "http://WWW.Ville.Example:8080/taxe", true},
		{"mal", "https://agenda.ville.example/1", true},
		{"ville", "https://agenda.ville.example/1", false},
		{"mal", "https://tickets.shared.example/1", true},
		{"mal", "https://eve.tickets.shared.example/1", true},
		{"bourg", "https://hameau.commune.example/1", true}, // their own hosts, not the domain they share
		{"bourg", "https://www.hameau.commune.example/1", true},
		{"bourg", "https://commune.example/1", false}, // shared by both
		{"hameau", "https://piscine.commune.example/1", false},
		{"mal", "https://piscine.commune.example/1", true},
		{"region", "http://127.0.0.1:19001/x", false},
		{"port", "http://127.0.0.1:19001/x", true},
		{"mal", "http://127.0.0.1:19003/x", false},
		{"mal", "https://other.co.uk/", false}, // co.uk is nobody's
		{"mal", "https://news.foyer.co.uk/", true},
		{"mal", "https://ville.example.evil.example/", false},
		{"mal", "https://notville.example/", false},
		{"mal", "ftp://ville.example/x", false},
		{"mal", "", false},
		{"mal", "::", false},
	} {
		if got := c.Elsewhere(tt.member, tt.address); got != tt.want {
			t.Errorf("Elsewhere(%q, %q) = %v, want %v", tt.member, tt.address, got, tt.want)
		}
	}
}
