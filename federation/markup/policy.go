package markup

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// secondWall returns the bluemonday policy that repairs what [recognised] refuses, which is safe for concurrent use
// once built. It is made from the same table as the walk, starting from
// nothing: bluemonday's UGCPolicy would let id, name and usemap through.
var secondWall = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(false)
	p.RequireParseableURLs(true)
	p.SkipElementsContent("script", "style")
	for name, r := range everywhere {
		p.AllowAttrs(name).Matching(r.pattern).Globally()
	}
	for element, own := range elements {
		p.AllowElements(element.String())
		p.AllowNoAttrs().OnElements(element.String())
		for name, r := range own {
			allow := p.AllowAttrs(name)
			if r.pattern != nil {
				allow = allow.Matching(r.pattern)
			}
			allow.OnElements(element.String())
		}
	}
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + linkRel + `$`)).OnElements("a")
	return p
})
