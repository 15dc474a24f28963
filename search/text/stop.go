package text

// IsStop reports whether form is a word of lang that says little about a text: articles, pronouns, prepositions,
// auxiliaries. Stop words are indexed like others; the lists serve only to let a query of several words do without
// them. Words that matter alone stay out, first of all été, which is also a form of être. A lone letter is a stop word in every language; for a lang outside Langs nothing else is.
func IsStop(lang, form string) bool {
	if len(form) == 1 {
		return lower(form[0])
	}
	switch lang {
	case "fr":
		return frenchStop(form)
	case "nl":
		return dutchStop(form)
	case "de":
		return germanStop(form)
	case "en":
		return englishStop(form)
	}
	return false
}

func frenchStop(form string) bool {
	switch form {
	case "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "et", "ou", "en", "dans", "sur", "sous",
		"pour", "par", "avec", "sans", "chez", "vers", "entre", "que", "qui", "quoi", "dont", "quel", "quelle",
		"quels", "quelles", "comment", "pourquoi", "quand", "combien", "je", "tu", "il", "elle", "on", "nous", "vous",
		"ils", "elles", "me", "te", "se", "moi", "toi", "lui", "leur", "leurs", "mon", "ma", "mes", "son", "ton", "ta", "tes",
		"sa", "ses", "notre", "nos", "votre", "vos", "ce", "cet", "cette", "ces", "ca", "cela", "ceci", "ne", "pas",
		"plus", "si", "mais", "donc", "car", "ni", "ainsi", "aussi", "comme", "etre", "suis", "es", "est", "sommes", "etes",
		"sont", "sera", "seront", "ai", "as", "avons", "avez", "ont", "avoir", "avait", "peut", "peuvent",
		"puis", "peux", "dois", "doit", "faut", "faire", "fait", "tout", "tous", "toute", "toutes", "tres":
		return true
	}
	return false
}

func dutchStop(form string) bool {
	switch form {
	case "de", "het", "een", "en", "of", "van", "in", "op", "te", "aan", "met", "voor", "door", "om", "bij", "uit",
		"naar", "over", "onder", "tot", "tegen", "tussen", "zonder", "dat", "die", "dit", "deze", "wat", "wie", "waar",
		"welke", "welk", "hoe", "waarom", "wanneer", "hoeveel", "ik", "je", "jij", "hij", "ze", "zij", "we", "wij", "jullie",
		"hun", "hen", "mij", "mijn", "jouw", "zijn", "haar", "ons", "onze", "uw", "is", "ben", "bent", "was", "waren",
		"wordt", "worden", "heb", "hebt", "heeft", "hebben", "kan", "kunt", "kunnen", "moet", "moeten", "mag", "mogen",
		"zal", "zullen", "er", "niet", "geen", "ook", "als", "dan", "maar", "want", "dus", "nog", "al", "zich":
		return true
	}
	return false
}

func germanStop(form string) bool {
	switch form {
	case "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "einem", "einen", "und", "oder",
		"in", "im", "ins", "an", "am", "auf", "aus", "bei", "beim", "mit", "nach", "von", "vom", "zu", "zum", "zur",
		"fur", "fuer", "uber", "ueber", "unter", "vor", "durch", "gegen", "ohne", "um", "bis", "dass", "was", "wer",
		"wo", "wie", "wann", "warum", "welche", "welcher", "welches", "wieviel", "ich", "du", "er", "sie", "es", "wir",
		"ihr", "mich", "mir", "dich", "dir", "sich", "uns", "mein", "meine", "meinen", "dein", "deine", "sein", "seine",
		"unser", "unsere", "ihre", "ihren", "ist", "sind", "war", "waren", "wird", "werden", "hat", "haben", "habe",
		"kann", "konnen", "koennen", "muss", "mussen", "muessen", "darf", "soll", "nicht", "kein", "keine", "auch",
		"als", "wenn", "aber", "noch", "so", "nur":
		return true
	}
	return false
}

func englishStop(form string) bool {
	switch form {
	case "the", "an", "and", "or", "of", "in", "on", "at", "to", "for", "from", "by", "with", "without", "about",
		"into", "over", "under", "between", "that", "this", "these", "those", "what", "who", "which", "where", "when",
		"why", "how", "me", "my", "you", "your", "he", "him", "his", "she", "her", "it", "its", "we", "us",
		"our", "they", "them", "their", "is", "are", "was", "were", "be", "been", "do", "does", "did", "dont", "has",
		"have", "had", "can", "cant", "could", "must", "should", "would", "will", "not", "no", "if", "as", "so", "but",
		"also", "there", "am":
		return true
	}
	return false
}
