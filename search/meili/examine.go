package meili

import (
	"context"
	"errors"

	"github.com/plonegov/carillon/federation"
)

// Report is how the index on the server is.
type Report struct {
	Version     string
	Name        string // of the index
	Missing     bool   // it is not there
	Ours        bool   // it was made by this version
	Documents   int    // items that it holds
	Cursor      federation.Cursor
	Differences []Difference // of its settings from those it must have
}

// Examine looks at the server without changing anything. Errors wrap
// federation.ErrForbidden when the key may not write, else
// federation.ErrUnavailable.
func (x *Index) Examine(ctx context.Context) (Report, error) {
	r := Report{Name: x.uid}
	if err := x.Authorised(ctx); err != nil {
		return r, err
	}
	v, err := x.write.VersionWithContext(ctx)
	if err != nil {
		return r, fault("ask for the version of the search server", err)
	}
	r.Version = v.PkgVersion
	stats, err := x.write.Index(x.uid).GetStatsWithContext(ctx, nil)
	if codeOf(err) == codeIndexNotFound {
		r.Missing = true
		return r, nil
	} else if err != nil {
		return r, fault("ask what the search index holds", err)
	}
	if r.Differences, err = x.differences(ctx, x.uid); err != nil {
		return r, fault("read the settings of the search index", err)
	}
	var doc stateDocument
	err = x.write.Index(x.uid).GetDocumentWithContext(ctx, stateID, nil, &doc)
	switch {
	case codeOf(err) == codeDocumentNotFound:
	case err != nil:
		return r, fault("read how far the search index is", err)
	default:
		r.Ours, r.Cursor = doc.Layout == layout, doc.Cursor
	}
	r.Documents = int(stats.NumberOfDocuments)
	if doc.ID != "" {
		r.Documents-- // the one that tells how far it is
	}
	return r, nil
}

// Authorised asks whether the key given may do what a hub does. The error wraps
// federation.ErrForbidden if not, federation.ErrUnavailable when the server
// cannot tell now.
func (x *Index) Authorised(ctx context.Context) error {
	_, err := x.write.GetStatsWithContext(ctx, nil)
	if err = fault("ask the search server", err); err != nil && !errors.Is(err, federation.ErrForbidden) && !errors.Is(err, federation.ErrUnavailable) {
		return errors.Join(federation.ErrUnavailable, err)
	}
	return err
}
