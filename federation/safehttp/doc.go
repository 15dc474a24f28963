// Package safehttp is the only outbound HTTP client for addresses that we did
// not choose: sources, redirects, hubs, callbacks, images, peers.
//
// It fetches by GET, and sends a form by POST. It does not retry, cache, schedule or
// interpret what it reads; statuses such as 404 or 503 are answers, not errors.
//
// It guarantees, for every hop of every request:
//
//   - the address is checked after DNS and before connect, so neither a name, a
//     rebinding resolver nor a redirect reaches a network that is not public,
//     except those listed in [Config.AllowPrivate], and for one request those
//     in [Request.AllowPrivate], whose connections no other request is given;
//   - no proxy, cookie, Referer or credential of its own is used, and TLS
//     certificates are always verified;
//   - URLs that parsers read differently are refused (see [ParseURL]);
//   - header bytes, body bytes after decompression, redirects and time are
//     bounded;
//   - one request at a time per host and port.
//
// There is deliberately no way to replace the dialer or to get at the transport:
// every feed reader that had a server-side request forgery had a second door.
package safehttp
