package federation

// Channel is a selection with a name.
type Channel struct {
	Slug   string    `json:"slug"`
	Title  Text      `json:"title"`
	Select Selection `json:"select"`
}

// Validate reports the first thing wrong with c. A channel may not be made of
// channels: what it shows must be readable from its own text.
func (c Channel) Validate() error {
	if !ValidSlug(c.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", c.Slug)
	}
	if c.Title.In() == "" {
		return Invalid("title", "is missing")
	}
	if len(c.Select.Channels) > 0 || c.Select.Cursor != "" {
		return Invalid("select", "a channel cannot select a channel or a cursor")
	}
	return nil
}
