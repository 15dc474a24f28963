package storetest_test

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

func TestMem(t *testing.T) {
	storetest.Run(t, func(*testing.T) federation.Store { return storetest.NewMem() })
}
