package dates

import (
	"strings"
	"testing"
	"time"
)

// forms are ways to write 4 February 2025 that are seen in the languages of the
// hub, by CLDR's patterns and by hand: of the day, at 14:05, at 14:00, at
// midnight and noon. Without a zone they mean Brussels.
var forms = []struct{ lang, want, texts string }{
	{"fr", "2025-02-03T23:00:00Z", `mardi 4 février 2025|mar. 4 févr. 2025|4 févr. 2025|4 fév 2025|04/02/2025|04/02/25|04.02.2025|4-2-2025|le 4 février 2025|
		Mis à jour le 4 février 2025|Publié le mardi 4 février 2025|Mardi 04 Février 2025|MARDI 4 FÉVRIER 2025|mardi 4 février 2025 à minuit|04-févr.-2025|
		date : 4 février 2025|du 4 février 2025|mardi, le 4 février 2025|4 février, 2025|04 02 2025`},
	{"fr", "2025-02-04T13:05:00Z", `mardi 4 février 2025 à 14:05|4 févr. 2025, 14:05|4 févr. 2025 à 14:05:00|mardi 4 février 2025 à 14:05:00 UTC+1|04/02/2025 14:05:00|
		04/02/2025 à 14h05|4 février 2025 à 14 h 05|4 février 2025 14 h 05 min|Publié le 04/02/2025 à 14h05|4 février 2025 - 14h05|mardi 4 février 2025, 14H05|
		Le 4 février 2025 à 14 heures 05|04/02/2025 - 14:05|2025-02-04 14h05|Publié le 4 février 2025 à 14h05min|mar. 4 févr. 2025 14:05:00 HNEC|mar 04/02/2025 14:05`},
	{"fr", "2025-02-04T13:00:00Z", "4 février 2025 à 14h|4 février 2025 à 14 h|mardi 4 février 2025 à 14 heures|4 février 2025 à 14h00|04/02/2025 14h"},
	{"fr", "2025-02-04T11:00:00Z", "4 février 2025 à midi|mardi 4 février 2025, midi|04/02/2025 à 12h"},
	{"fr", "2025-02-28T23:00:00Z", "1er mars 2025|1 er mars 2025|1ᵉʳ mars 2025|samedi 1er mars 2025|sam. 1 mars 2025|le 1er Mars 2025"},
	{"de", "2025-02-03T23:00:00Z", `Dienstag, 4. Februar 2025|Di., 4. Feb. 2025|4. Feb. 2025|04.02.2025|4.2.2025|4.2.25|am 4. Februar 2025|vom 4. Februar 2025|
		Veröffentlicht am 4. Februar 2025|Stand: 04.02.2025|Dienstag, den 4. Februar 2025|4. Feber 2025|Di 04.02.2025|04. Feb 2025|Di, 4.2.25|Aktualisiert am 04.02.2025|4.Februar 2025|04. 02. 2025`},
	{"de", "2025-02-04T13:05:00Z", `Dienstag, 4. Februar 2025 um 14:05:00 MEZ|4. Februar 2025, 14:05 Uhr|4. Feb. 2025, 14:05:00|04.02.2025 um 14.05 Uhr|4.2.25, 14:05|
		Dienstag, 4. Februar 2025 um 14:05|4. Februar 2025, 14 Uhr 05|04.02.2025 - 14:05 Uhr|Di., 04.02.2025, 14:05|04.02.2025 14.05 Uhr|Di, 04 Feb 2025 14:05:00 MEZ|04.02.2025 | 14:05 Uhr|4. Februar 2025 14:05 h|04.02.2025 14:05Uhr`},
	{"de", "2025-02-04T13:00:00Z", "4. Februar 2025 um 14 Uhr|Dienstag, 4. Februar 2025, 14 Uhr|04.02.2025, 14 Uhr|04.02.2025 14h"},
	{"de", "2025-02-04T11:00:00Z", "4. Februar 2025, mittags|4. Februar 2025, 12 Uhr mittags|4. Februar 2025 um 12 Uhr"},
	{"de", "2025-01-03T23:00:00Z", "4. Jänner 2025|4. Jan. 2025|4. Januar 2025|Sa., 4. Jän. 2025|Sonnabend, 4. Januar 2025"},
	{"de", "2025-03-03T23:00:00Z", "4. März 2025|4. Mrz. 2025|4. Mär 2025|4. Maerz 2025|Di, 04 Mrz 2025"},
	{"nl", "2025-02-03T23:00:00Z", `dinsdag 4 februari 2025|di 4 feb. 2025|4 feb. 2025|4 feb 2025|04-02-2025|04-02-25|4/2/2025|Gepubliceerd op 4 februari 2025|Geplaatst op dinsdag 4 februari 2025|
		Laatst bijgewerkt op 4 februari 2025|di. 4 febr. 2025|dinsdag 4 februari 2025 om middernacht|Datum: 4 februari 2025|dinsdag, 4 februari 2025`},
	{"nl", "2025-02-04T13:05:00Z", `dinsdag 4 februari 2025 om 14:05:00 CET|4 februari 2025 om 14.05 uur|4 feb. 2025 14:05:00|04-02-2025 14:05|04-02-2025, 14:05 uur|4 februari 2025 14u05|
		4 februari 2025 om 14u05|di 4 feb 2025 om 14:05u|4 februari 2025 - 14.05 uur|4 februari 2025 om 14:05 uur|04/02/2025 - 14:05`},
	{"nl", "2025-02-04T13:00:00Z", "4 februari 2025 om 14 uur|4 februari 2025 om 14u|4 februari 2025, 14.00 uur|dinsdag 4 februari 2025 14 u."},
	{"nl", "2025-02-04T11:00:00Z", "4 februari 2025 om 12 uur|4 februari 2025, middag|4 februari 2025 om 12.00 uur"},
	{"nl", "2025-03-05T23:00:00Z", "do 6 mrt. 2025|donderdag 6 maart 2025|6 mrt 2025|do. 6 maart 2025"},
	{"es", "2025-02-03T23:00:00Z", `martes, 4 de febrero de 2025|mar, 4 feb 2025|4 feb 2025|4 de febrero de 2025|4 de febrero del 2025|Martes 4 de Febrero de 2025|04/02/2025|4/2/25|04-02-2025|
		Publicado el 4 de febrero de 2025|el 4 de febrero de 2025|4 febrero 2025|4 feb. 2025|Actualizado el 04/02/2025|4-feb-2025|Martes, 04 de febrero 2025|4 de febrero de 2025 a medianoche`},
	{"es", "2025-02-04T13:05:00Z", `martes, 4 de febrero de 2025, 14:05:00 (hora estándar de Europa central)|4 feb 2025, 14:05:00|4 de febrero de 2025, 14:05 h|4 de febrero de 2025 a las 14:05|4 de febrero de 2025, 14.05 h|
		4 de febrero de 2025 a las 14:05 horas|04/02/2025 14:05|4 de febrero de 2025 a las 2:05 p. m.|4 de febrero de 2025, 2:05 p.m.|04/02/2025 - 14:05h|4/2/25, 14:05|4 de febrero de 2025 a las 14:05 hrs.`},
	{"es", "2025-02-04T13:00:00Z", "4 de febrero de 2025 a las 14 horas|4 de febrero de 2025, 14 h|4 de febrero de 2025 a las 14h"},
	{"es", "2025-02-04T11:00:00Z", "4 de febrero de 2025 a mediodía|4 de febrero de 2025, 12 del mediodía|4 de febrero de 2025 a las 12 horas"},
	{"es", "2025-02-28T23:00:00Z", "1 de marzo de 2025|1.º de marzo de 2025|1º de marzo de 2025|sáb, 1 mar 2025|sábado 1 de marzo de 2025|1° de marzo de 2025"},
	{"it", "2025-02-03T23:00:00Z", `martedì 4 febbraio 2025|mar 4 feb 2025|4 feb 2025|04/02/2025|04/02/25|Pubblicato il 4 febbraio 2025|4 febb. 2025|Martedi' 4 febbraio 2025|
		martedì, 4 febbraio 2025|Ultimo aggiornamento: 4 febbraio 2025|04.02.2025|4 febbraio 2025 a mezzanotte|Data: 04/02/2025|04-feb-2025`},
	{"it", "2025-02-04T13:05:00Z", `4 feb 2025, 14:05:00|martedì 4 febbraio 2025 alle ore 14:05|4 febbraio 2025 ore 14.05|4 febbraio 2025, ore 14:05|4 febbraio 2025 alle 14:05|04/02/2025 14:05|
		04/02/25, 14:05|martedì 4 febbraio 2025 14:05:00 CET|4 febbraio 2025 - 14:05|4 febbraio 2025 alle ore 14,05`},
	{"it", "2025-02-04T13:00:00Z", "4 febbraio 2025 ore 14|4 febbraio 2025 alle ore 14|4 febbraio 2025 alle 14"},
	{"it", "2025-02-04T11:00:00Z", "4 febbraio 2025 a mezzogiorno|4 febbraio 2025, ore 12"},
	{"it", "2025-02-28T23:00:00Z", "1º marzo 2025|1° marzo 2025|sab 1 mar 2025|sabato 1 marzo 2025|1 marzo 2025"},
	{"eu", "2025-02-03T23:00:00Z", `2025(e)ko otsailaren 4a, asteartea|2025(e)ko otsailaren 4(a)|2025eko otsailaren 4a|2025eko otsailaren 4an|2025 ots. 4|2025(e)ko ots. 4(a)|2025/02/04|25/2/4|2025-02-04|
		asteartea, 2025eko otsailaren 4a|2025eko otsailak 4|2025.02.04|2025 otsaila 4|2025-ko otsailaren 4a|ar., 2025 ots. 4|2025eko otsailaren 4a, asteartea|2025ko Otsailaren 4-a`},
	{"eu", "2025-02-04T13:05:00Z", "2025(e)ko otsailaren 4a, asteartea, 14:05|2025 ots. 4 14:05|2025/02/04 14:05:00|2025eko otsailaren 4an, 14:05ean|2025eko otsailaren 4a (14:05)|2025-02-04 14:05etan|2025/02/04, 14:05"},
	{"eu", "2025-02-04T11:00:00Z", "2025eko otsailaren 4an, 12:00etan|2025eko otsailaren 4an, eguerdian"},
	{"en", "2025-02-03T23:00:00Z", `Tuesday, February 4, 2025|Tue, Feb 4, 2025|Feb 4, 2025|Feb. 4, 2025|4 February 2025|4th February 2025|February 4th, 2025|the 4th of February, 2025|4-Feb-25|04-Feb-2025|
		Tues 4 Feb 2025|2025 Feb 4|Published on 4 February 2025|Last updated: 4 February 2025|Posted February 4, 2025|Updated 4 Feb 2025|04/02/2025|midnight on 4 February 2025`},
	{"en", "2025-02-04T13:05:00Z", `Feb 4, 2025, 2:05:00 PM|4 Feb 2025, 14:05:00|Tuesday 4 February 2025 at 14:05:00 CET|Tuesday, February 4, 2025 at 2:05:00 PM GMT+1|February 4, 2025 2:05 p.m.|4 February 2025 at 2.05pm|
		Feb 4, 2025, 2:05 PM|Tue Feb 04 2025 14:05:00 GMT+0100 (Central European Standard Time)|2:05 pm, 4 February 2025|February 4, 2025 at 2:05pm|Tuesday 4th February 2025, 2:05 PM|14:05 on 4 February 2025|Tue 4 Feb 2025 2:05 p. m.`},
	{"en", "2025-02-04T13:00:00Z", "4 February 2025 at 2pm|4 February 2025, 2 p.m.|February 4, 2025 2 PM|4 February 2025 at 14h"},
	{"en", "2025-02-04T11:00:00Z", "noon on 4 February 2025|4 February 2025 at 12 noon|4 February 2025, 12pm|4 Feb 2025 noon"},
	{"en-US", "2025-02-03T23:00:00Z", "2/4/2025|02/04/25|Tue 2/4/2025|2-4-2025"},
	// ISO 8601, RFC 822 and their relatives mean the same in every language.
	{"", "2025-02-03T23:00:00Z", "2025-02-04|20250204|2025-035|2025035|2025-W06-2|2025W062|2025/02/04|2025.02.04|250204|25035|2025-002-04|2025-2-4"},
	{"", "2025-02-02T23:00:00Z", "2025-W06|2025W06"},
	{"", "2025-02-04T00:00:00Z", "2025-02-04Z|2025-02-04+00:00|20250204T000000Z|2025-02-03T24:00:00Z"},
	{"", "2025-02-04T13:05:00Z", `2025-02-04T14:05|2025-02-04 14:05:00|20250204T1405|20250204T140500|20250204140500|202502041405|2025-02-04T14:05:00+01|2025-02-04T14:05:00+01:00|2025-02-04T14:05:00+0100|2025-02-04t13:05z|2025-02-04T13:05:00 Z|2025-02-04 14:05:00 +0100|2025-02-04 14:05:00 +0100 CET|
		2025-02-04T14:05:00+01:00[Europe/Brussels]|2025-02-04 14:05 CET|2025-02-04T14:05:00.000+01:00|2025-02-04T14:05:00,000+01:00|2025-W06-2T14:05|2025-035T14:05:00|20250204T130500Z|2025-02-04T13:05:00+00:00Z|2025-02-04 13:05:00 UTC|2025-02-04, 14:05|
		Tue, 4 Feb 2025 14:05:00 +0100|Tue, 04 Feb 2025 13:05:00 GMT|Tue, 04 Feb 25 13:05 UT|Tuesday, 04-Feb-25 13:05:00 GMT|Tue Feb  4 14:05:00 2025|Tue Feb  4 13:05:00 UTC 2025|Tue, 4 Feb 2025 08:05:00 EST|04 Feb 2025 14:05:00 +01:00|
		Tue, 04 Feb 2025 14:05:00+0100|Tue,04 Feb 2025 14:05:00 MEZ|Tue, 04 Feb 2025 13:05:00 Z|Tue, 04 Feb 2025 13:05:00 Etc/GMT|Tue, 4 Feb, 2025 13:05:00 UTC|Tue, 2025/02/04 14:05:00 CET|Tue, 04 Feb 2025 14:05:00 Europe/Brussels|Tue, 04 Feb 2025 14:05:00 +0100 (MEZ)|
		Tue (guess), 04 Feb 2025 14:05:00 +0100|Tue, 4 Feb 2025 14:05:00 UTC+01:00|1738674300|1738674300000|@1738674300|1738674300.0|Tue, 04 Feb 2025 14:05:00.000 +0100|Tue, 04 Feb 2025 13:05:00 -0000|Tue, 04 Feb 2025 14:05:00 GMT+1|4 Feb 2025 14:05:00 CET|2025-02-04T14:05:00 CET`},
	{"", "2025-02-04T23:00:00Z", "2025-02-04T24:00|2025-02-04 24:00:00|Tue, 04 Feb 2025 24:00:00 +0100|20250204T2400"},
	{"", "2025-02-04T13:00:00Z", "2025-02-04T14|20250204T14|2025-02-04T13Z|2025-02-04T14+01:00"},
	{"", "2025-07-04T12:05:00Z", "Fri, 04 Jul 2025 14:05:00 MESZ|Fri, 4 July 2025 14:05 CEST|2025-07-04 14:05 HAEC|04 Jul 2025 14:05:00 MEST|2025-07-04T14:05:00 GMT+2|Fri, 04 Jul 2025 14:05:00 Europe/Paris|4 juillet 2025 14:05|4 luglio 2025 ore 14:05|2025eko uztailaren 4an 14:05ean"},
	{"", "2025-09-19T22:00:00Z", "20 Sept 2025|20 Sept. 2025|Sat, 20 September 2025|20 sett. 2025|20 set 2025|2025eko irailaren 20a|20 settembre 2025"},
	{"fr", "", `4 février|février 2025 14:05|demain|4 février 2025 25:00|4 février 2025 14:61|32 janvier 2025|29 février 2025|4 février 2025 à 14h05 à 15h05|4 5 février 2025|mardi|14:05|4 brumaire 2025|0 mars 2025|
		2025-W54-1|2025-W00-1|2025-W06-8|2025-366|2025-000|2025-13-01|99999|123456789|2025-02-04T14:05:00+25:00|20250230|2025-02-04T14:60|4 février 2025 midi minuit|4 février 2025 13 pm|4 février 2025 à midi 30 heures|@|--|25 heures le 4 février 2025`},
}

func TestForms(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range forms {
		for text := range strings.SplitSeq(strings.ReplaceAll(f.texts, " | ", "\x00"), "|") {
			text = strings.ReplaceAll(strings.TrimSpace(text), "\x00", " | ")
			n++
			got, ok := Parse(text, f.lang, brussels)
			if s := format(got, ok); s != f.want {
				t.Errorf("Parse(%q, %q) = %q, want %q", text, f.lang, s, f.want)
			}
		}
	}
	t.Logf("%d forms", n)
}

// TestOddForms holds what feeds have carried, read as UTC.
func TestOddForms(t *testing.T) {
	for in, want := range map[string]string{
		"031231": "2003-12-31T00:00:00Z", "03-12-31": "2003-12-31T00:00:00Z", "-03-12": "2003-12-01T00:00:00Z", "03335": "2003-12-01T00:00:00Z",
		"2003-012-31T10:14:55+00:00": "2003-12-31T10:14:55Z", "2003-12-31T10:14:55.1234Z": "2003-12-31T10:14:55Z", "2003-12-31T10:14:61Z": "",
		"Wed, 19 Aug 2009 18:28:00 Etc/GMT": "2009-08-19T18:28:00Z", "Mon, 13 Feb, 2012 06:28:00 UTC": "2012-02-13T06:28:00Z",
		"Fri, 2006/09/15 08:19:53 EDT": "2006-09-15T12:19:53Z", "Sun Jan  4 16:29:06 PST 2004": "2004-01-05T00:29:06Z",
		"Mon, 26 January 2004 16:31:00 ET": "2004-01-26T21:31:00Z", "Sun, 31 Dec 2012 24:00:00 GMT": "2013-01-01T00:00:00Z",
		"Sun, 16 Dec 2012 11:47:zz": "", "Sun, 16 zzz 2012 11:47:32 GMT": "", "Thu, 31 Feb 2012 10:00:00 GMT": "", "Mon Jan 99 2012": "",
		"2025-W01-1": "2024-12-30T00:00:00Z", "2020-W53-7": "2021-01-03T00:00:00Z", "2025-W53": "", "2024-366": "2024-12-31T00:00:00Z",
	} {
		got, ok := Parse(in, "en", nil)
		if s := format(got.Truncate(time.Second), ok); s != want {
			t.Errorf("Parse(%q) = %q, want %q", in, s, want)
		}
	}
}

// TestMonths writes every month of CLDR's wide and abbreviated names.
func TestMonths(t *testing.T) {
	for lang, names := range map[string]string{
		"fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
		"de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez. Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
		"nl": "januari februari maart april mei juni juli augustus september oktober november december jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec. jan feb mrt apr mei jun jul aug sept okt nov dec",
		"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic. ene feb mar abr may jun jul ago sep oct nov dic",
		"it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen feb mar apr mag giu lug ago set ott nov dic gen. febbr. mar. apr. magg. giu. lug. ag. sett. ott. nov. dic.",
		"eu": "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua urt. ots. mar. api. mai. eka. uzt. abu. ira. urr. aza. abe. urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren azaroaren abenduaren urtarrilak otsailak martxoak apirilak maiatzak ekainak uztailak abuztuak irailak urriak azaroak abenduak",
		"en": "January February March April May June July August September October November December Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.",
	} {
		for i, name := range strings.Fields(names) {
			text := "20 " + name + " 2025"
			if lang == "eu" {
				text = "2025eko " + name + " 20a"
			}
			got, ok := Parse(text, lang, nil)
			if want := time.Date(2025, time.Month(i%12+1), 20, 0, 0, 0, 0, time.UTC); !ok || !got.Equal(want) {
				t.Errorf("Parse(%q, %q) = %v, %v, want %v", text, lang, got, ok, want)
			}
		}
	}
}

// TestWeekdays puts every name before a date.
func TestWeekdays(t *testing.T) {
	for lang, names := range map[string]string{
		"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche lun. mar. mer. jeu. ven. sam. dim.",
		"de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Sonnabend Mo. Di. Mi. Do. Fr. Sa. So. Mo Di Mi Do Fr Sa So",
		"nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo ma. di. wo.",
		"es": "lunes martes miércoles jueves viernes sábado domingo lun mar mié jue vie sáb dom lun.",
		"it": "lunedì martedì mercoledì giovedì venerdì sabato domenica lun mar mer gio ven sab dom",
		"eu": "astelehena asteartea asteazkena osteguna ostirala larunbata igandea al. ar. az. og. or. lr. ig.",
		"en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun Tues. Thurs. Weds",
	} {
		for name := range strings.FieldsSeq(names) {
			for _, text := range []string{name + " 20/06/2025", name + ", 20-06-2025 14:05"} {
				if got, ok := Parse(text, lang, nil); !ok || got.YearDay() != 171 {
					t.Errorf("Parse(%q, %q) = %v, %v, want 20 June", text, lang, got, ok)
				}
			}
		}
	}
}
