package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"reflect"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// LeakTestMark is a fact about functions and types: Depth says through how
// many others a function reaches one whose name starts with Leak.
type LeakTestMark struct{ Depth int }

// AFact marks LeakTestMark as a fact.
func (*LeakTestMark) AFact() {}

func (m *LeakTestMark) String() string { return fmt.Sprintf("mark(%d)", m.Depth) }

// marks answers which objects are marked.
type marks func(types.Object) *LeakTestMark

// markFacts marks types and functions whose names start with Leak, and
// functions that return what a marked function returns.
var markFacts = &analysis.Analyzer{
	Name:       "leaktestfacts",
	Doc:        "leaktestfacts: mark functions that leak",
	Requires:   []*analysis.Analyzer{leakconfig.Analyzer},
	ResultType: reflect.TypeFor[marks](),
	FactTypes:  []analysis.Fact{(*LeakTestMark)(nil)},
	Run:        guard.Run(func() any { return marks(nil) }, runMarkFacts),
}

func runMarkFacts(pass *analysis.Pass) (any, error) {
	lookup := func(obj types.Object) *LeakTestMark {
		var m LeakTestMark
		if obj == nil || obj.Pkg() == nil || !pass.ImportObjectFact(obj, &m) {
			return nil
		}
		return &m
	}
	for _, f := range pass.Files {
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if t, ok := spec.(*ast.TypeSpec); ok && strings.HasPrefix(t.Name.Name, "Leak") {
						pass.ExportObjectFact(pass.TypesInfo.Defs[t.Name], &LeakTestMark{})
					}
				}
			case *ast.FuncDecl:
				if depth := markOf(pass, lookup, decl); depth >= 0 {
					pass.ExportObjectFact(pass.TypesInfo.Defs[decl.Name], &LeakTestMark{depth})
				}
			}
		}
	}
	return marks(lookup), nil
}

// markOf returns a function's depth, or -1 if it gets no mark.
func markOf(pass *analysis.Pass, lookup marks, fn *ast.FuncDecl) int {
	if strings.HasPrefix(fn.Name.Name, "Leak") {
		return 0
	}
	if fn.Body == nil || len(fn.Body.List) == 0 {
		return -1
	}
	ret, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return -1
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok {
		return -1
	}
	if m := lookup(callee(pass, call)); m != nil {
		return m.Depth + 1
	}
	return -1
}

func callee(pass *analysis.Pass, call *ast.CallExpr) types.Object {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return pass.TypesInfo.Uses[fun]
	case *ast.SelectorExpr:
		return pass.TypesInfo.Uses[fun.Sel]
	}
	return nil
}

// markRule reports statements that call a marked function, and variables of
// marked types.
var markRule = &analysis.Analyzer{
	Name: "leaktest",
	Doc: `leaktest: report calls of functions that leak

It serves to test the driver.

# Wrong

	lib.Leak()

# Right

	lib.Tight()

# Advice

close it

# Since

v0.1.0`,
	URL:      "https://example.com/leaktest",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, markFacts},
	Run:      guard.Run(func() any { return nil }, runMarkRule),
}

func runMarkRule(pass *analysis.Pass) (any, error) {
	lookup := pass.ResultOf[markFacts].(marks)
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ExprStmt:
				call, ok := n.X.(*ast.CallExpr)
				if !ok {
					break
				}
				obj := callee(pass, call)
				if m := lookup(obj); m != nil {
					pass.Report(analysis.Diagnostic{
						Pos: n.Pos(), End: n.End(),
						Category: "leaktest",
						Message:  fmt.Sprintf("%s leaks at depth %d", obj.Name(), m.Depth),
						Related:  []analysis.RelatedInformation{{Pos: obj.Pos(), Message: "declared here"}},
						SuggestedFixes: []analysis.SuggestedFix{{
							Message:   "drop the result",
							TextEdits: []analysis.TextEdit{{Pos: n.Pos(), NewText: []byte("_ = ")}},
						}},
					})
				}
			case *ast.ValueSpec:
				if t, ok := types.Unalias(pass.TypesInfo.TypeOf(n.Names[0])).(*types.Named); ok && lookup(t.Obj()) != nil {
					pass.Reportf(n.Pos(), "variable of leaking type %s", t.Obj().Name())
				}
			}
			return true
		})
	}
	return nil, nil
}

// prune removes bodies that call nothing marked by name.
func prune(files []*ast.File) bool {
	left := false
	for _, f := range files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			relevant := false
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				relevant = relevant || ok && strings.Contains(id.Name, "Leak")
				return true
			})
			if !relevant {
				fn.Body = nil
			}
			left = left || relevant
		}
	}
	return left
}

// panicRule panics on packages that declare a constant PanicHere; the guard
// catches it unless the constant PanicBare is declared instead.
var panicRule = &analysis.Analyzer{
	Name:     "leakpanic",
	Doc:      "leakpanic: panic",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Scope().Lookup("PanicBare") != nil {
			panic("bare boom")
		}
		return guard.Run(func() any { return nil }, func(pass *analysis.Pass) (any, error) {
			if pass.Pkg.Scope().Lookup("PanicHere") != nil {
				panic("guarded boom")
			}
			return nil, nil
		})(pass)
	},
}

// blockVar names a directory. The blocking rule leaves there a file called by
// its process's number, and blocks until somebody kills it.
const blockVar = "LEAKVET_TEST_BLOCK"

var blockRule = &analysis.Analyzer{
	Name:     "leakblock",
	Doc:      "leakblock: block",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		if pass.Pkg.Scope().Lookup("BlockHere") != nil && os.Getenv(blockVar) != "" {
			name := fmt.Sprintf("%s/%d", os.Getenv(blockVar), os.Getpid())
			if err := os.WriteFile(name, nil, 0o666); err != nil {
				return nil, err
			}
			time.Sleep(time.Hour)
		}
		return nil, nil
	},
}
