package search

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/plonegov/carillon/federation"
)

const (
	cursorMark = 6 // bytes of the selection's hash inside a cursor
	maxCursor  = 300
)

// sealCursor wraps an engine's position so that it resumes its own selection
// only: a cursor of one selection is refused in another.
func sealCursor(sel federation.Selection, next string) string {
	if next == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(selectionMark(sel) + next))
}

// openCursor undoes sealCursor; "" when the selection has no cursor.
func openCursor(sel federation.Selection) (string, error) {
	if sel.Cursor == "" {
		return "", nil
	}
	if len(sel.Cursor) <= maxCursor {
		b, err := base64.RawURLEncoding.DecodeString(sel.Cursor)
		after, ok := strings.CutPrefix(string(b), selectionMark(sel))
		if err == nil && ok && after != "" {
			return after, nil
		}
	}
	return "", federation.InvalidAs("cursor", "cursor", "", "is not one that this selection gave; start again without it")
}

// selectionMark is a short hash of everything in sel but limit and cursor.
func selectionMark(sel federation.Selection) string {
	order, as := sel.Order(), sel.As
	sel = sel.Filter()
	sel.Sort, sel.As = order, as
	sum := sha256.Sum256([]byte(sel.String()))
	return string(sum[:cursorMark])
}
