package meili

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// document is an item as the server has it. Words are folded forms, parted by
// blanks, with stems in the same order in a field beside them; names that end
// in Key are hashes, which filters compare.
type document struct {
	ID   string `json:"id"`
	Kind string `json:"kind"` // "item"
	Name string `json:"name"` // the title as people read it

	Title      string `json:"title"`
	TitleStems string `json:"titleStems"`
	Labels     string `json:"labels"`
	LabelStems string `json:"labelStems"`
	Body       string `json:"body"`
	BodyStems  string `json:"bodyStems"`
	FileStems  string `json:"fileStems,omitempty"`
	Stems      string `json:"stems"` // language of the stems, "none"

	Member     string   `json:"member"`
	Type       string   `json:"type"`
	Language   string   `json:"language,omitempty"` // lower case
	Categories []string `json:"categories"`         // normal

	MemberKey    string   `json:"memberKey"`
	SourceKey    string   `json:"sourceKey"`
	TypeKey      string   `json:"typeKey"`
	CategoryKeys []string `json:"categoryKeys"`
	LanguageKeys []string `json:"languageKeys"` // of it and of all it is a region of

	Fold       string `json:"fold"`                 // equal for items that say the same; else its own
	Precedence string `json:"precedence,omitempty"` // decimal; "" = it stands for itself
	Same       string `json:"same,omitempty"`

	// Times in microseconds since 1970. The server compares them as
	// floating-point numbers, exact until the year 2255.
	Date    int64             `json:"date"`
	Begin   int64             `json:"begin"`
	Last    int64             `json:"last"`
	Start   *int64            `json:"start,omitempty"` // of an event
	Event   *federation.Event `json:"event,omitempty"` // one that recurs
	Fade    int64             `json:"fade"`            // date of what grows old
	Alert   int               `json:"alert"`           // 1 = it is one
	Gravity *int              `json:"gravity,omitempty"`
	Until   int64             `json:"until"`
	Geo     *geo              `json:"_geo,omitempty"`
	Tie     int64             `json:"tie"` // an order for what is equal in all else
}

type geo struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

// key is the form in which filters compare a value: letters a to f and digits,
// whatever the value.
func key(kind, value string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + value))
	return hex.EncodeToString(sum[:12])
}

// ends of time, so that what has no bound can be compared.
const (
	longAgo = math.MinInt32 * 1_000_000_000
	farAway = math.MaxInt32 * 1_000_000_000
)

// maxText bounds one text of an item, in bytes, and maxWords the words of a
// field: the server takes 65,535 positions.
const (
	maxText  = 1 << 20
	maxWords = 60_000
)

func (v *vocabulary) document(it federation.Item, b search.Batch) document {
	lang := stemLanguage(it.Language)
	d := document{ID: it.ID, Kind: "item", Name: it.Title, Stems: lang, Member: it.Member, Type: string(it.Type),
		Language: strings.ToLower(it.Language), Same: it.Same, Categories: []string{}, CategoryKeys: []string{}, LanguageKeys: []string{},
		MemberKey: key("member", it.Member), SourceKey: key("source", it.Source), TypeKey: key("type", string(it.Type)),
		Fold: key("item", it.ID), Tie: tie(it.ID)}
	summary, content := search.Bodies(&it)
	d.Title, d.TitleStems = v.words(lang, it.Title)
	d.Labels, d.LabelStems = v.words(lang, search.Labels(&it, b.Topics)...)
	d.Body, d.BodyStems = v.words(lang, summary, content)
	_, d.FileStems = v.words(lang, b.Files[it.ID])
	for _, c := range it.Categories {
		if n := federation.NormalCategory(c); n != "" && !slices.Contains(d.Categories, n) {
			d.Categories, d.CategoryKeys = append(d.Categories, n), append(d.CategoryKeys, key("category", n))
		}
	}
	for l := d.Language; l != ""; l = l[:max(strings.LastIndexByte(l, '-'), 0)] {
		d.LanguageKeys = append(d.LanguageKeys, key("lang", l))
	}
	if f := search.FoldKey(it); f != "" {
		d.Fold, d.Precedence = key("fold", f), decimal(b.Precedence[it.ID])
	}
	d.times(it)
	if p := it.Point(); p != nil && p.Valid() {
		d.Geo = &geo{p.Lat, p.Lon}
	}
	return d
}

func (d *document) times(it federation.Item) {
	begin, last := it.Span()
	d.Date, d.Begin, d.Last, d.Fade, d.Until = it.Date().UnixMicro(), begin.UnixMicro(), last.UnixMicro(), farAway, farAway
	if it.Event != nil && !it.Event.Start.IsZero() {
		at := d.Begin
		d.Start = &at
	}
	if it.Event != nil && it.Event.Recurs() {
		if _, err := json.Marshal(it.Event); err == nil { // else a year of five digits
			d.Event = it.Event
		}
	}
	if slices.Contains(search.Fading, it.Type) {
		d.Fade = d.Date
		if d.Start != nil {
			d.Fade = d.Last
		}
	}
	if it.Type != federation.AlertItem {
		return
	}
	gravity := it.Gravity()
	d.Alert, d.Gravity = 1, &gravity
	switch end := it.Until(); {
	case it.Alert != nil && it.Alert.Ended:
		d.Until = longAgo
	case !end.IsZero():
		d.Until = end.UnixMicro()
	}
}

// stemLanguage is the language whose stems a text has, "none".
func stemLanguage(language string) string {
	for _, l := range text.Langs {
		if federation.MatchLanguage(l, language) {
			return l
		}
	}
	return noStems
}

const noStems = "none"

// words are the forms of texts and their stems. Another spelling of a word and
// the parts of a compound follow at the end, so that they part no words that
// stand together.
func (v *vocabulary) words(lang string, texts ...string) (forms, stems string) {
	var f, s, more strings.Builder
	n := 0
	for _, t := range texts {
		for _, tok := range text.Tokens(nil, t[:min(len(t), maxText)]) {
			if n++; n > maxWords {
				break
			}
			word(&f, spell(tok.Form))
			word(&s, text.Stem(lang, spell(tok.Form)))
			for _, other := range append(strings.Fields(tok.Also), tok.Alt) {
				if other != "" {
					word(&more, other)
					word(&more, text.Stem(lang, other))
				}
			}
			for _, part := range v.parts(lang, tok.Form) {
				word(&more, part)
				word(&more, text.Stem(lang, part))
			}
		}
		// A full stop parts texts: words of two do not stand together.
		f.WriteString(" .")
		s.WriteString(" .")
	}
	return strings.Trim(f.String(), " ."), strings.TrimSpace(strings.Trim(s.String(), " .") + " . " + more.String())
}

func word(b *strings.Builder, form string) {
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(form)
}

// tie is a number of an item by which those that are equal in all else are put
// in an order.
func tie(id string) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(binary.BigEndian.Uint32(sum[:4]))
}
