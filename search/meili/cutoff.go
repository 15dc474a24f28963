package meili

import (
	"errors"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/search"
)

// errCutOff is a search that the server did not end within searchCutoff.
var errCutOff = errors.New("it did not rank everything in time")

// inTime is an error when the server may have stopped ranking before the end:
// it then gives what is left in the order of its own ids, so that the next page
// would repeat and skip. That it stopped it does not say outside the details of
// scores, which cost a search by date all the ranking that it does not need; but
// it never stops before searchCutoff is over.
func inTime(answers []meilisearch.SearchResponse) error {
	for _, a := range answers {
		if a.ProcessingTimeMs >= searchCutoff {
			return &search.UnavailableError{Reason: "search", Err: errCutOff}
		}
	}
	return nil
}
