package harvester

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// readingEpoch is part of every mark: raise it when the same bytes are to be
// read again because a decoder has learnt something.
const readingEpoch = "5"

// Some servers answer 304 for ever, whatever changed; and what changed on a
// later page of a list does not show on the first.
const (
	wholeEvery = 7 * 24 * time.Hour // how often a source is asked without validators
	pagedEvery = 24 * time.Hour     // how often a list of several documents is read to its end
)

// prepare decides what the request builds on: the validators and the mark of
// the last answer. There is nothing when all is to be read again: by force,
// from another address, or in another way (see reading).
func (v *visit) prepare() {
	s := v.state
	v.held = copyHeld{s.ETag, s.LastModified, s.BodyHash}
	fresh := v.opt.Force || s.FetchedURL != v.address || !strings.HasPrefix(s.BodyHash, v.reading(v.src))
	weekly := v.begin.Sub(s.Whole) >= wholeEvery
	paged := s.Paged && v.begin.Sub(s.Whole) >= pagedEvery
	v.whole = fresh || weekly || !s.Paged || paged
	if v.opt.Confirm {
		v.whole, fresh = true, true
	}
	if weekly {
		v.held.etag, v.held.lastModified = "", ""
	}
	if fresh || paged || s.Paged && weekly {
		v.held = copyHeld{}
	}
	if f, known := v.format(v.src, s); known && f.Since != nil && !s.LastSuccess.IsZero() && !s.Whole.IsZero() &&
		!fresh && v.begin.Sub(s.Whole) < wholeEvery {
		since := f.Since(v.address, s.LastSuccess)
		v.since = since != v.address && !strings.HasPrefix(v.address, "file:")
	}
	if v.since {
		v.whole, v.held = false, copyHeld{}
	}
}

// asking is the address of the request.
func (v *visit) asking() string {
	if !v.since {
		return v.address
	}
	f, _ := v.format(v.src, v.state)
	return f.Since(v.address, v.state.LastSuccess.Add(-sinceOverlap))
}

// sinceOverlap is for clocks that differ and for what was saved while the last
// answer was written.
const sinceOverlap = 5 * time.Minute

// format is the one the source names, or was last read with.
func (h *Harvester) format(src federation.Source, s federation.SourceState) (federation.Format, bool) {
	name := src.Format
	if name == "" || name == "auto" {
		name = s.Format
	}
	return h.named(name)
}

func (h *Harvester) named(name string) (federation.Format, bool) {
	for _, f := range h.formats {
		if f.Name == name {
			return f, true
		}
	}
	return federation.Format{}, false
}

// reading is a short hash of all that decides, beside the bytes, what items a
// document gives: when a source's settings change, or the hub's topics, the
// same bytes are read again.
func (h *Harvester) reading(src federation.Source) string {
	at := h.tables().Defaults(src)
	how := struct {
		Epoch, Topics, Format, Language, License, Identity string
		Home, Zone                                         string
		Type                                               federation.ItemType
		Categories                                         []string
		Columns                                            map[string]string
		Page                                               *federation.PageRule
		Alerts                                             bool
		Fixed                                              bool   `json:",omitempty"`
		Attribution                                        string `json:",omitempty"`
	}{readingEpoch, h.tables().TopicsHash(), src.Format, src.Language, src.License, src.Identity, at.Home, at.Zone, src.Type, src.Categories, src.Columns, src.Page, src.Alerts, src.LanguageFixed, src.Attribution}
	b, err := json.Marshal(how)
	if err != nil { // strings and lists of them cannot fail to marshal
		panic(err)
	}
	return digest(b)[:12] + ":"
}
