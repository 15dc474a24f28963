package harvester

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/enrich"
)

// maxItems bounds the items of one source's documents.
const maxItems = 20_000

// certain is what a format says of a document that can be no other's.
const certain = 100

// read decodes what was fetched and completes its items.
func (v *harvest) read(src federation.Source, got *fetched) (*collection, error) {
	c, err := v.decode(src, got)
	if err == nil {
		v.complete(c, got)
	}
	return c, err
}

// complete fills in what the source and the hub know and the documents did not
// say.
func (v *harvest) complete(c *collection, got *fetched) {
	c.undated, c.untitled = v.tables().Complete(&c.Decoded, enrich.Origin{Source: v.src, URL: got.url, Hash: got.hash, Time: v.begin})
}

// decode reads every file of a source with the format it names, or with the
// one that is surest of the bytes. It fails only when no file could be read.
func (h *Harvester) decode(src federation.Source, got *fetched) (*collection, error) {
	var (
		all          = &collection{seen: map[string]bool{}}
		failed error = &sourceError{class: federation.FailFormat, message: "The folder or archive holds no file.",
			advice: "Put the documents there, or give the address of another one."}
	)
	for _, f := range got.files {
		d, format, err := h.decodeFile(src, got, f)
		switch {
		case err == nil:
			all.format = format
			all.add(d)
			continue
		case f.name != "" && errors.As(err, new(foreignError)):
			all.passed = append(all.passed, f.name)
		case f.name != "":
			all.Warn(f.name, err.Error())
		}
		failed = err
	}
	switch {
	case all.read == 0 && got.cut != nil:
		return nil, got.cut
	case all.read == 0:
		return nil, unreadable(failed)
	}
	if several := got.files[0].name != ""; several {
		all.Complete = all.whole && all.read+len(all.passed) == len(got.files)
	}
	if n := len(all.passed); n > 0 {
		all.Warn("", fmt.Sprintf("%d of %d files are in no format that is read here and were passed over, such as %.100s", n, len(got.files), all.passed[0]))
	}
	if got.cut != nil {
		all.Complete = false
		all.Warn("", "the answer was cut short; what came was read")
	}
	if got.moved != "" {
		all.Warn("", movedWarning(got))
	}
	return all, nil
}

// collection is what the files of one source give together.
type collection struct {
	federation.Decoded                   // of the source, the first file's
	format             federation.Format // of the last file
	seen               map[string]bool
	read               int
	passed             []string // names of files that no format knows
	whole              bool     // each file is one document or a complete list

	undated  int // items that have no date
	untitled int // entries left out because they have neither title nor text

	// What came of following it.
	toEnd     bool                   // all of its pages were read
	pages     []federation.PageState // documents that were asked for
	forgotten []string               // addresses of documents that the list no longer names
	unread    int                    // documents that are read at the next harvest
}

// blank reports whether there is nothing in what was read.
func (c *collection) blank() bool {
	return len(c.Items)+len(c.Gone)+len(c.Kept)+c.unread == 0
}

// append joins a further page or document of a list to those before.
func (c *collection) append(other *collection) {
	c.join(other.Decoded)
	c.undated, c.untitled = c.undated+other.undated, c.untitled+other.untitled
}

// add joins a file's items to those before. An origin id that an earlier file
// had is passed over.
func (c *collection) add(d federation.Decoded) {
	whole := d.Complete || d.Listed == 1 // a folder of sheets is a whole; one of feeds is not
	if c.read++; c.read == 1 {
		before := c.Warnings // of files that could not be read
		c.Decoded, c.whole = d, whole
		c.Items, c.Listed, c.Gone, c.Warnings, c.Pages, c.Entries = nil, 0, nil, before, nil, map[string]string{}
	}
	c.whole = c.whole && whole
	c.join(d)
	c.Pages = append(c.Pages, d.Pages...)
}

// join adds items, tombstones and warnings.
func (c *collection) join(d federation.Decoded) {
	c.Listed, c.Gone, c.Warnings = c.Listed+d.Listed, append(c.Gone, d.Gone...), append(c.Warnings, d.Warnings...)
	for _, it := range d.Items {
		switch {
		case c.seen[it.OriginID]:
			c.Listed--
			c.Warn(it.OriginID, "is in the source twice; the first is kept")
		case len(c.Items) == maxItems:
			c.Warn(it.OriginID, fmt.Sprintf("is beyond the %d items a source may have; left out", maxItems))
		default:
			c.seen[it.OriginID] = true
			c.Items = append(c.Items, it)
			if entry := d.Entries[it.OriginID]; entry != "" {
				c.Entries[it.OriginID] = entry
			}
		}
	}
}

// foreignError is a file that no format knows by its bytes. Folders and archives
// hold such files beside the documents: the index of a flow, pictures, a
// licence. They say nothing about whether all documents could be read.
type foreignError struct{ error }

func (e foreignError) Unwrap() error { return e.error }

// foreign marks err for a document that the format does not know, unless it is
// blank: that may well be a document whose content was lost.
func foreign(doc federation.Document, sure int, err error) error {
	if sure > 0 || len(bytes.TrimSpace(doc.Body)) == 0 {
		return err
	}
	return foreignError{err}
}

// decodeFile picks the format and decodes, with a panic made a failure of this
// one file: decoders are fuzzed not to, and a bug in one must still not stop
// the hub.
func (h *Harvester) decodeFile(src federation.Source, got *fetched, f file) (d federation.Decoded, format federation.Format, err error) {
	doc := federation.Document{URL: got.url, ContentType: f.contentType, Body: f.body, Source: h.tables().Defaults(src), Name: f.name, Page: got.page, Known: got.known}
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("decoder panicked; please report it", "source", src.Name(),
				"url", doc.URL, "file", f.name, "err", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = &sourceError{class: federation.FailFormat, message: "The document made the hub's reader fail.",
				advice: "Tell the hub's operator, who has the details in the log."}
		}
	}()
	if entityBomb(f.body) {
		return federation.Decoded{}, format, errBomb()
	}
	reader, err := h.pick(doc)
	if err != nil {
		return federation.Decoded{}, format, err
	}
	if d, err = reader.Decode(doc); err != nil {
		err = foreign(doc, reader.Sniff(doc), err)
	}
	return d, reader, err
}

// pick is the format the source names, or the surest one.
func (h *Harvester) pick(doc federation.Document) (federation.Format, error) {
	named := doc.Source.Format
	if named == "auto" {
		named = ""
	}
	var best federation.Format
	sure := 0
	for _, f := range h.formats {
		if f.Name == named {
			return f, nil
		}
		if named != "" {
			continue
		}
		if s := f.Sniff(doc); s > sure {
			best, sure = f, s
		}
		if sure == certain {
			break
		}
	}
	switch {
	case named != "":
		return best, &sourceError{class: federation.FailFormat, message: fmt.Sprintf("The hub knows no format %q.", named),
			advice: "Write format: auto, or the name of a format that the hub has."}
	case sure == 0:
		return best, foreign(doc, sure, notAFormat(doc))
	}
	return best, nil
}
