// Package storetest proves implementations of [federation.Store]: Run is the
// suite every store passes, and Mem is a store in memory for the tests of
// other packages, which passes it too.
//
// It says nothing of what only one engine can do (files, migrations, other
// processes); those tests live beside the engine. Only tests import it.
//
// It guarantees that each case starts from a fresh, empty store, and that a
// bug which one engine had is a case for all of them.
package storetest
