package federation

// Placement is a widget on a member's site, saved under a slug, so that a
// change of it needs no new paste.
type Placement struct {
	Slug    string    `json:"slug"`
	Member  string    `json:"member"`
	Widget  string    `json:"widget"` // its kind, of those in package widgets
	Select  Selection `json:"select"`
	Theme   Theme     `json:"theme"` // over the member's
	Options Options   `json:"options,omitempty"`
}

// Validate reports the first thing wrong with p, whatever its kind of widget
// is; the kind and its options package widgets checks.
func (p Placement) Validate() error {
	if !ValidSlug(p.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", p.Slug)
	}
	if p.Select.Cursor != "" {
		return Invalid("select", "a placement cannot select a cursor")
	}
	return p.Theme.Validate()
}
