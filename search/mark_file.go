package search

import (
	"cmp"
	"context"
	"net/url"
	"path"
	"slices"
	"strconv"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// MarkedFile is the passage of a file that tells most about a match.
type MarkedFile struct {
	Title   string // of the attachment, else the end of its address
	URL     string // of the file, at the page where readers go by it
	Page    int    // 1 for the first; 0 = the file does not say where its pages are
	Snippet string // HTML whose only elements are <mark>
}

const (
	// maxFilesMarked bounds the bytes of files that an answer looks through: at
	// some 30 MB/s, ten milliseconds at worst, and nothing for those who find
	// what they asked for in the items.
	maxFilesMarked = 256 << 10
	maxFileMarked  = 64 << 10 // of one item
)

// markFiles adds the passages of files to those items found that do not say
// themselves all that was asked.
func (s *Service) markFiles(ctx context.Context, words string, forms []string, found []Found) error {
	asked := len(text.Tokens(nil, words))
	if asked == 0 || len(forms) == 0 {
		return nil
	}
	m := newMarker(forms)
	defer m.free()
	var ids []string
	said := map[string]int{}
	for _, f := range found {
		if urls, _ := f.ReadableFiles(); len(urls) == 0 {
			continue
		}
		if n := m.count(f.Title + "\n" + f.Summary + "\n" + f.Content.Text()); n < asked {
			ids, said[f.ID] = append(ids, f.ID), n
		}
	}
	if len(ids) == 0 {
		return nil
	}
	files, err := s.reader.ItemFiles(ctx, ids)
	if err != nil {
		return err
	}
	left := maxFilesMarked
	for i := range found {
		it := &found[i]
		n, open := said[it.ID]
		if !open || left <= 0 {
			continue
		}
		mine := slices.DeleteFunc(slices.Clone(files), func(f federation.File) bool { return f.Item != it.ID })
		var looked int
		it.Marked.File, looked = m.file(it.Item, mine, n, min(left, maxFileMarked))
		left -= looked
	}
	return nil
}

// count is how many different words of s match.
func (m *marker) count(s string) int {
	seen := map[string]bool{}
	for _, t := range text.Tokens(nil, s) {
		if m.match(t) {
			seen[cmp.Or(t.Alt, t.Form)] = true
		}
	}
	return len(seen)
}

// file returns the page that says most of what was asked, if it is more than n,
// having looked through some bytes, most at most.
func (m *marker) file(it federation.Item, files []federation.File, n, most int) (best *MarkedFile, looked int) {
	page := ""
	for _, f := range files {
		for i, p := range f.Pages {
			if looked += len(p); looked > most {
				break
			}
			if c := m.count(p); c > n {
				n, page, best = c, p, markedFile(it, f, i+1)
			}
		}
	}
	if best != nil {
		m.marks.Read(page)
		best.Snippet = m.marks.Snippet(snippetLength)
	}
	return best, looked
}

func markedFile(it federation.Item, f federation.File, page int) *MarkedFile {
	out := &MarkedFile{URL: f.URL, Title: fileName(f.URL)}
	i := slices.IndexFunc(it.Attachments, func(a federation.Attachment) bool { return a.URL == f.URL })
	if i >= 0 && it.Attachments[i].Title != "" {
		out.Title = it.Attachments[i].Title
	}
	if !f.Paged {
		return out
	}
	out.Page = page
	if i >= 0 && it.Attachments[i].IsPDF() {
		if u, err := url.Parse(f.URL); err == nil {
			u.Fragment, u.RawFragment = "page="+strconv.Itoa(page), ""
			out.URL = u.String()
		}
	}
	return out
}

// fileName is the end of an address, as people read it.
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil || path.Base(u.Path) == "/" || path.Base(u.Path) == "." {
		return address
	}
	return path.Base(u.Path)
}
