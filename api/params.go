package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/plonegov/carillon/federation"
)

// selectionParams describes the keys of a selection. It only describes: the
// parser is federation.ParseSelection, and a test holds the two together.
func selectionParams() []*huma.Param {
	explode := false
	list := func(name, doc string, values ...any) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: doc + " Repeatable or comma-separated; any of them matches.",
			Explode: &explode, Schema: &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Enum: values}}}
	}
	one, most := 1.0, float64(federation.MaxLimit)
	far, none := federation.MaxRadius, 0.0
	return []*huma.Param{
		text("q", "Words to find; accents and small typing errors are forgiven."),
		list("member", "Slugs of members."),
		list("type", "Types of items.", names(federation.ItemTypes)...),
		list("category", "Categories, without regard to case."),
		list("lang", "Languages; nl takes nl-BE too."),
		list("source", `Full names of sources, such as "vallonie/actualites".`),
		list("channel", "Slugs of channels."),
		text("from", "Earliest date or time (RFC 3339). Events are compared by their own dates."),
		text("to", "Latest date or time (RFC 3339), inclusive."),
		text("near", "Latitude and longitude in degrees, joined by a comma."),
		{Name: "radius", In: "query", Description: "Radius around `near`, in kilometres.", Schema: &huma.Schema{Type: huma.TypeNumber,
			ExclusiveMinimum: &none, Maximum: &far, Default: federation.DefaultRadius}},
		text("postcode", "Members that serve this postal code."),
		text("as", "Whose reader asks: the slug of a member, or a postal code. In an order by relevance its own items come first, then those of its neighbours, then those of the region; nothing is left out."),
		{Name: "sort", In: "query", Description: "Order; relevance when there are words, else newest.",
			Schema: &huma.Schema{Type: huma.TypeString, Enum: names(federation.Sorts)}},
		{Name: "limit", In: "query", Description: "Items per page.", Schema: &huma.Schema{Type: huma.TypeInteger,
			Minimum: &one, Maximum: &most, Default: federation.DefaultLimit}},
		text("cursor", "The value of `next` from the previous page of the same selection."),
	}
}

// searchParams are those of a selection, and what else a search is asked.
func searchParams() []*huma.Param {
	return append(selectionParams(), &huma.Param{Name: "explain", In: "query", Description: "1 tells of each item why it is where it is.",
		Schema: &huma.Schema{Type: huma.TypeInteger, Enum: []any{0, 1}}})
}

func suggestParams() []*huma.Param {
	return []*huma.Param{text("q", "What has been typed so far."), text("lang", "Language of the reader."),
		text("member", "Slugs of members, comma-separated: only what they publish is suggested.")}
}

func memberParams() []*huma.Param {
	return []*huma.Param{text("member", "Slug of a member; only its sources are listed.")}
}

func text(name, doc string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: doc, Schema: &huma.Schema{Type: huma.TypeString}}
}

func names[T ~string](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
