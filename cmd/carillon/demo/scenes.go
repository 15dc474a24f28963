package demo

// scenes are the pictures that content may name.
var scenes = map[string]scene{
	"bridge": {rgb(0xf6c88f), rgb(0xfdf0dc), layers(
		[]shape{disc(rgb(0xfff4d6), 480, 110, 42), hills(rgb(0xb9c7a0), 220, 26, 420, 0), hills(rgb(0x8fa77c), 250, 18, 300, 90)},
		[]shape{rect(rgb(0x5b8fa8), 0, 290, width, 70)},
	)},
}
