package finding

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestParsePosition(t *testing.T) {
	for s, want := range map[string]Position{
		"/a/b.go:3:4":   {"/a/b.go", 3, 4},
		"/a/b.go:3":     {"/a/b.go", 3, 0},
		"/a/b.go":       {"/a/b.go", 0, 0},
		"C:\\b.go:3:4":  {"C:\\b.go", 3, 4},
		"./a:b.go:10:2": {"./a:b.go", 10, 2},
		"-":             {"-", 0, 0},
	} {
		if got := parsePosition(s); got != want {
			t.Errorf("%s is %+v, want %+v", s, got, want)
		}
	}
}

func TestDecodeAndNormalize(t *testing.T) {
	var r Report
	for _, unit := range []struct{ id, rule, data string }{
		{"m/p [m/p.test]", "b", `[{"posn": "/p.go:2:1", "end": "/p.go:2:5", "message": "two"}]`},
		{"m/p", "b", `[{"posn": "/p.go:2:1", "end": "/p.go:2:5", "message": "two"}, {"posn": "/p.go:1:1", "message": "one"}]`},
		{"m/p", "a", `[{"posn": "/p.go:2:1", "message": "two"}]`},
		{"m/q", "a", `{"error": "boom"}`},
		{"m/q", "a", `{"error": "boom"}`},
	} {
		if err := r.Decode(unit.id, unit.rule, json.RawMessage(unit.data)); err != nil {
			t.Fatal(err)
		}
	}
	r.Normalize()
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Package+" "+f.Rule+" "+f.Message)
	}
	if want := []string{"m/p b one", "m/p a two", "m/p b two"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if want := []Failure{{"m/q", "a", "boom"}}; !reflect.DeepEqual(r.Failures, want) {
		t.Errorf("got %v, want %v", r.Failures, want)
	}
	for _, bad := range []string{`{"error": 1}`, `[1]`, `"x"`} {
		if err := r.Decode("m/p", "a", json.RawMessage(bad)); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}

func TestNumber(t *testing.T) {
	at := func(line int, subject string, audit bool) Finding {
		return Finding{Rule: "a", Package: "m/p", Function: "F", Subject: subject, Audit: audit, Pos: Position{"/p.go", line, 1}}
	}
	r := Report{Findings: []Finding{at(9, "x", false), at(4, "x", true), at(5, "y", false), at(7, "x", false)}}
	r.Normalize()
	r.Number()
	r.Number() // again changes nothing
	var got []int
	hashes := make(map[string]bool)
	for _, f := range r.Findings {
		got = append(got, f.Ordinal)
		hashes[f.Fingerprint().Hash()] = true
	}
	if want := []int{3, 1, 1, 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(hashes) != 4 {
		t.Errorf("%d hashes", len(hashes))
	}
}

func TestSeverity(t *testing.T) {
	for _, s := range []Severity{Note, Warning, Error} {
		if got := ParseSeverity(s.String()); got != s {
			t.Errorf("%v is read as %v", s, got)
		}
	}
	if got := ParseSeverity("loud"); got != 0 {
		t.Errorf("loud is %v", got)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`[{"posn": "/p.go:2:1", "end": "/p.go:2:5", "message": "two", "related": [{"posn": "-"}], "suggested_fixes": [{"edits": [{"start": -1}]}]}]`)
	f.Add(`{"error": "boom"}`)
	f.Fuzz(func(t *testing.T, data string) {
		var r Report
		if r.Decode("m/p [m/p.test]", "a", json.RawMessage(data)) == nil {
			r.Normalize()
			r.Number()
		}
	})
}
