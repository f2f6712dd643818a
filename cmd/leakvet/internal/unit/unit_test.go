package unit

import (
	"go/parser"
	"go/token"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/guard"
)

func TestHandles(t *testing.T) {
	for line, want := range map[string]bool{
		"":                        false,
		"./...":                   false,
		"-json ./...":             false,
		"-version":                false,
		"help":                    false,
		"-V=full":                 true,
		"-flags":                  true,
		"-json -x.y=z /tmp/v.cfg": true,
		"-fix /tmp/v.cfg":         true,
	} {
		if got := Handles(strings.Fields(line)); got != want {
			t.Errorf("Handles(%s) is %t", line, got)
		}
	}
	for line, want := range map[string]bool{"-fix a.cfg": true, "-fix=false a.cfg": false, "-diff a.cfg": true, "-V=full": true, "-json a.cfg": false} {
		if got := handOver(strings.Fields(line)); got != want {
			t.Errorf("handOver(%s) is %t", line, got)
		}
	}
}

func TestScopeOf(t *testing.T) {
	for _, test := range []struct {
		path, dir string
		want      scope
	}{
		{"net/http", "/usr/local/go/src/net/http", std},
		{"vendor/golang.org/x/net/dns/dnsmessage", "/usr/local/go/src/vendor/golang.org/x/net/dns/dnsmessage", std},
		{"shop", "/home/me/shop", own},
		{"shop/net/http", "/home/me/shop/net/http", own},
		{"example.com/m", "/home/me@work/m", own},
		{"example.com/m", "/home/me/go/pkg/mod/example.com/m@v1.2.3", foreign},
		{"example.com/m/sub", "/home/me/go/pkg/mod/example.com/m@v1.2.3/sub", foreign},
		{"example.com/m", "/home/me/shop/vendor/example.com/m", foreign},
		{"example.com/vendors", "/home/me/vendors", own},
	} {
		if got := scopeOf(&Config{ImportPath: test.path, Dir: test.dir}); got != test.want {
			t.Errorf("%s in %s: scope %d, want %d", test.path, test.dir, got, test.want)
		}
	}
}

func TestChoose(t *testing.T) {
	settings := &analysis.Analyzer{Name: "settings"}
	a := &analysis.Analyzer{Name: "a", Requires: []*analysis.Analyzer{settings}}
	b := &analysis.Analyzer{Name: "b", Requires: []*analysis.Analyzer{settings}}
	all := []*analysis.Analyzer{settings, a, b}
	for _, test := range []struct {
		flags string
		want  []*analysis.Analyzer
	}{
		{"", all},
		{"-a", []*analysis.Analyzer{settings, a}},
		{"-a=false", []*analysis.Analyzer{settings, b}},
		{"-a -b=false", []*analysis.Analyzer{settings, a}},
		{"-settings", all},
		{"-settings=false", all},
	} {
		opts, err := parseFlags(all, append(strings.Fields(test.flags), "x.cfg"))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(opts.analyzers, test.want) {
			t.Errorf("%q enables %v, want %v", test.flags, opts.analyzers, test.want)
		}
	}
	if _, err := parseFlags(all, []string{"-a=maybe", "x.cfg"}); err == nil {
		t.Error("-a=maybe is accepted")
	}
}

func TestValidateFixes(t *testing.T) {
	fset := token.NewFileSet()
	one, err := parser.ParseFile(fset, "one.go", "package p\n\nvar x int\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.ParseFile(fset, "two.go", "package p\n", 0); err != nil {
		t.Fatal(err)
	}
	at := func(from, to int) analysis.TextEdit {
		return analysis.TextEdit{Pos: one.FileStart + token.Pos(from), End: one.FileStart + token.Pos(to)}
	}
	fix := func(edits ...analysis.TextEdit) []analysis.SuggestedFix {
		return []analysis.SuggestedFix{{Message: "m", TextEdits: edits}}
	}
	for _, test := range []struct {
		fixes []analysis.SuggestedFix
		want  string
	}{
		{fix(at(3, 4), at(0, 1)), ""},
		{fix(analysis.TextEdit{Pos: one.FileStart}), ""},
		{fix(at(0, 21)), ""},
		{append(fix(at(0, 1)), fix(at(2, 3))...), "two fixes are called"},
		{fix(analysis.TextEdit{}), "has no position"},
		{fix(at(4, 3)), "ends before it starts"},
		{fix(at(0, 23)), "ends beyond its file"},
		{fix(at(0, 3), at(2, 4)), "overlap"},
	} {
		err := validateFixes(fset, test.fixes)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.fixes, err, test.want)
		}
	}
}

func TestExplain(t *testing.T) {
	const stack = `goroutine 1 [running]:
runtime/debug.Stack()
	/go/src/runtime/debug/stack.go:26 +0x5e
panic({0x1234?, 0x5678?})
	/go/src/runtime/panic.go:783 +0x132
example.com/m/rule.run(0xc000012345)
	/home/me/rule/rule.go:12 +0x1d
example.com/m/report.Rule.func1(...)
	/home/me/report/report.go:60
`
	got := Explain(guard.Failure{Value: "boom", Stack: []byte(stack)})
	const want = "internal error: boom (at rule.run rule.go:12, report.Rule.func1 report.go:60)"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

type gobFact struct{ N int }

func (*gobFact) AFact() {}

type ownFact struct{ s string }

func (*ownFact) AFact() {}

func (f *ownFact) AppendBinary(b []byte) ([]byte, error) { return append(b, f.s...), nil }

func (f *ownFact) UnmarshalBinary(b []byte) error {
	f.s = string(b)
	return nil
}

func TestFactCodec(t *testing.T) {
	for _, fact := range []analysis.Fact{&gobFact{7}, &gobFact{}, &ownFact{"seven"}, &ownFact{}} {
		data, err := encodeFact(fact)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeFact(reflect.TypeOf(fact), data)
		if err != nil || !reflect.DeepEqual(got, fact) {
			t.Errorf("%#v comes back as %#v, %v", fact, got, err)
		}
	}
	if data, _ := encodeFact(&ownFact{"x"}); string(data) != "x" {
		t.Errorf("the fact's own encoding is not used: %q", data)
	}
}
