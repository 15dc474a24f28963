package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// Bounds of a logo, in pixels: twice what pages show, for fine screens.
const (
	logoWidth  = 640
	logoHeight = 192
)

// LogoPath is the address, a path of the hub, of the logo that the region file
// gives to owner: a member, or [federation.HubOwner]. It is "" when address is none of the
// web. The path names the owner and not the address, so that nobody makes the
// hub fetch what the region file does not name.
func LogoPath(owner, address string) string {
	if _, err := safehttp.ParseURL(address); err != nil {
		return ""
	}
	return "/pictures/logos/" + owner + "/" + tag(address)
}

// serveLogo answers with one of the owner's logos: its own, or that of one of
// its placements.
func (s *Server) serveLogo(w http.ResponseWriter, r *http.Request) error {
	owner, asked := chi.URLParam(r, "owner"), chi.URLParam(r, "tag")
	for _, address := range s.directory.Logos(owner) {
		if tag(address) != asked {
			continue
		}
		f, err := s.logo(r.Context(), owner, address)
		if errors.Is(err, errNone) {
			return fmt.Errorf("logo of %q: %w: %w", owner, federation.ErrNotFound, err)
		}
		if err != nil {
			return err
		}
		send(w, r, f)
		return nil
	}
	return federation.NotFound("logo", asked)
}

// logo returns a logo from memory, or makes it.
func (s *Server) logo(ctx context.Context, owner, address string) (*file, error) {
	p, err := s.get(ctx, subject{address: address, logo: true, owner: owner})
	if err != nil {
		return nil, err
	}
	return p.sizes[0], nil
}

// makeVector takes a vector drawing as it is, when there is nothing in it but
// drawing; errFormat is that the bytes are none.
func makeVector(body []byte) (*picture, error) {
	clean, err := vector(body)
	if err != nil {
		return nil, err
	}
	return onlyFile(clean, svgType), nil
}

// renderLogo makes a PNG, which keeps what is transparent.
func (f found) renderLogo(deadline time.Time) (*picture, error) {
	img, err := f.pixels(deadline)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, shrink(img)); err != nil {
		return nil, err
	}
	return onlyFile(out.Bytes(), "image/png"), nil
}

// shrink draws a logo no larger than the bounds of one.
func shrink(src image.Image) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if w > logoWidth {
		w, h = logoWidth, max(1, h*logoWidth/w)
	}
	if h > logoHeight {
		w, h = max(1, w*logoHeight/h), logoHeight
	}
	return scale(src, w, h, image.Transparent)
}

// onlyFile is a picture of one width.
func onlyFile(body []byte, kind string) *picture {
	p, f := &picture{}, newFile(body, kind)
	for i := range p.sizes {
		p.sizes[i] = f
	}
	return p
}
