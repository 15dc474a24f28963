package region

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
)

var errNoFile = errors.New("there is no file")

// openBeside opens a file that the region file names: beside it or below, by a
// path with forward slashes.
func (c *checker) openBeside(name string) (fs.File, error) {
	clean := path.Clean(filepath.ToSlash(name))
	if !fs.ValidPath(clean) {
		return nil, fmt.Errorf("%q must be beside the region file or in a folder there", name)
	}
	f, err := c.options.Beside.Open(clean)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w %s beside the region file", errNoFile, name)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	return f, nil
}
