package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// wholeHub is a server with everything that a hub serves.
func wholeHub(t *testing.T) *Server {
	t.Helper()
	store := newRegion(1)
	log := slog.New(slog.DiscardHandler)
	svc, cats := searching(t, store, log)
	config := testConfig
	config.Callback, config.Checker = &fakeCallback{}, &standInChecker{}
	return New(log, config, &federation.Reader{Held: store}, store, svc, cats, nil)
}

// TestEveryRouteIsInTheTable: whatever the router answers has a row, with a
// lifetime and a class.
func TestEveryRouteIsInTheTable(t *testing.T) {
	s := wholeHub(t)
	known := []web.Class{web.Page, web.Feed, web.List, web.Direct}
	routed := map[string]bool{}
	err := chi.Walk(s.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		routed[method+" "+pattern] = true
		if rt, ok := s.routes[method+" "+pattern]; !ok || rt.Life == "" || !slices.Contains(known, rt.Class) {
			t.Errorf("%s %s has lifetime %q and class %q in the table (there: %v)", method, pattern, rt.Life, rt.Class, ok)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range s.routes {
		// The JSON API is mounted for GET; HEAD is answered by GET there.
		if !routed[key] && !routed[strings.Replace(key, "HEAD ", "GET ", 1)] {
			t.Errorf("the table has %s, which the router does not answer", key)
		}
	}
}

// TestTableAndOpenAPIAgree: the operations of the JSON API are rows, and the
// rows of the JSON API are operations.
func TestTableAndOpenAPIAgree(t *testing.T) {
	s := wholeHub(t)
	rows, described := map[string]bool{}, map[string]bool{}
	for key := range s.routes {
		if method, pattern, _ := strings.Cut(key, " "); strings.HasPrefix(pattern, "/api/v1/") && method != http.MethodHead {
			rows[key] = true
		}
	}
	var doc struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(s.described.openapi, &doc); err != nil {
		t.Fatal(err)
	}
	for path, at := range doc.Paths {
		for method := range at {
			described[strings.ToUpper(method)+" "+path] = true
		}
	}
	if diff := cmp.Diff(described, rows); diff != "" {
		t.Errorf("operations of OpenAPI (-) and rows of the table (+):\n%s", diff)
	}
}

// notYet are the addresses of DESIGN.md 7 that nothing answers so far.
var notYet = []string{"/oembed", "/events", "/builder", "/alerts.cap.atom", "/alerts/x.cap", "/catalog.rdf", "/catalog.jsonld", "/items.csv",
	"/m/x/", "/console/", "/websub", "/metrics"}

// TestAddressesOfTheDesign: every address of DESIGN.md 7 is answered, or is
// named as one that is not there yet.
func TestAddressesOfTheDesign(t *testing.T) {
	s := wholeHub(t)
	addresses := []string{"/", "/search", "/items/x", "/members/x", "/channels/x", "/feed.rss", "/feed.atom", "/feed.json", "/feed.ics",
		"/channels/x.rss", "/channels/x.atom", "/channels/x.json", "/channels/x.ics", "/w/1/carillon.js", "/w/1.0.0/carillon.js",
		"/embed/x", "/embed/x.html", "/embed/widget/list", "/embed/widget/list.html", "/oembed", "/api/v1/items", "/api/v1/items/x",
		"/api/v1/items/x/versions", "/api/v1/search", "/api/v1/suggest", "/api/v1/members", "/api/v1/channels", "/api/v1/sources",
		"/api/openapi.json", "/api/docs", "/events", "/builder", "/alerts.cap.atom", "/alerts/x.cap", "/catalog.rdf", "/catalog.jsonld",
		"/items.csv", "/m/x/", "/console/", "/sitemap.xml", "/favicon.ico", "/opensearch.xml", "/manifest.webmanifest", "/websub",
		"/websub/callback/x", "/healthz", "/readyz", "/metrics"}
	for _, address := range addresses {
		pattern := s.router.Find(chi.NewRouteContext(), http.MethodGet, address)
		if _, there := s.routes["GET "+pattern]; there == slices.Contains(notYet, address) {
			t.Errorf("%s is answered: %v (by %q), and named as not yet there: %v", address, there, pattern, !there)
		}
	}
}

// TestRoutesInTheDocs: docs/routes.md is the table.
func TestRoutesInTheDocs(t *testing.T) {
	const file = "../docs/routes.md"
	var b bytes.Buffer
	b.WriteString("# Every address of the hub\n\n" +
		"Made from the table that the router is made from (`go test ./api -run TestRoutesInTheDocs -update`). A class has room of its own:\n" +
		"answers of pages, feeds and lists are made whole and kept until a change touches them; others are sent by who makes them.\n\n" +
		"| address | methods | class | Cache-Control of a good answer |\n|---|---|---|---|\n")
	routes, methods := map[string]web.Route{}, map[string][]string{}
	for key, rt := range wholeHub(t).routes {
		routes[rt.Pattern] = rt
		method, _, _ := strings.Cut(key, " ")
		methods[rt.Pattern] = append(methods[rt.Pattern], method)
	}
	for _, pattern := range slices.Sorted(maps.Keys(routes)) {
		slices.Sort(methods[pattern])
		fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", pattern, strings.Join(methods[pattern], " "), routes[pattern].Class, routes[pattern].Life)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), b.String()); diff != "" {
		t.Errorf("%s (-have +want):\n%s", file, diff)
	}
}
