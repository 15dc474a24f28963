package portal

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// placeKey is the form's field for a place in words. No address keeps it: it
// is answered with the address of the selection that it means.
const placeKey = "place"

// everywhere is the form's radius that leaves nothing out: what is at the place
// comes first. No address keeps it either.
const everywhere = "all"

// leadingCode is the postal code of "5060 Bellerive".
var leadingCode = regexp.MustCompile(`^(\d{4,5})\s+\pL{3}`)

// placed puts the place that somebody typed into a query: a postal code under
// its own key, a commune by where it is, one that nobody knows the place of by
// its name. What is no place known here is a fault. With the radius everywhere
// the place is whose reader it is, and shuts nothing out.
func (v visit) placed(query url.Values) (url.Values, *federation.InvalidError) {
	out := url.Values{}
	for key, values := range query {
		if key != placeKey {
			out[key] = values
		}
	}
	typed := strings.Join(strings.Fields(strings.ToValidUTF8(query.Get(placeKey), "\uFFFD")), " ")
	first := query.Get("radius") == everywhere
	if typed == "" {
		if first {
			v.homeFrom(out)
		}
		if len(out["near"]) == 0 {
			out.Set("near", "") // the form's place is open: see asForm
		}
		return out, nil
	}
	out.Del("near")
	if strings.ContainsAny(typed, "0123456789") {
		if code := leadingCode.FindStringSubmatch(typed); code != nil {
			typed = code[1]
		}
		key := "postcode"
		if first {
			key = "as"
		}
		out.Set(key, typed)
		out.Set("near", "")
		return out, nil
	}
	m := v.memberCalled(typed)
	switch {
	case m == nil:
		return out, &federation.InvalidError{Field: placeKey, Code: "near", Value: typed, Reason: "is not a place known here"}
	case first:
		out.Set("as", m.Slug)
		out.Set("near", "")
	case m.Location == nil:
		out["member"] = append(out["member"], m.Slug)
		out.Set("near", "")
	default:
		out.Set("near", nearText(*m.Location))
	}
	return out, nil
}

// homeFrom makes the point of a query the commune that it is in: the reader is
// of there, and no address tells more exactly where.
func (v visit) homeFrom(out url.Values) {
	sel, err := federation.SelectionFrom(url.Values{"near": {out.Get("near")}})
	if err != nil || sel.Near == nil {
		return // the page says what is wrong with it
	}
	out.Set("near", "")
	if m := v.cat.At(*sel.Near); m != nil {
		out.Set("as", m.Slug)
	}
}

// homeName names whose reader somebody is: a postal code, or a member.
func (v visit) homeName(as string) string {
	if m, err := v.cat.Member(as); err == nil {
		return v.name(m.Name).Text
	}
	return strings.ToUpper(as)
}

// shortestName is from how many characters on the beginning of a name is taken
// for it.
const shortestName = 3

// memberCalled is the member with a name, whatever its accents and hyphens, in
// any language, else the only one whose name begins so; nil when there is none.
func (v visit) memberCalled(typed string) *federation.Member {
	want := plainName(typed)
	var begins []*federation.Member
	members := v.cat.Current()
	for i := range members {
		m := &members[i]
		for _, name := range m.Name {
			switch plain := plainName(name); {
			case plain == want:
				return m
			case len(want) >= shortestName && strings.HasPrefix(plain, want) && (len(begins) == 0 || begins[len(begins)-1] != m):
				begins = append(begins, m)
			}
		}
	}
	if len(begins) != 1 {
		return nil
	}
	return begins[0]
}

func plainName(s string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool { return r == ' ' || r == '-' || r == '\'' || r == '’' }), " ")
}

// atHome reports whether the form's place is whose reader it is, and no filter.
func atHome(sel federation.Selection) bool {
	return sel.As != "" && sel.Near == nil && sel.Postcode == ""
}

// placeText is what the form's field holds for a selection: the postal code,
// or the name of the member that is there; "" for a point that has no name.
func (v visit) placeText(sel federation.Selection) string {
	switch {
	case atHome(sel):
		return v.homeName(sel.As)
	case sel.Near == nil:
		return sel.Postcode
	}
	if m := v.memberAt(*sel.Near); m != nil {
		return v.name(m.Name).Text
	}
	return ""
}

// memberAt is the member at a point, of several the first; nil = none.
func (v visit) memberAt(p federation.Point) *federation.Member {
	at := nearText(p)
	members := v.cat.Current()
	for i, m := range members {
		if m.Location != nil && nearText(*m.Location) == at {
			return &members[i]
		}
	}
	return nil
}

// mostPlaces bounds the names that the field offers by itself: a longer list
// weighs more than it helps.
const mostPlaces = 400

// placeNames are the members that are somewhere, as a browser offers them
// while somebody types.
func (v visit) placeNames() []string {
	names := make([]string, 0, min(len(v.cat.Members), mostPlaces))
	for i := range v.cat.Members {
		m := &v.cat.Members[i]
		if m.Location != nil && len(names) < mostPlaces && v.cat.Successor(m.Slug) == nil {
			names = append(names, v.name(m.Name).Text)
		}
	}
	return names
}
