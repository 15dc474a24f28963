package markup

import (
	"strings"
	"testing"
)

var news = strings.Repeat(`<p class="lead">Le conseil communal s'est réuni le <strong>12 mars</strong> à l'hôtel de ville;
voir <a href="https://www.commune.be/actualites/2025?utm_source=rss&amp;id=3" target="_blank">l'ordre du jour</a>.</p>
<h2>Travaux rue de la Gare</h2><ul><li>Du lundi au vendredi</li><li>De 8h à 16h</li></ul>
<p><img src="/images/photo.jpg" width="600" height="400" alt="Photo des travaux"> Les riverains sont invités à
déplacer leur véhicule pendant toute la durée du chantier.</p>`, 6)

func BenchmarkSanitise(b *testing.B) {
	b.SetBytes(int64(len(news)))
	b.ReportAllocs()
	for b.Loop() {
		Sanitise(news, base)
	}
}

func BenchmarkSanitisePlain(b *testing.B) {
	plain := strings.Repeat("Les riverains sont invités à déplacer leur véhicule. ", 58)
	b.SetBytes(int64(len(plain)))
	b.ReportAllocs()
	for b.Loop() {
		Sanitise(plain, base)
	}
}

func BenchmarkHTMLText(b *testing.B) {
	h := Sanitise(news, base)
	b.SetBytes(int64(len(news)))
	b.ReportAllocs()
	for b.Loop() {
		h.Text()
	}
}
