package report_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/report"
)

// findCalls reports every call: its arguments say what is found.
func findCalls(pass *analysis.Pass, r *report.Reporter) {
	for _, f := range slices.Backward(pass.Files) { // in no good order
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if types.ExprString(call.Fun) == "judged" {
				r.Judged(call.Pos())
				return true
			}
			finding := report.Finding{Pos: call.Pos(), End: call.End(), Message: types.ExprString(call.Fun)}
			for _, arg := range call.Args {
				switch word := types.ExprString(arg); word {
				case "audit":
					finding.Tier = leakconfig.Audit
				case "panics":
					panic("a bug in the rule")
				default:
					finding.Steps = append(finding.Steps, report.Step{Pos: arg.Pos(), Message: word, Key: strings.HasPrefix(word, "key")})
				}
			}
			r.Report(finding)
			return true
		})
	}
}

// run applies the rule to files and lists what it reports.
func run(t *testing.T, cfg leakconfig.Config, sources ...string) string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for i, src := range sources {
		f, err := parser.ParseFile(fset, fmt.Sprintf("f%d.go", i), "package p\n"+src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	var got []string
	pass := &analysis.Pass{
		Analyzer: &analysis.Analyzer{Name: "rule", URL: "https://example.com/rule.md"},
		Fset:     fset,
		Files:    files,
		Pkg:      types.NewPackage("p", "p"),
		ResultOf: map[*analysis.Analyzer]any{leakconfig.Analyzer: &cfg},
		Report: func(d analysis.Diagnostic) {
			if d.Category != "rule" {
				t.Errorf("category %q", d.Category)
			}
			posn := fset.Position(d.Pos)
			s := fmt.Sprintf("%s:%d %s", strings.TrimSuffix(posn.Filename, ".go"), posn.Line, d.Message)
			for _, rel := range d.Related {
				s += " " + rel.Message
			}
			got = append(got, s)
		},
	}
	if result, err := report.Rule(findCalls)(pass); result != nil || err != nil {
		t.Errorf("result %v, error %v", result, err)
	}
	return strings.Join(got, "; ")
}

func TestReport(t *testing.T) {
	audit := leakconfig.Config{Tier: leakconfig.Audit}
	const useless = "leakvet:ignore rule silences nothing: there is nothing to report here"
	const uselessFile = "leakvet:ignore-file rule silences nothing: there is nothing to report in this file"
	for _, test := range []struct {
		name string
		cfg  leakconfig.Config
		src  string // behind the package clause, from line 2 on
		want string
	}{
		{"tier", leakconfig.Config{}, "var _ = a()\nvar _ = b(audit)", "f0:2 a"},
		{"audit tier", leakconfig.Config{Tier: leakconfig.Audit}, "var _ = a()\nvar _ = b(audit)", "f0:2 a; f0:3 b"},
		{"ignored", leakconfig.Config{}, "var _ = a() //leakvet:ignore rule it is fine", ""},
		{"ignored above", leakconfig.Config{}, "//leakvet:ignore rule it is fine\nvar _ = a()", ""},
		{"ignored too far above", leakconfig.Config{}, "//leakvet:ignore rule it is fine\n\nvar _ = a()", "f0:4 a"},
		{"ignored below", leakconfig.Config{}, "var _ = a()\n//leakvet:ignore rule it is fine", "f0:2 a"},
		{"another rule ignored", leakconfig.Config{}, "var _ = a() //leakvet:ignore other it is fine", "f0:2 a"},
		{"several rules ignored", leakconfig.Config{}, "var _ = a() //leakvet:ignore other,rule it is fine", ""},
		{"longer name ignored", leakconfig.Config{}, "var _ = a() //leakvet:ignore rules it is fine", "f0:2 a"},
		{"no reason", leakconfig.Config{}, "var _ = a() //leakvet:ignore rule", "f0:2 a"},
		{"blank reason", leakconfig.Config{}, "var _ = a() //leakvet:ignore rule   ", "f0:2 a"},
		{"a comment is no reason", leakconfig.Config{}, "var _ = a() //leakvet:ignore rule // it is fine", "f0:2 a"},
		{"a blank in front", leakconfig.Config{}, "var _ = a() // leakvet:ignore rule it is fine", "f0:2 a"},
		{"file ignored", leakconfig.Config{}, "var _ = a()\n\nvar _ = b()\n//leakvet:ignore-file rule it is fine", ""},
		{"file ignored without reason", leakconfig.Config{}, "//leakvet:ignore-file rule\nvar _ = a()", "f0:3 a"},
		{"file ignored for another rule", leakconfig.Config{}, "//leakvet:ignore-file other it is fine\nvar _ = a()", "f0:3 a"},
		{"known beside unknown", leakconfig.Config{}, "var _ = a() //leakvet:ignore nosuch,rule it is fine", ""},
		{"useless, but who knows", leakconfig.Config{}, "//leakvet:ignore rule it is fine\nvar _ = 1", ""},
		{"useless", audit, "var _ = a()\n\n//leakvet:ignore rule it is fine\nvar _ = 1", "f0:2 a; f0:4 " + useless},
		{"useless and alone", audit, "var _ = 1 //leakvet:ignore rule it is fine", "f0:2 " + useless},
		{"useless beside a useful one", audit, "//leakvet:ignore rule it is fine\nvar _ = a()\n//leakvet:ignore rule it is fine", "f0:4 " + useless},
		{"useless file", audit, "//leakvet:ignore-file rule it is fine\nvar _ = 1", "f0:2 " + uselessFile},
		{"useful file", audit, "//leakvet:ignore-file rule it is fine\nvar _ = a()", ""},
		{"useful for the audit tier", audit, "var _ = a(audit) //leakvet:ignore rule it is fine", ""},
		{"useful for the second on the line", audit, "var _, _ = a(), b() //leakvet:ignore rule it is fine", ""},
		{"useless without reason", audit, "var _ = 1 //leakvet:ignore rule", ""},
		{"useless for another rule", audit, "var _ = 1 //leakvet:ignore other it is fine", ""},
		{"judged by others", audit, "var _ = judged() //leakvet:ignore rule it is fine", ""},
		{"useless in code for tests", audit, "import _ \"testing\"\nvar _ = 1 //leakvet:ignore rule it is fine", ""},
		{"one a line", audit, "var _, _ = a(), b()", "f0:2 a"},
		{"the lower tier of a line", audit, "var _, _ = a(audit), b()", "f0:2 b"},
		{"another rule without reason", leakconfig.Config{}, "//leakvet:ignore other\nvar _ = 1", ""},
		{"short witness", leakconfig.Config{}, "var _ = a(x, key1, y, key2, key3)", "f0:2 a key1 key2"},
		{"full witness", leakconfig.Config{Witness: leakconfig.Full}, "var _ = a(x, key1, y, key2, key3)", "f0:2 a x key1 y key2 key3"},
	} {
		if got := run(t, test.cfg, test.src); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestOrder(t *testing.T) {
	if got, want := run(t, leakconfig.Config{}, "var _ = b()\nvar _ = a()", "var _ = c()"), "f0:2 b; f0:3 a; f1:2 c"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestGenerated(t *testing.T) {
	const src = "var _ = a()\n"
	const header = "// Code generated by hand. DO NOT EDIT.\n\npackage p\n"
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "g.go", header+src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, generated := range []bool{false, true} {
		n := 0
		pass := &analysis.Pass{
			Analyzer: &analysis.Analyzer{Name: "rule"}, Fset: fset, Files: []*ast.File{f}, Pkg: types.NewPackage("p", "p"),
			ResultOf: map[*analysis.Analyzer]any{leakconfig.Analyzer: &leakconfig.Config{Generated: generated}},
			Report:   func(analysis.Diagnostic) { n++ },
		}
		if _, err := report.Rule(findCalls)(pass); err != nil {
			t.Fatal(err)
		}
		if (n == 1) != generated {
			t.Errorf("generated=%v: %d findings", generated, n)
		}
	}
}

// TestIgnoresIn shows in which files directives that silence nothing are told of,
// and that those about directives do nothing.
func TestIgnoresIn(t *testing.T) {
	const useless = "//leakvet:ignore rule,directive it is fine\n"
	const generated = "// Code generated by hand. DO NOT EDIT.\n\n"
	audit := leakconfig.Config{Tier: leakconfig.Audit}
	tests, all := audit, audit
	tests.Tests, all.Generated = true, true
	for _, test := range []struct {
		rule, file, src string
		cfg             leakconfig.Config
		want            int
	}{
		{"rule", "f.go", useless, audit, 1},
		{"rule", "f_test.go", useless, audit, 0},
		{"rule", "f_test.go", useless, tests, 1},
		{"rule", "f.go", generated + useless, audit, 0},
		{"rule", "f.go", generated + useless, all, 1},
		{"leakdirective", "f.go", useless, audit, 0},
		{"leakdirective", "f.go", useless + "var _ = a()", audit, 1},
	} {
		fset := token.NewFileSet()
		src := strings.Replace(test.src, useless, "package p\n"+useless, 1)
		f, err := parser.ParseFile(fset, test.file, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		pass := &analysis.Pass{
			Analyzer: &analysis.Analyzer{Name: test.rule}, Fset: fset, Files: []*ast.File{f}, Pkg: types.NewPackage("p", "p"),
			ResultOf: map[*analysis.Analyzer]any{leakconfig.Analyzer: &test.cfg},
			Report:   func(analysis.Diagnostic) { n++ },
		}
		if _, err := report.Rule(findCalls)(pass); err != nil {
			t.Fatal(err)
		}
		if n != test.want {
			t.Errorf("%s in %s with %+v: %d findings, want %d:\n%s", test.rule, test.file, test.cfg, n, test.want, src)
		}
	}
}

// TestTier shows that a finding tells its tier by its URL.
func TestTier(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "f.go", "package p\nvar _ = a()\nvar _ = b(audit)", parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	pass := &analysis.Pass{
		Analyzer: &analysis.Analyzer{Name: "rule", URL: "https://example.com/rule.md"}, Fset: fset, Files: []*ast.File{f}, Pkg: types.NewPackage("p", "p"),
		ResultOf: map[*analysis.Analyzer]any{leakconfig.Analyzer: &leakconfig.Config{Tier: leakconfig.Audit}},
		Report: func(d analysis.Diagnostic) {
			got = append(got, fmt.Sprint(d.Message, " ", report.IsAudit(d), " ", d.URL))
		},
	}
	if _, err := report.Rule(findCalls)(pass); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a false ", "b true https://example.com/rule.md#audit"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPanic(t *testing.T) {
	var failure guard.Failure
	guard.OnPanic = func(f guard.Failure) { failure = f }
	defer func() { guard.OnPanic = nil }()
	if got := run(t, leakconfig.Config{}, "var _ = a(panics)"); got != "" {
		t.Errorf("got %s", got)
	}
	if failure.Analyzer != "rule" || failure.Package != "p" || failure.Value != "a bug in the rule" {
		t.Errorf("got %+v", failure)
	}
}

func TestDoc(t *testing.T) {
	const source = "// Package p is.\n//\n// # Analyzer p\n//\n// p: find\n//\n//\tcode\n\npackage p\n\n// not this\n"
	if got, want := report.Doc(source, "p"), "p: find\n\n\tcode\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	defer func() {
		if recover() == nil {
			t.Error("a missing heading goes unnoticed")
		}
	}()
	report.Doc(source, "q")
}
