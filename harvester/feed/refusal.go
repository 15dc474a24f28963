package feed

// A refusal is why nothing could be read: one or two sentences for a webmaster,
// with what to ask for.
type refusal string

func (r refusal) Error() string { return string(r) }

const (
	errEmpty   refusal = "The address answers with an empty document. Ask the webmaster why the feed has nothing in it."
	errWebPage refusal = "The address answers with a web page, not a feed. Ask for the address of the RSS or Atom feed."
	errNotFeed refusal = "The address answers with something that is not a feed. Ask for the address of the RSS or Atom feed."
	errNoTag   refusal = "The address answers with plain text, not a feed. Ask for the address of the RSS or Atom feed."
	errNotJSON refusal = "The address answers with JSON that is not a JSON Feed. Ask for the address of the RSS, Atom or JSON feed."
	errDeep    refusal = "The JSON document is nested too deeply to be a feed. Ask the webmaster to check it."
	errNested  refusal = "The feed has more than 100 elements in each other, which no feed needs. Ask the webmaster to check it."
	errBroken  refusal = "The feed cannot be read. Ask the webmaster to check it with the W3C feed validator."
)
