package read

import (
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestText(t *testing.T) {
	in := func(label, s string) string {
		e, _ := charset.Lookup(label)
		switch label {
		case "utf-16le":
			e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		case "utf-16be bare":
			e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		case "utf-32le":
			e = utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
		}
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const text = "<t>Noël à Liège</t>"
	long := strings.Repeat("é", 30)
	for _, test := range []struct {
		name, body, contentType, want string
		fault                         string // a piece of it
	}{
		{"utf-8", text, "", text, ""},
		{"byte order mark", "\ufeff" + text, "text/xml; charset=iso-8859-1", text, ""},
		{"the header is wrong", text, "text/xml; charset=iso-8859-1", text, ""},
		{"the declaration is wrong", `<?xml version="1.0" encoding="ISO-8859-1"?>` + text, "", `<?xml version="1.0" encoding="ISO-8859-1"?>` + text, ""},
		{"nothing is declared", in("windows-1252", text), "", text, ""},
		{"the header says utf-8", in("windows-1252", text), "text/csv; charset=UTF-8", text, "in UTF-8 and is not; it was read as Windows 1252"},
		{"nobody knows the label", in("windows-1252", text), "text/csv; charset=klingon", text, "in KLINGON and is not"},
		{"the header is right", in("windows-1251", "<t>Минск</t>"), "text/xml; charset=windows-1251", "<t>Минск</t>", ""},
		{"the header before the declaration", `<?xml encoding="koi8-r" encoding='koi8-r'?>` + in("windows-1251", "Минск"), "text/xml; charset=windows-1251", `<?xml encoding="koi8-r" encoding='koi8-r'?>Минск`, ""},
		{"the declaration after a warning", "Warning: x\n" + `<?xml version='1.0' encoding='windows-1251'?>` + in("windows-1251", "Минск"), "", "Warning: x\n" + `<?xml version='1.0' encoding='windows-1251'?>Минск`, ""},
		{"a meta element", `<html><meta charset=windows-1251>` + in("windows-1251", "Минск"), "text/html", `<html><meta charset=windows-1251>Минск`, ""},
		{"a meta element of old", `<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">` + in("windows-1251", "Минск"), "text/html", `<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Минск`, ""},
		{"utf-16 with a mark", in("utf-16le", text), "", text, ""},
		{"utf-16 without", in("utf-16be bare", text), "text/csv; charset=utf-8", text, ""},
		{"utf-16 of a table", in("utf-16be bare", "title;date\n"), "", "title;date\n", ""},
		{"utf-32", in("utf-32le", text), "", text, ""},
		{"utf-16 is a lie", text, "text/xml; charset=utf-16", text, ""},
		{"one broken byte", long + "\xff", "", long + "\ufffd", "shown as �"},
		{"one broken byte in what is called latin-1", long + "\xff", "text/csv; charset=iso-8859-1", long + "\ufffd", "shown as �"},
		{"some broken bytes", "é\xff è ù", "", "é\ufffd è ù", "shown as �"},
		{"iso-2022-jp", `<?xml version="1.0" encoding="iso-2022-jp"?>` + "\x1b$B$\"\x1b(B", "", `<?xml version="1.0" encoding="iso-2022-jp"?>あ`, ""},
		{"an escape sequence of a terminal", "a\x1b[1mb", "", "a[1mb", ""},
		{"utf-7", "+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-", ""},
		{"controls", "a\x00b\x0bc\x0cd\x08e\ufffe", "", "ab c de", ""},
		{"controls that are windows-1252", "l\u0092eau", "", "l’eau", ""},
		{"short", "\xe9", "", "é", ""},
		{"empty", "", "", "", ""},
	} {
		text, fault := Text([]byte(test.body), test.contentType)
		if text != test.want || !strings.Contains(fault, test.fault) || (fault == "") != (test.fault == "") {
			t.Errorf("%s: Text(%q, %q) = %q, %q; want %q, %q", test.name, test.body, test.contentType, text, fault, test.want, test.fault)
		}
	}
}
