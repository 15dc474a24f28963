package likeness_test

import (
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/likeness"
	"github.com/plonegov/carillon/federation/markup"
)

// told is an item of a commune that republishes the release.
func told(change func(*federation.Item)) federation.Item {
	it := federation.Item{Type: federation.News, URL: "https://alba.example/prime", Title: "Une prime pour l’isolation",
		Summary: "La Région lance une prime", Content: content("<p>" + release + ` <a href="https://alba.example/formulaire">Formulaire</a> à 50 €.</p>`)}
	if change != nil {
		change(&it)
	}
	return it
}

func content(html string) markup.HTML { return markup.Sanitise(html, nil) }

// TestWordingSame: what type-setting and a site of its own change is the same.
func TestWordingSame(t *testing.T) {
	want := likeness.Wording(told(nil))
	if want == 0 {
		t.Fatal("Wording = 0 of a whole text")
	}
	for name, it := range map[string]federation.Item{
		"quotation marks, case and spaces": told(func(it *federation.Item) { it.Title = "UNE PRIME pour  l'isolation" }),
		"its own site": told(func(it *federation.Item) {
			it.URL = "https://brume.example/actu/7"
			it.Content = content("<div><p>" + release + `</p> <a href="https://brume.example/documents/1">Formulaire</a> à 50 €.</div>`)
		}),
		"a picture's address":                   told(func(it *federation.Item) { it.Summary = "" }),
		"dates, ids, member":                    told(func(it *federation.Item) { it.Published, it.ID, it.Member = time.Now(), "x", "y" }),
		"another summary of the same beginning": told(func(it *federation.Item) { it.Summary = "La Région lance une prime pour l'isolation des toi…" }),
	} {
		if got := likeness.Wording(it); got != want {
			t.Errorf("%s: Wording differs, want the same", name)
		}
	}
}

// TestWordingOther: whatever a reader could be misled by makes another text.
func TestWordingOther(t *testing.T) {
	same := likeness.Wording(told(nil))
	for name, change := range map[string]func(*federation.Item){
		"a word more in the title":     func(it *federation.Item) { it.Title += " supprimée" },
		"a word of the title is moved": func(it *federation.Item) { it.Title = "Prime une pour l’isolation" },
		"another type":                 func(it *federation.Item) { it.Type = federation.Notice },
		"a line before the text":       func(it *federation.Item) { it.Content = content("<p>Payez ce soir.</p>" + it.Content.String()) },
		"a line behind it":             func(it *federation.Item) { it.Content = content(it.Content.String() + "<p>Payez ce soir.</p>") },
		"a sum": func(it *federation.Item) {
			it.Content = content("<p>" + release + ` <a href="https://alba.example/formulaire">Formulaire</a> à 500 €.</p>`)
		},
		"a currency": func(it *federation.Item) {
			it.Content = content("<p>" + release + ` <a href="https://alba.example/formulaire">Formulaire</a> à 50 $.</p>`)
		},
		"a sign": func(it *federation.Item) { it.Title = "❌ " + it.Title },
		"a link that leads elsewhere": func(it *federation.Item) {
			it.Content = content("<p>" + release + ` <a href="https://pay.example/formulaire">Formulaire</a> à 50 €.</p>`)
		},
		"a link more": func(it *federation.Item) {
			it.Content = content("<p>" + release + ` <a href="https://alba.example/formulaire">Formulaire</a> à <a href="https://pay.example/">50</a> €.</p>`)
		},
		"a hint in the summary": func(it *federation.Item) { it.Summary = "Trop tard: la prime est supprimée" },
		"a file": func(it *federation.Item) {
			it.Attachments = []federation.Attachment{{URL: "https://alba.example/a.pdf", Title: "Bulletin de virement"}}
		},
		"a picture that says something": func(it *federation.Item) {
			it.Image = &federation.Image{URL: "https://alba.example/a.png", Alt: "Prime supprimée"}
		},
		"an hour": func(it *federation.Item) {
			it.Event = &federation.Event{Start: time.Date(2026, 12, 1, 20, 0, 0, 0, time.UTC)}
		},
	} {
		if got := likeness.Wording(told(change)); got == same {
			t.Errorf("%s: Wording is the same, want another", name)
		}
	}
	cancelled := func(status string) func(*federation.Item) {
		return func(it *federation.Item) {
			it.Event = &federation.Event{Start: time.Date(2026, 12, 1, 20, 0, 0, 0, time.UTC), Status: status}
		}
	}
	if likeness.Wording(told(cancelled("confirmed"))) == likeness.Wording(told(cancelled("cancelled"))) {
		t.Error("a cancelled event has the wording of one that takes place")
	}
}

// TestWordingUnknown: what is too short or too long to tell by is the same as
// nothing.
func TestWordingUnknown(t *testing.T) {
	long := make([]byte, 70_000)
	for i := range long {
		long[i] = "ab "[i%3]
	}
	for name, change := range map[string]func(*federation.Item){
		"short": func(it *federation.Item) { it.Content, it.Summary = markup.HTML{}, "Fermé lundi." },
		"long":  func(it *federation.Item) { it.Content = content("<p>" + string(long) + "</p>") },
		"none":  func(it *federation.Item) { *it = federation.Item{} },
	} {
		if got := likeness.Wording(told(change)); got != 0 {
			t.Errorf("%s: Wording = %d, want 0", name, got)
		}
	}
}
