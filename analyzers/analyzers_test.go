package analyzers_test

import (
	"encoding"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/report"
)

// driverFlags are flags of drivers and of the go command: a rule of that name
// would take the flag that enables it.
var driverFlags = []string{
	"V", "c", "C", "v", "n", "p", "x", "a", "o", "json", "fix", "diff", "flags", "source", "all", "tags", "debug", "test",
	"trace", "cpuprofile", "memprofile", "race", "msan", "asan", "cover", "mod", "modfile", "overlay", "vettool", "fixtool",
	"vet", "work", "help", "version", "engine", "rules", "tier", "color", "witness", "tests", "generated", "tables",
}

// closure returns the suite with everything that it requires.
func closure() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	seen := map[*analysis.Analyzer]bool{}
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if !seen[a] {
			seen[a] = true
			list = append(list, a)
			for _, r := range a.Requires {
				visit(r)
			}
		}
	}
	for _, a := range analyzers.All() {
		visit(a)
	}
	return list
}

func TestValidate(t *testing.T) {
	if err := analysis.Validate(analyzers.All()); err != nil {
		t.Error(err)
	}
}

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range closure() {
		if !token.IsIdentifier(a.Name) || a.Name != strings.ToLower(a.Name) {
			t.Errorf("%q is no lower-case identifier", a.Name)
		}
		if seen[a.Name] {
			t.Errorf("two analyzers are called %s", a.Name)
		}
		seen[a.Name] = true
		if slices.Contains(driverFlags, a.Name) {
			t.Errorf("-%s is a flag of a driver", a.Name)
		}
		if !strings.HasPrefix(a.Doc, a.Name+": ") {
			t.Errorf("%s: the documentation does not begin with the name", a.Name)
		}
	}
	if !slices.IsSortedFunc(analyzers.Rules(), func(a, b *analysis.Analyzer) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the rules are not sorted by name")
	}
}

// TestIgnorable: directives can name every rule there is, and no other.
func TestIgnorable(t *testing.T) {
	var names []string
	for _, a := range analyzers.Rules() {
		names = append(names, a.Name)
	}
	if got := report.Rules(); !slices.Equal(got, names) {
		t.Errorf("directives can name %q, the rules are %q", got, names)
	}
}

// TestPackages checks what nogo asks of an analyzer: a target names packages, of
// which nogo takes the variable Analyzer, and flags reach what that requires
// itself. There is no package that the suite does not list.
func TestPackages(t *testing.T) {
	exported := map[string][]string{}
	eachFile(t, []string{"."}, func(name string, _ *token.FileSet, file *ast.File) {
		dir := filepath.Dir(name)
		if dir == "." {
			return
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.IsExported() {
					exported[dir] = append(exported[dir], "func "+d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					var ids []*ast.Ident
					switch s := spec.(type) {
					case *ast.TypeSpec:
						ids = []*ast.Ident{s.Name}
					case *ast.ValueSpec:
						ids = s.Names
					}
					for _, id := range ids {
						if id.IsExported() {
							exported[dir] = append(exported[dir], d.Tok.String()+" "+id.Name)
						}
					}
				}
			}
		}
	})
	rules := map[string]bool{}
	for _, a := range analyzers.Rules() {
		rules[a.Name] = true
		if got := exported[a.Name]; !slices.Equal(got, []string{"var Analyzer"}) {
			t.Errorf("package %s exports %q, not Analyzer alone", a.Name, got)
		}
		if !slices.Contains(a.Requires, leakconfig.Analyzer) {
			t.Errorf("%s does not require leakconfig itself", a.Name)
		}
	}
	for dir := range exported {
		if !rules[dir] {
			t.Errorf("the suite does not list %s", dir)
		}
	}
}

// TestFactTypes checks what gob and drivers ask of facts: gob registers a type
// under its package's name, not its path.
func TestFactTypes(t *testing.T) {
	owner := map[string]string{}
	for _, a := range closure() {
		for _, f := range a.FactTypes {
			typ := reflect.TypeOf(f)
			if typ.Kind() != reflect.Pointer {
				t.Errorf("%s: fact %s is no pointer", a.Name, typ)
			}
			if first, dup := owner[typ.String()]; dup {
				t.Errorf("%s and %s both declare fact %s", first, a.Name, typ)
			}
			owner[typ.String()] = a.Name
			if name, _, _ := strings.Cut(typ.String()[1:], "."); !strings.HasPrefix(name, "leak") {
				t.Errorf("%s: fact %s may have the name of another suite's", a.Name, typ)
			}
		}
	}
}

// TestDeterminism analyses the fixtures several times, with little and much
// parallelism and in shuffled order: findings and facts are the same, byte by
// byte.
func TestDeterminism(t *testing.T) {
	dir, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	r := rand.New(rand.NewSource(1))
	var first string
	var pkgs []*packages.Package
	for run := range 6 {
		runtime.GOMAXPROCS([]int{1, 8}[run%2])
		if run%3 == 0 {
			pkgs, err = packages.Load(&packages.Config{
				Mode: packages.LoadAllSyntax, Dir: dir,
				Env: append(os.Environ(), "GOPATH="+dir, "GO111MODULE=off", "GOPROXY=off", "GOWORK=off"),
			}, "ctxblock/...", "ctxdrop/...", "errcache/...", "labelcard/...", "leakdirective/...", "mapgrow/...", "respbody/...", "cancelleak/...", "connconf/...", "resclose/...", "timerleak/...")
			if err != nil {
				t.Fatal(err)
			}
			if packages.PrintErrors(pkgs) > 0 || len(pkgs) == 0 {
				t.Fatal("the fixtures do not load")
			}
		}
		r.Shuffle(len(pkgs), func(i, j int) { pkgs[i], pkgs[j] = pkgs[j], pkgs[i] })
		got := describe(t, pkgs)
		if first == "" {
			first = got
		} else if got != first {
			t.Fatalf("run %d differs:\n%s\nfrom:\n%s", run, got, first)
		}
	}
	for _, rule := range analyzers.Rules() {
		if !strings.Contains(first, ": "+rule.Name+": ") {
			t.Errorf("%s finds nothing", rule.Name)
		}
	}
}

// describe lists all findings and facts.
func describe(t *testing.T, pkgs []*packages.Package) string {
	t.Helper()
	graph, err := checker.Analyze(append(analyzers.All(), leaksummary.Analyzer), pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %v", act, act.Err)
		}
		for i, d := range act.Diagnostics {
			s := fmt.Sprintf("%s %d %s: %s: %s", act.Package.ID, i, act.Package.Fset.Position(d.Pos), d.Category, d.Message)
			for _, rel := range d.Related {
				s += fmt.Sprintf("\n\t%s: %s", act.Package.Fset.Position(rel.Pos), rel.Message)
			}
			for _, fix := range d.SuggestedFixes {
				s += "\n\t" + fix.Message
				for _, e := range fix.TextEdits {
					s += fmt.Sprintf("\n\t%s: %q", act.Package.Fset.Position(e.Pos), e.NewText)
				}
			}
			lines = append(lines, s)
		}
		if act.Analyzer != leaksummary.Analyzer {
			continue
		}
		for _, f := range act.AllObjectFacts() {
			data, err := f.Fact.(encoding.BinaryMarshaler).MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, fmt.Sprintf("%s: %s: %x", act.Package.ID, types.ObjectString(f.Object, nil), data))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// sources are the directories whose code runs in every driver.
var sources = []string{".", "../internal"}

// eachFile calls f for every Go file that is no test and no fixture.
func eachFile(t *testing.T, dirs []string, f func(name string, fset *token.FileSet, file *ast.File)) {
	t.Helper()
	fset := token.NewFileSet()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			f(filepath.ToSlash(name), fset, file)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestImports: an analyzer sees the world through its pass alone, so that its
// answers can be cached; and it must build beside any version of gopls'
// dependencies.
func TestImports(t *testing.T) {
	eachFile(t, sources, func(name string, _ *token.FileSet, file *ast.File) {
		if file.Name.Name == "main" {
			return // a generator
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"os", "net", "syscall", "unsafe", "honnef.co"} {
				if path == bad || strings.HasPrefix(path, bad+"/") {
					t.Errorf("%s imports %s", name, path)
				}
			}
		}
	})
}

func TestFileLength(t *testing.T) {
	const most = 400
	eachFile(t, []string{".", "../internal", "../cmd", "../plugin"}, func(name string, fset *token.FileSet, file *ast.File) {
		if n := fset.Position(file.FileEnd).Line; n > most && !ast.IsGenerated(file) {
			t.Errorf("%s has %d lines, more than %d", name, n, most)
		}
	})
}

// TestDocumented: every package and every exported identifier says what it is.
func TestDocumented(t *testing.T) {
	documented := map[string]bool{}
	var dirs []string
	eachFile(t, []string{".", "../internal", "../cmd", "../plugin"}, func(name string, fset *token.FileSet, file *ast.File) {
		dir := filepath.Dir(name)
		dirs = append(dirs, dir)
		documented[dir] = documented[dir] || file.Doc != nil
		undocumented := func(id *ast.Ident, docs ...*ast.CommentGroup) {
			if !id.IsExported() {
				return
			}
			for _, doc := range docs {
				if doc.Text() != "" {
					return
				}
			}
			t.Errorf("%s: %s has no comment", fset.Position(id.Pos()), id.Name)
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil || exportedType(d.Recv.List[0].Type) {
					undocumented(d.Name, d.Doc)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						undocumented(s.Name, s.Doc, d.Doc)
					case *ast.ValueSpec:
						if d.Tok == token.CONST && d.Lparen.IsValid() {
							continue // the comment on their type speaks for them
						}
						for _, id := range s.Names {
							undocumented(id, s.Doc, s.Comment, d.Doc)
						}
					}
				}
			}
		}
	})
	for _, dir := range dirs {
		if !documented[dir] {
			t.Errorf("package %s has no comment", dir)
			documented[dir] = true
		}
	}
}

func exportedType(t ast.Expr) bool {
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}

// TestDependencies: nothing that an analyzer links reaches beyond x/tools.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if .Module}}{{.Module.Path}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for module := range strings.FieldsSeq(string(out)) {
		switch module {
		case "github.com/leakvet/leakvet", "golang.org/x/tools", "golang.org/x/mod", "golang.org/x/sync":
		default:
			t.Errorf("the analyzers depend on %s", module)
		}
	}
}
