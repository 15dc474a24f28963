package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed docs.html docs.css
var docsFiles embed.FS

// description is what describes the API, made once.
type description struct {
	openapi []byte // OpenAPI 3.1
	page    []byte // for people
	policy  string // of the page: its own style and nothing else
}

// docsPage is what docs.html shows.
type docsPage struct {
	Style      template.CSS
	Operations []docsOperation
}

type docsOperation struct {
	Method, Path, Summary string
	Params                []*huma.Param
}

// describeIn writes the description of the operations in doc. The files are
// part of the program, so an error is a bug.
func describeIn(doc huma.OpenAPI, publicURL string) (d description, err error) {
	doc.Servers = []*huma.Server{{URL: publicURL}}
	if d.openapi, err = json.MarshalIndent(&doc, "", "  "); err != nil {
		return d, err
	}
	d.openapi = append(d.openapi, '\n')
	style, err := docsFiles.ReadFile("docs.css")
	if err != nil {
		return d, err
	}
	t, err := template.ParseFS(docsFiles, "docs.html")
	if err != nil {
		return d, err
	}
	page := docsPage{Style: template.CSS(style)} // a file of ours
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, op := range []*huma.Operation{doc.Paths[path].Get, doc.Paths[path].Post} {
			if op != nil {
				page.Operations = append(page.Operations, docsOperation{op.Method, path, op.Summary, op.Parameters})
			}
		}
	}
	var b bytes.Buffer
	err = t.Execute(&b, page)
	sum := sha256.Sum256(style)
	d.page = b.Bytes()
	d.policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
		"style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	return d, err
}

// serveOpenAPI answers with the description for programs.
func (s *Server) serveOpenAPI(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write(s.described.openapi)
	return err
}

// serveDocs answers with a page that lists the operations; it loads nothing.
func (s *Server) serveDocs(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", s.described.policy)
	_, err := w.Write(s.described.page)
	return err
}
