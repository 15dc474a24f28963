// Package meilitest is a stand-in for a Meilisearch server, for tests: the part
// of its HTTP API that package meili uses, with the answers that version 1.50
// documents, a queue of tasks that is worked off beside the requests, and
// faults that can be put in.
//
// It keeps everything in memory, compares every document with every query, and
// ranks by words, typing errors, nearness, field and exactness only roughly as
// the server does. It is held to the server by the suite of search/searchtest,
// which runs against both.
package meilitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Keys of every stand-in.
const (
	MasterKey = "master-key-of-the-stand-in"
	AdminKey  = "admin-key-of-the-stand-in"
	SearchKey = "search-key-of-the-stand-in"
)

// Server is a stand-in. All methods are safe for concurrent use.
type Server struct {
	URL string

	http    *httptest.Server
	mu      sync.Mutex
	indexes map[string]*index
	tasks   []*task
	keys    []key
	queue   chan *task
	done    chan struct{}
	faults  Faults
	failing int // tasks that came to one that may fail, since the faults were put in
	seen    []Request
	clock   int64
}

// Faults are what goes wrong from now on; the zero value is nothing.
type Faults struct {
	Down       bool          // connections are cut
	Slow       time.Duration // before each answer
	Busy       bool          // 503 with Retry-After
	RetryAfter string        // of Busy; "" = none
	FailTasks  string        // the type of tasks that fail, "*" = all
	FailOnly   int           // which one of these fails, from 1 on; 0 = each
	Canceled   bool          // failing tasks are canceled instead
	FullQueue  bool          // no task is taken but the deletion of tasks
	MaxPayload int           // bytes; 0 = the server's default
	HoldTasks  bool          // tasks stay enqueued
	CutOff     bool          // searches reach searchCutoffMs before anything is ranked
}

// Request is one that came in.
type Request struct {
	Method, Path, Key string
	Length            int
	Body              []byte
}

// New starts a stand-in, which ends with the test.
func New(t testing.TB) *Server {
	s := &Server{indexes: map[string]*index{}, queue: make(chan *task, 100_000), done: make(chan struct{})}
	s.keys = []key{{Name: "Default Admin API Key", Key: AdminKey, UID: "6062abda-a5aa-4414-ac91-ecd7944c0f8d", Actions: []string{"*"}, Indexes: []string{"*"}},
		{Name: "Default Search API Key", Key: SearchKey, UID: "74c9c733-3368-4738-bbe5-1d18a5fecb37", Actions: []string{"search"}, Indexes: []string{"*"}}}
	for i := range s.keys {
		s.keys[i].CreatedAt, s.keys[i].UpdatedAt = stamp(), stamp()
	}
	s.http = httptest.NewServer(s.guard(s.routes()))
	s.URL = s.http.URL
	go s.work()
	t.Cleanup(func() {
		close(s.done)
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// Set puts faults in, or with the zero value takes them out.
func (s *Server) Set(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := s.faults.HoldTasks && !f.HoldTasks
	s.faults, s.failing = f, 0
	if held {
		for _, t := range s.tasks {
			if t.Status == "enqueued" {
				s.queue <- t
			}
		}
	}
}

// Lose drops an index, as a server does whose disk was replaced.
func (s *Server) Lose(uid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.indexes, uid)
}

// Empty deletes all documents of an index.
func (s *Server) Empty(uid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.indexes[uid]; x != nil {
		x.docs = map[string]*document{}
	}
}

// Setting changes one setting of an index behind everybody's back.
func (s *Server) Setting(uid, name string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indexes[uid].settings[name] = value
}

// SettingOf is a setting of an index.
func (s *Server) SettingOf(uid, name string) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.indexes[uid].settings[name]
}

// EndKeys gives all keys an end.
func (s *Server) EndKeys(at string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.keys {
		s.keys[i].ExpiresAt = &at
	}
}

// Documents is how many documents an index has; -1 = it is not there.
func (s *Server) Documents(uid string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.indexes[uid]; x != nil {
		return len(x.docs)
	}
	return -1
}

// Indexes are the names of all indexes.
func (s *Server) Indexes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for uid := range s.indexes {
		out = append(out, uid)
	}
	return out
}

// Requests are those that came in so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.seen...)
}

func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body) // one that breaks off is malformed below
		r.Body = io.NopCloser(bytes.NewReader(sent))
		s.mu.Lock()
		f := s.faults
		s.seen = append(s.seen, Request{r.Method, r.URL.Path, bearer(r), int(r.ContentLength), sent})
		s.mu.Unlock()
		if f.Slow > 0 {
			select {
			case <-time.After(f.Slow):
			case <-r.Context().Done():
				return
			case <-s.done:
				return
			}
		}
		switch {
		case f.Down:
			panic(http.ErrAbortHandler)
		case f.Busy:
			if f.RetryAfter != "" {
				w.Header().Set("Retry-After", f.RetryAfter)
			}
			refuse(w, http.StatusServiceUnavailable, "too_many_search_requests", "system", "Too many search requests running at the same time: 1000. Retry after 10s.")
			return
		}
		limit := f.MaxPayload
		if limit == 0 {
			limit = 100 << 20
		}
		r.Body = http.MaxBytesReader(w, r.Body, int64(limit))
		next.ServeHTTP(w, r)
	})
}

func (s *Server) routes() http.Handler {
	m := http.NewServeMux()
	on := func(pattern, action string, do func(w http.ResponseWriter, r *http.Request)) {
		m.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if s.allowed(w, r, action) {
				do(w, r)
			}
		})
	}
	m.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, map[string]any{"status": "available"}) })
	on("GET /version", "version", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 200, map[string]any{"commitSha": "5cb2f2e94", "commitDate": "2026-07-23T14:39:41Z", "pkgVersion": "1.50.0"})
	})
	on("GET /stats", "stats.get", s.stats)
	on("GET /keys", "keys.get", s.listKeys)
	on("POST /keys", "keys.create", s.createKey)
	on("POST /indexes", "indexes.create", s.createIndex)
	on("GET /indexes/{uid}", "indexes.get", s.getIndex)
	on("DELETE /indexes/{uid}", "indexes.delete", s.deleteIndex)
	on("POST /swap-indexes", "indexes.swap", s.swap)
	on("GET /indexes/{uid}/stats", "stats.get", s.indexStats)
	on("PATCH /indexes/{uid}/settings", "settings.update", s.patchSettings)
	on("GET /indexes/{uid}/settings/{name}", "settings.get", s.getSetting)
	on("PUT /indexes/{uid}/settings/{name}", "settings.update", s.putSetting)
	on("PATCH /indexes/{uid}/settings/{name}", "settings.update", s.putSetting)
	on("POST /indexes/{uid}/documents", "documents.add", s.addDocuments)
	on("GET /indexes/{uid}/documents/{id}", "documents.get", s.getDocument)
	on("POST /indexes/{uid}/documents/delete-batch", "documents.delete", s.deleteDocuments)
	on("DELETE /indexes/{uid}/documents", "documents.delete", s.deleteAll)
	on("GET /tasks/{uid}", "tasks.get", s.getTask)
	on("DELETE /tasks", "tasks.delete", s.deleteTasks)
	on("POST /indexes/{uid}/search", "search", s.search)
	on("POST /multi-search", "search", s.multiSearch)
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) })
	return m
}

// key is an API key.
type key struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Key         string   `json:"key"`
	UID         string   `json:"uid"`
	Actions     []string `json:"actions"`
	Indexes     []string `json:"indexes"`
	ExpiresAt   *string  `json:"expiresAt"`
	CreatedAt   string   `json:"createdAt"`
	UpdatedAt   string   `json:"updatedAt"`
}

func bearer(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// allowed answers who may not. Only the master key may look at keys, and the
// admin key, which has every action.
func (s *Server) allowed(w http.ResponseWriter, r *http.Request, action string) bool {
	given := bearer(r)
	if given == "" {
		refuse(w, 401, "missing_authorization_header", "auth", "The Authorization header is missing. It must use the bearer authorization method.")
		return false
	}
	if given == MasterKey {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.keys {
		if k.Key != given {
			continue
		}
		for _, a := range k.Actions {
			if (a == "*" || a == action) && k.covers(r.PathValue("uid")) {
				return true
			}
		}
	}
	refuse(w, 403, "invalid_api_key", "auth", "The provided API key is invalid.")
	return false
}

func (k key) covers(uid string) bool {
	for _, i := range k.Indexes {
		if i == "*" || i == uid || uid == "" {
			return true
		}
	}
	return false
}

func (s *Server) listKeys(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	offset, limit := number(r, "offset", 0), number(r, "limit", 20)
	from := min(offset, len(s.keys))
	answer(w, 200, map[string]any{"results": s.keys[from:min(from+limit, len(s.keys))], "offset": offset, "limit": limit, "total": len(s.keys)})
}

func (s *Server) createKey(w http.ResponseWriter, r *http.Request) {
	var raw map[string]json.RawMessage
	if !body(w, r, &raw) {
		return
	}
	for _, needed := range []string{"actions", "indexes", "expiresAt"} {
		if _, ok := raw[needed]; !ok {
			refuse(w, 400, "missing_api_key_"+snake(needed), "invalid_request", "Missing field `"+needed+"`")
			return
		}
	}
	all, _ := json.Marshal(raw)
	var k key
	if err := json.Unmarshal(all, &k); err != nil {
		refuse(w, 400, "bad_request", "invalid_request", err.Error())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k.UID, k.Key, k.CreatedAt, k.UpdatedAt = fmt.Sprintf("00000000-0000-4000-8000-%012d", len(s.keys)), fmt.Sprintf("made-key-%d", len(s.keys)), stamp(), stamp()
	s.keys = append(s.keys, k)
	answer(w, 201, k)
}

func (s *Server) stats(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	indexes := map[string]any{}
	for uid, x := range s.indexes {
		indexes[uid] = x.stats()
	}
	answer(w, 200, map[string]any{"databaseSize": 1, "usedDatabaseSize": 1, "lastUpdate": stamp(), "indexes": indexes})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status int, code, kind, message string) {
	if status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" && code != "too_many_search_requests" {
		w.Header().Set("Retry-After", "10")
	}
	answer(w, status, fault{message, code, kind, "https://docs.meilisearch.com/errors#" + code})
}

// fault is an error as the server tells it.
type fault struct {
	Message string `json:"message"`
	Code    string `json:"code"`
	Type    string `json:"type"`
	Link    string `json:"link"`
}

// body reads a JSON body; what is no JSON, has fields that the server does not
// know or is too large it answers itself.
func body(w http.ResponseWriter, r *http.Request, v any) bool {
	in := json.NewDecoder(r.Body)
	in.DisallowUnknownFields()
	if err := in.Decode(v); err != nil {
		if strings.Contains(err.Error(), "unknown field") {
			refuse(w, 400, "bad_request", "invalid_request", err.Error())
			return false
		}
		if strings.Contains(err.Error(), "too large") {
			refuse(w, 413, "payload_too_large", "invalid_request", "The provided payload reached the size limit.")
			return false
		}
		refuse(w, 400, "malformed_payload", "invalid_request", "The `json` payload provided is malformed. `"+err.Error()+"`.")
		return false
	}
	return true
}

func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return otherwise
	}
	return n
}

func snake(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func stamp() string { return time.Now().UTC().Format(time.RFC3339Nano) }
