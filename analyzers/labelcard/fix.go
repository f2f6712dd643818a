package labelcard

import (
	"fmt"
	"go/ast"
	"go/types"
	"go/version"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/place"
)

// fix offers to use, in a handler that is registered for a route, the part of
// the request that names the route.
func (c *checker) fix(f *flood) []analysis.SuggestedFix {
	call, ok := f.call.(*ssa.Call)
	if !ok || f.from != nil || !c.sum.Served(call.Parent()) {
		return nil
	}
	expr := leakssa.CallExpr(call)
	if expr == nil {
		return nil
	}
	for _, e := range f.entries {
		if len(e.Way) > 0 {
			continue
		}
		if edit, instead, ok := c.instead(call.Parent(), expr, e); ok {
			return []analysis.SuggestedFix{{
				Message:   fmt.Sprintf("label by %s", instead),
				TextEdits: []analysis.TextEdit{edit},
			}}
		}
	}
	return nil
}

// instead looks in a call for the expression that a label is, as a part of a
// parameter of fn that has another one to use in its place.
func (c *checker) instead(fn *ssa.Function, call *ast.CallExpr, e *origin.Entry) (edit analysis.TextEdit, text string, ok bool) {
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			sel, isSel := n.(*ast.SelectorExpr)
			if ok || !isSel || types.ExprString(sel) != e.Origin.Source.Text {
				return !ok
			}
			root, path, isPath := strings.Cut(types.ExprString(sel), ".")
			for _, p := range fn.Params {
				if !isPath || p.Name() != root {
					continue
				}
				i, found := c.sum.Instead(p.Type(), path)
				if !found || version.Compare(place.Version(c.pass, sel), i.Since) < 0 {
					continue
				}
				text, ok = root+"."+i.Field, true
				edit = analysis.TextEdit{Pos: sel.Pos(), End: sel.End(), NewText: []byte(text)}
			}
			return !ok
		})
	}
	return edit, text, ok
}
