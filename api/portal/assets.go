package portal

import (
	goembed "embed"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

//go:embed assets/*
var assetFiles goembed.FS

const (
	assetRoot = "/assets/"
)

// asset is a file under an address that holds its hash.
type asset struct {
	name string // "portal.Kx3….css"
	kind string // media type
	body []byte
}

// mustAssets reads the files that are built in, by their plain names.
func mustAssets() map[string]asset {
	all := map[string]asset{}
	entries, err := assetFiles.ReadDir("assets")
	if err != nil {
		panic(fmt.Errorf("read the assets: %w", err))
	}
	for _, e := range entries {
		body, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			panic(fmt.Errorf("read the asset %q: %w", e.Name(), err))
		}
		all[e.Name()] = newAsset(e.Name(), body)
	}
	return all
}

func newAsset(name string, body []byte) asset {
	ext := path.Ext(name)
	return asset{strings.TrimSuffix(name, ext) + "." + digest(body) + ext, mime.TypeByExtension(ext), body}
}

func (a asset) url() string { return assetRoot + a.name }

// asset serves a file. An old name of one, from a page that a cache kept,
// gives the present file, for a minute.
func (p *Portal) asset(w http.ResponseWriter, v visit) error {
	asked := strings.TrimPrefix(v.URL.Path, assetRoot)
	a, ok := p.findAsset(asked)
	if !ok {
		return federation.NotFound("asset", asked)
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	if asked != a.name {
		h.Set("Cache-Control", "public, max-age=60")
	}
	web.Send(w, v.Request, a.body)
	return nil
}

// findAsset finds a file by its first name and its extension.
func (p *Portal) findAsset(asked string) (asset, bool) {
	first, rest, _ := strings.Cut(asked, ".")
	_, ext, hashed := strings.Cut(rest, ".")
	if !hashed {
		return asset{}, false
	}
	if first == memberSheet && ext == "css" {
		return p.memberColours(p.cats.Current()), true
	}
	a, ok := p.assets[first+"."+ext]
	return a, ok
}
