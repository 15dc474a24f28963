package feed_test

import (
	"testing"
)

// FuzzDecode holds the promises of the package to any bytes; see check.
func FuzzDecode(f *testing.F) {
	f.Add(townFeed()[:3000])
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml"><div>a<br/></div></content><link href="x"/></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"content_html":"<p>"},{"id":2`))
	f.Add([]byte(`<rss><!DOCTYPE a [<!ENTITY b "c">]><item><title><![CDATA[x]]>&b;</b><guid>1<item>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		check(t, "fuzz", body[:min(len(body), 64<<10)])
	})
}
