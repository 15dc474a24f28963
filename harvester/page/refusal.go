package page

import "github.com/plonegov/carillon/harvester/read"

const (
	errLarge   read.Refusal = "The page is larger than 4 MB. Ask the webmaster for a feed of its content."
	errNotPage read.Refusal = "The address answers with something that is not a web page. Check the address, or name its format in the region file."
	errDeep    read.Refusal = "The page is nested too deeply, or has too many elements, to be read. Ask the webmaster to check it with validator.w3.org."
	errMissing read.Refusal = "The address answers with a page that says it was not found. Check the address, or ask the webmaster to answer 404 for pages that are gone."
	errLogin   read.Refusal = "The page asks to log in. Ask the webmaster for a public address."
	errNothing read.Refusal = "The page has neither title nor text that can be read. Give selectors for it under page: in the region file, or ask for a feed."
)
