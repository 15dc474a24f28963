package markup

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// trackers are the query parameters that tell the target where a reader came
// from and nothing about what to show. A trailing underscore stands for every
// parameter that begins so.
var trackers = []string{
	"utm_", "mtm_", "pk_", "at_", "xtor", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid",
	"msclkid", "yclid", "twclid", "ttclid", "igshid", "li_fat_id", "mc_cid", "mc_eid",
	"_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "wickedid", "oly_anon_id", "oly_enc_id",
}

// Untracked returns an address without the parameters that only tell its site
// where a reader came from. Everything else stays as it is spelt.
func Untracked(address string) string {
	rest, fragment, hasFragment := strings.Cut(address, "#")
	path, query, hasQuery := strings.Cut(rest, "?")
	if !hasQuery {
		return address
	}
	kept := withoutTracking(query)
	if kept == query {
		return address
	}
	if kept != "" {
		path += "?" + kept
	}
	if hasFragment {
		path += "#" + fragment
	}
	return path
}

// withoutTracking returns a query, as spelt in the address, without trackers.
func withoutTracking(query string) string {
	if query == "" {
		return query
	}
	parts := strings.Split(query, "&")
	kept := slices.DeleteFunc(parts, func(part string) bool {
		key, _, _ := strings.Cut(part, "=")
		return isTracker(strings.ToLower(key))
	})
	return strings.Join(kept, "&")
}

func isTracker(key string) bool {
	return slices.ContainsFunc(trackers, func(t string) bool {
		return key == t || strings.HasSuffix(t, "_") && strings.HasPrefix(key, t)
	})
}

// beacons are addresses of pictures that only count readers, without scheme.
var beacons = []string{
	"pixel.wp.com/", "stats.wordpress.com/", "feeds.feedburner.com/~r/", "feeds.wordpress.com/1.0/",
	"www.google-analytics.com/", "www.facebook.com/tr", "piwik.php", "matomo.php",
}

// late are the attributes in which pages that load pictures late hold the
// address; what stands in src beside them is a placeholder, whatever it is.
var late = []string{"data-src", "data-lazy-src", "data-original", "data-srcset", "data-lazy-srcset"}

// picture returns the address of an <img> worth showing.
func (w *writer) picture(n *html.Node) (string, bool) {
	attrs := n.Attr[:min(len(n.Attr), maxAttributes)]
	if isPixel(attrs) {
		return "", false
	}
	for _, key := range late {
		given := valueOf(attrs, key)
		if strings.HasSuffix(key, "srcset") {
			given = widest(given)
		}
		given, _, _ = strings.Cut(strings.TrimSpace(given), " ")
		if src, ok := address(given, w.base, imageAddress); ok {
			return src, !isBeacon(src)
		}
	}
	src, ok := address(valueOf(attrs, "src"), w.base, imageAddress)
	if !ok {
		src, ok = address(widest(valueOf(attrs, "srcset")), w.base, imageAddress)
	}
	return src, ok && !isBeacon(src)
}

// maxCandidates bounds how many addresses of a srcset are looked at.
const maxCandidates = 30

// widest is the address in a srcset of the widest picture (HTML 4.8.4.2.1), the
// first where no widths are given.
func widest(srcset string) (best string) {
	most := -1
	for range maxCandidates {
		srcset = strings.TrimLeft(srcset, ", \t\r\n\f")
		end := strings.IndexAny(srcset, " \t\r\n\f")
		if end < 0 {
			end = len(srcset)
		}
		given, size := srcset[:end], ""
		if srcset = srcset[end:]; strings.HasSuffix(given, ",") {
			given = strings.TrimRight(given, ",")
		} else {
			size, srcset, _ = strings.Cut(srcset, ",")
		}
		if given == "" {
			break
		}
		n := 0
		if width, ok := strings.CutSuffix(strings.TrimSpace(size), "w"); ok {
			n, _ = strconv.Atoi(width)
		}
		if n > most {
			best, most = given, n
		}
	}
	return best
}

// isPixel reports whether an image is there to be fetched, not to be seen.
func isPixel(attrs []html.Attribute) bool {
	style := strings.ReplaceAll(strings.ToLower(valueOf(attrs, "style")), " ", "")
	if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
		return true
	}
	tiny := func(key string) bool { // of the size as it would be written
		size, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(cleanRunes(valueOf(attrs, key))), "px"))
		return err == nil && size <= 1 || hasTiny(style, key)
	}
	return tiny("width") && tiny("height")
}

func hasTiny(style, property string) bool {
	for declaration := range strings.SplitSeq(style, ";") {
		switch declaration {
		case property + ":0", property + ":0px", property + ":1px":
			return true
		}
	}
	return false
}

func isBeacon(src string) bool {
	_, rest, _ := strings.Cut(src, "://")
	path, _, _ := strings.Cut(rest, "?")
	return slices.ContainsFunc(beacons, func(b string) bool {
		return strings.HasPrefix(rest, b) || strings.HasSuffix(path, "/"+b)
	})
}

func valueOf(attrs []html.Attribute, key string) string {
	for _, a := range attrs {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
