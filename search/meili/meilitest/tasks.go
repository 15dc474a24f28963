package meilitest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// task is one of the queue.
type task struct {
	UID        int     `json:"uid"`
	BatchUID   *int    `json:"batchUid"`
	IndexUID   *string `json:"indexUid"`
	Status     string  `json:"status"`
	Type       string  `json:"type"`
	CanceledBy *int    `json:"canceledBy"`
	Details    any     `json:"details"`
	Error      *fault  `json:"error"`
	Duration   *string `json:"duration"`
	EnqueuedAt string  `json:"enqueuedAt"`
	StartedAt  *string `json:"startedAt"`
	FinishedAt *string `json:"finishedAt"`

	do func() *fault // with the lock
}

// enqueue takes a task, or refuses it when the queue is full.
func (s *Server) enqueue(w http.ResponseWriter, uid, kind string, do func() *fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.FullQueue && kind != "taskDeletion" {
		refuse(w, 422, "no_space_left_on_device", "system",
			"Meilisearch cannot receive write operations because the limit of the task database has been reached. Please delete tasks to continue performing write operations.")
		return
	}
	t := &task{UID: len(s.tasks), Status: "enqueued", Type: kind, EnqueuedAt: stamp(), do: do}
	if uid != "" {
		t.IndexUID = &uid
	}
	s.tasks = append(s.tasks, t)
	if !s.faults.HoldTasks {
		s.queue <- t
	}
	answer(w, 202, map[string]any{"taskUid": t.UID, "indexUid": t.IndexUID, "status": "enqueued", "type": kind, "enqueuedAt": t.EnqueuedAt})
}

// work does one task after the other.
func (s *Server) work() {
	for {
		select {
		case <-s.done:
			return
		case t := <-s.queue:
			s.run(t)
		}
	}
}

func (s *Server) run(t *task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	begin := stamp()
	t.StartedAt, t.FinishedAt = &begin, &begin
	took := "PT0.001S"
	t.Duration = &took
	if s.fails(t) {
		if s.faults.Canceled {
			t.Status = "canceled"
			return
		}
		t.Status, t.Error = "failed", &fault{"Index `x`: MDB_CORRUPTED: Located page was wrong type.", "internal", "internal", ""}
		return
	}
	t.Status = "succeeded"
	if t.Error = t.do(); t.Error != nil {
		t.Status = "failed"
	}
}

func (s *Server) fails(t *task) bool {
	kind := s.faults.FailTasks
	if kind == "" || kind != t.Type && (kind != "*" || t.Type == "taskDeletion") {
		return false
	}
	s.failing++
	return s.faults.FailOnly == 0 || s.faults.FailOnly == s.failing
}

func (s *Server) getTask(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := strconv.Atoi(r.PathValue("uid"))
	if err != nil || n < 0 || n >= len(s.tasks) {
		refuse(w, 404, "task_not_found", "invalid_request", "Task `"+r.PathValue("uid")+"` not found.")
		return
	}
	answer(w, 200, s.tasks[n])
}

// deleteTasks makes room in the queue.
func (s *Server) deleteTasks(w http.ResponseWriter, r *http.Request) {
	if r.URL.RawQuery == "" {
		refuse(w, 400, "missing_task_filters", "invalid_request", "Query parameters to filter the tasks to delete are missing.")
		return
	}
	for _, status := range strings.Split(r.URL.Query().Get("statuses"), ",") {
		if !slices.Contains([]string{"enqueued", "processing", "succeeded", "failed", "canceled", ""}, status) {
			refuse(w, 400, "invalid_task_statuses", "invalid_request", "Invalid value in parameter `statuses`")
			return
		}
	}
	s.enqueue(w, "", "taskDeletion", func() *fault {
		s.faults.FullQueue = false
		return nil
	})
}

// index is one of the server's.
type index struct {
	uid      string
	created  string
	docs     map[string]*document
	settings map[string]any
}

// document is as it came, and as it is compared.
type document struct {
	raw   map[string]json.RawMessage
	value map[string]any
	order int64

	fields []string   // those that words are of
	words  [][]string // of each, with the lock
}

func newIndex(uid string) *index {
	return &index{uid: uid, created: stamp(), docs: map[string]*document{}, settings: defaults()}
}

// defaults are the settings of an index that nobody set, by their names in the
// API.
func defaults() map[string]any {
	return map[string]any{
		"searchableAttributes": []any{"*"}, "displayedAttributes": []any{"*"}, "filterableAttributes": []any{}, "sortableAttributes": []any{},
		"rankingRules": []any{"words", "typo", "proximity", "attributeRank", "sort", "wordPosition", "exactness"}, "stopWords": []any{},
		"typoTolerance": map[string]any{"enabled": true, "disableOnNumbers": false, "disableOnWords": []any{}, "disableOnAttributes": []any{},
			"minWordSizeForTypos": map[string]any{"oneTypo": 5., "twoTypos": 9.}},
		"pagination": map[string]any{"maxTotalHits": 1000.}, "faceting": map[string]any{"maxValuesPerFacet": 100., "sortFacetValuesBy": map[string]any{"*": "alpha"}},
		"searchCutoffMs": nil, "localizedAttributes": nil, "facetSearch": true, "prefixSearch": "indexingTime", "distinctAttribute": nil,
		"synonyms": map[string]any{}, "separatorTokens": []any{}, "nonSeparatorTokens": []any{}, "dictionary": []any{}, "proximityPrecision": "byWord",
		"embedders": map[string]any{}, "chat": nil,
	}
}

func (x *index) stats() map[string]any {
	return map[string]any{"numberOfDocuments": len(x.docs), "isIndexing": false, "fieldDistribution": map[string]int{}, "rawDocumentDbSize": 0,
		"avgDocumentSize": 0, "numberOfEmbeddedDocuments": 0, "numberOfEmbeddings": 0}
}

func notFound(uid string) *fault {
	return &fault{"Index `" + uid + "` not found.", "index_not_found", "invalid_request", "https://docs.meilisearch.com/errors#index_not_found"}
}

// of calls fn with an index that is there.
func (s *Server) of(w http.ResponseWriter, uid string, fn func(x *index)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.indexes[uid]
	if x == nil {
		f := notFound(uid)
		refuse(w, 404, f.Code, f.Type, f.Message)
		return
	}
	fn(x)
}

func (s *Server) createIndex(w http.ResponseWriter, r *http.Request) {
	var in struct{ UID, PrimaryKey string }
	if !body(w, r, &in) {
		return
	}
	s.enqueue(w, in.UID, "indexCreation", func() *fault {
		if s.indexes[in.UID] != nil {
			return &fault{"Index `" + in.UID + "` already exists.", "index_already_exists", "invalid_request", ""}
		}
		s.indexes[in.UID] = newIndex(in.UID)
		return nil
	})
}

func (s *Server) getIndex(w http.ResponseWriter, r *http.Request) {
	s.of(w, r.PathValue("uid"), func(x *index) {
		answer(w, 200, map[string]any{"uid": x.uid, "createdAt": x.created, "updatedAt": x.created, "primaryKey": "id"})
	})
}

func (s *Server) indexStats(w http.ResponseWriter, r *http.Request) {
	s.of(w, r.PathValue("uid"), func(x *index) { answer(w, 200, x.stats()) })
}

func (s *Server) deleteIndex(w http.ResponseWriter, r *http.Request) {
	uid := r.PathValue("uid")
	s.enqueue(w, uid, "indexDeletion", func() *fault {
		if s.indexes[uid] == nil {
			return notFound(uid)
		}
		delete(s.indexes, uid)
		return nil
	})
}

func (s *Server) swap(w http.ResponseWriter, r *http.Request) {
	var in []struct {
		Indexes []string
		Rename  bool
	}
	if !body(w, r, &in) {
		return
	}
	for _, pair := range in {
		if len(pair.Indexes) != 2 {
			refuse(w, 400, "invalid_swap_indexes", "invalid_request", "Two indexes must be given for each swap.")
			return
		}
		if pair.Indexes[0] == pair.Indexes[1] {
			refuse(w, 400, "invalid_swap_duplicate_index_found", "invalid_request", "Indexes must be declared only once during a swap.")
			return
		}
	}
	s.enqueue(w, "", "indexSwap", func() *fault {
		for _, pair := range in {
			for _, uid := range pair.Indexes {
				if s.indexes[uid] == nil {
					return notFound(uid)
				}
			}
			a, b := pair.Indexes[0], pair.Indexes[1]
			s.indexes[a], s.indexes[b] = s.indexes[b], s.indexes[a]
			s.indexes[a].uid, s.indexes[b].uid = a, b
		}
		return nil
	})
}

func (s *Server) addDocuments(w http.ResponseWriter, r *http.Request) {
	var in []map[string]json.RawMessage
	if !body(w, r, &in) {
		return
	}
	uid := r.PathValue("uid")
	s.enqueue(w, uid, "documentAdditionOrUpdate", func() *fault {
		if s.indexes[uid] == nil { // the server makes it
			s.indexes[uid] = newIndex(uid)
		}
		x := s.indexes[uid]
		var docs []*document
		for _, raw := range in {
			d, f := s.newDocument(raw)
			if f != nil {
				return f
			}
			docs = append(docs, d)
		}
		for _, d := range docs {
			x.docs[d.value["id"].(string)] = d
		}
		return nil
	})
}

func (s *Server) newDocument(raw map[string]json.RawMessage) (*document, *fault) {
	s.clock++
	d := &document{raw: raw, value: map[string]any{}, order: s.clock}
	for k, v := range raw {
		var value any
		if err := json.Unmarshal(v, &value); err != nil {
			return nil, &fault{Message: err.Error(), Code: "malformed_payload", Type: "invalid_request"}
		}
		d.value[k] = value
	}
	id, _ := d.value["id"].(string)
	if id == "" || len(id) > 511 || strings.ContainsFunc(id, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}) {
		return nil, &fault{"Document identifier `" + id + "` is invalid.", "invalid_document_id", "invalid_request", ""}
	}
	return d, nil
}

func (s *Server) getDocument(w http.ResponseWriter, r *http.Request) {
	s.of(w, r.PathValue("uid"), func(x *index) {
		d := x.docs[r.PathValue("id")]
		if d == nil {
			refuse(w, 404, "document_not_found", "invalid_request", "Document `"+r.PathValue("id")+"` not found.")
			return
		}
		answer(w, 200, x.display(d, nil))
	})
}

func (s *Server) deleteDocuments(w http.ResponseWriter, r *http.Request) {
	var ids []string
	if !body(w, r, &ids) {
		return
	}
	uid := r.PathValue("uid")
	s.enqueue(w, uid, "documentDeletion", func() *fault {
		x := s.indexes[uid]
		if x == nil {
			return notFound(uid)
		}
		for _, id := range ids {
			delete(x.docs, id)
		}
		return nil
	})
}

func (s *Server) deleteAll(w http.ResponseWriter, r *http.Request) {
	uid := r.PathValue("uid")
	s.enqueue(w, uid, "documentDeletion", func() *fault {
		if s.indexes[uid] == nil {
			return notFound(uid)
		}
		s.indexes[uid].docs = map[string]*document{}
		return nil
	})
}

// Idle waits until every task is finished.
func (s *Server) Idle() {
	for {
		s.mu.Lock()
		busy := slices.ContainsFunc(s.tasks, func(t *task) bool { return t.Status == "enqueued" || t.Status == "processing" })
		s.mu.Unlock()
		if !busy {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
