package cap

import (
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// info is one <info>: what holds for some areas, in one language.
type info struct {
	alert                    federation.Alert // without Sender, Signed and Areas; Ended when it says that there is no danger
	headline, audience       string
	description, instruction text
	web, contact             string
	sender                   string
	effective, expires       time.Time
	categories               []string
	codes, parameters        []federation.Code
	heights                  []string
	resources                []resource
}

// resource is a file that goes with a message; at is "" when it has no address
// that can be fetched.
type resource struct {
	at, title, media string
	size             int64
}

// group is all a message says in one language, the gravest first.
type group struct {
	language string // tag
	tongue   string
	infos    []info
}

// maxInfos bounds one message's <info>; the most seen is 30.
const maxInfos = 1000

// groups reads the infos of a message by language, in the order languages first
// come. A message without any makes one empty group.
func (r *reader) groups(m message) []group {
	var groups []group
	blocks := slices.Collect(m.node.All("info"))
	if len(blocks) > maxInfos {
		r.warn(m.ref.id(), "has more than 1000 info blocks; the rest was left out")
		blocks = blocks[:maxInfos]
	}
	if len(blocks) == 0 {
		r.warn(m.ref.id(), "says nothing of what happens (no info)")
		tag := language("", r.source)
		return []group{{tag, tongue(tag), []info{{alert: federation.Alert{Severity: "unknown", Urgency: "unknown", Certainty: "unknown"}}}}}
	}
	for _, n := range blocks {
		tag := language(n.Child("language").Text(), r.source)
		i := slices.IndexFunc(groups, func(g group) bool { return g.tongue == tongue(tag) })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{language: tag, tongue: tongue(tag)})
		}
		groups[i].infos = append(groups[i].infos, r.info(m, n, tag))
	}
	for i := range groups {
		slices.SortStableFunc(groups[i].infos, func(a, b info) int { return graver(a.alert, b.alert) })
		groups[i].infos = joinAlike(groups[i].infos)
	}
	return groups
}

func (r *reader) info(m message, n *read.Node, lang string) info {
	f := info{
		alert: federation.Alert{
			Severity: r.value(m, n, "severity", severities), Urgency: r.value(m, n, "urgency", urgencies),
			Certainty: r.value(m, n, "certainty", certainties), Event: markup.Text(n.Child("event").Text()),
			Response: r.responseTypes(m, n), Onset: r.time(m, n, "onset", lang), Zones: r.zones(m, n),
		},
		headline:    markup.Text(n.Child("headline").Text()),
		audience:    markup.Text(n.Child("audience").Text()),
		contact:     markup.Text(n.Child("contact").Text()),
		sender:      markup.Text(n.Child("senderName").Text()),
		web:         webAddress(n.Child("web").Text()),
		description: readText(n.Child("description")),
		instruction: readText(n.Child("instruction")),
		effective:   r.time(m, n, "effective", lang),
		expires:     r.time(m, n, "expires", lang),
		codes:       pairs(n, "eventCode"),
		parameters:  pairs(n, "parameter"),
	}
	f.alert.Instruction = f.instruction.plain()
	f.alert.Ended = f.alert.Lifted() || federation.IsCalm(n.Child("severity").Text()) ||
		slices.ContainsFunc(f.parameters, func(p federation.Code) bool { return federation.CalmLevel(p.System, p.Value) })
	for k := range n.All("category") {
		if c := markup.Text(k.Text()); c != "" && !slices.Contains(f.categories, c) {
			f.categories = append(f.categories, c)
		}
	}
	for a := range n.All("area") {
		if h := height(a); h != "" && !slices.Contains(f.heights, h) {
			f.heights = append(f.heights, h)
		}
	}
	for k := range n.All("resource") {
		f.resources = append(f.resources, r.resource(m, k))
	}
	return f
}

// height is the part of the air that an area is about, in feet above the sea
// (CAP 1.2, 3.2.4), "" when it is not said.
func height(area *read.Node) string {
	low, high := words(area.Child("altitude").Text()), words(area.Child("ceiling").Text())
	if high != "" {
		return low + " – " + high
	}
	return low
}

func (r *reader) resource(m message, n *read.Node) resource {
	f := resource{at: webAddress(n.Child("uri").Text()), title: markup.Text(n.Child("resourceDesc").Text())}
	f.media, _, _ = mime.ParseMediaType(n.Child("mimeType").Text())
	if size, err := strconv.ParseInt(words(n.Child("size").Text()), 10, 64); err == nil && size > 0 {
		f.size = size
	}
	if f.at == "" {
		r.warn(m.ref.id(), "has a file without an address of its own, which is not kept")
	}
	return f
}

// webAddress is an absolute address, "" when s is none.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(strings.ToLower(s), "www.") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// joinAlike makes one of the infos that say the same of different areas: some
// publishers write a block for each.
func joinAlike(infos []info) []info {
	type key struct {
		a, b, c, d, e, f, g string
		ended               bool
	}
	at := map[key]int{}
	var out []info
	for _, f := range infos {
		k := key{f.headline, f.description.raw, f.instruction.raw, f.alert.Event, f.alert.Severity,
			f.alert.Onset.UTC().String(), f.expires.UTC().String(), f.alert.Ended}
		i, known := at[k]
		if !known {
			at[k] = len(out)
			out = append(out, f)
			continue
		}
		o := &out[i]
		o.alert.Zones = append(o.alert.Zones, f.alert.Zones...)
		o.alert.Response = union(o.alert.Response, f.alert.Response)
		o.categories = union(o.categories, f.categories)
		o.heights = union(o.heights, f.heights)
		o.codes = union(o.codes, f.codes)
		o.parameters = union(o.parameters, f.parameters)
		o.resources = union(o.resources, f.resources)
	}
	return out
}

func union[T comparable](a, b []T) []T {
	seen := make(map[T]bool, len(a))
	for _, v := range a {
		seen[v] = true
	}
	for _, v := range b {
		if !seen[v] {
			seen[v] = true
			a = append(a, v)
		}
	}
	return a
}

// inForce are the infos that warn of something, all where none does: of an
// alert that is lifted for a part of its areas the rest goes on.
func (g group) inForce() []info {
	ended := slices.IndexFunc(g.infos, func(f info) bool { return f.alert.Ended }) // they come last
	if ended > 0 {
		return g.infos[:ended]
	}
	return g.infos
}

// item makes the item of one language; its origin id is the caller's to set.
func (r *reader) item(m message, g group) federation.Item {
	infos := g.inForce()
	first := infos[0]
	alert := first.alert
	alert.Signed = m.signed
	alert.Zones, alert.Response = nil, nil
	it := federation.Item{Type: federation.AlertItem, Language: g.language, Published: m.sent, Updated: m.sent, Alert: &alert}
	open := false // one part has no end, so neither has the whole
	for _, f := range infos {
		alert.Zones = append(alert.Zones, f.alert.Zones...)
		alert.Response = union(alert.Response, f.alert.Response)
		alert.Event = or(alert.Event, f.alert.Event)
		alert.Instruction = or(alert.Instruction, f.alert.Instruction)
		alert.Sender = or(alert.Sender, f.sender)
		it.URL = or(it.URL, f.web)
		it.Title = or(it.Title, f.headline)
		it.Categories = union(it.Categories, f.categories)
		open = open || f.expires.IsZero()
		if f.expires.After(it.Expires) {
			it.Expires = f.expires
		}
	}
	if open {
		it.Expires = time.Time{}
	}
	for _, f := range g.infos {
		r.files(&it, f)
		it.Categories = union(it.Categories, kinds(f.codes))
	}
	alert.Sender = or(alert.Sender, m.sender)
	alert.Areas = names(alert.Zones)
	it.Title = or(it.Title, alert.Event, m.note, wordsOf(g.language).alert+" – "+alert.Sender)
	if alert.Sender != "" {
		it.Authors = []string{alert.Sender}
	}
	it.Place = place(alert.Zones, alert.Areas)
	r.content(&it, m, g)
	return it
}

// files adds the resources of an info; the first picture is the item's.
func (r *reader) files(it *federation.Item, f info) {
	for _, res := range f.resources {
		known := slices.ContainsFunc(it.Attachments, func(a federation.Attachment) bool { return a.URL == res.at })
		if res.at == "" || known || it.Image != nil && it.Image.URL == res.at {
			continue
		}
		a := federation.Attachment{URL: res.at, Type: res.media, Title: res.title, Size: res.size}
		switch kind, _, _ := strings.Cut(res.media, "/"); kind {
		case "image":
			if it.Image == nil {
				it.Image = &federation.Image{URL: res.at, Alt: res.title}
				continue
			}
			a.Role, a.Alt = federation.RoleImage, res.title
		case "audio":
			a.Role = federation.RoleAudio
		case "video":
			a.Role = federation.RoleVideo
		}
		it.Attachments = append(it.Attachments, a)
	}
}

func names(zones []federation.AlertZone) []string {
	var all []string
	for _, z := range zones {
		if z.Name != "" {
			all = append(all, z.Name)
		}
	}
	return union(nil, all)
}

// kinds are the event codes that people can read: "structure_fire", not "SAME
// EQW".
func kinds(codes []federation.Code) []string {
	var out []string
	for _, c := range codes {
		s := strings.ReplaceAll(c.Value, "_", " ")
		odd := strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' && r != '-' })
		if len(s) >= 4 && !odd && s != strings.ToUpper(s) {
			out = append(out, s)
		}
	}
	return out
}

func or(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
