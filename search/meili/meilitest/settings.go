package meilitest

import (
	"net/http"
	"slices"
	"strings"
)

// locales are some of those that the server takes; Basque is none of them.
var locales = []string{"eng", "en", "fra", "fr", "nld", "nl", "deu", "de", "spa", "es", "jpn", "ja", "cmn", "zh", "heb", "he", "tha", "th", "swe", "sv"}

func (s *Server) patchSettings(w http.ResponseWriter, r *http.Request) {
	var in map[string]any
	if !body(w, r, &in) {
		return
	}
	for name, v := range in {
		if _, known := defaults()[name]; !known {
			refuse(w, 400, "bad_request", "invalid_request", "Unknown field `"+name+"`")
			return
		}
		if f := badSetting(name, v); f != nil {
			refuse(w, 400, f.Code, f.Type, f.Message)
			return
		}
	}
	s.set(w, r.PathValue("uid"), in)
}

// badSetting looks for what the server refuses.
func badSetting(name string, v any) *fault {
	if name == "localizedAttributes" {
		rules, _ := v.([]any)
		for _, rule := range rules {
			for _, l := range list(rule.(map[string]any)["locales"]) {
				if !slices.Contains(locales, l) {
					return &fault{Message: "Unknown value `" + l + "` at `.localizedAttributes[0].locales[0]`", Code: "invalid_settings_localized_attributes", Type: "invalid_request"}
				}
			}
		}
	}
	if name == "rankingRules" {
		for _, rule := range list(v) {
			attribute, asc := strings.CutSuffix(rule, ":asc")
			attribute, desc := strings.CutSuffix(attribute, ":desc")
			if !asc && !desc && !slices.Contains([]string{"words", "typo", "proximity", "attribute", "attributeRank", "wordPosition", "sort", "exactness"}, attribute) {
				return &fault{Message: "`" + rule + "` ranking rule is invalid.", Code: "invalid_settings_ranking_rules", Type: "invalid_request"}
			}
		}
	}
	return nil
}

// set changes settings by a task. A setting that is null is as nobody set it; of
// one that is an object the parts given change.
func (s *Server) set(w http.ResponseWriter, uid string, in map[string]any) {
	s.enqueue(w, uid, "settingsUpdate", func() *fault {
		if s.indexes[uid] == nil {
			s.indexes[uid] = newIndex(uid)
		}
		have := s.indexes[uid].settings
		for name, v := range in {
			old, isObject := have[name].(map[string]any)
			object, given := v.(map[string]any)
			switch {
			case v == nil:
				have[name] = defaults()[name]
			case isObject && given && name != "synonyms":
				for k, part := range object {
					if part == nil {
						part = defaults()[name].(map[string]any)[k]
					}
					old[k] = part
				}
			default:
				have[name] = v
			}
		}
		return nil
	})
}

func (s *Server) getSetting(w http.ResponseWriter, r *http.Request) {
	s.of(w, r.PathValue("uid"), func(x *index) {
		v, known := x.settings[camel(r.PathValue("name"))]
		if !known {
			http.NotFound(w, r)
			return
		}
		answer(w, 200, v)
	})
}

func (s *Server) putSetting(w http.ResponseWriter, r *http.Request) {
	var v any
	if !body(w, r, &v) {
		return
	}
	s.set(w, r.PathValue("uid"), map[string]any{camel(r.PathValue("name")): v})
}

// camel is the name of a setting in an object, by its name in an address.
func camel(kebab string) string {
	parts := strings.Split(kebab, "-")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
	}
	return strings.Join(parts, "")
}

// list are the strings of a JSON list.
func list(v any) []string {
	values, _ := v.([]any)
	var out []string
	for _, one := range values {
		if s, ok := one.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func (x *index) names(setting string) []string { return list(x.settings[setting]) }

func (x *index) part(setting, part string) float64 {
	object, _ := x.settings[setting].(map[string]any)
	n, _ := object[part].(float64)
	return n
}
