package ics

import (
	"bytes"

	"github.com/plonegov/carillon/harvester/read"
)

// unfolded returns the text in UTF-8 with its lines whole, and what is wrong with its encoding. Lines are
// unfolded first: some systems fold in the middle of a character.
func unfolded(body []byte, contentType string) (text, fault string) {
	return read.Text(unfold(read.Narrow(body)), contentType)
}

// unfold joins folded lines (RFC 5545, 3.1) and gives every line one LF. It
// takes CRLF, LF, CR CR LF and, where there is no LF at all, CR.
func unfold(body []byte) []byte {
	if bytes.IndexByte(body, '\n') < 0 {
		body = bytes.ReplaceAll(body, []byte{'\r'}, []byte{'\n'})
	}
	out := make([]byte, 0, len(body)+1)
	for line := range bytes.Lines(body) {
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case len(line) == 0:
		case (line[0] == ' ' || line[0] == '\t') && len(out) > 0:
			out = append(out, line[1:]...)
		default:
			if len(out) > 0 {
				out = append(out, '\n')
			}
			out = append(out, line...)
		}
	}
	return out
}
