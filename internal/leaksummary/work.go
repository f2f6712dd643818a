package leaksummary

import (
	"go/ast"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

const (
	// maxNodes bounds what is looked at in one piece, in syntax nodes: a function, or
	// all that package-level variables are set to. Five thousand lines have about as
	// many.
	maxNodes = 40_000
	// maxPackage bounds all of a package that is looked at.
	maxPackage = 40 * maxNodes
)

// oversized counts the functions of the package that are too large to be looked at.
// If the package is too large as a whole, that is all. Of tests, which tell nothing to
// other packages, only what is too large is left out.
func (s *summarizer) oversized(wanted map[*ast.FuncDecl]bool, inits bool) int {
	found := 0
	var own, tests []ast.Node
	for d := range wanted {
		large := moreNodes(maxNodes, d.Body)
		switch {
		case !s.inTest(d.Pos()):
			own = append(own, d.Body)
			if large {
				found++
			}
		case large:
			delete(wanted, d)
		default:
			tests = append(tests, d.Body)
		}
	}
	if moreNodes(maxPackage, own...) {
		return len(own)
	}
	if moreNodes(maxPackage, tests...) {
		maps.DeleteFunc(wanted, func(d *ast.FuncDecl, _ bool) bool { return s.inTest(d.Pos()) })
	}
	if inits {
		var values []ast.Node
		for _, init := range s.pass.TypesInfo.InitOrder {
			if !s.inTest(init.Rhs.Pos()) {
				values = append(values, init.Rhs)
			}
		}
		if moreNodes(maxNodes, values...) {
			found++
		}
	}
	return found
}

// moreNodes reports whether pieces of syntax have more than so many nodes.
func moreNodes(limit int, pieces ...ast.Node) bool {
	text := 0
	for _, n := range pieces {
		text += int(n.End() - n.Pos())
	}
	if text < limit {
		return false // hardly a node is shorter than a byte
	}
	nodes := 0
	for _, n := range pieces {
		ast.Inspect(n, func(n ast.Node) bool {
			if n != nil {
				nodes++
			}
			return nodes <= limit
		})
	}
	return nodes > limit
}

// explorePaths follows a resource and notes whether that was given up.
func (s *summarizer) explorePaths(spec *obligation.Spec) *obligation.Result {
	r := obligation.Explore(spec, s)
	if r.GaveUp {
		s.gaveUp(spec.Root)
	}
	return r
}

// exploreErrors follows the errors of a function and notes whether that was given up.
func (s *summarizer) exploreErrors(fn *ssa.Function, mode errflow.Mode) []errflow.Finding {
	found, ok := errflow.Explore(fn, mode, s)
	if !ok && len(fn.Blocks) > 0 {
		s.gaveUp(fn)
	}
	return found
}

func (s *summarizer) gaveUp(fn *ssa.Function) { s.givenUp[leakssa.Declared(fn)] = true }

// Shapes implements pathcond.Contracts.
func (s *summarizer) Shapes() *pathcond.Shapes { return s.shapes }

// Work returns how many functions were built, and of how many an analysis was given
// up so far, because it would take too long.
func (r *Result) Work() (functions, givenUp int) {
	if r.s == nil || r.s.ssa == nil {
		return 0, r.tooLarge
	}
	return len(r.s.ssa.Funcs), len(r.s.givenUp)
}
