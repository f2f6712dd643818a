package obligation_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// acquirers are the calls that the fixtures follow: none of them has to do
// with HTTP, and the engine has never heard of any.
var acquirers = map[string]bool{
	"os.Open":                  true,
	"(*database/sql.DB).Query": true,
}

// TestExplore follows the resource that each function of the fixtures opens.
// What becomes of it stands in the function's comment, after WANT: the fates of
// its paths, sorted; @n is the place, counted in lines from the func keyword.
func TestExplore(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	covered := map[string]bool{}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".go"), func(t *testing.T) {
			pkg := load(t, name)
			for _, decl := range pkg.file.Decls {
				d, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				_, want, ok := strings.Cut(d.Doc.Text(), "WANT: ")
				if !ok {
					continue
				}
				got, fates := pkg.fates(t, d)
				if want = strings.TrimSpace(want); got != want {
					t.Errorf("%s:\ngot  %s\nwant %s", d.Name.Name, got, want)
				}
				for _, f := range fates {
					covered[f] = true
				}
			}
		})
	}
	for _, word := range fateWords[1:] {
		if !covered[word] {
			t.Errorf("no fixture ends in %q", word)
		}
	}
}

var fateWords = []string{"", "open", "done", "returned", "stored", "passed", "overwritten", "deferloop"}

type fixture struct {
	fset *token.FileSet
	file *ast.File
	ssa  *leakssa.Package
}

func load(t *testing.T, name string) *fixture {
	t.Helper()
	return loadSource(t, name, nil)
}

// loadSource builds a file of source, or the named one if source is nil.
func loadSource(t testing.TB, name string, source any) *fixture {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Instances:  map[*ast.Ident]types.Instance{},
		Scopes:     map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", nil)}
	pkg, err := conf.Check(file.Name.Name, fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &fixture{fset, file, leakssa.Build(leakssa.Input{
		Fset: fset, Files: []*ast.File{file}, Pkg: pkg, Info: info,
		NoReturn: func(fn *types.Func) bool {
			name := fn.FullName()
			return name == "os.Exit" || name == "log.Fatal"
		},
	})}
}

// fates explores what d acquires and lists how its paths end.
func (f *fixture) fates(t *testing.T, d *ast.FuncDecl) (text string, words []string) {
	t.Helper()
	var root *ssa.Function
	var call *ssa.Call
	for _, fn := range f.ssa.Funcs {
		if fn.Syntax() == ast.Node(d) {
			root = fn
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if c, ok := instr.(*ssa.Call); ok && root != nil && within(fn, root) && acquirers[calleeName(c.Common())] {
					call = c
				}
			}
		}
	}
	if root == nil || call == nil {
		t.Fatalf("%s acquires nothing", d.Name.Name)
	}
	spec := &obligation.Spec{
		Root: root, Call: call,
		Aliases: []obligation.Alias{{Result: 0}},
		When:    leakapi.Zero,
		Release: []string{"Close"},
		Handle:  call.Common().Signature().Results().At(0).Type(),
	}
	res := obligation.Explore(spec, fakeEffects{})
	if res.GaveUp {
		return "gave up", nil
	}
	if !res.Reached {
		return "unreached", nil
	}
	var list []string
	start := f.fset.Position(d.Pos()).Line
	for _, x := range res.Exits {
		word := fateWords[x.Fate]
		words = append(words, word)
		switch x.Fate {
		case obligation.Open:
			word += fmt.Sprintf("@%d", f.fset.Position(obligation.ReturnPos(x.Instr)).Line-start)
			if x.Beside {
				word += "?"
			}
			if x.Doubtful {
				word += "!"
			}
			if x.Left != nil {
				word += " by " + x.Left.Parent().Name()
			}
		case obligation.Passed, obligation.Overwritten, obligation.DeferLoop:
			word += fmt.Sprintf("@%d", f.fset.Position(x.Instr.Pos()).Line-start)
		case obligation.Returned:
			for _, a := range x.Aliases {
				word += fmt.Sprintf(" %d%s", a.Result, pathText(a.Path))
			}
		case obligation.Stored:
			if x.Field != nil {
				word += " " + x.Field.Name()
			}
		}
		list = append(list, word)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), ", "), words
}

func within(fn, root *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == root {
			return true
		}
	}
	return false
}

func pathText(p pathcond.Path) string {
	var b strings.Builder
	for i := range len(p) {
		switch p[i] {
		case pathcond.StepCall:
			b.WriteString("()")
		case pathcond.StepElement:
			b.WriteString("[]")
		case pathcond.StepDeref:
			b.WriteString("*")
		default:
			fmt.Fprintf(&b, ".%d", p[i])
		}
	}
	return b.String()
}

func calleeName(c *ssa.CallCommon) string {
	if c.IsInvoke() {
		return c.Method.FullName()
	}
	fn := c.StaticCallee()
	if fn == nil {
		return ""
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Object() == nil {
		return ""
	}
	return fn.Object().(*types.Func).FullName()
}

// fakeEffects says what the fixtures' helpers do: their names tell.
type fakeEffects struct{}

// helper returns the name of a helper, without its package.
func helper(c *ssa.CallCommon) string {
	name := calleeName(c)
	return name[strings.LastIndexByte(name, '.')+1:]
}

func (fakeEffects) OfNil(*ssa.CallCommon) []leakapi.OfNil { return nil }

func (fakeEffects) Arg(c *ssa.CallCommon, arg int, path pathcond.Path, _ *obligation.Spec) obligation.Effect {
	if c.IsInvoke() || arg == 0 && c.Signature().Recv() != nil && !strings.Contains(calleeName(c), "holder") {
		return obligation.Uniform(obligation.Borrowed) // the handle's own methods
	}
	switch helper(c) {
	case "borrow":
		return obligation.Uniform(obligation.Borrowed)
	case "closes":
		return obligation.Uniform(obligation.Released)
	case "closesOnError":
		return obligation.Effect{Zero: obligation.Borrowed, NonZero: obligation.Released}
	case "closesOrNot", "closesUnlessEmpty", "closesUnlessKept", "endIf":
		return obligation.Uniform(obligation.Released | obligation.Borrowed)
	case "wrap":
		return obligation.Effect{
			Zero: obligation.Borrowed, NonZero: obligation.Borrowed,
			Aliases: []obligation.Alias{{Result: 0}},
		}
	case "dies":
		return obligation.Effect{}
	}
	return obligation.Uniform(obligation.Escaped)
}

func (fx fakeEffects) Captured(fn *ssa.Function, freeVar int, path pathcond.Path, spec *obligation.Spec) obligation.Effect {
	return obligation.Explore(&obligation.Spec{
		Root: fn, Entry: fn.FreeVars[freeVar], Path: path, Release: spec.Release,
	}, fx).Effect()
}

func (fakeEffects) FuncArg(c *ssa.CallCommon, _ int) leakapi.How {
	switch helper(c) {
	case "once":
		return leakapi.NowOnce
	case "retry":
		return leakapi.NowMany
	case "later":
		return leakapi.Deferred
	case "spawn":
		return leakapi.Goroutine
	}
	return leakapi.HowUnknown
}

func (fakeEffects) NeverNil(c *ssa.CallCommon, _ int) bool {
	name := calleeName(c)
	return name == "errors.New" || name == "fmt.Errorf"
}

func (fakeEffects) NilIff(c *ssa.CallCommon) []leakapi.NilIff {
	if helper(c) == "annotate" {
		return []leakapi.NilIff{{Args: []int{0}}}
	}
	return nil
}

func (fakeEffects) Assumed(c *ssa.CallCommon) ([]leakapi.Assume, bool) {
	switch helper(c) {
	case "must":
		return []leakapi.Assume{{Cond: true, True: true}}, true
	case "noError":
		return []leakapi.Assume{{Nil: true}}, true
	case "gaveUp":
		return nil, false
	}
	return nil, true
}

var shapes = pathcond.NewShapes()

func (fakeEffects) Shapes() *pathcond.Shapes { return shapes }

func (fakeEffects) Pure(c *ssa.CallCommon) (*pathcond.PureFunc, []ssa.Value) {
	if helper(c) == "pure" {
		return &pathcond.PureFunc{Of: c.StaticCallee().Object().(*types.Func)}, c.Args
	}
	return nil, nil
}

// TestEffect folds what a function does with a resource that it is handed.
func TestEffect(t *testing.T) {
	pkg := load(t, "testdata/entry.go")
	for _, fn := range pkg.ssa.Funcs {
		d, ok := fn.Syntax().(*ast.FuncDecl)
		if !ok {
			continue
		}
		_, want, ok := strings.Cut(d.Doc.Text(), "EFFECT: ")
		if !ok {
			continue
		}
		spec := &obligation.Spec{Root: fn, Entry: fn.Params[0], Release: []string{"Close"}, Handle: fn.Params[0].Type()}
		if _, isStruct := fn.Params[0].Type().Underlying().(*types.Struct); isStruct {
			spec.Path, spec.Handle = pathcond.Path([]byte{1}), nil
		}
		eff := obligation.Explore(spec, fakeEffects{}).Effect()
		got := masks(eff.Zero)
		if eff.Zero != eff.NonZero {
			got += ", else " + masks(eff.NonZero)
		}
		for _, a := range eff.Aliases {
			got += fmt.Sprintf(", result %d%s", a.Result, pathText(a.Path))
		}
		if want = strings.TrimSpace(want); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", d.Name.Name, got, want)
		}
	}
}

func masks(m obligation.Mask) string {
	var words []string
	for mask, word := range map[obligation.Mask]string{
		obligation.Borrowed: "borrowed", obligation.Released: "released", obligation.Escaped: "escaped",
	} {
		if m&mask != 0 {
			words = append(words, word)
		}
	}
	if words == nil {
		return "never returns"
	}
	slices.Sort(words)
	return strings.Join(words, "|")
}

// BenchmarkManyVariables follows the first of many resources in one function, whose
// variables others can reach: what a call may change is most of the work.
func BenchmarkManyVariables(b *testing.B) {
	for _, n := range []int{25, 50, 100, 200} {
		var src strings.Builder
		src.WriteString("package p\n\nimport \"os\"\n\nfunc f(use func(**os.File)) error {\n")
		for i := range n {
			fmt.Fprintf(&src, "f%d, err := os.Open(\"x\")\nif err != nil {\nreturn err\n}\nuse(&f%d)\n", i, i)
		}
		src.WriteString("return nil\n}\n")
		pkg := loadSource(b, "p.go", src.String())
		root := pkg.ssa.Funcs[0]
		var call *ssa.Call
		for _, instr := range root.Blocks[0].Instrs {
			if c, ok := instr.(*ssa.Call); ok && call == nil {
				call = c
			}
		}
		spec := &obligation.Spec{Root: root, Call: call, Aliases: []obligation.Alias{{Result: 0}}, When: leakapi.Zero, Release: []string{"Close"}}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				obligation.Explore(spec, borrowing{})
			}
		})
	}
}

// borrowing is an effect of which nothing is known but that arguments come back.
type borrowing struct{ fakeEffects }

func (borrowing) Arg(*ssa.CallCommon, int, pathcond.Path, *obligation.Spec) obligation.Effect {
	return obligation.Uniform(obligation.Borrowed)
}
