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

// serveOpenAPI answers with the description of the API (OpenAPI 3.1).
func (s *Server) serveOpenAPI(w http.ResponseWriter, _ *http.Request) error {
	b, err := s.describedJSON()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(b)
	return err
}

func (s *Server) describedJSON() ([]byte, error) {
	doc := *s.openapi
	doc.Servers = []*huma.Server{{URL: s.config.PublicURL}}
	b, err := json.Marshal(&doc)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, b, "", "  ")
	out.WriteByte('\n')
	return out.Bytes(), err
}

// docsPage is what docs.html shows.
type docsPage struct {
	Style      template.CSS
	Version    string
	Operations []docsOperation
}

type docsOperation struct {
	Path, Summary string
	Params        []*huma.Param
}

// serveDocs answers with a page that lists the operations; it loads nothing.
func (s *Server) serveDocs(w http.ResponseWriter, _ *http.Request) error {
	style, err := docsFiles.ReadFile("docs.css")
	if err != nil {
		return err
	}
	t, err := template.ParseFS(docsFiles, "docs.html")
	if err != nil {
		return err
	}
	page := docsPage{Style: template.CSS(style), Version: s.config.Version} // our own file
	for _, path := range slices.Sorted(maps.Keys(s.openapi.Paths)) {
		op := s.openapi.Paths[path].Get
		page.Operations = append(page.Operations, docsOperation{path, op.Summary, op.Parameters})
	}
	sum := sha256.Sum256(style)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "+
		"style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	return t.Execute(w, page)
}
