package restapi

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation/markup"
)

// longSummary is where the harvester cuts a summary.
const longSummary = 1000

// content writes all that an object holds for readers and that no field of an
// item takes, as raw HTML, still to be sanitised.
func (r *reading) content(o Object) string {
	text := r.rich(o["text"]) + r.pageOf(o)
	var b strings.Builder
	d := r.details(o)
	description := o.Lines("description")
	if description != "" && (r.imio && text == "" || text == "" && d.any() || strings.Contains(description, "\n") ||
		utf8.RuneCountInString(description) > longSummary) {
		b.WriteString("<p>" + r.bold(breaks(description)) + "</p>")
	}
	b.WriteString(text)
	b.WriteString(d.html())
	b.WriteString(r.opening(o))
	b.WriteString(d.after.String())
	return b.String()
}

var doubleStar = regexp.MustCompile(`\*\*([^*]+)\*\*`)

// bold marks what iMio's descriptions have between two pairs of stars.
func (r *reading) bold(escaped string) string {
	if !r.imio {
		return escaped
	}
	return doubleStar.ReplaceAllString(escaped, "<strong>$1</strong>")
}

// Rich is the raw HTML of a rich text: {"data", "content-type"}, or a string.
// Plone says text/plain of some HTML, so what is all tags is taken for it.
func Rich(v any) string {
	data, kind := "", ""
	switch v := v.(type) {
	case string:
		data = none(v)
	default:
		o := object(v)
		data, kind = o.Raw("data"), o.Raw("content-type")
	}
	data = strings.TrimSpace(data)
	if data == "" || data == "<p></p>" {
		return ""
	}
	if strings.HasPrefix(data, "<") && strings.HasSuffix(data, ">") || strings.Contains(kind, "html") {
		return data
	}
	if kind == "" && strings.Contains(data, "</") {
		return data
	}
	return "<p>" + strings.ReplaceAll(breaks(data), "<br><br>", "</p><p>") + "</p>"
}

// rich is a rich text as a fragment by itself: an element that it leaves open
// ends with it.
func (r *reading) rich(v any) string { return Balance(Rich(v), r.base) }

// Balance sanitises one fragment, so that it can be written beside others.
func Balance(raw string, base *url.URL) string {
	if raw == "" {
		return ""
	}
	return markup.Sanitise(raw, base).String()
}

// details are the labelled facts of an object.
type details struct {
	r     *reading
	rows  strings.Builder
	after strings.Builder // sections of their own
}

func (d *details) any() bool { return d.rows.Len()+d.after.Len() > 0 }

func (d *details) html() string {
	if d.rows.Len() == 0 {
		return ""
	}
	return "<dl>" + d.rows.String() + "</dl>"
}

func (d *details) row(label, raw string) {
	if raw != "" {
		d.rows.WriteString("<dt>" + html.EscapeString(label) + "</dt><dd>" + raw + "</dd>")
	}
}

func (d *details) section(label, raw string) {
	if raw != "" {
		d.after.WriteString("<h2>" + html.EscapeString(label) + "</h2>" + raw)
	}
}

// details writes the fields known by name in their order, then those of a
// site's own types by the alphabet.
func (r *reading) details(o Object) *details {
	d := &details{r: r}
	if r.item.Type == "place" {
		d.row(Label("type", r.lang), html.EscapeString(o.Text("type")))
	}
	for _, key := range facts {
		d.field(key, o[key])
	}
	d.contacts(o)
	for _, contact := range o.Objects("secondary_contacts") {
		other := &details{r: r}
		other.contacts(contact)
		d.section(cmp.Or(contact.Text("title"), Label("contacts", r.lang)), other.html())
	}
	var own []string
	for key := range o {
		if !known[key] && !technical(key) {
			own = append(own, key)
		}
	}
	slices.Sort(own)
	for _, key := range own {
		d.field(key, o[key])
	}
	d.field("related", o["relatedItems"])
	return d
}

// facts are the fields of Plone's and iMio's types that no field of an item
// takes, in the order they are shown.
var facts = []string{"subtitle", "contact_name", "contact_phone", "contact_email", "event_url", "attendees", "free_entry",
	"reduced_mobility_facilities", "ticket_url", "online_participation", "site_url", "video_url", "facebook", "twitter", "instagram",
	"vat_number", "facilities",
	"document_type", "legislative_authority", "decision_date", "entry_date", "subject_to_authority", "authority_date",
	"expired_authority_date", "consultation_text"}

// known are the fields read elsewhere, and facts.
var known = set(append(strings.Fields(`@id @type @components UID id title description text blocks blocks_layout image image_caption
	preview_image preview_caption preview_image_link logo file remoteUrl subjects Subject language modified modification_date created
	creation_date effective expires rights creators contributors review_state start end whole_day open_end recurrence timezone
	first_start first_end geolocation latitude longitude location items items_total relatedItems secondary_contacts
	category category_title local_category local_category_title topics iam keywords taxonomy_contact_category taxonomy_event_public
	street number complement zipcode city country type phones mails urls schedule multi_schedule exceptional_closure`), facts...))

// machinery are the fields that Plone and its add-ons keep for themselves.
var machinery = set(strings.Fields(`allow_discussion changeNote exclude_from_nav is_folderish layout lock next_item previous_item
	parent version versioning_enabled working_copy working_copy_of table_of_contents type_title sync_uid is_geolocated has_leadimage
	image_field image_scales breadcrumb container_uid selected_news_folders selected_agendas selected_entities selected_categories
	sort_on sort_reversed query item_count limit customViewFields nav_title searchwords showinsearch batching path getPath getURL
	getId getIcon getObjSize mime_type portal_type Title Description Type Creator Date ModificationDate CreationDate EffectiveDate
	ExpirationDate Language listCreators is_default_page default_page usefull_container_id usefull_container_title smartweb_url
	enableAutopublishing enable_timestamping timestamp timestamped_file workflow_history conversation_id total_comments
	commentators last_comment_date in_response_to author_name cmf_uid nextPreviousEnabled immediatelyAddableTypes
	constrain_types_mode locallyAllowedTypes opengraph_title opengraph_description opengraph_image seo_title seo_description
	seo_noindex seo_canonical_url kicker_hide preventdeletion plonemeeting_uid plonemeeting_last_modified sortable_number
	show_items_lead_image displayed_banner taxonomies getRemoteUrl extra_include_base_fields hide_description orientation
	translation translations crop_orientation css_class`))

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}

var languageSuffix = regexp.MustCompile(`^(title|description|text|category_title|local_category)_(fr|nl|de|en)$`)

// technical reports whether a field is not for readers.
func technical(key string) bool {
	return machinery[key] || strings.HasPrefix(key, "private_") || strings.HasPrefix(key, "_") || strings.HasPrefix(key, "@") ||
		strings.HasSuffix(key, "_scale") || strings.HasPrefix(key, "populating_") || strings.HasPrefix(key, "plone.") ||
		languageSuffix.MatchString(key) || len(key) > 100
}
