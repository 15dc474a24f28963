// Package portal renders the citizens' pages: home, results, item, member,
// channel and error, in the languages of federation.Languages.
//
// It does not search (search.Service does), encode feeds (api/feed) or compress
// (the router it hangs on). Its pages need no script, set no cookie and ask no
// third party for anything but the pictures that items themselves show.
//
// It guarantees, on every page whatever the items hold:
//   - text from outside is escaped, or is markup.HTML;
//   - the Content-Security-Policy allows no script, and no style but our sheets;
//   - text meets its background at 4.5:1, members' own colours included;
//   - the answer has a validator, a lifetime and a type.
package portal
