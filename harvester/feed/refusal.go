package feed

import "github.com/plonegov/carillon/harvester/read"

const (
	errWebPage read.Refusal = "The address answers with a web page, not a feed. Ask for the address of the RSS or Atom feed."
	errNotFeed read.Refusal = "The address answers with something that is not a feed. Ask for the address of the RSS or Atom feed."
	errNoTag   read.Refusal = "The address answers with plain text, not a feed. Ask for the address of the RSS or Atom feed."
	errNotJSON read.Refusal = "The address answers with JSON that is not a JSON Feed. Ask for the address of the RSS, Atom or JSON feed."
	errNested  read.Refusal = "The feed has more than 100 elements in each other, which no feed needs. Ask the webmaster to check it."
	errBroken  read.Refusal = "The feed cannot be read. Ask the webmaster to check it with the W3C feed validator."
)
