package demo

import (
	"bytes"
	"fmt"
	"image/png"
	"sync"
	"time"
)

// pictureDate is when the pictures were last drawn differently.
var pictureDate = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// gallery holds the pictures of the region, drawn when first asked for.
type gallery struct{ pictures map[string]func() []byte }

func newGallery() *gallery {
	g := &gallery{map[string]func() []byte{}}
	for name, scene := range scenes {
		g.pictures[name] = sync.OnceValue(func() []byte {
			var b bytes.Buffer
			if err := png.Encode(&b, scene.paint()); err != nil {
				panic(err) // bytes.Buffer takes everything
			}
			return b.Bytes()
		})
	}
	return g
}

// png returns the picture, nil when there is none of that name.
func (g *gallery) png(name string) []byte {
	if draw := g.pictures[name]; draw != nil {
		return draw()
	}
	return nil
}

// check refuses a section that names a picture that is not there, or one
// without a text for those who cannot see it.
func (g *gallery) check(s *section) error {
	for _, e := range s.Entries {
		switch {
		case e.Picture != "" && g.pictures[e.Picture] == nil:
			return fmt.Errorf("%q: there is no picture %q", e.Title, e.Picture)
		case e.Picture != "" && e.Alt == "":
			return fmt.Errorf("%q: the picture lacks its alt", e.Title)
		}
	}
	return nil
}
