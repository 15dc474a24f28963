package read

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	deep := strings.Repeat("[", MaxDepth+1)
	for _, test := range []struct {
		text, want string // head, name, entries, listed, cut
		fault      string // a piece of it
		err        error
	}{
		{`{"a":1,"items":[{"x":1},2],"b":null}`, `head=2 items [{"x":1} 2] 2 false`, "", nil},
		{`[1,"]",[3]]`, `head=0  [1 "]" [3]] 3 false`, "", nil},
		{`{"items":{"a":1},"data":[1]}`, `head=1 data [1] 1 false`, "", nil},
		{`{"items":null}`, `head=1  [] 0 false`, "", nil},
		{`{"items":[]}`, `head=0 items [] 0 false`, "", nil},
		{`{"items" : [1,2,3,4]}`, `head=0 items [1 2 3] 4 false`, "", nil},
		{`{}`, `head=0  [] 0 false`, "", nil},
		{"{\"items\":[{\"t\":\"a\nb\tc\"},{\"t\":\"d\"}]}", `head=0 items [{"t":"a\nb\tc"} {"t":"d"}] 2 false`, "mended", nil},
		{"{\"t\":\"a\r\nb\"}", `head=1  [] 0 false`, "mended", nil},
		{`{"items":[1,2,],}`, `head=0 items [1 2] 2 false`, "mended", nil},
		{`{"items":[1,2 , ]}`, `head=0 items [1 2] 2 false`, "mended", nil},
		{`{"t":",]\",]"}`, `head=1  [] 0 false`, "", nil},
		{`{"items":[1,2`, `head=0 items [1 2] 2 true`, "stops before its end", nil},
		{`{"items":[{"a":1},{"a":"x`, `head=0 items [{"a":1}] 1 true`, "stops before its end", nil},
		{"{\"items\":[{\"a\":1},\n{\"a\" 2},{\"a\":3}]}", `head=0 items [{"a":1}] 1 true`, "from line 2 on", nil},
		{`{"a":1} {"b":2}`, `head=1  [] 0 true`, "not JSON from line 1 on", nil},
		{`{"a":`, "", "", ErrNotJSON},
		{`<html>`, "", "", ErrNotJSON},
		{` `, "", "", Empty},
		{deep, "", "", Deep},
		{`{"t":"` + deep + `"}`, `head=1  [] 0 false`, "", nil},
	} {
		l, err := JSON(test.text, 3, "items", "data")
		got := fmt.Sprintf("head=%d %s %s %d %v", len(l.Head), l.Name, l.Entries, l.Listed, l.Cut)
		if err != nil {
			got = ""
		}
		if !errors.Is(err, test.err) || got != test.want || !strings.Contains(l.Fault, test.fault) || (l.Fault == "") != (test.fault == "") {
			t.Errorf("JSON(%.60q) = %s, %q, %v; want %s, %q, %v", test.text, got, l.Fault, err, test.want, test.fault, test.err)
		}
	}
}

// TestManyMembers holds that an object with more members than are read is
// taken for one that was cut: what is not read may decide what is public.
func TestManyMembers(t *testing.T) {
	var b strings.Builder
	for i := range maxMembers {
		fmt.Fprintf(&b, `"k%d":1,`, i)
	}
	if l, err := JSON("{"+b.String()+`"review_state":"private"}`, 1); err != nil || !l.Cut || l.Whole() {
		t.Errorf("JSON(%d members) = cut %v, %v; want it cut", maxMembers+1, l.Cut, err)
	}
}

func TestValueBounds(t *testing.T) {
	if v := Value([]byte("[" + strings.Repeat("{},", maxValues) + "1]")); v != nil {
		t.Error("Value(many values) is read, want nil")
	}
	if v, ok := Value([]byte(`{"a":12345678901234567890}`)).(map[string]any); !ok || fmt.Sprint(v["a"]) != "12345678901234567890" {
		t.Errorf("Value = %v, want the number as it is written", v)
	}
}

func FuzzJSON(f *testing.F) {
	f.Add(`{"items":[1,"a` + "\n" + `",]}`)
	f.Fuzz(func(t *testing.T, text string) {
		text, _ = Text([]byte(text), "")
		l, err := JSON(text, 10, "items")
		if err == nil && l.Listed < len(l.Entries) {
			t.Errorf("JSON(%q): %d listed, %d kept", text, l.Listed, len(l.Entries))
		}
		mended, changed, err := Mend(text, MaxDepth)
		if err == nil && json.Valid([]byte(text)) && (changed || mended != text) || !changed && mended != text {
			t.Errorf("Mend(%q) = %q, %v", text, mended, changed)
		}
	})
}
