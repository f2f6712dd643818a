package main

import (
	"strings"
	"testing"

	"github.com/leakvet/leakvet/tools/internal/suite"
)

const recorded = `# toolchain go1.26.8
` + header + `
respbody	m/a.go:10	body is not closed when the function returns at line 12	true	the early return
respbody	m/a.go:40	body is not closed when the function returns at line 44	false	closed by a hook
respbody	m/b.go:7	result is discarded	unread	
`

func TestRoundTrip(t *testing.T) {
	r, err := parse("f", []byte(recorded))
	if err != nil {
		t.Fatal(err)
	}
	if r.toolchain != "go1.26.8" || len(r.entries) != 3 {
		t.Fatalf("parsed %+v", r)
	}
	if got := string(r.format()); got != recorded {
		t.Errorf("got\n%s\nwant\n%s", got, recorded)
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"respbody\tm/a.go:1\tm", "f:2: 3 columns"},
		{"respbody\tm/a.go:1\tm\tmaybe\twhy", `f:2: unknown verdict "maybe"`},
		{"respbody\tm/a.go:1\tm\ttrue\t", "f:2: a verdict needs a reason"},
	} {
		_, err := parse("f", []byte("# comment\n"+test.line+"\n"))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %s", test.line, err, test.want)
		}
	}
}

func TestVerdictsFollowFindings(t *testing.T) {
	old, err := parse("f", []byte(recorded))
	if err != nil {
		t.Fatal(err)
	}
	const message = "body is not closed when the function returns at line "
	found := entries([]suite.Finding{
		{Rule: "respbody", File: "m/a.go", Line: 13, Message: message + "15"}, // moved down
		{Rule: "respbody", File: "m/a.go", Line: 40, Message: message + "44"}, // stayed
		{Rule: "respbody", File: "m/a.go", Line: 60, Message: message + "64"}, // new
		{Rule: "respbody", File: "m/c.go", Line: 7, Message: "result is discarded"},
	})
	keepVerdicts(found, old.entries)
	var got []string
	for _, e := range found {
		got = append(got, e.verdict)
	}
	if got, want := strings.Join(got, " "), "true false unread unread"; got != want {
		t.Errorf("verdicts %s, want %s", got, want)
	}

	var b strings.Builder
	if diff(&b, old.entries, found) {
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
	if b.Reset(); !diff(&b, found, found) || b.String() != "" {
		t.Errorf("a record differs from itself:\n%s", b.String())
	}
}

func TestModulesBelow(t *testing.T) {
	projects, err := modulesBelow("../..")
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]bool{}
	for _, p := range projects {
		paths[p.path] = true
		for _, m := range p.requires {
			if strings.HasPrefix(m, "github.com/leakvet/leakvet@") {
				t.Errorf("%s: %s is the project's own", p.path, m)
			}
		}
	}
	for _, want := range []string{"github.com/leakvet/leakvet", "github.com/leakvet/leakvet/tools", "shop"} {
		if !paths[want] {
			t.Errorf("%s is missing", want)
		}
	}
}
