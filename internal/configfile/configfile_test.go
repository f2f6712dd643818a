package configfile

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var rules = []string{"ctxdrop", "respbody"}

func TestParse(t *testing.T) {
	const text = `# what we want
tier: audit
tests: off
generated: true
rules:
  all: warning
  ctxdrop: off
fail-on: error
exclude: [third_party, "**/*.pb.go"]
baseline: leakvet.baseline
tables: |
  # rows
  pure example.com/p.F
table-files:
  - tables/own.txt
overrides:
  - paths:
      - legacy/...
    tier: default
    rules: {respbody: note}
`
	c, err := Parse("x.yaml", []byte(text), rules)
	if err != nil {
		t.Fatal(err)
	}
	lines := c.lines
	c.lines = nil
	want := &Config{
		Tier: "audit", Tests: "off", Generated: true, FailOn: "error",
		Rules:   map[string]string{"all": "warning", "ctxdrop": "off"},
		Exclude: []string{"third_party", "**/*.pb.go"}, Baseline: "leakvet.baseline",
		Tables: "# rows\npure example.com/p.F\n", TableFiles: []string{"tables/own.txt"},
		Overrides: []Override{{Paths: []string{"legacy/..."}, Tier: "default", Rules: map[string]string{"respbody": "note"}}},
		File:      "x.yaml",
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
	for key, want := range map[string]int{"tier": 2, "rules.ctxdrop": 7, "tables": 11, "table-files[0]": 15, "overrides[0].tier": 19, "vet": 0} {
		if got := lines[key]; got != want {
			t.Errorf("%s is on line %d, want %d", key, got, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"tire: audit":                             `x.yaml:1: unknown key "tire" (did you mean tier?)`,
		"\n\nrules:\n  ctxdorp: off":              `x.yaml:4: unknown rule "ctxdorp" (did you mean ctxdrop?)`,
		"rules: {ctxdrop: loud}":                  `x.yaml:1: rules.ctxdrop is loud: want off, on, note, warning or error`,
		"tier: gold":                              "x.yaml:1: tier is gold: want default or audit",
		"generated: maybe":                        "x.yaml:1: generated is true or false, not maybe",
		"tests: true":                             "x.yaml:1: tests is a text, not true",
		"exclude: vendor":                         "x.yaml:1: exclude is a list, not vendor",
		"exclude: ['a[']":                         `x.yaml:1: "a[" is no pattern of paths`,
		"exclude: [../x]":                         `x.yaml:1: the pattern "../x" leaves the directory`,
		"exclude:\n - /x":                         `x.yaml:2: the pattern "/x" leaves the directory`,
		"just a text":                             "x.yaml:1: a configuration holds keys, not just a text",
		"tier: audit\ntier: default":              "x.yaml:2: ",
		"tier: [":                                 "x.yaml:1: this is not YAML",
		"tier: audit\n---\ntier: audit":           "x.yaml:2: a second document",
		"overrides:\n  - tier: audit":             "x.yaml:2: this override has no paths",
		"overrides:\n  - paths: [a]\n    teir: x": `x.yaml:3: unknown key "teir" (did you mean tier?)`,
		"tier: &a audit\ntests: *a":               "x.yaml:2: tests is a text, not *a",
		"? [a]\n: b":                              "x.yaml:1: a list is no key",
		"\x00":                                    "x.yaml:1: ",
	} {
		c, err := Parse("x.yaml", []byte(text), rules)
		if err == nil {
			t.Errorf("%q is read as %+v", text, c)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\ngot  %v\nwant %s", text, err, want)
		}
	}
	_, err := Parse("x.yaml", []byte("tire: a\nmode: b"), rules)
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("not both mistakes: %v", err)
	}
	for _, text := range []string{"", "# nothing\n", "---\n", "tier:\n", "rules:\n  ctxdrop:\n"} {
		if _, err := Parse("x.yaml", []byte(text), rules); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"legacy", "legacy/a/b.go", true},
		{"legacy/", "legacy/b.go", true},
		{"./legacy", "legacy/b.go", true},
		{"legacy", "new/legacy/b.go", false},
		{"**/legacy", "new/legacy/b.go", true},
		{"legacy/...", "legacy/a/b.go", true},
		{"**/*.pb.go", "a/b/c.pb.go", true},
		{"**/*.pb.go", "c.pb.go", true},
		{"*.go", "a/c.go", false},
		{"a/{b,c}", "a/c/x.go", true},
		{"a", "ab/x.go", false},
		{"a", "../a/x.go", false},
	} {
		if got := Match(test.pattern, test.path); got != test.want {
			t.Errorf("%s matches %s is %t", test.pattern, test.path, got)
		}
	}
	c := &Config{File: filepath.FromSlash("/w/.leakvet.yaml"), Exclude: []string{"gen"}, Overrides: []Override{{Paths: []string{"a"}}, {Paths: []string{"b"}}, {Paths: []string{"a/c"}}}}
	if !c.Excluded(filepath.FromSlash("/w/gen/x.go")) || c.Excluded(filepath.FromSlash("/w/x.go")) {
		t.Error("exclude")
	}
	if got := c.Overriding(filepath.FromSlash("/w/a/c/x.go")); !reflect.DeepEqual(got, []int{0, 2}) {
		t.Errorf("overrides %v", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"tier: audit\nrules: {all: off}\n", "overrides:\n- paths: [a]\n", "tables: |\n  x\n", "a: &b c\nd: *b", "? : -"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("f", data, rules)
		if (c == nil) == (err == nil) {
			t.Errorf("got %v and %v", c, err)
		}
	})
}
