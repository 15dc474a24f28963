package discover

import (
	"net/http"
	"regexp"
	"strings"
)

// CMS is the system that made a page.
type CMS struct {
	Name    string // "wordpress", "plone", "drupal", "typo3", "spip", "joomla"; "" unknown
	Version string // as the generator says, "" unknown
	Root    string // address of the site within the host, with a slash at its end
}

var generators = regexp.MustCompile(`(?i)\b(wordpress|plone|drupal|typo3|spip|joomla)\b(?:[^0-9]{0,20}([0-9][0-9.a-z-]{0,15}))?`)

func (r *reader) generator(s string) {
	if m := generators.FindStringSubmatch(s); m != nil {
		name := strings.ToLower(m[1])
		r.marks["generator"], r.marks["version"] = name, m[2]
	}
}

// mark notes a sign of a system; root is where it lives, "" unknown.
func (r *reader) mark(name, root string) {
	if held := r.marks[name]; held == "" {
		r.marks[name] = root
	}
	r.marks["seen "+name] = "yes"
}

// headerMarks reads the headers by which systems give themselves away.
func (r *reader) headerMarks(h http.Header) {
	r.generator(h.Get("X-Generator"))
	for name, system := range map[string]string{"X-Drupal-Cache": "drupal", "X-Drupal-Dynamic-Cache": "drupal",
		"X-Spip-Cache": "spip", "Composed-By": "spip", "X-Typo3-Parsetime": "typo3"} {
		if v := h.Get(name); v != "" && (name != "Composed-By" || strings.HasPrefix(v, "SPIP")) {
			r.mark(system, "")
		}
	}
}

// pathMarks are parts of the addresses of scripts, styles and pictures; what
// stands before one is the root of the site.
var pathMarks = []struct{ part, system string }{
	{"wp-content/", "wordpress"}, {"wp-includes/", "wordpress"},
	{"++plone++", "plone"}, {"++resource++plone", "plone"}, {"portal_css/", "plone"}, {"++theme++", "plone"}, {"portal_javascripts/", "plone"},
	{"sites/default/files/", "drupal"}, {"sites/all/", "drupal"}, {"core/misc/drupal", "drupal"}, {"core/themes/", "drupal"}, {"misc/drupal.js", "drupal"},
	{"typo3temp/", "typo3"}, {"typo3conf/", "typo3"}, {"_assets/", "typo3"},
	{"local/cache-", "spip"}, {"spip.php", "spip"}, {"squelettes/", "spip"}, {"plugins-dist/", "spip"},
	{"media/jui/", "joomla"}, {"components/com_", "joomla"}, {"media/system/js/", "joomla"}, {"media/vendor/joomla", "joomla"},
}

func (r *reader) tagMarks(name string, a attrs) {
	if root := a["data-portal-url"]; root != "" { // body of Plone 5 and later
		r.mark("plone", "")
		r.marks["portal"] = withSlash(r.resolve(root))
	}
	if name == "body" && strings.Contains(" "+a["class"], " template-") && strings.Contains(a["class"], "portaltype-") {
		r.mark("plone", "")
	}
	if a["data-drupal-selector"] != "" {
		r.mark("drupal", "")
	}
	for _, address := range []string{a["src"], a["href"], a["data-src"]} {
		r.addressMarks(address)
	}
}

func (r *reader) addressMarks(address string) {
	if address == "" || len(address) > maxAddress {
		return
	}
	for _, m := range pathMarks {
		i := strings.Index(address, m.part)
		if i < 0 || i > 0 && address[i-1] != '/' && !strings.HasPrefix(m.part, "spip") {
			continue
		}
		root := ""
		if full := r.resolve(address); full != "" && sameHost(full, r.page.URL) {
			before, _, _ := strings.Cut(full, m.part)
			before, _, _ = strings.Cut(before, "/++") // one resource within another: "/++webresource++ID/++plone++static/"
			root = withSlash(strings.TrimSuffix(before, "/"))
		}
		if m.part == "_assets/" && r.marks["seen typo3"] == "" && r.marks["generator"] != "typo3" {
			continue // others have such a folder; it only tells where a TYPO3 lives
		}
		r.mark(m.system, root)
	}
}

func withSlash(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address
	}
	return address + "/"
}

// wpRoot is the site that a link to WordPress's REST API belongs to.
func wpRoot(address string) string {
	before, _, found := strings.Cut(address, "wp-json")
	if !found { // ?rest_route=/
		before, _, _ = strings.Cut(address, "?")
		before = strings.TrimSuffix(before, "index.php")
	}
	return withSlash(before)
}

// cms weighs the marks: what the page says of itself comes first.
func (r *reader) cms() CMS {
	c := CMS{Name: r.marks["generator"], Version: r.marks["version"]}
	for _, name := range []string{"wordpress", "plone", "spip", "typo3", "joomla", "drupal"} {
		if c.Name == "" && r.marks["seen "+name] != "" {
			c.Name = name
		}
	}
	if c.Root = r.marks[c.Name]; c.Name == "plone" && r.marks["portal"] != "" {
		c.Root = r.marks["portal"] // it says so itself
	}
	if c.Root == "" || c.Name == "" || !sameHost(c.Root, r.page.URL) {
		c.Root = siteRoot(r.page.URL)
	}
	return c
}
