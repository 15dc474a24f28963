package restapi

import "github.com/plonegov/carillon/federation"

// maxTranslations is far above the languages of any site.
const maxTranslations = 50

// translated tells what plone.app.multilingual says of an object: the
// translations component names the object in all other languages, of which each
// names this one.
func (r *reading) translated(o Object) string {
	c := o.Object("@components").Object("translations")
	all := c.Objects("items")
	if len(all) == 0 || len(all) > maxTranslations || r.item.Language == "" {
		return ""
	}
	own := r.resolve(o.Raw("@id"))
	versions := map[string]string{r.item.Language: own}
	for _, one := range all {
		lang := language(one)
		if to := r.resolve(one.Raw("@id")); to != own {
			if versions[lang] != "" {
				return ""
			}
			versions[lang] = to
		}
	}
	return federation.SameOf(own, versions)
}

// versions are the item in the other languages that iMio's objects are
// written in: title_nl, description_nl, text_nl.
func (r *reading) versions(o Object) []federation.Item {
	var out []federation.Item
	main := r.item.Language
	for _, lang := range []string{"fr", "nl", "de", "en"} {
		title := o.Text("title_" + lang)
		if title == "" || lang == main || title == r.item.Title && lang == "fr" {
			continue
		}
		other := Object{}
		for key, v := range o {
			other[key] = v
		}
		other["language"], other["title"] = lang, o["title_"+lang]
		other["description"], other["text"] = o["description_"+lang], o["text_"+lang]
		for _, key := range []string{"category_title", "local_category"} {
			if v, ok := o[key+"_"+lang]; ok && scalar(v) != "" {
				other[key] = v
			}
		}
		for _, l := range []string{"fr", "nl", "de", "en"} {
			delete(other, "title_"+l)
		}
		base := *r.base
		src := r.src
		src.Language = lang
		v := readItem(other, &base, r.api, src)
		v.Item.Type = r.item.Type
		v.Item.OriginID += " " + lang
		r.item.Same = r.item.OriginID
		v.Item.Same = r.item.Same
		out = append(out, v.Item)
	}
	return out
}
