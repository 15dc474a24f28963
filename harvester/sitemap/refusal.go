package sitemap

// A refusal is why nothing could be read, in words for a webmaster.
type refusal string

func (r refusal) Error() string { return string(r) }

const (
	errEmpty  refusal = "The address answers with an empty document. Ask the webmaster why the sitemap has nothing in it."
	errGzip   refusal = "The sitemap is packed with gzip and damaged. Ask the webmaster to make it again."
	errPage   refusal = "The address answers with a web page, not a sitemap. The robots.txt of the site may name the address of the sitemap."
	errOther  refusal = "The address answers with something that is not a sitemap. The robots.txt of the site may name the address of the sitemap."
	errBroken refusal = "The sitemap cannot be read: it is not well-formed. Ask the webmaster to check it."
)
