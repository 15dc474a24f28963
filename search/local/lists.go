package local

// lists is a list of numbers for each of a row of things, in one piece of
// memory.
type lists struct {
	off     []uint32 // one more than there are lists
	entries []uint32
}

func (l *lists) of(i uint32) []uint32 { return l.entries[l.off[i]:l.off[i+1]] }

// end closes the list that was appended to entries last.
func (l *lists) end() {
	if l.off == nil {
		l.off = append(l.off, 0)
	}
	l.off = append(l.off, uint32(len(l.entries)))
}

func (l *lists) clipped() lists {
	if l.off == nil {
		l.off = []uint32{0}
	}
	return lists{off: clip(l.off), entries: clip(l.entries)}
}
