package text

import (
	"strings"
	"testing"
)

var (
	benchASCII = strings.Repeat("le conseil communal de la ville se tient a la maison communale ce soir, porte 12. ", 500)
	benchTitle = strings.Repeat("Le Conseil Communal De La Ville Se Tient A La Maison Communale Ce Soir, Porte 12. ", 500)
	benchReal  = strings.Repeat("L’échevin de l’État civil annonce que l'école du village, rénovée cet été, rouvre. Müll, Straße. ", 500)
)

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{"lower": benchASCII, "capitals": benchTitle, "accents": benchReal} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Fold(s)
			}
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	for name, s := range map[string]string{"lower": benchASCII, "capitals": benchTitle, "accents": benchReal} {
		b.Run(name, func(b *testing.B) {
			dst := Tokens(nil, s)
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				dst = Tokens(dst[:0], s)
			}
		})
	}
}

func BenchmarkStems(b *testing.B) {
	for b.Loop() {
		Stems("containerparken")
	}
}

func BenchmarkSnippet(b *testing.B) {
	match := oneOf("rouvre", "ecole")
	b.SetBytes(int64(len(benchReal)))
	for b.Loop() {
		Snippet(benchReal, match, 200)
	}
}

func BenchmarkSynonyms(b *testing.B) {
	list := DefaultSynonyms()
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			NewSynonyms(list)
		}
	})
	s := NewSynonyms(list)
	query := strings.Fields("comment obtenir une carte d identite pour mon enfant")
	b.Run("query", func(b *testing.B) {
		for b.Loop() {
			for i := range query {
				for n := 1; n <= s.MaxWords() && i+n <= len(query); n++ {
					s.Of(query[i : i+n])
				}
			}
		}
	})
}
