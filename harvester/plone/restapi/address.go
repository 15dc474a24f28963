package restapi

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// infix is how Volto reaches the API of a site; below it a browser gets JSON.
const infix = "/++api++"

// APIPath is the path below which the site whose answer came from base has its
// API, "" when it is where its pages are: older front ends put it under /api.
func APIPath(base *url.URL) string {
	switch {
	case base == nil:
		return ""
	case strings.Contains(base.Path+"/", infix+"/"):
		before, _, _ := strings.Cut(base.Path, infix)
		return before + infix
	case strings.HasPrefix(base.Path, "/api/"):
		return "/api"
	}
	return ""
}

// public is the address for readers of what the API of a site names: every
// address of an item goes through it, wherever it stands.
func public(u *url.URL, api string) *url.URL {
	out := *u
	if strings.Contains(out.Path+"/", infix+"/") {
		out.Path, out.RawPath = strings.Replace(out.Path, infix, "", 1), ""
	} else if rest, ok := strings.CutPrefix(out.Path, api+"/"); ok && api != "" {
		out.Path, out.RawPath = "/"+rest, ""
	}
	return &out
}

// Resolve makes an address absolute against base, which may be nil, as readers
// reach it; "" when the outcome is no address of the web.
func Resolve(base *url.URL, address string) string {
	return resolve(base, host(base), APIPath(base), address)
}

// Reach is the address at which the hub asks for what an answer names: below the
// path of the site's API, where its pages are not.
func Reach(base *url.URL, address string) string {
	address = Resolve(base, address)
	u, err := url.Parse(address)
	if address == "" || err != nil || base == nil || u.Host != base.Host {
		return address
	}
	api := APIPath(base)
	if before := api[:max(strings.LastIndexByte(api, '/'), 0)]; api != "" && strings.HasPrefix(u.Path, before+"/") {
		u.Path, u.RawPath = api+strings.TrimPrefix(u.Path, before), ""
	}
	return u.String()
}

func host(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Host
}

// resolve makes an address of the object absolute.
func (r *reading) resolve(address string) string {
	return resolve(r.base, host(r.base), r.api, address)
}

// resolve takes the path of the API off what is on the host.
func resolve(base *url.URL, host, api, address string) string {
	u := Absolute(base, address)
	if u == nil {
		return ""
	}
	if u.Host != host {
		api = ""
	}
	return public(u, api).String()
}

// Absolute is an address as it is written, made absolute; nil when it is none
// of the web.
func Absolute(base *url.URL, address string) *url.URL {
	if address = read.Web(base, strings.ReplaceAll(strings.TrimSpace(address), " ", "%20")); address == "" {
		return nil
	}
	u, _ := url.Parse(address)
	return u
}

// tag and addressed find the addresses in HTML that was sanitised: there "<"
// begins a tag and nothing else, and a value stands between double quotes. A
// link without words shows its own address, which shown finds.
var (
	shown     = regexp.MustCompile(`>https?://[^<>\s]+</a>`)
	tag       = regexp.MustCompile(`<[a-z][^>]*>`)
	addressed = regexp.MustCompile(`( (?:href|src|srcset|poster|cite|data)=")([^"]*)(")`)
)

// Readable is raw HTML of an answer from base, sanitised, with every address in
// it as readers reach it.
func Readable(raw string, base *url.URL, api string) markup.HTML {
	clean := markup.Sanitise(raw, base)
	text := clean.String()
	if !strings.Contains(text, infix) && (api == "" || !strings.Contains(text, api+"/")) {
		return clean
	}
	text = shown.ReplaceAllStringFunc(text, func(t string) string {
		words := strings.TrimSuffix(t[1:], "</a>")
		return ">" + html.EscapeString(resolve(nil, host(base), api, html.UnescapeString(words))) + "</a>"
	})
	return markup.Sanitise(tag.ReplaceAllStringFunc(text, func(t string) string {
		return addressed.ReplaceAllStringFunc(t, func(a string) string {
			m := addressed.FindStringSubmatch(a)
			var out []string
			for _, part := range strings.Split(html.UnescapeString(m[2]), ", ") {
				first, rest, _ := strings.Cut(part, " ")
				if to := resolve(nil, host(base), api, first); to != "" {
					first = to
				}
				out = append(out, strings.TrimSpace(first+" "+rest))
			}
			return m[1] + html.EscapeString(strings.Join(out, ", ")) + m[3]
		})
	}), base)
}
