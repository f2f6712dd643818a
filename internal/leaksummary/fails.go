package leaksummary

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// FailsWith returns a path on which a method that has stored what it acquires in a field of
// its receiver puts something else there (Within is false), or fails, and the field:
// nothing on the way releases the first. It reports false if there is none, or if who
// calls a method that fails may end the receiver then, as far as the package shows.
func (r *Result) FailsWith(a *Acquisition) (obligation.Exit, *types.Var, bool) {
	none := obligation.Exit{}
	fn := a.Call.Parent()
	recv := fn.Signature.Recv()
	if recv == nil || enders[fn.Name()] {
		return none, nil, false
	}
	var field *types.Var
	for _, x := range a.Result.Exits {
		st, ok := x.Instr.(*ssa.Store)
		if !ok || x.Fate != obligation.Stored || field != nil {
			continue
		}
		if fa, ok := st.Addr.(*ssa.FieldAddr); ok && fa.X == ssa.Value(fn.Params[0]) {
			field = leakssa.FieldAt(fa.X.Type(), fa.Field)
		}
	}
	if field == nil || r.s.asksFor(field, a.Class, fn) {
		return none, nil, false
	}
	spec := r.s.spec(a, fn)
	spec.Keeps = true
	res := r.s.explorePaths(spec)
	if res.GaveUp {
		return none, nil, false
	}
	i := slices.IndexFunc(res.Exits, func(x obligation.Exit) bool {
		return (x.Fate == obligation.Open && !x.Within || x.Fate == obligation.Overwritten) && !x.Doubtful && !x.Beside
	})
	if i < 0 && failing(fn.Signature) && begins(fn.Name()) && !a.Class.Calls() && !r.s.calledWithEnd(fn, namedOf(recv.Type())) {
		i = slices.IndexFunc(res.Exits, func(x obligation.Exit) bool {
			return x.Fate == obligation.Open && x.Within && x.Last == leakapi.NonZero && !x.Doubtful && !x.Beside
		})
	}
	if i < 0 {
		return none, nil, false
	}
	return res.Exits[i], field, true
}

// asksFor reports whether fn asks whether a field is set: what is there is for its next
// call, too.
func (s *summarizer) asksFor(field *types.Var, class *leakapi.Class, fn *ssa.Function) bool {
	s.indexFuncs()
	in := s.funcs.at(fn.Pos())
	return slices.ContainsFunc(s.mentions(location{v: field}, class), func(m mention) bool { return m.in == in && m.kind == asks })
}

// begins reports whether a method's name says that its receiver is of no use if it fails.
func begins(name string) bool {
	words := leakssa.Words(name)
	return len(words) > 0 && beginWords[words[0]]
}

var beginWords = map[string]bool{
	"attach": true, "begin": true, "bind": true, "boot": true, "bootstrap": true, "connect": true, "dial": true, "init": true, "initialise": true, "initialize": true,
	"join": true, "launch": true, "listen": true, "login": true, "mount": true, "open": true, "prepare": true, "run": true, "serve": true, "set": true, "setup": true, "start": true,
}

func failing(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && pathcond.IsError(sig.Results().At(n-1).Type())
}

// calledWithEnd reports whether a function that calls fn also ends a value of the type.
func (s *summarizer) calledWithEnd(fn *ssa.Function, of *types.TypeName) bool {
	s.indexFuncs()
	n := s.funcs.at(fn.Pos())
	if n == nil || of == nil {
		return true
	}
	for _, c := range n.called {
		found := false
		ast.Inspect(c.decl.Body, func(node ast.Node) bool {
			if sel, ok := node.(*ast.SelectorExpr); ok {
				m, ok := s.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
				found = found || ok && receiverOf(m) == of && (enders[m.Name()] || m != fn.Object() && speaksOfEnd(m))
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// speaksOfEnd reports whether a method's name speaks of an end.
func speaksOfEnd(m *types.Func) bool {
	return slices.ContainsFunc(leakssa.Words(m.Name()), func(w string) bool { return failEnds[w] })
}

var failEnds = map[string]bool{
	"cleanup": true, "close": true, "destroy": true, "dispose": true, "end": true, "release": true, "reset": true, "shutdown": true, "stop": true, "teardown": true,
}
