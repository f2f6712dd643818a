package pathcond_test

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// TestPaths follows every path of the fixture's functions. At each call of
// know, the comment on the line says what the condition is there: true, false
// or maybe, and several of them where paths differ.
func TestPaths(t *testing.T) {
	fset, file, pkg := build(t, "testdata/paths.go")
	want := map[int]string{}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if text, ok := strings.CutPrefix(c.Text, "// know: "); ok {
				want[fset.Position(c.Pos()).Line] = text
			}
		}
	}
	if len(want) == 0 {
		t.Fatal("the fixture expects nothing")
	}
	got := map[int][]string{}
	for _, fn := range pkg.Funcs {
		if fn.Parent() != nil {
			continue
		}
		w := &walker{t: t, u: pathcond.NewUniverse(fn, pathcond.NewShapes()), seen: map[string]bool{}}
		w.know = func(call *ssa.Call, truth pathcond.Truth) {
			line := fset.Position(call.Pos()).Line
			got[line] = append(got[line], []string{"maybe", "true", "false"}[truth])
		}
		w.walk(pathcond.NewState(w.u), fn.Blocks[0], 0)
	}
	for line, text := range want {
		words := got[line]
		slices.Sort(words)
		if found := strings.Join(slices.Compact(words), " "); found != text {
			t.Errorf("testdata/paths.go:%d: got %q, want %q", line, found, text)
		}
		delete(got, line)
	}
	for line := range got {
		t.Errorf("testdata/paths.go:%d: nothing is expected", line)
	}
}

func build(t *testing.T, name string) (*token.FileSet, *ast.File, *leakssa.Package) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return fset, file, leakssa.Build(leakssa.Input{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, Info: info})
}

// walker is the least that a user of the package does: it takes both ways at
// a branch that nothing decides, and lets unknown calls change what they see.
type walker struct {
	t    testing.TB
	u    *pathcond.Universe
	know func(*ssa.Call, pathcond.Truth)
	seen map[string]bool
	left *int // how many blocks may still be entered; nil for any number
}

func (w *walker) walk(s *pathcond.State, b *ssa.BasicBlock, depth int) {
	if w.left != nil {
		if *w.left == 0 {
			return
		}
		*w.left--
	}
	if depth > 200 {
		w.t.Errorf("%s: paths do not end", b.Parent())
		return
	}
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case *ssa.Phi:
		case *ssa.Call:
			w.call(s, instr)
		case *ssa.Jump:
			w.enter(s, b, b.Succs[0], depth)
		case *ssa.If:
			c := s.Value(instr.Cond)
			for i, truth := range []bool{true, false} {
				if q := s.Clone(); q.Assume(c, truth) {
					w.enter(q, b, b.Succs[i], depth)
				}
			}
		case *ssa.Return, *ssa.Panic:
		default:
			s.Exec(instr)
		}
	}
}

func (w *walker) enter(s *pathcond.State, from, to *ssa.BasicBlock, depth int) {
	s = s.Clone()
	s.Enter(from, to)
	key := string(s.AppendKey([]byte{byte(to.Index)}))
	if !w.seen[key] {
		w.seen[key] = true
		w.walk(s, to, depth+1)
	}
}

func (w *walker) call(s *pathcond.State, call *ssa.Call) {
	if w.u.InLoop(call.Block()) {
		s.Redefine(call)
	}
	if fn := call.Call.StaticCallee(); fn != nil && fn.Name() == "know" {
		w.know(call, s.Eval(s.Value(call.Call.Args[0])))
		return
	}
	forget := func(pathcond.Sym) bool { return false }
	for _, a := range call.Call.Args {
		if root := w.u.Root(s.Value(a)); w.u.Local(root) {
			s.Escape(root)
		}
	}
	for _, x := range s.EscapedVars() {
		s.Clobber(x, call, forget)
	}
}

// state returns a state of a function with parameters p (a pointer) and n.
func state(t *testing.T) (*pathcond.State, *ssa.Function) {
	t.Helper()
	_, _, pkg := build(t, "testdata/paths.go")
	for _, fn := range pkg.Funcs {
		if fn.Name() == "linked" {
			return pathcond.NewState(pathcond.NewUniverse(fn, pathcond.NewShapes())), fn
		}
	}
	t.Fatal("no function linked")
	return nil, nil
}

func TestLink(t *testing.T) {
	for _, path := range []pathcond.Path{"\x00", "\x01", "\x01\x00", "\x02\x01\x00", pathcond.Path([]byte{pathcond.StepDeref}), pathcond.Path([]byte{3, pathcond.StepElement})} {
		s, fn := state(t)
		x := s.U.Of(fn.Params[0])
		if s.Reaches(x) {
			t.Fatal("the resource is reached before anything leads to it")
		}
		s.Link(x, path)
		if got, ok := s.PathFrom(x); !ok || got != path {
			t.Errorf("linked by %q, reached by %q, %v", path, got, ok)
		}
		if s.Reaches(s.U.Of(fn.Params[1])) {
			t.Error("another value leads to the resource")
		}
	}
	s, _ := state(t)
	if p, ok := s.PathFrom(s.U.Resource()); !ok || p != "" {
		t.Errorf("the resource is reached from itself by %q, %v", p, ok)
	}
}

func TestFieldBounds(t *testing.T) {
	s, fn := state(t)
	x := s.U.Of(fn.Params[0])
	if lo, hi := s.FieldBounds(x, "\x01"); lo != math.MinInt64 || hi != math.MaxInt64 {
		t.Errorf("of an unknown field: %d, %d", lo, hi)
	}
	for _, b := range fn.Blocks { // if p.n >= 200 { if p.n < 300 { ... } }
		for _, instr := range b.Instrs {
			if branch, ok := instr.(*ssa.If); ok {
				if !s.Assume(s.Value(branch.Cond), true) {
					t.Fatal("the condition cannot be")
				}
			} else if _, ok := instr.(*ssa.Call); !ok {
				s.Exec(instr)
			}
		}
	}
	if lo, hi := s.FieldBounds(x, "\x01"); lo != 200 || hi != 299 {
		t.Errorf("got %d, %d, want 200, 299", lo, hi)
	}
}

func TestAppendKey(t *testing.T) {
	s, fn := state(t)
	x, y := s.U.Of(fn.Params[0]), s.U.Of(fn.Params[1])
	a, b := s.Clone(), s.Clone()
	a.SetNil(x, false)
	a.SetBool(y, true)
	b.SetBool(y, true)
	b.SetNil(x, false)
	if !bytes.Equal(a.AppendKey(nil), b.AppendKey(nil)) {
		t.Error("the order of learning makes a difference")
	}
	if bytes.Equal(a.AppendKey(nil), s.AppendKey(nil)) {
		t.Error("a clone's facts are the original's, or make no difference")
	}
	for name, change := range map[string]func(*pathcond.State){
		"nil":     func(s *pathcond.State) { s.SetNil(x, true) },
		"value":   func(s *pathcond.State) { s.SetValue(fn.Params[1], x) },
		"memory":  func(s *pathcond.State) { s.Put(s.U.AddrOf(x, 0), y) },
		"escaped": func(s *pathcond.State) { s.Escape(y) },
	} {
		c := a.Clone()
		change(c)
		if bytes.Equal(a.AppendKey(nil), c.AppendKey(nil)) {
			t.Errorf("%s makes no difference", name)
		}
	}
}
