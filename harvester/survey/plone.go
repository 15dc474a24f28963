package survey

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/discover"
)

// ploneFormat is the name of the format that reads plone.restapi.
const ploneFormat = "plone"

// ploneTypes are what a Plone publishes for citizens, each asked for by itself:
// as one list they would be of one type. What was changed last stands first.
var ploneTypes = []struct {
	typ   federation.ItemType
	query string
}{
	{federation.News, "portal_type=News%20Item&fullobjects=1&sort_on=modified&sort_order=descending"},
	{federation.EventItem, "portal_type=Event&fullobjects=1&sort_on=modified&sort_order=descending"},
}

// plone asks the REST API of a Plone for its news and events, each in the folder
// that holds them all, and looks for the calendar of that of the events.
func (s *surveyor) plone(ctx context.Context, cms discover.CMS) {
	if cms.Name != ploneFormat {
		return
	}
	for _, api := range []string{cms.Root, cms.Root + "++api++/"} { // Volto answers its pages at the first
		answered := false
		for _, t := range ploneTypes {
			folder, ok := s.ploneList(ctx, cms.Root, api, t.query)
			if answered = answered || ok; folder != "" && t.typ == federation.EventItem {
				s.ploneCalendar(ctx, folder)
			}
			if s.stopped || !answered {
				break
			}
		}
		if answered || s.stopped {
			return
		}
	}
}

// ploneList keeps the list of one type. It tells the folder that holds all of
// it, and whether the API answered at all.
func (s *surveyor) ploneList(ctx context.Context, root, api, query string) (folder string, ok bool) {
	address := api + "@search?" + query
	found, ok := s.readOne(ctx, discover.Candidate{URL: address, Kind: discover.Data, Reason: discover.Known})
	if !ok || found.Format != ploneFormat || len(found.Items) == 0 {
		return "", ok && found.Format == ploneFormat
	}
	folder = folderOf(found.Items, root)
	if below, deeper := strings.CutPrefix(folder, root); deeper && below != "" {
		address := api + below + "@search?" + query
		if narrow, ok := s.readOne(ctx, discover.Candidate{URL: address, Kind: discover.Data, Reason: discover.Known}); ok && len(narrow.Items) >= len(found.Items) {
			found = narrow
		}
	}
	s.found = append(s.found, found)
	return folder, true
}

// ploneCalendar looks for the calendar of a folder of events, which Plone links
// nowhere.
func (s *surveyor) ploneCalendar(ctx context.Context, folder string) {
	if !s.stopped {
		s.candidate(ctx, discover.Candidate{URL: folder + "ics_view", Kind: discover.Calendar, Reason: discover.Known})
	}
}

// folderOf is the address of the folder, below root, that holds the pages of all
// items; it ends in a slash, as root does.
func folderOf(items []federation.Item, root string) string {
	folder := ""
	for _, it := range items {
		parent := it.URL[:strings.LastIndexByte(it.URL, '/')+1]
		if !strings.HasPrefix(parent, root) {
			return root
		}
		if folder == "" {
			folder = parent
		}
		for !strings.HasPrefix(parent, folder) {
			folder = folder[:strings.LastIndexByte(strings.TrimSuffix(folder, "/"), '/')+1]
		}
	}
	if len(folder) < len(root) {
		return root
	}
	return folder
}

// folderOfFeed is the folder that a feed of a Plone is of: "" when it is none.
func folderOfFeed(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery != "" {
		return ""
	}
	i := strings.LastIndexByte(u.Path, '/')
	if i < 0 || !slices.Contains([]string{"RSS", "rss.xml", "atom.xml", "feed.rss"}, u.Path[i+1:]) {
		return ""
	}
	u.Path = u.Path[:i+1]
	return u.String()
}

// outdone reports whether a feed or a calendar repeats what structured data tells
// better: without the dates of events, and keeping what was taken back.
func outdone(f Finding, found []Finding) bool {
	if f.Kind != string(discover.Feed) && f.Kind != string(discover.Calendar) {
		return false
	}
	return slices.ContainsFunc(found, func(d Finding) bool {
		return d.Kind == string(discover.Data) && d.Format == ploneFormat && len(d.Items) > 0 && discover.SameSite(f.URL, d.URL) &&
			(likelyType(d) == likelyType(f) || f.Kind == string(discover.Feed) && shares(f, d))
	})
}

// shares reports whether two lists have an item in common.
func shares(a, b Finding) bool {
	x := marks(a.Items)
	return slices.ContainsFunc(marks(b.Items), func(m string) bool { return slices.Contains(x, m) })
}
