package record

import (
	"strings"
	"testing"
)

const recorded = `# findings in m v1.0.0
` + header + `
respbody	m/a.go:10	body is not closed when the function returns at line 12	true	the early return
respbody	m/a.go:40	body is not closed when the function returns at line 44	false	closed by a hook
respbody	m/b.go:7	result is discarded	unread	
`

func TestRoundTrip(t *testing.T) {
	r, err := Parse("f", []byte(recorded))
	if err != nil {
		t.Fatal(err)
	}
	if r.Of != "m v1.0.0" || len(r.Entries) != 3 {
		t.Fatalf("parsed %+v", r)
	}
	if got := string(r.Format()); got != recorded {
		t.Errorf("got\n%s\nwant\n%s", got, recorded)
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"respbody\tm/a.go:1\tm", "f:2: 3 columns"},
		{"respbody\tm/a.go\tm\ttrue\twhy", `f:2: position "m/a.go" has no line`},
		{"respbody\tm/a.go:1\tm\tmaybe\twhy", `f:2: unknown verdict "maybe"`},
		{"respbody\tm/a.go:1\tm\ttrue\t", "f:2: a verdict needs a reason"},
	} {
		_, err := Parse("f", []byte("# comment\n"+test.line+"\n"))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %s", test.line, err, test.want)
		}
	}
}

func TestVerdictsFollowFindings(t *testing.T) {
	old, err := Parse("f", []byte(recorded))
	if err != nil {
		t.Fatal(err)
	}
	const message = "body is not closed when the function returns at line "
	found := Sort([]Entry{
		{Rule: "respbody", File: "m/a.go", Line: 13, Message: message + "15"}, // moved down
		{Rule: "respbody", File: "m/a.go", Line: 40, Message: message + "44"}, // stayed
		{Rule: "respbody", File: "m/a.go", Line: 60, Message: message + "64"}, // new
		{Rule: "respbody", File: "m/c.go", Line: 7, Message: "result is discarded"},
	})
	Keep(found, old.Entries)
	var got []string
	for _, e := range found {
		got = append(got, string(e.Verdict))
	}
	if got, want := strings.Join(got, " "), "true false unread unread"; got != want {
		t.Errorf("verdicts %s, want %s", got, want)
	}

	var b strings.Builder
	if Diff(&b, old.Entries, found) {
		t.Error("diff reports no difference")
	}
	const want = "- respbody\tm/a.go:10\t" + message + "12\ttrue\tthe early return\n" +
		"- respbody\tm/b.go:7\tresult is discarded\n" +
		"+ respbody\tm/a.go:13\t" + message + "15\ttrue\tthe early return\n" +
		"+ respbody\tm/a.go:60\t" + message + "64\n" +
		"+ respbody\tm/c.go:7\tresult is discarded\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if b.Reset(); !Diff(&b, found, found) || b.String() != "" {
		t.Errorf("a record differs from itself:\n%s", b.String())
	}
}
