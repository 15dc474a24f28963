package sitemap

import "github.com/plonegov/carillon/harvester/read"

const (
	errGzip   read.Refusal = "The sitemap is packed with gzip and damaged. Ask the webmaster to make it again."
	errPage   read.Refusal = "The address answers with a web page, not a sitemap. The robots.txt of the site may name the address of the sitemap."
	errOther  read.Refusal = "The address answers with something that is not a sitemap. The robots.txt of the site may name the address of the sitemap."
	errBroken read.Refusal = "The sitemap cannot be read: it is not well-formed. Ask the webmaster to check it."
)
