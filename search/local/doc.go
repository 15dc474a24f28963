// Package local is a search engine in the memory of the process: a
// [search.Index] that needs no server and no set-up.
//
// It holds words, dates, places and facet values of items, not their texts:
// what a hit looks like is for the store to say. It is made for up to some 300,000 items of 150 words, at about
// 650 bytes each; above that use a server (search/meili). Of a query it uses the
// first 16 words, and forgives typing errors in four of the first 8.
//
// It guarantees that readers never wait: a search works on one immutable
// [view] from beginning to end, and a batch is one atomic swap of the view.
// For the same items, query and cursor it gives the same hits in the same
// order. Nothing a query or an item holds makes it panic.
//
// # How it is built
//
// A segment is a sorted dictionary of folded forms, and for each of the fields
// title, summary, body, labels and files the documents that have each form, how
// often and where. Documents are numbered in the order of their ids, at most
// 65,536 of them, so that a number takes two bytes; two fifths of an index are
// these. A batch becomes a small segment; what it replaces or deletes is marked
// dead in the older ones; small segments are merged into larger ones, each at
// least [fanout] times the next.
//
// Each segment also has its documents in the order of their dates, by value of
// every facet and source, and each view how many have each value, how many hits
// a query for one value has, and what stands beside a value that many have. A
// query without words walks the lists until its page is full and takes the
// counts as they are kept; what is not kept is counted in the smallest list that
// holds all matches. So it costs what it answers. Of two values that many have
// each, and of places and dates that a list is not in the order of, it goes
// through all that has one of them.
//
// Merges make segments of at most [maxMerged] documents, so that making an index
// takes little more room than having it. Numbers of values that no document has
// any more are given up only while one segment holds all.
//
// # What matches
//
// The words of a query are weights, not conditions: rare words weigh much, words
// in many items little, function words of the query's language next to nothing,
// and words that no item has nothing at all. What an item covers is the sum of
// the weights of the words it has. The matches are the items that cover a fifth
// of the query and, of what the best one covers that meets the rest of the
// selection, three fifths for two words and less the more words there are. Total and facets count exactly these; they
// do not depend on the order, on the page, or on how items came in. So where
// items have all words, those with the commonest alone are left out, and where
// none has all, those with most are found.
//
// A query word is expanded when it is asked: the form itself, forms of the same
// stem, for the last word forms it begins, Dutch and German compounds that it is
// a part of, the form that it makes with its neighbours and the two words it is
// made of, its synonyms, and for a word that nothing matches forms at one or two
// typing errors. Synonyms in another language than the word's count little, and
// in a query that is surely in one language they and the inflections of others
// count where the word's own language has nothing. Forms are chosen by all segments together, so that it does not
// matter in which one an item is.
//
// Of what matches, those items are raised that have the telling words near each
// other and as the query orders them. That is read from the places of words, so
// it is asked of those alone that it could bring among the hits.
//
// Words in quotes stand together, in order, as they are written; so do the words
// of a query that has function words only. A word or phrase behind a minus is
// left out.
package local
