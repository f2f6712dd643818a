package errcache

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/report"
)

func finding(f leaksummary.Failure) report.Finding {
	out := report.Finding{Message: message(f)}
	out.Pos, out.End = place(f.At)
	out.Steps = append(out.Steps, report.Step{Pos: f.Call.Pos(), Message: "the error comes from here", Key: true})
	if f.CacheSite.Inner != nil {
		out.Steps = append(out.Steps, report.Step{Pos: f.CacheSite.Inner.Pos(), Message: "it is kept here", Key: true})
	}
	return out
}

// answer reports an answer that is kept whatever its status: perhaps it cannot fail.
func answer(a leaksummary.Answer) report.Finding {
	out := report.Finding{Tier: leakconfig.Audit}
	out.Pos, out.End = place(a.At)
	what := fmt.Sprintf("what %s (called at line %d) answered", a.Callee, line(a.Call))
	if a.Handler {
		what = fmt.Sprintf("what %s (called at line %d) wrote", a.Callee, line(a.Call))
	}
	out.Message = fmt.Sprintf("%s is cached in %s whatever its status: a failure answers later calls", what, a.Into)
	out.Steps = []report.Step{{Pos: a.Call.Pos(), Message: "nothing looks at the status of this answer", Key: true}}
	return out
}

// sticky reports an error that later successes leave in place: perhaps its readers
// know which of the two is newer.
func sticky(s leaksummary.Sticky) report.Finding {
	out := report.Finding{Tier: leakconfig.Audit, Pos: s.At.Pos(), End: s.At.Pos()}
	callee := "the call"
	if m := s.Call.Call.Method; m != nil {
		callee = m.Name()
	} else if fn := s.Call.Call.StaticCallee(); fn != nil {
		callee = fn.Name()
	}
	out.Message = fmt.Sprintf("%s stays set in %s once %s (called at line %d) has failed: a later success keeps the entry and does not clear it",
		s.Field.Name(), s.Into, callee, line(s.Call))
	out.Steps = []report.Step{{Pos: s.Put.Pos(), Message: "the entry is kept here, whether the call failed or not", Key: true}}
	return out
}

// place returns where an instruction stands.
func place(at ssa.Instruction) (pos, end token.Pos) {
	if call, ok := at.(ssa.CallInstruction); ok {
		return leakssa.Span(call)
	}
	if up, ok := at.(*ssa.MapUpdate); ok {
		if x := leakssa.IndexExpr(up); x != nil {
			return x.Pos(), x.End()
		}
	}
	return at.Pos(), at.Pos()
}

func message(f leaksummary.Failure) string {
	value, err := assigned(f.Call)
	if value == "" || f.Call.Call.Signature().Results().Len() > 2 {
		value = "the result of " + f.Callee
	}
	called := fmt.Sprintf("%s (called at line %d)", f.Callee, line(f.Call))
	switch {
	case f.Lost:
		return fmt.Sprintf("%s runs once: if %s fails, later calls get no result and no error", f.Into, called)
	case f.Kind == errflow.Kept:
		return fmt.Sprintf("%s keeps the first failure of %s for ever: nothing tries again", f.Into, called)
	case f.LoaderOf != "" && f.Kind == errflow.Value:
		return fmt.Sprintf("%s caches %s, which the loader returns without an error although %s failed", f.Into, value, called)
	case f.LoaderOf != "":
		return fmt.Sprintf("%s caches what the loader returns without an error although %s failed", f.Into, called)
	case f.Kind == errflow.StandIn:
		return fmt.Sprintf("a failure of %s is cached in %s as %s, and answers later calls", called, f.Into, standIn(f.Put.Value))
	case f.Kind == errflow.Itself:
		if err == "" {
			err = "the error"
		}
		return fmt.Sprintf("%s of %s is cached in %s, and answers later calls", err, called, f.Into)
	case f.Failed:
		return fmt.Sprintf("%s is cached in %s even if %s has failed", value, f.Into, called)
	case f.Blank:
		return fmt.Sprintf("%s is cached in %s although the error of %s is thrown away", value, f.Into, called)
	}
	return fmt.Sprintf("%s is cached in %s before %s of %s is checked", value, f.Into, err, called)
}

// standIn names what is kept in place of a result.
func standIn(v ssa.Value) string {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		v = mi.X
	}
	if k, ok := v.(*ssa.Const); ok {
		if k.Value == nil {
			return "nil"
		}
		return k.Value.String()
	}
	return "an empty value"
}

func line(at ssa.Instruction) int {
	fn := at.Parent()
	return fn.Prog.Fset.Position(at.Pos()).Line
}

// assigned returns the names that a call's first result and its error are given,
// or "".
func assigned(call *ssa.Call) (value, err string) {
	err = "the error"
	expr := leakssa.CallExpr(call)
	syntax := call.Parent().Syntax()
	if expr == nil || syntax == nil {
		return "", err
	}
	result := errflow.ErrorResult(call.Call.Signature())
	name := func(e ast.Expr) string {
		if text := types.ExprString(e); text != "_" && len(text) <= 24 {
			return text
		}
		return ""
	}
	take := func(n int, at func(int) ast.Expr) {
		for i := range n {
			if at(i) == nil {
				continue
			}
			if i == result {
				if text := name(at(i)); text != "" {
					err = text
				}
			} else if value == "" {
				value = name(at(i))
			}
		}
	}
	ast.Inspect(syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 && ast.Unparen(n.Rhs[0]) == ast.Expr(expr) {
				take(len(n.Lhs), func(i int) ast.Expr { return n.Lhs[i] })
			}
		case *ast.ValueSpec:
			if len(n.Values) == 1 && ast.Unparen(n.Values[0]) == ast.Expr(expr) {
				take(len(n.Names), func(i int) ast.Expr { return n.Names[i] })
			}
		}
		return true
	})
	return value, err
}
