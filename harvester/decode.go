package harvester

import (
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/plonegov/carillon/federation"
)

// decode reads every file of a source with the format it names, or with the
// one that is surest of the bytes. It fails only when no file could be read.
func (h *Harvester) decode(src federation.Source, got *fetched) (federation.Decoded, string, error) {
	var (
		all    federation.Decoded
		used   string
		read   int
		failed error
	)
	seen := map[string]bool{}
	for i, f := range got.files {
		d, format, err := h.decodeFile(src, got.url, f)
		if err != nil {
			failed = err
			if f.name != "" {
				all.Warn(f.name, err.Error())
			}
			continue
		}
		used = format
		if read++; i == 0 || read == 1 {
			warnings := all.Warnings
			all = d
			all.Warnings = append(warnings, d.Warnings...)
			all.Items = nil
		} else {
			all.Listed += d.Listed
			all.Gone = append(all.Gone, d.Gone...)
			all.Warnings = append(all.Warnings, d.Warnings...)
		}
		all.Items = appendNew(all.Items, d, seen, &all)
	}
	if read == 0 {
		if failed == nil {
			failed = errors.New("The folder or archive holds no file.")
		}
		return all, "", unreadable(failed)
	}
	if several := got.files[0].name != ""; several {
		// A folder or an archive is the whole of what its publisher has.
		all.Complete = read == len(got.files)
	}
	if got.partial {
		all.Complete = false
		all.Warn("", "the answer was cut short; what came was read")
	}
	return all, used, nil
}

// appendNew adds the items of d whose origin id no earlier file had.
func appendNew(items []federation.Item, d federation.Decoded, seen map[string]bool, all *federation.Decoded) []federation.Item {
	for _, it := range d.Items {
		if seen[it.OriginID] {
			all.Warn(it.OriginID, "is in the source twice; the first is kept")
			continue
		}
		seen[it.OriginID] = true
		items = append(items, it)
	}
	return items
}

func (h *Harvester) decodeFile(src federation.Source, url string, f file) (federation.Decoded, string, error) {
	doc := federation.Document{URL: url, ContentType: f.contentType, Body: f.body, Source: src}
	format, err := h.pick(doc)
	if err != nil {
		return federation.Decoded{}, "", err
	}
	d, err := h.guarded(format, doc)
	return d, format.Name, err
}

// pick is the format the source names, or the surest one.
func (h *Harvester) pick(doc federation.Document) (federation.Format, error) {
	var best federation.Format
	sure := 0
	for _, f := range h.formats {
		if doc.Source.Format == f.Name {
			return f, nil
		}
		if s := f.Sniff(doc); s > sure {
			best, sure = f, s
		}
	}
	if sure == 0 {
		return best, errors.New(notAFormat(doc))
	}
	return best, nil
}

// guarded is Decode, with a panic made a failure of this one source: decoders
// are fuzzed not to, and a bug in one must still not stop the hub.
func (h *Harvester) guarded(f federation.Format, doc federation.Document) (d federation.Decoded, err error) {
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("decoder panicked; please report it", "format", f.Name, "source", doc.Source.Name(),
				"url", doc.URL, "err", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = errors.New("The document made the hub's reader fail. The hub's operator has the details in the log.")
		}
	}()
	return f.Decode(doc)
}
