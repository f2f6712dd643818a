package report

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/place"
)

// Tables returns what the tables say if the package imports one that about accepts, or
// nil.
func (r *Reporter) Tables(about func(t *leakapi.Tables, pkg string) bool) *leakapi.Tables {
	tables, err := leakapi.Builtin().With("leakconfig.tables", r.cfg.Tables)
	if err != nil || !slices.ContainsFunc(r.pass.Pkg.Imports(), func(p *types.Package) bool { return about(tables, p.Path()) }) {
		return nil // of the error leaksummary tells
	}
	return tables
}

// Tests reports whether fn belongs to a test or helps one, and the settings do
// not ask for tests.
func (r *Reporter) Tests(fn *ssa.Function) bool {
	if syntax := fn.Syntax(); syntax != nil && !r.cfg.Tests && (r.IsTest(syntax.Pos()) || r.helpsTests(syntax.Pos()) || r.servesTests(leakssa.Declared(fn))) {
		return true
	}
	if !r.cfg.Tests && standsIn(leakssa.Declared(fn)) {
		return true
	}
	for ; fn != nil; fn = fn.Parent() {
		for _, p := range fn.Params {
			if isTesting(p.Type()) {
				return true
			}
		}
	}
	return false
}

// SupportsTests reports whether the package's name says that it is for tests, or its own
// files, other than its tests, import package testing: what lives long in it lives as
// long as a test.
func (r *Reporter) SupportsTests() bool {
	return !r.cfg.Tests && (r.NamedForTests() || slices.ContainsFunc(r.pass.Files, func(f *ast.File) bool {
		return !r.IsTest(f.FileStart) && slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"testing"` })
	}))
}

// NamedForTests reports whether the package's name says that it is for tests, and the
// settings do not ask for these.
func (r *Reporter) NamedForTests() bool {
	return !r.cfg.Tests && isTestDir(path.Base(r.pass.Pkg.Path()))
}

// testDirs are what packages that only tests use are called, beside names that begin or
// end with test or testing.
var testDirs = map[string]bool{"e2e": true, "fake": true, "fakes": true, "mock": true, "mocks": true}

// noTests are names that end with test by chance.
var noTests = map[string]bool{"attest": true, "contest": true, "latest": true, "protest": true}

func isTestDir(name string) bool {
	return testDirs[name] || strings.HasPrefix(name, "test") || strings.HasSuffix(name, "testing") || strings.HasSuffix(name, "test") && !noTests[name]
}

// helpsTests reports whether the file at pos imports what only tests need, or
// its name or package says so.
func (r *Reporter) helpsTests(pos token.Pos) bool {
	if isTestDir(path.Base(r.pass.Pkg.Path())) {
		return true
	}
	name := path.Base(filepath.ToSlash(r.pass.Fset.Position(pos).Filename))
	if strings.HasSuffix(name, "_mock.go") || strings.HasPrefix(name, "mock_") {
		return true
	}
	f := place.File(r.pass, pos)
	return f != nil && slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool {
		switch s.Path.Value {
		case `"net/http/httptest"`:
			return saysTest(name) || saysTest(path.Base(r.pass.Pkg.Path()))
		case `"testing"`, `"github.com/stretchr/testify/require"`, `"github.com/stretchr/testify/assert"`:
			return true
		}
		return false
	})
}

// saysTest reports whether the name of a file or package says that it is for tests.
func saysTest(name string) bool {
	for _, w := range []string{"test", "fake", "mock", "stub"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// servesTests reports whether a function mentions the package that fakes servers
// and requests.
func (r *Reporter) servesTests(fn *ssa.Function) bool {
	syntax := fn.Syntax()
	if syntax == nil {
		return false
	}
	found, ok := r.testServers[fn]
	if ok {
		return found
	}
	ast.Inspect(syntax, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok {
			id, isIdent := sel.X.(*ast.Ident)
			found = found || isIdent && id.Name == "httptest"
		}
		return !found
	})
	r.testServers[fn] = found
	return found
}

// standsIn reports whether a method's type is, by its name, what tests use in place of
// another.
func standsIn(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	t := recv.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	return leakssa.StandsIn(named.Obj().Name())
}

// InCleanup reports whether the name of the declared function around fn says
// that it cleans up: its work must be done when the request is over.
func InCleanup(fn *ssa.Function) bool {
	return CleansUp(leakssa.Declared(fn).Name())
}

// isTesting reports whether a parameter's type marks a helper of tests: it is
// of package testing, a struct that embeds such a type, or an interface that is named
// for tests and can fail one, as those of testify and gomock.
func isTesting(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	if named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "testing" {
		return true
	}
	if types.IsInterface(named) {
		return strings.HasPrefix(named.Obj().Name(), "Test") && (leakapi.Method(named, nil, "Errorf") != nil || leakapi.Method(named, nil, "Fatalf") != nil)
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if f.Embedded() && isTesting(f.Type()) {
			return true
		}
	}
	return false
}

// cleanupWords mark functions that must do their work even though the request
// is over.
var cleanupWords = map[string]bool{
	"abort": true, "cancel": true, "clean": true, "cleanup": true, "close": true, "compensate": true,
	"deregister": true, "destroy": true, "detach": true, "disconnect": true, "dispose": true, "drain": true,
	"exit": true, "finalize": true, "finish": true, "flush": true, "kill": true, "leave": true, "orphan": true, "orphaned": true, "orphans": true, "quit": true,
	"release": true, "resign": true, "revert": true, "revoke": true, "rollback": true, "shut": true,
	"shutdown": true, "stop": true, "tear": true, "teardown": true, "terminate": true, "undo": true,
	"unlock": true, "unregister": true,
}

// CleansUp reports whether a function's name says that it cleans up.
func CleansUp(name string) bool {
	for _, w := range leakssa.Words(name) {
		if cleanupWords[w] {
			return true
		}
	}
	return false
}

// Undoes reports whether a function's name says that it takes something away:
// after a failure that cleans up.
func Undoes(name string) bool {
	for _, w := range leakssa.Words(name) {
		if w == "delete" || w == "remove" || w == "purge" {
			return true
		}
	}
	return false
}
