// Package portal renders the citizens' pages: home, results, item, member,
// channel and error, in the languages of federation.Languages.
//
// It does not search (search.Service does), encode feeds (api/feed) or compress
// (the router it hangs on). Its pages need no script: one file of ours adds
// suggestions and filters that act at once. They set no cookie and ask no third
// party for anything but the pictures that items themselves show.
//
// It guarantees, on every page whatever the items hold:
//   - text from outside is escaped, or is markup.HTML;
//   - the Content-Security-Policy allows no style but our sheets, and no
//     script; where the search box is, none but our own file;
//   - text meets its background at 4.5:1, members' own colours included;
//   - the answer has a validator, a lifetime and a type.
package portal
