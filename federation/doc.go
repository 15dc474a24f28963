// Package federation is Carillon's domain: the members of a federation, the
// sources they publish at, the items read from those sources, the selections
// that name a part of them, and the rules that hold everywhere (identity,
// content hash, update, withdrawal).
//
// It does not fetch, decode, search, render or store: those packages import
// this one. It knows no driver, no router and no feed library; [Store] is an
// interface that federation/sqlite implements and federation/storetest proves.
//
// It guarantees that an item's identity depends on its source and its id in
// that source alone ([NewItemID]), that equal selections have equal texts
// ([Selection.String]), and that what a harvest may change is decided by one
// pure function ([Reconcile]).
package federation
