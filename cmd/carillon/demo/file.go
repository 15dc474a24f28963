package demo

import (
	"bytes"
	"io/fs"
	"text/template"
)

var regionFile = template.Must(template.ParseFS(files, "region.yaml"))

// Beside are the files that the region file names.
func (r *Region) Beside() fs.FS { return files }

// File is the region file: the publishers at sourceBase ("http://host:port"),
// and for each slug of [Region.Sites] the origin of its municipal page. A site
// that is not in the map may be embedded from anywhere.
func (r *Region) File(sourceBase string, sites map[string]string) []byte {
	var b bytes.Buffer
	view := struct {
		Sources string
		Sites   map[string]string
	}{sourceBase, sites}
	if err := regionFile.Execute(&b, view); err != nil {
		panic(err) // the template and its two fields are both compiled in
	}
	return b.Bytes()
}
