package restapi

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

func parse(t *testing.T, s string) Object {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var o map[string]any
	if err := d.Decode(&o); err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return o
}

func TestText(t *testing.T) {
	tests := []struct{ value, want string }{
		{`"A < B & <i>c</i>"`, "A < B & <i>c</i>"}, {`"None"`, ""}, {`null`, ""}, {`1000`, "1000"}, {`true`, ""},
		{`{"title":"Français","token":"fr"}`, "Français"}, {`{"token":"fr"}`, "fr"}, {`{"title":null,"token":"fr"}`, "fr"},
		{`{"data":" a\u0000b\n c","content-type":"text/plain"}`, "ab c"}, {`[1]`, ""},
	}
	for _, test := range tests {
		if got := parse(t, `{"v":`+test.value+`}`).Text("v"); got != test.want {
			t.Errorf("Text(%s) = %q, want %q", test.value, got, test.want)
		}
	}
}

func TestWhen(t *testing.T) {
	tests := []struct{ value, want string }{
		{`"2026-03-01T10:00:00+00:00"`, "2026-03-01T10:00:00Z"}, {`"2026-07-01T10:00:00"`, "2026-07-01T10:00:00+02:00"},
		{`"1969-12-31T00:00:00+00:00"`, ""}, {`"1969-12-30T22:00:00+00:00"`, ""}, {`"2499-12-31T00:00:00+00:00"`, ""},
		{`"1950-01-01"`, ""}, {`"None"`, ""}, {`null`, ""}, {`""`, ""}, {`"soon"`, ""},
	}
	for _, test := range tests {
		got := ""
		if when := parse(t, `{"v":`+test.value+`}`).When("v", HomeOf("fr", federation.Source{})); !when.IsZero() {
			got = when.Format(time.RFC3339)
		}
		if got != test.want {
			t.Errorf("When(%s) = %q, want %q", test.value, got, test.want)
		}
	}
}

func TestRich(t *testing.T) {
	tests := []struct{ value, want string }{
		{`{"data":"<p>a</p>","content-type":"text/plain"}`, "<p>a</p>"},
		{`{"data":"1 < 2\nb","content-type":"text/plain"}`, "<p>1 &lt; 2<br>b</p>"},
		{`{"data":"a <b>c","content-type":"text/html"}`, "a <b>c"},
		{`"<p></p>"`, ""}, {`null`, ""}, {`"a & b"`, "<p>a &amp; b</p>"},
	}
	for _, test := range tests {
		if got := Rich(parse(t, `{"v":`+test.value+`}`)["v"]); got != test.want {
			t.Errorf("Rich(%s) = %q, want %q", test.value, got, test.want)
		}
	}
}

func TestHours(t *testing.T) {
	tests := []struct{ am, noon, pm, night, want string }{
		{"08:00", "12:00", "13:00", "17:00", "08:00–12:00, 13:00–17:00"}, {"08:00", "", "", "17:30", "08:00–17:30"},
		{"", "", "13:00", "17:00", "13:00–17:00"}, {"08:00", "12:00", "", "", "08:00–12:00"}, {"", "", "", "", ""},
	}
	for _, test := range tests {
		o := Object{"morningstart": test.am, "morningend": test.noon, "afternoonstart": test.pm, "afternoonend": test.night}
		if got := hours(o); got != test.want {
			t.Errorf("hours(%v) = %q, want %q", o, got, test.want)
		}
	}
}

// TestShownAddresses: a link without words shows the address that it leads to,
// not that of the API.
func TestShownAddresses(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "a.example", Path: "/++api++/@search"}
	for raw, want := range map[string]string{
		`<a href="https://a.example/++api++/rdv">https://a.example/++api++/rdv</a>`:    ">https://a.example/rdv<",
		`<a href="/++api++/x?a=1&amp;b=2">https://a.example/++api++/x?a=1&amp;b=2</a>`: ">https://a.example/x?a=1&amp;b=2<",
		`<a href="https://a.example/++api++/rdv">Prendre rendez-vous</a>`:              ">Prendre rendez-vous<",
	} {
		if got := Readable(raw, base, APIPath(base)).String(); strings.Contains(got, infix) || !strings.Contains(got, want) {
			t.Errorf("Readable(%s) = %s, want it with %s", raw, got, want)
		}
	}
}

// TestOpeningHours: the usual week is told to programs unless a day or a season
// says more than its times.
func TestOpeningHours(t *testing.T) {
	monday := `"schedule":{"monday":{"morningstart":"09:00","morningend":"12:00","afternoonstart":"13:30","afternoonend":"17:00","comment":""},"sunday":{"morningstart":"10:00","morningend":"","afternoonstart":"","afternoonend":"16:00","comment":""}}`
	for said, want := range map[string]string{
		monday: "Mo 09:00-12:00; Mo 13:30-17:00; Su 10:00-16:00",
		monday + `,"exceptional_closure":[{"date":"2026-12-25","title":"Noël"}]`:               "Mo 09:00-12:00; Mo 13:30-17:00; Su 10:00-16:00; 2026-12-25 off",
		monday + `,"multi_schedule":[{"title":"Été","dates":[],"schedule":{}}]`:                "",
		`"schedule":{"monday":{"morningstart":"09:00","morningend":"12:00","comment":"1/15"}}`: "",
		`"schedule":{"monday":{"morningstart":"9h","morningend":"12h"}}`:                       "",
		`"schedule":{"monday":{"morningstart":"09:00"}}`:                                       "",
		`"schedule":null`: "",
	} {
		if got := openingHours(parse(t, `{`+said+`}`)); string(got) != want {
			t.Errorf("%s: hours %q, want %q", said, got, want)
		}
	}
}
