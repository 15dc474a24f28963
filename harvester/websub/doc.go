// Package websub is the subscriber of W3C WebSub: a source that names a hub
// tells of its changes by itself, in seconds instead of at the next poll.
//
//	source's document        its hub                      Carillon
//	      │                     │                             │
//	      │◄──────────────── 1. fetched as ever ──────────────┤ harvester
//	      │  Link: <hub>; rel=hub ───────────────────────────►│ Discover, Subscriber.Discovered
//	      │                     │◄── 2. POST subscribe ───────┤ Subscriber.Run
//	      │                     ├─── 3. GET did you? ────────►│ Callback.Verify: echoes the challenge
//	      ├── it changed ──────►│                             │
//	      │                     ├─── 4. POST, signed ────────►│ Callback.Deliver: 202
//	      │◄──────────────── 5. fetched now ──────────────────┤ harvester
//	      │                     │◄── 6. POST subscribe again ─┤ before the lease ends
//
// A push is a hint: rightly signed, it makes the source due now, and what is
// read is what the source itself answers. Only where the operator trusts the
// hub (Source.TrustHub) are the bytes pushed read in its stead, by a [Pusher].
// Polling goes on as the safety net, whatever the hub does.
//
// It does not decode, decide how often a source is polled, or serve HTTP
// (package api has the route). Being a hub is federation/deliver's.
//
// It guarantees:
//   - the callback's address holds 256 random bits and is another for every
//     subscription; a wrong one is 404, and guessing is slowed down;
//   - a hub's question is answered yes only for what it was asked, byte by byte;
//   - a push without a right signature by sha256, sha384 or sha512 changes
//     nothing, is counted with the reason, and the hub is told 202 all the same
//     (WebSub 1.0, 8). sha1 is refused unless the operator allows it;
//   - a push concerns its own source only, and fetches it at most once a minute;
//   - what was agreed survives a restart; several hubs may run on one store.
package websub
