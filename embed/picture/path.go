package picture

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/safehttp"
)

// The widths in which every picture is served, in pixels. A picture that is
// narrower keeps its own width.
const (
	Thumb  = 160
	Small  = 320
	Medium = 640
	Large  = 960
)

// widths holds them in rising order.
var widths = [...]int{Thumb, Small, Medium, Large}

// Path is the address of the item's picture in [Medium] width, a path of the
// hub; "" when the item has no picture on the web. Another picture of the item
// has another path, so what a path leads to never changes.
func Path(it federation.Item) string { return PathAt(it, Medium) }

// PathAt is [Path] for a picture at least width pixels wide: the smallest of
// the widths served that is, or the largest.
func PathAt(it federation.Item, width int) string {
	if it.Image == nil {
		return ""
	}
	return pathOf(it.ID, it.Image.URL, width)
}

// Content is the item's content with its pictures from the hub: the page that
// shows it asks nobody else. One that is not on the web gives way to its text.
func Content(it federation.Item) markup.HTML {
	return it.Content.WithPictures(func(address string) string { return pathOf(it.ID, address, Large) })
}

func pathOf(id, address string, width int) string {
	if _, err := safehttp.ParseURL(address); err != nil {
		return ""
	}
	served := Large
	for _, w := range widths {
		if w >= width {
			served = w
			break
		}
	}
	return "/pictures/" + id + "/" + tag(address) + "-" + strconv.Itoa(served) + ".jpg"
}

// tagged is the address of the item's picture that has the tag: its lead
// picture, or one in its content.
func tagged(it federation.Item, asked string) (address string, ok bool) {
	if it.Image != nil && tag(it.Image.URL) == asked {
		return it.Image.URL, true
	}
	for _, address := range it.Content.Pictures() {
		if tag(address) == asked {
			return address, true
		}
	}
	return "", false
}

// tag tells the pictures that one item has in its life apart.
func tag(url string) string {
	sum := sha256.Sum256([]byte(url))
	return hex.EncodeToString(sum[:6])
}

// parseName reads the last segment of a path: a tag and the place of the width
// in widths.
func parseName(name string) (tag string, size int, ok bool) {
	name, ok = strings.CutSuffix(name, ".jpg")
	tag, width, cut := strings.Cut(name, "-")
	if !ok || !cut {
		return "", 0, false
	}
	for i, w := range widths {
		if width == strconv.Itoa(w) {
			return tag, i, true
		}
	}
	return "", 0, false
}
