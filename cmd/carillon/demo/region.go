package demo

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"time"
)

//go:embed content feeds pages sites region.yaml communes.geojson
var files embed.FS

// Region is the made-up region at one moment. Its methods are safe for
// concurrent use.
type Region struct {
	now        time.Time
	publishers []*publisher // in the order of their slugs
	procedures []procedure
	pictures   *gallery
	pages      *template.Template
}

// publisher is a member's own site.
type publisher struct {
	Slug     string // the first element of its paths
	Sections []*section
}

// New makes the region as it is at now.
func New(now time.Time) (*Region, error) {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil { // a build without time zones: winter time all year does
		zone = time.FixedZone("CET", 3600)
	}
	r := &Region{now: now.In(zone).Truncate(time.Second), pictures: newGallery()}
	if r.pages, err = template.New("").Funcs(pageFuncs).ParseFS(files, "pages/*.html", "sites/*/*.html"); err != nil {
		return nil, fmt.Errorf("read the templates of the demo: %w", err)
	}
	clock := clock{now: r.now}
	if err := r.readSections(clock); err != nil {
		return nil, err
	}
	if r.procedures, err = readProcedures(clock); err != nil {
		return nil, err
	}
	return r, nil
}

// readSections reads content/<publisher>/<section>.txt.
func (r *Region) readSections(clock clock) error {
	names, err := fs.Glob(files, "content/*/*.txt")
	if err != nil {
		return err
	}
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		slug := path.Base(path.Dir(name))
		s, err := parseSection(string(body), clock)
		if err == nil {
			err = r.pictures.check(s)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.Publisher, s.Slug = slug, strings.TrimSuffix(path.Base(name), ".txt")
		if n := len(r.publishers); n == 0 || r.publishers[n-1].Slug != slug {
			r.publishers = append(r.publishers, &publisher{Slug: slug})
		}
		p := r.publishers[len(r.publishers)-1]
		p.Sections = append(p.Sections, s)
	}
	return nil
}

// section returns the section of that name, "publisher/section", nil when
// there is none.
func (r *Region) section(name string) *section {
	for _, p := range r.publishers {
		for _, s := range p.Sections {
			if s.Name() == name {
				return s
			}
		}
	}
	return nil
}
