package meili_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/search/meili/meilitest"
)

// TestRefusals holds the stand-in, and a real server where one is named, to
// what a server of version 1.50 answered to requests that it does not take.
func TestRefusals(t *testing.T) {
	server, key := meilitest.New(t).URL, meilitest.MasterKey
	if named := os.Getenv("CARILLON_TEST_MEILI_URL"); named != "" {
		server, key = named, os.Getenv("CARILLON_TEST_MEILI_KEY")
	}
	for _, c := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/multi-search", `{"queries":null}`, 400, "bad_request"},
		{"POST", "/multi-search", `{"queries":`, 400, "malformed_payload"},
		{"POST", "/multi-search", `{"queries":[{"indexUid":"nowhere"}]}`, 400, "index_not_found"},
		{"POST", "/multi-search", `{"queries":[{"indexUid":"nowhere","nonsense":1}]}`, 400, "bad_request"},
		{"POST", "/swap-indexes", `[{"indexes":["one"]}]`, 400, "invalid_swap_indexes"},
		{"POST", "/swap-indexes", `[{"indexes":["one","one"]}]`, 400, "invalid_swap_duplicate_index_found"},
		{"POST", "/swap-indexes", `[{"indexes":["one","two"],"nonsense":1}]`, 400, "bad_request"},
		{"POST", "/keys", `{"actions":["search"],"indexes":["one"]}`, 400, "missing_api_key_expires_at"},
		{"PATCH", "/indexes/nowhere/settings", `{"nonsense":1}`, 400, "bad_request"},
		{"PATCH", "/indexes/nowhere/settings", `{"rankingRules":["nonsense"]}`, 400, "invalid_settings_ranking_rules"},
		{"PATCH", "/indexes/nowhere/settings", `{"localizedAttributes":[{"attributePatterns":["*"],"locales":["eus"]}]}`, 400, "invalid_settings_localized_attributes"},
		{"GET", "/indexes/nowhere", "", 404, "index_not_found"},
		{"GET", "/indexes/nowhere/stats", "", 404, "index_not_found"},
		{"GET", "/indexes/nowhere/documents/none", "", 404, "index_not_found"},
		{"GET", "/indexes/nowhere/settings/synonyms", "", 404, "index_not_found"},
		{"GET", "/tasks/99999999", "", 404, "task_not_found"},
		{"DELETE", "/tasks", "", 400, "missing_task_filters"},
		{"DELETE", "/tasks?statuses=nonsense", "", 400, "invalid_task_statuses"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, server+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+key)
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var said struct{ Code string }
		err = json.NewDecoder(res.Body).Decode(&said)
		if res.StatusCode != c.status || said.Code != c.code || err != nil || res.Body.Close() != nil {
			t.Errorf("%s = %d %s, %v; want %d %s", fmt.Sprint(c.method, " ", c.path, " ", c.body), res.StatusCode, said.Code, err, c.status, c.code)
		}
	}
}
