package federation

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Source is one address where a member publishes. It is configuration; what
// the harvester learnt about it is [SourceState].
type Source struct {
	Member        string        `json:"member"`
	Slug          string        `json:"slug"`                     // unique in the member
	URL           string        `json:"url"`                      // http, https or file:
	Format        string        `json:"format,omitempty"`         // a decoder's name; "" and "auto" look at the bytes
	Type          ItemType      `json:"type,omitempty"`           // of items that do not say; "" = the decoder's default
	Every         time.Duration `json:"every,omitempty"`          // 0 = adaptive
	Cron          string        `json:"cron,omitempty"`           // five fields; "" = use Every
	Language      string        `json:"language,omitempty"`       // of items that do not say
	LanguageFixed bool          `json:"language_fixed,omitempty"` // every item is in Language, whatever it declares or its text is like
	Zone          string        `json:"zone,omitempty"`           // IANA name, of times without one; "" = the member's
	License       string        `json:"license,omitempty"`        // of items that do not say
	Attribution   string        `json:"attribution,omitempty"`    // who is to be named for its items, in place of what they say
	Categories    []string      `json:"categories,omitempty"`     // added to every item
	Title         Text          `json:"title,omitempty"`          // "" = the source's own title

	// Home is the language of what neither the source nor the document says:
	// the member's, else the hub's. The harvester fills it, and Zone, before a
	// decoder sees the source, so that no decoder decides where home is.
	Home string `json:"-"`

	Identity  string   `json:"identity,omitempty"`  // what tells items apart: guid, link or hash; "" = guid, degraded when it does not
	Complete  bool     `json:"complete,omitempty"`  // the list is all there is: what leaves it is withdrawn
	Suspended bool     `json:"suspended,omitempty"` // an operator stopped the polling; items stay
	Formerly  []string `json:"formerly,omitempty"`  // full names of sources that this one goes on for: their items become its own
	Alerts    bool     `json:"alerts,omitempty"`    // it may publish alerts, as one of type alert may
	// AllowPrivate are networks that are not public and that this source, its
	// redirects, pages and pictures may be on.
	AllowPrivate []netip.Prefix    `json:"allow_private,omitempty"`
	TrustHub     bool              `json:"trust_hub,omitempty"` // a signed WebSub push is read as it is, not only as a hint
	Columns      map[string]string `json:"columns,omitempty"`   // csv: our field to the header of its column
	Page         *PageRule         `json:"page,omitempty"`      // sitemap and web pages: what is read of a page
}

// PageRule says which pages of a site are read, and where on a page its
// content is. Selectors are CSS; an empty one leaves it to the reader.
type PageRule struct {
	Include []string `json:"include,omitempty"` // path prefixes; none = all
	Exclude []string `json:"exclude,omitempty"` // path prefixes
	Title   string   `json:"title,omitempty"`
	Content string   `json:"content,omitempty"`
	Date    string   `json:"date,omitempty"`
	Image   string   `json:"image,omitempty"`
	Remove  string   `json:"remove,omitempty"` // taken out of the content
}

// The values of Source.Identity.
const (
	IdentityGUID = "guid"
	IdentityLink = "link"
	IdentityHash = "hash"
)

var identities = []string{IdentityGUID, IdentityLink, IdentityHash}

// minPrivateBits keeps a source to a network of its own: 10.0.0.0/8 is the
// widest there is.
const minPrivateBits = 8

// GrantsAlerts reports whether the operator lets the source publish alerts.
// One that is configured to be of a format that holds nothing else is granted
// with its format.
func (s Source) GrantsAlerts() bool { return s.Alerts || s.Type == AlertItem || s.Format == "cap" }

// Tongue is the language that what the document leaves open is in; "" when
// nobody says.
func (s Source) Tongue() string { return cmp.Or(s.Language, s.Home) }

// Name is the full name, "member/slug".
func (s Source) Name() string { return s.Member + "/" + s.Slug }

// Validate reports the first thing wrong with s. Whether Cron parses is the
// scheduler's to say.
func (s Source) Validate() error {
	if !ValidSlug(s.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", s.Slug)
	}
	if !isHTTP(s.URL) && !strings.HasPrefix(s.URL, "file:") {
		return Invalid("url", "%q must start with https://, http:// or file:, and hold no user name", s.URL)
	}
	if s.Type != "" && !ValidType(s.Type) {
		return Invalid("type", "%q must be one of %s", s.Type, join(ItemTypes))
	}
	if s.Every != 0 && s.Cron != "" {
		return Invalid("cron", "give either every or cron, not both")
	}
	if s.Every != 0 && s.Every < time.Minute {
		return Invalid("every", "must be 1m or more")
	}
	if s.Identity != "" && !slices.Contains(identities, s.Identity) {
		return Invalid("identity", "%q must be guid, link or hash", s.Identity)
	}
	for _, name := range s.Formerly {
		if member, slug, ok := strings.Cut(name, "/"); !ok || !ValidSlug(member) || !ValidSlug(slug) || name == s.Name() {
			return Invalid("formerly", "%q must be the full name of another source, member/source", name)
		}
	}
	if !validZone(s.Zone) {
		return Invalid("zone", "%q is not a time zone such as Europe/Brussels", s.Zone)
	}
	for _, p := range s.AllowPrivate {
		if !p.IsValid() || p != p.Masked() || p.Bits() < minPrivateBits {
			return Invalid("allow_private", "%q must be a network such as 10.1.2.0/24, of at most 2^24 addresses", p)
		}
	}
	if s.Language != "" && !ValidLanguage(s.Language) {
		return Invalid("language", "%q is not a language tag", s.Language)
	}
	if s.LanguageFixed && s.Language == "" {
		return Invalid("language", "a language that is fixed must be named")
	}
	return nil
}

// SourceState is what the harvester knows of a source. It is saved in the
// transaction of the items it tells of, so no validator is ever stored ahead
// of its items.
type SourceState struct {
	Source string // full name
	Title  string // the source's own title, "" until read
	Format string // the decoder last used

	Validators
	Schedule
	Rhythm
	Health

	Address     string    `json:",omitempty"` // adopted after a permanent redirect; "" = the configured one
	Former      []string  `json:",omitempty"` // addresses before it, newest first; the last is the configured one
	Move        *Move     `json:",omitempty"` // a permanent redirect that is not adopted yet
	Agreed      string    `json:",omitempty"` // an address of another owner that the operator agreed to
	Asked       time.Time `json:",omitzero"`  // when the configured address was last asked while another is adopted
	Hubs        []string  `json:",omitempty"` // WebSub hubs that the source names
	Self        string    `json:",omitempty"` // the address the document gives itself
	Paged       bool      `json:",omitempty"` // the list goes on over several pages
	LookedAgain time.Time `json:",omitzero"`  // when pages of items that have left the list were last asked for

	// Files is how the files that its items link stand. It is counted anew for
	// whoever tells of the source, and not saved.
	Files FileCounts `json:"-"`
}

// Validators are what the next request of a source is conditional by.
type Validators struct {
	ETag         string `normal:"-"` // verbatim, valid for FetchedURL only
	LastModified string `normal:"-"` // verbatim
	FetchedURL   string
	BodyHash     string    // of the last body and of how it was read; the harvester's own, "" = compare with nothing
	Whole        time.Time `json:",omitzero"` // when all was last read, whatever validators said
}

// Schedule is when a source is fetched next, and what that was decided by.
type Schedule struct {
	NextFetch  time.Time
	Rule       Rule          `json:",omitempty"` // what decided NextFetch
	Interval   time.Duration `json:",omitempty"` // the adaptive interval as it stands, 0 = not known yet
	QuietUntil time.Time     `json:",omitzero"`  // until when the host asked to be left alone
	TTL        time.Duration // how long the last document read asks to be left alone, 0 = silent
	MaxAge     time.Duration `json:",omitempty"` // how long the last answer is fresh, by its header
	Skip       Skip          `json:",omitzero"`  // when the document asks not to be fetched
}

// Rhythm is how often a source has something new.
type Rhythm struct {
	LastNew time.Time     `json:",omitzero"`  // when an item was last new, not only changed
	Gap     time.Duration `json:",omitempty"` // usual time between new items, 0 = not known yet
	Week    int           `json:",omitempty"` // the week of Weeks[0], counted from 1970
	Weeks   []int         `json:",omitempty"` // new items of the last weeks, newest first, at most 12
}

// Health is how fetching a source goes, for people to read.
type Health struct {
	LastFetch   time.Time // last attempt
	LastSuccess time.Time // last attempt that was read, 304 included
	LastChange  time.Time // last attempt that saved an item

	Failures     int       // in a row
	Failure      *Failure  // of the last attempt; nil when it succeeded
	FailingSince time.Time `json:",omitzero"` // first of the failures in a row
	Gone         time.Time `json:",omitzero"` // when the site said 410; zero while it does not

	Items      int            // live items
	Listed     int            // items in the last document read
	Read       int            `json:",omitempty"` // of the listed items, how many could be read
	Held       int            // items whose disappearance waits for an operator
	Unfinished int            `json:",omitempty"` // documents of the list that are still to be read
	Undated    int            `json:",omitempty"` // items last read that have no date: they are ordered by when they were first seen
	Unkept     map[Reason]int `json:",omitempty"` // listed items that are not on the hub as they are listed
	Warnings   []string       // of the last document read, at most 20

	Fetches []Fetch `json:",omitempty"` // newest first, at most MaxFetches
}

// URL is the address that src is fetched from: one adopted after a permanent
// redirect, as long as the configured one is what it was then.
func (s SourceState) URL(src Source) string {
	if s.Address != "" && len(s.Former) > 0 && s.Former[len(s.Former)-1] == src.URL {
		return s.Address
	}
	return src.URL
}

// Failure is a failed attempt, for a webmaster to read.
type Failure struct {
	Time    time.Time    `json:"time"`
	Class   FailureClass `json:"class"`
	Status  int          `json:"status,omitempty"` // HTTP status, 0 when there was none
	Message string       `json:"message"`          // what happened, one plain sentence
	Advice  string       `json:"advice"`           // what to do or whom to ask, one plain sentence
}

// FailureClass sorts failures by who can mend them.
type FailureClass string

// The classes of failure.
const (
	FailRefused  FailureClass = "refused"   // the address is not allowed
	FailDNS      FailureClass = "dns"       // the name does not resolve
	FailTLS      FailureClass = "tls"       // the certificate is wrong
	FailConnect  FailureClass = "connect"   // no connection, or it broke
	FailTimeout  FailureClass = "timeout"   // too slow
	FailHTTP     FailureClass = "http"      // an error status
	FailTooLarge FailureClass = "too-large" // more bytes than a source may have
	FailRedirect FailureClass = "redirect"  // too many, or not allowed
	FailFormat   FailureClass = "format"    // read, but not a document we know
	FailMoved    FailureClass = "moved"     // it leads for good to another owner's site, which waits for the operator
	FailEmpty    FailureClass = "empty"     // read, but nothing was in it where items were before
	FailFile     FailureClass = "file"      // a file: source that cannot be opened
)
