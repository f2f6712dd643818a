// Package ssatest builds small programs for the tests of engines, and holds what
// these say of calls to the comments behind the calls.
package ssatest

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// Code is a package of two files: a world that many tests share, and a source
// of functions with expectations.
type Code struct {
	Lines []string // of the source
	Fset  *token.FileSet
	Files []*ast.File
	SSA   *leakssa.Package
}

var std = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "gc", nil) })

// Build builds world, a whole file of package p, and source, which is one but
// for its head. Of imports, paths in the standard library, the source gets those
// that it mentions. The declarations of variables are built if inits says so.
func Build(t *testing.T, world, source string, imports []string, inits bool) *Code {
	t.Helper()
	c := &Code{Fset: token.NewFileSet()}
	head := "import (\n"
	for _, pkg := range imports {
		if base := pkg[strings.LastIndexByte(pkg, '/')+1:]; strings.Contains(source, base+".") {
			head += fmt.Sprintf("%q\n", pkg)
		}
	}
	for _, f := range []string{world, "package p\n" + head + ")\n" + source} {
		file, err := parser.ParseFile(c.Fset, fmt.Sprintf("%d.go", len(c.Files)), f, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		c.Files = append(c.Files, file)
		c.Lines = strings.Split(f, "\n")
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: std()}
	pkg, err := conf.Check("p", c.Fset, c.Files, info)
	if err != nil {
		t.Fatal(err)
	}
	in := leakssa.Input{Fset: c.Fset, Files: c.Files, Pkg: pkg, Info: info}
	if inits {
		in.KeepInit = func(ast.Expr) bool { return true }
	}
	c.SSA = leakssa.Build(in)
	return c
}

// Fn returns a declared function or method.
func (c *Code) Fn(t *testing.T, name string) *ssa.Function {
	t.Helper()
	for _, fn := range c.SSA.Funcs {
		if fn.Parent() == nil && fn.Name() == name {
			return fn
		}
	}
	t.Fatalf("no function %s", name)
	return nil
}

// Calls returns the calls of one of the named functions, in order; name says
// what a call calls.
func (c *Code) Calls(name func(*ssa.CallCommon) string, callees ...string) (found []*ssa.Call) {
	for _, fn := range c.SSA.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok && slices.Contains(callees, name(call.Common())) {
					found = append(found, call)
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *ssa.Call) int { return int(a.Pos() - b.Pos()) })
	return found
}

// Expected returns what the comments at the ends of the source's lines say, by
// line.
func (c *Code) Expected() map[int]string {
	found := map[int]string{}
	for _, group := range c.Files[1].Comments {
		for _, comment := range group.List {
			if c.Fset.Position(comment.Pos()).Column == 1 {
				continue // it speaks of a function
			}
			found[c.Line(comment.Pos())] = strings.TrimSpace(strings.TrimPrefix(comment.Text, "//"))
		}
	}
	return found
}

// Line returns the line of a position.
func (c *Code) Line(p token.Pos) int { return c.Fset.Position(p).Line }

// Check compares what get says of the given calls with the comments behind them.
func (c *Code) Check(t *testing.T, calls []*ssa.Call, get func(*ssa.Call) string) {
	t.Helper()
	want := c.Expected()
	for _, call := range calls {
		line := c.Line(call.Pos())
		text, ok := want[line]
		if !ok {
			continue
		}
		delete(want, line)
		if got := get(call); got != text {
			t.Errorf("%s, line %d: %s: got %q", call.Parent(), line, strings.TrimSpace(c.Lines[line-1]), got)
		}
	}
	for line := range want {
		t.Errorf("nothing is found at %s", c.Lines[line-1])
	}
}
