package text

import (
	"slices"
	"unicode/utf8"
)

// What slips of the pen and the finger cost, an error like any other being 1.
const (
	swapSlip   = .6 // two neighbours exchanged: dechtes
	doubleSlip = .5 // a letter doubled or one of two left out: biblliothèque, colecte
	keySlip    = .7 // the key beside, taken for the right one or hit with it: dechrts
	soundSlip  = .7 // a letter that sounds alike: biblioteque has t for th, sertificat s for c
	firstSlip  = .8 // more, when the first letter is another: hardly anybody gets that wrong
)

// Slips measures how far what was typed is from what may have been meant, both folded: 0 when it is the same, 1 for an
// error of any kind, less for the likely ones and more when the first letter differs. With begun, meant need only
// begin with it, the first letter being right. Of more than MaxRunes characters the first count.
func Slips(typed, meant string, begun bool) float32 {
	var roomA, roomB [MaxRunes]rune
	a, b := runes(roomA[:0], typed), runes(roomB[:0], meant)
	if len(a) == 0 || len(b) == 0 {
		return float32(len(a) + len(b))
	}
	var rooms [3][MaxRunes + 1]float32
	before, last, row := &rooms[0], &rooms[1], &rooms[2]
	for j := range b {
		last[j+1] = last[j] + insertCost(b, j)
	}
	for i := range a {
		row[0] = last[0] + insertCost(a, i)
		for j := range b {
			cost := last[j]
			if a[i] != b[j] {
				cost += replaceCost(a[i], b[j])
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				cost = min(cost, before[j-1]+swapSlip)
			}
			row[j+1] = min(cost, last[j+1]+extraCost(a, b, i, j), row[j]+insertCost(b, j))
		}
		before, last, row = last, row, before
	}
	cost := last[len(b)]
	swapped := len(a) > 2 && len(b) > 2 && a[0] == b[1] && a[1] == b[0] && a[2] == b[2]
	if a[0] != b[0] && !swapped {
		return cost + firstSlip
	}
	if begun {
		cost = min(cost, slices.Min(last[1:len(b)+1]))
	}
	return cost
}

func runes(to []rune, s string) []rune {
	for _, r := range s {
		if len(to) == MaxRunes {
			break
		}
		to = append(to, r)
	}
	return to
}

// insertCost is that of letter i of word which the other has not.
func insertCost(word []rune, i int) float32 {
	if i > 0 && word[i] == word[i-1] {
		return doubleSlip
	}
	if word[i] == 'h' { // heard in none of our languages where it is left out
		return soundSlip
	}
	return 1
}

// extraCost is that of letter i of what was typed, beside letter j of what was meant.
func extraCost(typed, meant []rune, i, j int) float32 {
	if beside(typed[i], meant[j]) || i > 0 && beside(typed[i], typed[i-1]) {
		return keySlip
	}
	return insertCost(typed, i)
}

func replaceCost(a, b rune) float32 {
	switch {
	case beside(a, b):
		return keySlip
	case alike(a, b):
		return soundSlip
	}
	return 1
}

// alike reports whether the letters may sound the same.
func alike(a, b rune) bool {
	if a > b {
		a, b = b, a
	}
	switch [2]rune{a, b} {
	case [2]rune{'i', 'y'}, [2]rune{'c', 'k'}, [2]rune{'c', 'q'}, [2]rune{'k', 'q'}, [2]rune{'c', 's'}, [2]rune{'s', 'z'}, [2]rune{'g', 'j'},
		[2]rune{'b', 'v'}, [2]rune{'f', 'v'}, [2]rune{'d', 't'}, [2]rune{'a', 'e'}, [2]rune{'e', 'i'}, [2]rune{'m', 'n'}, [2]rune{'i', 'j'}, [2]rune{'v', 'w'}:
		return true
	}
	return false
}

// keyboards tell which keys are neighbours on a keyboard of ours: 'a' to 'z' by 'a' to 'z'.
var keyboards = readKeyboards("azertyuiop qsdfghjklm wxcvbn", "qwertyuiop asdfghjkl zxcvbnm", "qwertzuiop asdfghjkl yxcvbnm")

func readKeyboards(boards ...string) (out [26][26]bool) {
	for _, board := range boards {
		var at [26][2]int
		row, col := 0, 0
		for _, c := range board {
			if c == ' ' {
				row, col = row+1, 0
				continue
			}
			at[c-'a'] = [2]int{row, col}
			col++
		}
		for x := range at {
			for y := range at {
				down, along := at[x][0]-at[y][0], at[x][1]-at[y][1]
				if x != y && -1 <= down && down <= 1 && -1 <= along && along <= 1 {
					out[x][y] = true
				}
			}
		}
	}
	return out
}

func beside(a, b rune) bool {
	return a < utf8.RuneSelf && b < utf8.RuneSelf && lower(byte(a)) && lower(byte(b)) && keyboards[a-'a'][b-'a']
}
