package read

// A Refusal is why nothing of a document could be read: one or two sentences
// for a webmaster, the second with what to ask for or to do.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// The refusals that no format words for itself.
const (
	Empty Refusal = "The address answers with an empty document. Ask the webmaster why there is nothing in it."
	Deep  Refusal = "The document is nested too deeply to be read. Ask the webmaster to check it."
)
