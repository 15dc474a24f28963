package page

// A refusal is why nothing could be read, in words for a webmaster.
type refusal string

func (r refusal) Error() string { return string(r) }

const (
	errEmpty   refusal = "The address answers with an empty page. Ask the webmaster why there is nothing on it."
	errLarge   refusal = "The page is larger than 4 MB. Ask the webmaster for a feed of its content."
	errNotPage refusal = "The address answers with something that is not a web page. Check the address, or name its format in the region file."
	errDeep    refusal = "The page is nested too deeply, or has too many elements, to be read. Ask the webmaster to check it with validator.w3.org."
	errMissing refusal = "The address answers with a page that says it was not found. Check the address, or ask the webmaster to answer 404 for pages that are gone."
	errLogin   refusal = "The page asks to log in. Ask the webmaster for a public address."
	errNothing refusal = "The page has neither title nor text that can be read. Give selectors for it under page: in the region file, or ask for a feed."
)
