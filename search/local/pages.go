package local

// pages are counts by number, in pieces that several views share. A number
// beyond them, or in a piece that is nil, counts nothing.
type pages [][]int32

// pageSize is how many counts a change copies.
const pageSize = 128

func (p pages) at(n uint32) int32 {
	if i := int(n / pageSize); i < len(p) && p[i] != nil {
		return p[i][n%pageSize]
	}
	return 0
}

// copy writes the counts into a list that is as long as the column has values.
func (p pages) copy(into []int32) {
	for i, page := range p {
		if page != nil && i*pageSize < len(into) {
			copy(into[i*pageSize:], page)
		}
	}
}

// owned are the pieces that are ours to change: nobody else has them yet.
type owned map[*int32]bool

func (o owned) add(p *pages, n uint32, count int32) {
	i := int(n / pageSize)
	for len(*p) <= i {
		*p = append(*p, nil)
	}
	page := (*p)[i]
	if page == nil || !o[&page[0]] {
		fresh := make([]int32, pageSize)
		copy(fresh, page)
		page, (*p)[i] = fresh, fresh
		o[&page[0]] = true
	}
	page[n%pageSize] += count
}

// flat turns a list of counts into pages.
func flat(counts []int32) pages {
	p := make(pages, (len(counts)+pageSize-1)/pageSize)
	for i := range p {
		page := make([]int32, pageSize)
		copy(page, counts[i*pageSize:])
		p[i] = page
	}
	return p
}
