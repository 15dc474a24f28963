// Package sqlite keeps a federation in one SQLite file: it is the
// [federation.Store] of a hub that needs no set-up.
//
// It does not decide what is saved (federation.Reconcile does), sanitise new
// text or search.
//
// It guarantees, beyond the contract of federation.Store:
//   - a write that returned nil is on disk: synchronous=FULL, since NORMAL in
//     WAL mode may lose the last transactions at a power cut, and a source's
//     validator saved ahead of lost items would hide them for ever;
//   - readers never wait for the writer and see whole transactions only;
//   - several processes may open one file: migrations run under a lock, writes
//     queue for up to busyTimeout, changes are seen within a second;
//   - a file written by a newer program is left alone and refused.
//
// Texts are kept as valid UTF-8 without NUL, the most that every engine holds:
// a NUL is dropped and a byte that is no UTF-8 becomes U+FFFD, so that one bad
// byte in one document cannot stop its source.
//
// SQLite failures that pass by themselves (busy, disk full, input/output) wrap
// federation.ErrUnavailable.
package sqlite
