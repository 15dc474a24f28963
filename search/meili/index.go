package meili

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Config says where the server is.
type Config struct {
	// URL of the server: http or https, with a path where it is behind one.
	URL string
	// Key with the right to write and search: the server's "Default Admin API
	// Key", or its master key. "" for a server without keys.
	Key string
	// Name of the index, and of those beside it that are being made: hubs that
	// share a server have one each. [A-Za-z0-9_-]; "" = [DefaultName].
	Name string
}

// DefaultName is the name of the index.
const DefaultName = "carillon"

// Check refuses a configuration that cannot be meant.
func (c Config) Check() error {
	u, err := url.Parse(c.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%w: the address of a Meilisearch server is such as http://127.0.0.1:7700", federation.ErrInvalid)
	}
	if u.User != nil {
		return fmt.Errorf("%w: the address of the server must hold no name and password; give the key by itself", federation.ErrInvalid)
	}
	if strings.ContainsFunc(c.Key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return fmt.Errorf("%w: the key holds a character that no key has", federation.ErrInvalid)
	}
	for _, r := range c.Name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return fmt.Errorf("%w: the name of an index has letters, digits, - and _ alone", federation.ErrInvalid)
		}
	}
	return nil
}

// Index is an index on a server. All methods are safe for concurrent use.
type Index struct {
	log   *slog.Logger
	uid   string
	write meilisearch.ServiceManager
	now   func() time.Time

	transport *http.Transport
	server    string
	key       string
	read      atomic.Pointer[reader] // nil until the key for reading is known
	keying    sync.Mutex

	doubt   atomic.Bool // a search was refused: look at the index anew
	writing sync.Mutex
	state   state
	words   vocabulary
	window  int // matches that are read one by one
}

// state is what is known of the index, under writing.
type state struct {
	known bool      // it is there, with our settings
	born  time.Time // when the server made it
	stale bool      // it is there, but not as it must be
}

type reader struct{ meilisearch.ServiceManager }

var _ search.Staged = (*Index)(nil)

// window is how many matches of a query are read, so that folding, counts and
// orders are exact.
const window = 1000

// New returns an index. It asks the server nothing yet: a hub begins without
// it too. The error wraps federation.ErrInvalid.
func New(log *slog.Logger, c Config) (*Index, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	x := &Index{log: log, uid: c.Name, now: time.Now, transport: newTransport(), server: strings.TrimSuffix(c.URL, "/"), key: c.Key, window: window}
	if x.uid == "" {
		x.uid = DefaultName
	}
	x.write = newClient(x.server, x.key, x.transport)
	return x, nil
}

// Abilities tells what is missing: the server counts and orders more matches
// than are read here by itself, has no idea of which words it knows, and ranks
// by rules of its own.
func (x *Index) Abilities() search.Abilities {
	return search.Abilities{Relaxing: true, Spellings: true, Suggestions: true, Freshness: true, ReaderLanguage: true, Snapshots: true}
}

// stateID is the document that tells how far the index is. No item has this id.
const stateID = "_state"

// Cursor is that of the last batch applied; 0 when the index is not there, is
// empty, or is not as this version makes it.
func (x *Index) Cursor(ctx context.Context) (federation.Cursor, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.prepare(ctx); err != nil {
		return 0, err
	}
	if x.state.stale {
		return 0, nil
	}
	var doc stateDocument
	err := x.write.Index(x.uid).GetDocumentWithContext(ctx, stateID, nil, &doc)
	switch code := codeOf(err); {
	case code == codeIndexNotFound:
		x.state = state{}
		return 0, nil
	case code == codeDocumentNotFound:
		return 0, nil
	case err != nil:
		return 0, fault("read how far the search index is", err)
	case doc.Layout != layout:
		return 0, nil
	}
	return doc.Cursor, nil
}

type stateDocument struct {
	ID     string            `json:"id"`
	Kind   string            `json:"kind"`
	Cursor federation.Cursor `json:"cursor"`
	Layout int               `json:"layout"`
}

func stateAt(c federation.Cursor) stateDocument {
	return stateDocument{ID: stateID, Kind: "state", Cursor: c, Layout: layout}
}

// prepare makes the index if it is not there, and looks at its settings if it
// is. It needs the lock.
func (x *Index) prepare(ctx context.Context) error {
	if x.doubt.Swap(false) {
		x.state = state{}
	}
	if x.state.known || x.state.stale {
		return nil
	}
	info, err := x.write.GetIndexWithContext(ctx, x.uid)
	if codeOf(err) == codeIndexNotFound {
		if err := x.create(ctx, x.uid); err != nil {
			return err
		}
		info, err = x.write.GetIndexWithContext(ctx, x.uid)
	} else if err == nil {
		differ, err := x.differences(ctx, x.uid)
		if err != nil {
			return fault("read the settings of the search index", err)
		}
		if len(differ) > 0 {
			x.log.WarnContext(ctx, "the search index has other settings than it must; it is made anew", "index", x.uid, "differs", differ[0].String())
			x.state = state{stale: true}
			return nil
		}
	}
	if err != nil {
		return fault("look for the search index", err)
	}
	x.state = state{known: true, born: info.CreatedAt}
	return nil
}

// create makes an empty index with our settings.
func (x *Index) create(ctx context.Context, uid string) error {
	err := x.do(ctx, "make the index "+uid, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.write.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: uid, PrimaryKey: "id"})
	})
	if err != nil && !errors.Is(err, errExists) {
		return err
	}
	return x.configure(ctx, uid)
}

// remove deletes an index if it is there.
func (x *Index) remove(ctx context.Context, uid string) error {
	if _, err := x.write.GetIndexWithContext(ctx, uid); codeOf(err) == codeIndexNotFound {
		return nil
	} else if err != nil {
		return fault("look for the index "+uid, err)
	}
	return x.do(ctx, "delete the index "+uid, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.write.DeleteIndexWithContext(ctx, uid)
	})
}

// Reset makes the index anew, empty. Searches meanwhile find nothing:
// [Index.Stage] is the way that nobody notices.
func (x *Index) Reset(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.state = state{}
	if err := x.remove(ctx, x.uid); err != nil {
		return err
	}
	if err := x.prepare(ctx); err != nil {
		return err
	}
	return x.send(ctx, x.uid, nil, nil, stateAt(0))
}

// Close ends the connections.
func (x *Index) Close() error {
	x.transport.CloseIdleConnections()
	return nil
}

// Remove deletes the index, and what was begun beside it, from the server.
func (x *Index) Remove(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.state = state{}
	return errors.Join(x.remove(ctx, x.uid), x.remove(ctx, x.staging()))
}
