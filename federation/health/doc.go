// Package health puts into words how a source is doing: a sentence on how things
// stand, what went wrong and whom to ask, when it is read again and why then,
// what its webmaster or the operator could mend, and how much it usually brings.
//
// It speaks the interface languages and decides nothing: what happened is in
// the state of the source, which the harvester writes. Pages and the JSON API
// say the same by it. All of it is pure; safe for concurrent use.
package health
