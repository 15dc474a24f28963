// Package text turns sentences and queries into comparable words, for French, Dutch, German, English, Spanish and
// Basque.
//
// It folds letters ([Fold]), cuts text into words ([Tokens]), reduces words to stems ([Stem], [Stems]), says how
// many typing errors a word may carry ([MaxTypos], [Slips]), whether it tells anything ([IsStop]) and what may be said
// instead ([Synonyms]), takes compounds apart ([Compounds]) and marks words in text for display ([Highlight],
// [Snippet]). It holds no index, reads no file but those within it, and knows no language beyond those six: in others
// words are folded and nothing more. Scripts written without spaces are not segmented.
//
// # How an index uses it
//
// A dictionary holds folded surface forms, never stems. For each token of an item, cut in the item's language
// ([TokensIn]), the index enters all [Token.Spellings]; their memory belongs to the text, so it clones what it keeps.
// For each new pair of dictionary form and item language it computes lang + ":" + Stem(lang, form) once, and files the
// form under that key; an item in an unknown language files its forms under no key. A query word is tried in all its
// spellings; its other forms are those filed under any key of Stems of each. Because a key is filled only by items in
// its own language, asking for all six adds little noise.
//
// All functions are pure and safe for concurrent use. None panics on any input; bytes that are not UTF-8 separate
// words, and whatever is returned is valid UTF-8.
package text
