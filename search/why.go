package search

// Why is how the score of a hit came about: the sum of the scores of its words,
// times each of its factors, is [Hit.Score], to the fourth digit.
type Why struct {
	Words   []WhyWord   `json:"words"`
	Factors []WhyFactor `json:"factors"`
}

// WhyWord is what one word of the query adds.
type WhyWord struct {
	Word   string     `json:"word"`             // folded
	Weight float64    `json:"weight"`           // how rare it is among all items, less for a function word; 0 = no item has it
	Fields []WhyField `json:"fields,omitempty"` // where the item has it
	Score  float64    `json:"score"`            // the sum of the fields times the weight
}

// WhyField is one field of the item that has the word.
type WhyField struct {
	Field string   `json:"field"` // title, summary, body, labels or files
	Match string   `json:"match"` // the best of its forms: exact, stem, begun, compound, parts, synonym, translation, typo or typos
	Forms []string `json:"forms"` // folded, at most ten
	Times int      `json:"times"`
	Score float64  `json:"score"`
}

// WhyFactor is something beside the words.
type WhyFactor struct {
	Name  string  `json:"name"` // coverage, language, recency, authority, nearness of the words, or how near the member is to the reader's: home, neighbour, region
	Value float64 `json:"value"`
}
