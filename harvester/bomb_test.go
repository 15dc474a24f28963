package harvester

import (
	"strings"
	"testing"
)

func TestEntityBomb(t *testing.T) {
	tests := []struct {
		name, body string
		want       bool
	}{
		{"a billion laughs", `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>`, true},
		{"single quotes, a comment and a prolog", "<?xml version='1.0'?>\n<!-- <rss> -->\n<!DOCTYPE rss [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;'>\n]><rss/>", true},
		{"a circle", `<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><x>&a;</x>`, true},
		{"parameter entities", `<!DOCTYPE x [<!ENTITY % a "ha"><!ENTITY % b "%a;%a;">]><x/>`, true},
		{"one long text", `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("B", longEntity+1) + `">]><x>&a;&a;</x>`, true},
		{"never closed", `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;">`, true},
		{"characters with names", `<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY et "&amp;"><!ENTITY ville "Namur">]><rss/>`, false},
		{"an external text", `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss>&f;</rss>`, false},
		{"no subset", `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/rss.dtd"><rss><![CDATA[<!ENTITY b "&a;">]]></rss>`, false},
		{"an article about bombs", `<rss><![CDATA[<!DOCTYPE x [<!ENTITY b "&a;">]>]]></rss>`, false},
		{"not XML", "Bonjour <", false},
		{"nothing", "", false},
	}
	for _, test := range tests {
		if got := entityBomb([]byte(test.body)); got != test.want {
			t.Errorf("entityBomb of %s = %t, want %t", test.name, got, test.want)
		}
	}
}
