package feed

// OneLine lets tests say what becomes of a title with characters that XML
// forbids; TestOneLine holds it to that.
var OneLine = oneLine
