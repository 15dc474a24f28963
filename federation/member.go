package federation

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// MemberKind is what sort of organisation a member is.
type MemberKind string

// The kinds of member, as the region file spells them.
const (
	KindRegion      MemberKind = "region"
	KindProvince    MemberKind = "province"
	KindCommune     MemberKind = "commune"
	KindAgency      MemberKind = "agency"
	KindAssociation MemberKind = "association"
)

// MemberKinds lists the kinds in the order they are shown.
var MemberKinds = []MemberKind{KindRegion, KindProvince, KindCommune, KindAgency, KindAssociation}

// Member is an organisation of the federation.
type Member struct {
	Slug        string     `json:"slug"`
	Kind        MemberKind `json:"kind"`
	Name        Text       `json:"name"`
	URL         string     `json:"url,omitempty"`          // home page
	Code        string     `json:"code,omitempty"`         // official code: NIS, INSEE or LAU
	PostalCodes []string   `json:"postal_codes,omitempty"` // as written on an envelope
	Location    *Point     `json:"location,omitempty"`     // nil when unknown
	Languages   []string   `json:"languages,omitempty"`    // first is the member's own
	Zone        string     `json:"zone,omitempty"`         // IANA name of its home zone; "" = the hub's
	Authority   int        `json:"authority,omitempty"`    // 1 to 100, 0 = by kind; see [Member.Rank]
	Theme       Theme      `json:"theme"`
	Sites       []string   `json:"sites,omitempty"`    // origins that may embed; empty = any
	Succeeds    []string   `json:"succeeds,omitempty"` // slugs of members merged into this one
}

// Point is a place on the WGS 84 ellipsoid, in degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Valid reports whether p is on the globe.
func (p Point) Valid() bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180
}

// ranks are what each kind of member weighs where the operator says nothing.
var ranks = map[MemberKind]int{KindRegion: 50, KindProvince: 40, KindCommune: 30, KindAgency: 20, KindAssociation: 10}

// Rank is the member's authority: which of several equal items stands for the
// others, and which of several equally grave alerts comes first. Greater goes
// first.
func (m Member) Rank() int {
	if m.Authority != 0 {
		return m.Authority
	}
	return ranks[m.Kind]
}

// Language returns the member's first language, or the default one.
func (m Member) Language() string {
	if len(m.Languages) > 0 {
		return m.Languages[0]
	}
	return Languages[0]
}

// Validate reports the first thing wrong with m as an [InvalidError] whose
// Field is the key of the region file.
func (m Member) Validate() error {
	for _, old := range m.Succeeds {
		if !ValidSlug(old) || old == m.Slug {
			return Invalid("succeeds", "%q must be the slug of another member", old)
		}
	}
	if !ValidSlug(m.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", m.Slug)
	}
	if !slices.Contains(MemberKinds, m.Kind) {
		return Invalid("kind", "%q must be one of %s", m.Kind, join(MemberKinds))
	}
	if m.Name.In() == "" {
		return Invalid("name", "is missing")
	}
	if m.URL != "" && !isHTTP(m.URL) {
		return Invalid("url", "%q must start with https:// or http://", m.URL)
	}
	if m.Location != nil && !m.Location.Valid() {
		return Invalid("location", "lat must be within -90 and 90, lon within -180 and 180")
	}
	for _, l := range m.Languages {
		if !ValidLanguage(l) {
			return Invalid("languages", "%q is not a language tag", l)
		}
	}
	if !validZone(m.Zone) {
		return Invalid("zone", "%q is not a time zone such as Europe/Brussels", m.Zone)
	}
	if m.Authority < 0 || m.Authority > 100 {
		return Invalid("authority", "must be 1 to 100")
	}
	for _, s := range m.Sites {
		if !isOrigin(s) {
			return Invalid("sites", "%q must be an origin such as https://www.example.org, without a path", s)
		}
	}
	return m.Theme.Validate()
}

func isHTTP(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

func isMailto(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "mailto" && strings.Contains(u.Opaque, "@")
}

// originForm is narrower than a URL: origins are written into
// Content-Security-Policy, where ";", "*" and "'" mean something.
var originForm = regexp.MustCompile(`^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$`)

func isOrigin(s string) bool { return originForm.MatchString(s) }

func join[T ~string](list []T) string {
	s := make([]string, len(list))
	for i, v := range list {
		s[i] = string(v)
	}
	return strings.Join(s, ", ")
}
