package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation/region"
)

// TestStrangersCannotCheckPrivateNetworks: the hub of these tests may harvest
// from loopback, and still nobody makes it look there by the API.
func TestStrangersCannotCheckPrivateNetworks(t *testing.T) {
	asked := 0
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer site.Close()
	base := startHub(t, "members: []")
	for _, address := range []string{site.URL, "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest/"} {
		res, err := http.Post(base+"/api/v1/check", "application/json", strings.NewReader(fmt.Sprintf(`{"url":%q}`, address)))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		var p web.Problem
		if err != nil || json.Unmarshal(body, &p) != nil || res.StatusCode != 422 || p.Status != 422 {
			t.Errorf("check of %s = %d %s, %v, want a problem of 422", address, res.StatusCode, body, err)
		}
	}
	if asked > 0 {
		t.Errorf("the private site was asked %d times", asked)
	}
}

// TestCheckOfASiteForTheAPI: what the API would answer of a public site, and
// that its YAML is a region file.
func TestCheckOfASiteForTheAPI(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			io.WriteString(w, `<!doctype html><html lang="nl"><title>Gemeente "Brume": - # welkom</title><link rel=icon href="/a(1).png"><link rel=alternate type=application/rss+xml href=/rss>`)
		case "/rss":
			io.WriteString(w, `<rss version="2.0"><channel><title>Nieuws</title><item><guid>1</guid><title>Een</title><link>https://b.example/1</link></item></channel></rss>`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	worker, client := newHarvester(testLog(t), nil, hubConfig{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, "")
	defer client.Close()
	report := siteChecker{worker}.Check(t.Context(), site.URL)
	if report.Failure != nil || len(report.Sources) != 1 || report.Sources[0].Slug != "nieuws" || len(report.Sources[0].Sample) != 1 {
		t.Fatalf("Check = %+v", report)
	}
	r, err := region.Parse("check.yaml", []byte(report.YAML), regionOptions(nil, false))
	if err != nil || len(r.Members) != 1 || len(r.Sources) != 1 {
		t.Fatalf("the YAML is refused: %v\n%s", err, report.YAML)
	}
	if m := r.Members[0]; m.Language() != "nl" || m.Name["nl"] == "" || m.Theme.Logo != "" {
		t.Errorf("the member is %+v: want it in nl, without a logo that no style sheet could hold", m)
	}
}
