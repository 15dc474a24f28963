package feed

import (
	"testing"

	"golang.org/x/net/html/charset"
)

// TestGuess writes each text in its encoding and declares nothing.
func TestGuess(t *testing.T) {
	for label, texts := range map[string][]string{
		"windows-1252": {"é", "Kö", "Noël", "Trình", "Café", "Café – thé", "Travaux rue de l’Église", "Ça et là, des œuvres d’été : 5 €", "ÉTÉ À L'ÎLE",
			"Die Straße wird gesperrt, Bürgermeister läßt grüßen", "Año nuevo en la ciudad de Málaga, ¿qué?", "Coöperatie wijk, geïnteresseerd, één",
			"Città di Torino: attività, così è più", "Conseil communal du 12 février : la séance est publique, à l'hôtel de ville",
			"São Paulo município informação", "Rødgrød på Sjælland, blåbær", "Häälestus Ålands öar", "crème brûlée, Größe, año, København",
			"m² et n°5, «citation», 37½", "Übersicht für Bürger", "Donostiako Udala, Iruña"},
		"windows-1251": {"Минск", "Заседание городского совета состоится в пятницу", "Новости", "Общинският съвет ще заседава в петък", "ПЛАН РАБОТ на июнь", "Київська міська рада повідомляє"},
		"koi8-r":       {"Минск", "Заседание городского совета состоится в пятницу", "Новости", "Привет", "Москва сегодня"},
		"iso-8859-2":   {"Rada gminy zbierze się w piątek o godzinie dziewiątej", "Městský úřad oznamuje uzavírku silnice", "Önkormányzati ülés pénteken lesz, tűzoltók", "Łódź", "Výluka tramvají, šťastný nový rok"},
		"windows-1250": {"Rada gminy zbierze się w piątek o godzinie dziewiątej, świetlica", "Městský úřad oznamuje uzavírku silnice, příští týden šachy", "Łódź", "Gradska knjižnica šalje čestitke, ćevapi"},
		"euc-jp":       {"ゲーム三昧な正月", "東京都の議会について", "お知らせ", "大阪市の公式サイトです。行事のご案内をしています"},
		"shift_jis":    {"DrecomRSSに記事投稿が反映されない", "東京都の議会について", "お知らせ", "大阪市の公式サイトです。行事のご案内をしています"},
		"gbk":          {"不归移民漫画系列：专业工作", "市政府公告", "北京市人民政府关于加强城市管理工作的通知"},
		"big5":         {"臺北市政府公告", "我希望公視的電視節目", "本市圖書館開放時間，請民眾多加利用。"},
		"euc-kr":       {"서울특별시 공지사항 안내 말씀을 드립니다 시민 여러분"},
	} {
		e, _ := charset.Lookup(label)
		for _, text := range texts {
			body, err := e.NewEncoder().Bytes([]byte("<rss><channel><item><title>" + text + "</title></item></channel></rss>"))
			if err != nil {
				continue // one letter of it is not in this encoding
			}
			if got, _ := toUTF8(body, ""); got != "<rss><channel><item><title>"+text+"</title></item></channel></rss>" {
				t.Errorf("toUTF8(%q in %s) = %q", text, label, got[len("<rss><channel><item><title>"):])
			}
		}
	}
}
