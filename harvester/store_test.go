package harvester

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

func newStore(t *testing.T) federation.Store {
	t.Helper()
	return storetest.NewMem()
}
