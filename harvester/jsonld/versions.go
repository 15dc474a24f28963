package jsonld

import "github.com/plonegov/carillon/federation"

// same is the origin id of the work that n is a translation of, or n's own when
// it names translations of it (schema.org, translationOfWork, workTranslation).
func (w *writing) same(n node) string {
	w.told["translationOfWork"], w.told["workTranslation"] = true, true
	if original := w.named(n["translationOfWork"]); original != "" {
		return original
	}
	if w.named(n["workTranslation"]) != "" {
		return w.OriginID
	}
	return ""
}

// named is the origin id of the first object of a value that has one on the
// web, "" when there is none.
func (w *writing) named(v any) string {
	for _, e := range list(v) {
		if m, ok := e.(map[string]any); ok {
			e = w.follow(m)
			if a := w.absolute(node(m).id()); a != "" && len(a) <= maxID {
				return a
			}
		}
		if a := w.address(e); a != "" && len(a) <= maxID {
			return a
		}
	}
	return ""
}

// join makes the original that does not name its translations one of them.
func join(items []federation.Item) {
	named := map[string]bool{}
	for _, it := range items {
		named[it.Same] = true
	}
	for i := range items {
		if it := &items[i]; it.Same == "" && named[it.OriginID] {
			it.Same = it.OriginID
		}
	}
}
