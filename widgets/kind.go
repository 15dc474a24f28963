package widgets

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Kind is a kind of widget: all there is to know of it for who places one, for
// who answers with one, and for a form in which one is made.
type Kind struct {
	Name     string          // in addresses, in the region file and in data-widget; for ever
	Title    federation.Text // what a reader sees, in every one of federation.Languages
	Options  []Option
	Needs    []Need // of a [View], besides what every widget has
	Template string // of its section in assets/*.html
}

// Need is a part of a [View] that the hub has to find.
type Need string

// NeedItems are [View.Entries], the items of the selection.
const NeedItems Need = "items"

// Kinds are all kinds of widgets. The first is what a snippet means that names
// none. A new kind is a row here, with a template and what its Needs bring.
var Kinds = []Kind{
	{
		Name:     "list",
		Title:    federation.Text{"fr": "Liste", "nl": "Lijst", "de": "Liste", "en": "List"},
		Options:  []Option{imagesOption, summaryOption, headingOption, titleOption, languageOption},
		Needs:    []Need{NeedItems},
		Template: "list",
	},
	{
		Name:     "cards",
		Title:    federation.Text{"fr": "Cartes", "nl": "Kaarten", "de": "Karten", "en": "Cards"},
		Options:  []Option{imagesOption.but(true), summaryOption, headingOption, titleOption, languageOption},
		Needs:    []Need{NeedItems},
		Template: "cards",
	},
}

// KindOf returns the kind with the name, or ErrNotFound.
func KindOf(name string) (Kind, error) {
	if i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return Kinds[i], nil
	}
	return Kind{}, federation.NotFound("widget", name)
}

// Check reads the options of a placement of a kind, as somebody wrote them: a
// text given as one string is in lang. What is wrong is ErrInvalid at "widget"
// or at "options.NAME".
func Check(kind string, o federation.Options, lang string) (federation.Options, error) {
	k, err := KindOf(kind)
	if err != nil {
		return nil, federation.Invalid("widget", "%q must be one of %s", kind, names(Kinds, func(k Kind) string { return k.Name }))
	}
	for name, value := range o {
		option, known := k.option(name)
		if !known {
			return nil, federation.Invalid("options."+name, "is not an option of the widget %s; its options are %s",
				k.Name, names(k.Options, func(o Option) string { return o.Name }))
		}
		if words, ok := value.(string); ok && option.Form == Words {
			value = federation.Text{lang: words}
			o = o.With(name, value)
		}
		if fault := option.fault(value); fault != nil {
			return nil, federation.Invalid("options."+name, "%s", fault.Reason)
		}
	}
	return o, nil
}

func names[T any](list []T, name func(T) string) string {
	var out []string
	for _, one := range list {
		out = append(out, name(one))
	}
	return strings.Join(out, ", ")
}

func (k Kind) option(name string) (Option, bool) {
	if i := slices.IndexFunc(k.Options, func(o Option) bool { return o.Name == name }); i >= 0 {
		return k.Options[i], true
	}
	return Option{}, false
}

// Whole returns what o chooses and, of every other option of the kind, what is
// chosen where it is absent. What o has besides, or has wrongly, is not in it.
func (k Kind) Whole(o federation.Options) federation.Options {
	whole := make(federation.Options, len(k.Options))
	for _, option := range k.Options {
		if value, given := o[option.Name]; given && option.fault(value) == nil {
			whole[option.Name] = value
		} else if option.Default != nil {
			whole[option.Name] = option.Default
		}
	}
	return whole
}
