package federation

import "slices"

// Without is a selection without one value of a key, or without the key for
// value "". What needs the key goes too, and its list begins at the first page.
// A key that filters nothing, but as, is left as it is. s itself is too.
func (s Selection) Without(key, value string) Selection {
	s.Cursor = ""
	switch key {
	case "member":
		s.Members = dropped(s.Members, value)
	case "category":
		s.Categories = dropped(s.Categories, value)
	case "lang":
		s.Languages = dropped(s.Languages, value)
	case "source":
		s.Sources = dropped(s.Sources, value)
	case "channel":
		s.Channels = dropped(s.Channels, value)
	case "type":
		s.Types = dropped(s.Types, ItemType(value))
	case "near":
		s.Near, s.Radius = nil, 0
		if s.Sort == ByDistance {
			s.Sort = ""
		}
	case "postcode":
		s.Postcode = ""
	case "as":
		s.As = ""
	case "from":
		s.From = Bound{}
	case "to":
		s.To = Bound{}
	}
	return s
}

// dropped is a list without a value, none for the value "".
func dropped[T ~string](list []T, value T) []T {
	if value == "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return v == value })
}
