package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/origin"
)

// StoredIn returns the field or package-level variable in which a path leaves the
// resource: itself, or as what a cell such as an atomic pointer holds. It is nil if
// that is not known.
func (r *Result) StoredIn(x obligation.Exit) *types.Var {
	if r == nil || r.s == nil || x.Field != nil {
		return x.Field
	}
	if st, ok := x.Instr.(*ssa.Store); ok {
		return origin.VarAt(st.Addr)
	}
	return origin.VarAt(r.s.cell(x.Instr))
}

// cell returns the address of the cell that a call puts its argument into, or nil.
func (s *summarizer) cell(instr ssa.Instruction) ssa.Value {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return nil
	}
	obj, _ := s.callee(call.Common())
	if obj == nil {
		return nil
	}
	i := s.cellOf(obj)
	if i < 0 || i >= len(call.Call.Args) {
		return nil
	}
	return call.Call.Args[i]
}

// cellOf returns the argument of a function that is a cell it puts another one
// into, or -1.
func (s *summarizer) cellOf(fn *types.Func) int {
	if row := s.row(fn); row != nil {
		for _, a := range row.Args {
			if a.Cell {
				return a.In
			}
		}
	}
	return -1
}

// reads reports whether a method hands out what the cell that it is called on holds.
func (s *summarizer) reads(fn *types.Func) bool {
	row := s.row(fn)
	return row != nil && slices.ContainsFunc(row.Args, func(a leakapi.Arg) bool { return a.Effect == leakapi.Alias && a.Index == 0 })
}

// Replaced returns the field or package-level variable in which the path to x leaves
// what a acquired, if it takes the place of an earlier one there that nothing
// releases: the function runs again for the same owner, and neither it, nor what
// calls it, nor what those call looks at what is there. Else it returns nil.
func (r *Result) Replaced(x obligation.Exit, a *Acquisition) *types.Var {
	if r == nil || r.s == nil {
		return nil
	}
	s := r.s
	s.indexFuncs()
	in := s.funcs.at(x.Instr.Pos())
	if in == nil {
		return nil
	}
	if v := r.StoredIn(x); v != nil {
		if !s.Takes(v) && s.replaces(x, a, in, location{v: v}) {
			return v
		}
		return nil
	}
	prm, ok := s.cell(x.Instr).(*ssa.Parameter)
	if !ok || prm.Parent().Syntax() != ast.Node(in.decl) {
		return nil
	}
	var found *types.Var
	for _, p := range s.given(in, slices.Index(prm.Parent().Params, prm)) {
		p.param, _ = prm.Object().(*types.Var)
		if !s.replaces(x, a, in, p) {
			return nil
		}
		if found == nil {
			found = p.v
		}
	}
	return found
}

// location is where something is kept.
type location struct {
	v     *types.Var
	param *types.Var          // what points to it in the function that puts it there, if that gets it
	lent  map[*ast.Ident]bool // where it is given to that function
}

// given returns the places that callers of a function give it the addresses of, or
// nil if they are not all known.
func (s *summarizer) given(to *funcNode, param int) []location {
	if to.decl.Recv != nil {
		param--
	}
	var found []location
	for _, site := range to.sites {
		if site == nil || param < 0 || param >= len(site.Args) {
			return nil
		}
		addr, ok := ast.Unparen(site.Args[param]).(*ast.UnaryExpr)
		if !ok || addr.Op != token.AND {
			return nil
		}
		sel, ok := ast.Unparen(addr.X).(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		v, ok := s.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
		if !ok {
			return nil
		}
		i := slices.IndexFunc(found, func(p location) bool { return p.v == v.Origin() })
		if i < 0 {
			found = append(found, location{v: v.Origin(), lent: map[*ast.Ident]bool{}})
			i = len(found) - 1
		}
		found[i].lent[sel.Sel] = true
	}
	return found
}

func (s *summarizer) replaces(x obligation.Exit, a *Acquisition, in *funcNode, p location) bool {
	if p.v.Exported() || p.v.Embedded() || p.v.Pkg() != s.pass.Pkg {
		return false
	}
	callers := s.funcs.callers(in)
	near := s.funcs.callees(append(slices.Clone(callers), in))
	around := s.funcs.callees(s.funcs.repeaters(append(slices.Clone(callers), in)))
	before := false // it has been set when the function runs
	for _, m := range s.mentions(p, a.Class) {
		switch {
		case m.kind == sets:
			other := m.in != nil && m.in != in && !slices.Contains(callers, m.in)
			before = before || other && m.value && (m.made || around[m.in])
		case m.in == in && (m.kind != borrows || m.pos < x.Instr.Pos()):
			return false
		case m.in == nil || near[m.in] && m.kind != borrows:
			return false
		}
	}
	return inLoop(x.Instr, a.Call) || renews(in.decl.Name.Name) || before && len(around) > 0
}

// inLoop reports whether control comes from a store back to the call, with the same
// owner for what is stored.
func inLoop(store ssa.Instruction, call *ssa.Call) bool {
	st, ok := store.(*ssa.Store)
	if !ok || store.Parent() != call.Parent() {
		return false
	}
	fa, ok := st.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	if _, ok := fa.X.(*ssa.Parameter); !ok {
		return false
	}
	leads := leakssa.LeadTo(call.Block())
	return slices.ContainsFunc(store.Block().Succs, func(b *ssa.BasicBlock) bool { return leads[b] })
}

// again are words that begin the names of functions whose work is to put something
// in the place of what was there.
var again = map[string]bool{
	"reacquire": true, "reattach": true, "rebind": true, "rebuild": true, "reconfigure": true, "reconnect": true, "recreate": true, "redial": true,
	"refresh": true, "reinit": true, "reload": true, "relogin": true, "renew": true, "reopen": true, "replace": true, "resubscribe": true, "restart": true,
	"roll": true, "rollover": true, "rotate": true,
}

func renews(name string) bool {
	words := leakssa.Words(name)
	return len(words) > 0 && again[words[0]]
}

// mention is a use of a field.
type mention struct {
	in    *funcNode // nil outside of functions
	pos   token.Pos
	kind  use
	value bool // it is set to something other than nil
	made  bool // where its owner is made
}

// mentions returns the uses of a location outside of tests.
func (s *summarizer) mentions(p location, class *leakapi.Class) []mention {
	var found []mention
	u := s.usesOfField(p.v, class)
	u.param = p.param
	u.note = func(id *ast.Ident, kind use, value ast.Expr) {
		m := mention{in: s.funcs.at(id.Pos()), pos: id.Pos(), kind: kind}
		if p.lent[id] {
			m.kind = borrows // what that does with it is seen there
		}
		if kind == sets {
			m.value = value == nil || !s.pass.TypesInfo.Types[value].IsNil()
			_, m.made = u.stack[len(u.stack)-1].(*ast.KeyValueExpr)
		}
		found = append(found, m)
	}
	u.walk(s)
	return found
}

// funcNode is a declared function of the package in its call graph.
type funcNode struct {
	decl    *ast.FuncDecl
	calls   []*funcNode
	called  []*funcNode
	sites   []*ast.CallExpr // its uses; nil for one that is no call
	repeats []*funcNode     // who has it run more than once: calls it in a loop, or hands it on
}

// funcIndex is the package's call graph, as far as calls name functions.
type funcIndex struct {
	nodes []*funcNode // by position
}

func (s *summarizer) indexFuncs() {
	if s.funcs != nil {
		return
	}
	s.funcs = &funcIndex{}
	byObj := map[types.Object]*funcNode{}
	for _, f := range s.pass.Files {
		if s.inTest(f.FileStart) {
			continue
		}
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Body != nil {
				n := &funcNode{decl: d}
				byObj[s.pass.TypesInfo.Defs[d.Name]] = n
				s.funcs.nodes = append(s.funcs.nodes, n)
			}
		}
	}
	slices.SortFunc(s.funcs.nodes, func(a, b *funcNode) int { return int(a.decl.Pos() - b.decl.Pos()) })
	for _, n := range s.funcs.nodes {
		loops := 0
		var stack []ast.Node
		ast.Inspect(n.decl.Body, func(node ast.Node) bool {
			if node == nil {
				top := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if isLoop(top) {
					loops--
				}
				return true
			}
			if id, ok := node.(*ast.Ident); ok {
				if fn, ok := s.pass.TypesInfo.Uses[id].(*types.Func); ok {
					if to := byObj[fn.Origin()]; to != nil {
						site := callOf(stack, id)
						called := site != nil
						to.sites = append(to.sites, site)
						if called {
							n.calls = append(n.calls, to)
							to.called = append(to.called, n)
						}
						if !called || loops > 0 {
							to.repeats = append(to.repeats, n)
						}
					}
				}
			}
			if isLoop(node) {
				loops++
			}
			stack = append(stack, node)
			return true
		})
	}
}

func isLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// callOf returns the call whose function an identifier below a stack of nodes names,
// or nil.
func callOf(stack []ast.Node, id *ast.Ident) *ast.CallExpr {
	var expr ast.Expr = id
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.SelectorExpr:
			if n.Sel != expr {
				return nil
			}
			expr = n
		case *ast.ParenExpr, *ast.IndexExpr, *ast.IndexListExpr:
			expr = n.(ast.Expr)
		case *ast.CallExpr:
			if n.Fun == expr {
				return n
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// at returns the function around a position, or nil.
func (x *funcIndex) at(pos token.Pos) *funcNode {
	i, ok := slices.BinarySearchFunc(x.nodes, pos, func(n *funcNode, pos token.Pos) int {
		switch {
		case n.decl.End() <= pos:
			return -1
		case n.decl.Pos() > pos:
			return 1
		}
		return 0
	})
	if !ok {
		return nil
	}
	return x.nodes[i]
}

// callers returns what calls a function, and what calls that.
func (x *funcIndex) callers(n *funcNode) []*funcNode {
	var found []*funcNode
	for work := slices.Clone(n.called); len(work) > 0; {
		c := work[len(work)-1]
		work = work[:len(work)-1]
		if c != n && !slices.Contains(found, c) {
			found = append(found, c)
			work = append(work, c.called...)
		}
	}
	return found
}

// callees returns the functions of a list, and all that they call.
func (x *funcIndex) callees(work []*funcNode) map[*funcNode]bool {
	found := map[*funcNode]bool{}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if !found[n] {
			found[n] = true
			work = append(work, n.calls...)
		}
	}
	return found
}

// repeaters returns who may have one of the functions run more than once.
func (x *funcIndex) repeaters(of []*funcNode) []*funcNode {
	var found []*funcNode
	for _, n := range of {
		found = append(found, n.repeats...)
	}
	return found
}
