package harvester

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// maxSubset bounds how much of a document type declaration is looked at, and
// longEntity how long a text that a document gives a name may be.
const (
	maxSubset  = 256 << 10
	longEntity = 1 << 10
)

var (
	entityValue     = regexp.MustCompile(`<!ENTITY\s+(?:%\s+)?[^\s"'<>]+\s+(?:"([^"]*)"|'([^']*)')`)
	entityReference = regexp.MustCompile(`[&%]([A-Za-z_:][A-Za-z0-9_:.-]*);`)
	predefined      = []string{"lt", "gt", "amp", "apos", "quot"} // XML 1.0, 4.6
)

// entityBomb reports whether an XML document names texts that are made of other
// named texts, or are long: nobody writes a document so but to make its reader
// run out of memory. No decoder of ours expands them, which would put their
// bare names in the place of what was published, so the document is refused.
func entityBomb(body []byte) bool {
	for _, m := range entityValue.FindAllSubmatch(internalSubset(body), -1) {
		value := append(m[1], m[2]...)
		if len(value) > longEntity {
			return true
		}
		for _, ref := range entityReference.FindAllSubmatch(value, -1) {
			if !slices.Contains(predefined, string(ref[1])) {
				return true
			}
		}
	}
	return false
}

// internalSubset is what stands between the brackets of the document type
// declaration (XML 1.0, 2.8), nil when the document has none.
func internalSubset(body []byte) []byte {
	for {
		i := bytes.IndexByte(body, '<')
		if i < 0 {
			return nil
		}
		body = body[i:]
		var end []byte
		switch {
		case bytes.HasPrefix(body, []byte("<?")):
			end = []byte("?>")
		case bytes.HasPrefix(body, []byte("<!--")):
			end = []byte("-->")
		case bytes.HasPrefix(body, []byte("<!DOCTYPE")):
			body = body[:min(len(body), maxSubset)]
			open := bytes.IndexAny(body, "[>")
			if open < 0 || body[open] == '>' {
				return nil
			}
			subset, _, _ := bytes.Cut(body[open:], []byte("]>"))
			return subset
		default:
			return nil
		}
		_, rest, found := bytes.Cut(body, end)
		if !found {
			return nil
		}
		body = rest
	}
}

func errBomb() error {
	return &sourceError{class: federation.FailFormat,
		message: "The document is built to grow without limit when it is read (an entity bomb); it is refused.",
		advice:  "Tell the webmaster: the site may have been broken into."}
}
