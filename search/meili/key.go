package meili

import (
	"context"
	"errors"
	"slices"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/federation"
)

// keyName is what the key for reading is called where ours has to be made.
const keyName = "Carillon: search only"

// forReading sees to it that searches are sent with a key that can do nothing
// else: an error in a query can then change nothing. A key that may not look at
// keys reads with itself.
func (x *Index) forReading(ctx context.Context, r *run) error {
	if have := x.read.Load(); have != nil {
		r.reader = have.ServiceManager
		return nil
	}
	x.keying.Lock()
	defer x.keying.Unlock()
	if have := x.read.Load(); have != nil {
		r.reader = have.ServiceManager
		return nil
	}
	secret, err := x.searchKey(ctx)
	if err != nil {
		return err
	}
	client := x.write
	if secret != "" {
		client = newClient(x.server, secret, x.transport)
	}
	x.read.Store(&reader{client})
	r.reader = client
	return nil
}

// searchKey finds or makes a key for searching our index alone; "" when the key
// given has to do.
func (x *Index) searchKey(ctx context.Context) (string, error) {
	if x.key == "" {
		return "", nil
	}
	const page = 100
	for from := int64(0); ; from += page {
		res, err := x.write.GetKeysWithContext(ctx, &meilisearch.KeysQuery{Limit: page, Offset: from})
		switch {
		case err != nil && errors.Is(fault("", err), federation.ErrForbidden), codeOf(err) == codeMissingMasterKey:
			return "", nil
		case err != nil:
			return "", fault("look for a key that may search alone", err)
		}
		for _, k := range res.Results {
			if k.Name == keyName && k.ExpiresAt.IsZero() && slices.Equal(k.Actions, []string{"search"}) && slices.Contains(k.Indexes, x.uid) {
				return k.Key, nil
			}
		}
		if len(res.Results) < page {
			break
		}
	}
	made, err := x.write.CreateKeyWithContext(ctx, &meilisearch.Key{Name: keyName, Description: "Made by Carillon for reading the index " + x.uid + ".",
		Actions: []string{"search"}, Indexes: []string{x.uid}}) // without an end: the client would write one two hours off
	switch {
	case err != nil && errors.Is(fault("", err), federation.ErrForbidden):
		return "", nil
	case err != nil:
		return "", fault("make a key that may search alone", err)
	}
	return made.Key, nil
}
