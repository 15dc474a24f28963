package federation

import "slices"

// WidgetKinds are the widgets a placement may name.
var WidgetKinds = []string{"list"}

// Placement is a widget on a member's site, saved under a slug, so that a
// change of it needs no new paste.
type Placement struct {
	Slug    string    `json:"slug"`
	Member  string    `json:"member"`
	Widget  string    `json:"widget"`
	Select  Selection `json:"select"`
	Theme   Theme     `json:"theme"` // over the member's
	Options Options   `json:"options"`
}

// Options are what an embedder may choose besides selection and theme.
type Options struct {
	Images   bool   `json:"images,omitempty"`   // show lead pictures
	Summary  bool   `json:"summary,omitempty"`  // show the first words
	Heading  int    `json:"heading,omitempty"`  // level of item headings, 2 to 6; 0 = 3
	Title    Text   `json:"title,omitempty"`    // above the list; empty = the channel's, or none
	Language string `json:"language,omitempty"` // of the interface; "" = the member's
}

// Validate reports the first thing wrong with p.
func (p Placement) Validate() error {
	if !ValidSlug(p.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", p.Slug)
	}
	if !slices.Contains(WidgetKinds, p.Widget) {
		return Invalid("widget", "%q must be one of %s", p.Widget, join(WidgetKinds))
	}
	if p.Select.Cursor != "" {
		return Invalid("select", "a placement cannot select a cursor")
	}
	if err := p.Options.Validate(); err != nil {
		return err
	}
	return p.Theme.Validate()
}

// Validate reports the first thing wrong with o.
func (o Options) Validate() error {
	if o.Heading != 0 && (o.Heading < 2 || o.Heading > 6) {
		return Invalid("options.heading", "must be 2 to 6: the level 1 heading is the page's own")
	}
	if o.Language != "" && !slices.Contains(Languages, o.Language) {
		return Invalid("options.language", "%q must be one of %s", o.Language, join(Languages))
	}
	return nil
}
