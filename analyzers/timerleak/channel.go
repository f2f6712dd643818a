package timerleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/report"
)

// once reports a channel that gets one value, made for a case of a select in a loop
// that another case carries on.
func (c *checker) once(cur inspector.Cursor, call *ast.CallExpr, t *leakapi.Timer) {
	if recv := cur.Parent(); isReceive(recv.Node()) {
		c.paced(recv, call)
	}
	if c.collected(t.Collected, call) {
		return
	}
	own, choice := selected(cur)
	if choice == nil || len(choice.Body.List) < 2 {
		return // all that it is made for waits for it
	}
	f := report.Finding{Pos: call.Pos(), End: call.End(), Tier: leakconfig.Audit}
	name, after := types.ExprString(call.Fun), text(call.Args[0])
	loop, ok := place.LoopAround(cur)
	if !ok {
		f.Message = fmt.Sprintf("the timer of %s stays until it fires, %s after another case was ready: stop one of your own", name, after)
		c.r.Report(f)
		return
	}
	var on *ast.CommClause // carries the loop on
	last := c.isLast(cur, choice, loop.Node())
	for _, s := range choice.Body.List {
		if cc := s.(*ast.CommClause); cc != own && (!last && !c.leaves(cc.Body) || continues(cc)) && !c.isEnd(cc.Comm) {
			on = cc
			break
		}
	}
	f.Steps = []report.Step{{Pos: loop.Node().Pos(), Message: "this loop makes one in each round"}}
	if on == nil {
		f.Message = fmt.Sprintf("the timer of %s that the last round of the loop makes stays until it fires, %s later: make one before the loop, and stop it", name, after)
		c.r.Report(f)
		return
	}
	f.Message = fmt.Sprintf("%s makes a timer in each round of the loop at line %d, which stays until it fires, %s later, if another case is ready: make one before the loop, and reset it",
		name, c.line(loop.Node()), after)
	f.Steps = append(f.Steps, report.Step{Pos: on.Pos(), Message: "the loop goes on here with the timer running", Key: true})
	if c.long(call.Args[0]) {
		f.Tier = leakconfig.Default
	}
	c.r.Report(f)
}

// isEnd reports whether a case waits for the end of a context: the loop will see that,
// too.
func (c *checker) isEnd(comm ast.Stmt) bool {
	s, ok := comm.(*ast.ExprStmt)
	if !ok {
		return false
	}
	recv, ok := s.X.(*ast.UnaryExpr)
	if !ok {
		return false
	}
	call, ok := recv.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && leakapi.IsContext(c.pass.TypesInfo.TypeOf(sel.X))
}

// selected returns the case that receives from a call, and its select; nil if the call
// stands elsewhere.
func selected(cur inspector.Cursor) (*ast.CommClause, *ast.SelectStmt) {
	recv := cur.Parent()
	if !isReceive(recv.Node()) {
		return nil, nil
	}
	return caseOf(recv)
}

func isReceive(n ast.Node) bool {
	u, ok := n.(*ast.UnaryExpr)
	return ok && u.Op == token.ARROW
}

// caseOf returns the case of which a receive is the condition, and its select, or nil.
func caseOf(recv inspector.Cursor) (*ast.CommClause, *ast.SelectStmt) {
	up := recv.Parent()
	switch up.Node().(type) {
	case *ast.ExprStmt, *ast.AssignStmt:
		up = up.Parent()
	}
	own, ok := up.Node().(*ast.CommClause)
	if !ok || own.Comm == nil || own.Comm.End() < recv.Node().End() {
		return nil, nil
	}
	choice, _ := up.Parent().Parent().Node().(*ast.SelectStmt)
	return own, choice
}

// long reports whether a duration is not known to be less than a second.
func (c *checker) long(d ast.Expr) bool {
	n, ok := place.Int(c.pass, d)
	return !ok || n >= second
}

// ticking reports a ticker that cannot be stopped, in a function that returns.
func (c *checker) ticking(cur inspector.Cursor, call *ast.CallExpr, t *leakapi.Timer) {
	name := types.ExprString(call.Fun)
	if loop, ok := cur.Parent().Node().(*ast.RangeStmt); ok && loop.X == ast.Expr(call) && c.forever(cur.Parent(), rounds{loop, loop.X, loop.Body}, overTicker(name)) {
		return
	}
	fn, ok := place.Function(cur)
	if !ok || c.collected(t.Collected, call) || place.ForProcess(c.pass.Pkg, place.Declared(cur)) || !returns(place.Body(fn)) {
		return
	}
	if loop, ok := cur.Parent().Node().(*ast.RangeStmt); ok && !canLeave(loop.Body) {
		return
	}
	f := report.Finding{Pos: call.Pos(), End: call.End()}
	f.Message = fmt.Sprintf("the ticker of %s cannot be stopped and outlives %s, which returns: use one of your own and stop it", name, nameOf(cur))
	if place.Command(c.pass.Pkg) {
		f.Tier = leakconfig.Audit
	}
	c.r.Report(f)
}

func nameOf(cur inspector.Cursor) string {
	if d := place.Declared(cur); d != nil {
		return d.Name.Name
	}
	return "the function"
}

// inline reports a ticker that nothing names, so that nothing can stop it.
func (c *checker) inline(cur inspector.Cursor, call *ast.CallExpr, class *leakapi.Class) {
	sel := cur.Parent()
	if s, ok := sel.Node().(*ast.SelectorExpr); !ok || s.X != ast.Expr(call) {
		return
	}
	name := types.ExprString(call.Fun)
	loop, ok := sel.Parent().Node().(*ast.RangeStmt)
	if ok && loop.X == sel.Node().(ast.Expr) && c.forever(sel.Parent(), rounds{loop, loop.X, loop.Body}, overTicker(name)) {
		return
	}
	if class.Audit || c.collected(class.Collected, call) || place.ForProcess(c.pass.Pkg, place.Declared(cur)) {
		return
	}
	if fn, in := place.Function(cur); !in || !returns(place.Body(fn)) || ok && !canLeave(loop.Body) {
		return
	}
	f := report.Finding{Pos: call.Pos(), End: call.End()}
	f.Message = fmt.Sprintf("the %s from %s has no name, so nothing can have it %s when %s returns", class.Noun, name, class.Done, nameOf(cur))
	c.r.Report(f)
}

// named reports a goroutine that ranges over a ticker of its own and does nothing else.
func (c *checker) named(cur inspector.Cursor, call *ast.CallExpr, class *leakapi.Class) {
	fn, ok := place.Function(cur)
	if !ok || class.Audit {
		return
	}
	if loop, ok := c.rangedFor(fn.Node(), call, true); ok {
		if at, ok := fn.FindNode(loop.stmt); ok {
			c.forever(at, loop, overTicker(types.ExprString(call.Fun)))
		}
	}
}

// rounds is a loop of which each round begins with what a channel gives.
type rounds struct {
	stmt ast.Stmt
	over ast.Expr // the channel
	body *ast.BlockStmt
}

// roundsOf returns what a loop is such a loop over: it ranges over a channel, or receives
// first, in a select statement by itself perhaps.
func roundsOf(n ast.Node) (rounds, bool) {
	switch n := n.(type) {
	case *ast.RangeStmt:
		return rounds{n, n.X, n.Body}, true
	case *ast.ForStmt:
		if n.Cond != nil || len(n.Body.List) == 0 {
			return rounds{}, false
		}
		first := n.Body.List[0]
		if sel, ok := first.(*ast.SelectStmt); ok && len(sel.Body.List) == 1 {
			first = sel.Body.List[0].(*ast.CommClause).Comm
		}
		if over := receivedFrom(first); over != nil {
			return rounds{n, over, n.Body}, true
		}
	}
	return rounds{}, false
}

// receivedFrom returns the channel that a statement receives from, and does nothing else, or
// nil.
func receivedFrom(stmt ast.Stmt) ast.Expr {
	var e ast.Expr
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		e = stmt.X
	case *ast.AssignStmt:
		if len(stmt.Rhs) == 1 {
			e = stmt.Rhs[0]
		}
	}
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return u.X
	}
	return nil
}

// rangedFor returns the loop over the channel of what a call in fn makes that nothing
// leads out of, if there is one: the channel is never closed, so what runs the loop does not come
// further. That is fn, or, if deep, a literal in it.
func (c *checker) rangedFor(fn ast.Node, call *ast.CallExpr, deep bool) (found rounds, ok bool) {
	var v *types.Var
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return deep || ast.Node(n) == fn
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 && len(n.Rhs) == 1 && n.Rhs[0] == ast.Expr(call) && n.Tok == token.DEFINE {
				v = place.Variable(c.pass, n.Lhs[0])
			}
		case *ast.RangeStmt, *ast.ForStmt:
			loop, over := roundsOf(n)
			sel, field := loop.over.(*ast.SelectorExpr)
			if over && field && v != nil && place.Variable(c.pass, sel.X) == v && !canLeave(loop.body) {
				found, ok = loop, true
			}
		}
		return true
	})
	return found, ok
}

// overTicker says what goes on for ever with a ticker that name makes.
func overTicker(name string) string { return "ranges over the ticker from " + name }

// paced reports a goroutine that sleeps in each round of an endless loop: call is how it
// does.
func (c *checker) paced(cur inspector.Cursor, call ast.Expr) {
	stmt := cur.Parent()
	if _, ok := stmt.Node().(*ast.ExprStmt); !ok {
		return
	}
	at := stmt.Parent().Parent()
	loop, ok := at.Node().(*ast.ForStmt)
	if ok && loop.Cond == nil && slices.Contains(loop.Body.List, stmt.Node().(ast.Stmt)) {
		c.forever(at, rounds{loop, call, loop.Body}, "sleeps in each round of a loop")
	}
}

// forever reports a goroutine whose loop begins its rounds at certain times and does
// nothing else, and whether it is one; does says how.
func (c *checker) forever(at inspector.Cursor, loop rounds, does string) bool {
	fn, ok := place.Function(at)
	if !ok || canLeave(loop.body) {
		return false
	}
	lit := fn
	if decl, named := fn.Node().(*ast.FuncDecl); named {
		if lit, ok = c.startedAt(decl); !ok {
			return false
		}
	} else if place.RunBy(lit) != token.GO {
		return false
	}
	d := place.Declared(lit)
	if place.ForProcess(c.pass.Pkg, d) {
		return true
	}
	f := report.Finding{Pos: loop.over.Pos(), End: loop.over.End(), Tier: leakconfig.Audit}
	f.Message = fmt.Sprintf("the goroutine that %s starts %s and never ends: wait for its end in a select, too", d.Name.Name, does)
	f.Steps = []report.Step{{Pos: lit.Node().Pos(), Message: "the goroutine starts here", Key: true}}
	_, each := place.LoopAround(lit.Parent())
	if (each || endsOwner(c.pass.TypesInfo, d, partEndings) || c.servesIn(lit, d)) && !c.leaks.RunsOnce(d.Body.Lbrace) {
		f.Tier = leakconfig.Default
	}
	c.r.Report(f)
	return true
}

// startedAt returns the statement that runs a declared function as a goroutine, if nothing
// else names that.
func (c *checker) startedAt(decl *ast.FuncDecl) (inspector.Cursor, bool) {
	obj := c.pass.TypesInfo.Defs[decl.Name]
	var found inspector.Cursor
	started, named := 0, 0
	for cur := range c.files.Preorder((*ast.GoStmt)(nil), (*ast.Ident)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.Ident:
			if obj != nil && c.pass.TypesInfo.Uses[n] == obj {
				named++
			}
		case *ast.GoStmt:
			if fn, ok := typeutil.Callee(c.pass.TypesInfo, n.Call).(*types.Func); ok && types.Object(fn) == obj {
				found = cur
				started++
			}
		}
	}
	return found, started == 1 && named == 1
}

// servesIn reports whether a goroutine starts while a client's request is served.
func (c *checker) servesIn(lit inspector.Cursor, d *ast.FuncDecl) bool {
	requested := func(params *ast.FieldList) bool {
		return slices.ContainsFunc(params.List, func(p *ast.Field) bool {
			t := c.pass.TypesInfo.TypeOf(p.Type)
			return t != nil && c.tables.Request(t) != nil
		})
	}
	for cur := range lit.Enclosing((*ast.FuncLit)(nil)) {
		if requested(cur.Node().(*ast.FuncLit).Type.Params) {
			return true
		}
	}
	return requested(d.Type.Params)
}

// unnamed reports whether the result of a call in fn is only used to select from.
func unnamed(fn ast.Node, call *ast.CallExpr) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.X == ast.Expr(call) {
			found = true
		}
		return !found
	})
	return found
}

// fires reports whether a function waits for the timer from a call, and for nothing
// else, or stops it where something else comes first: then it has fired.
func fires(call *ssa.Call) bool {
	chosen, stopped := false, false
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			stopped = stopped || len(ref.Call.Args) > 0 && ref.Call.Args[0] == ssa.Value(call)
		case *ssa.FieldAddr:
			alone, among := awaited(ref)
			if alone {
				return true
			}
			chosen = chosen || among
		}
	}
	return chosen && stopped
}

// awaited reports whether a channel in a field is received from by itself, or in a select.
func awaited(field *ssa.FieldAddr) (alone, among bool) {
	for _, use := range *field.Referrers() {
		load, ok := use.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, recv := range *load.Referrers() {
			switch recv := recv.(type) {
			case *ssa.UnOp:
				alone = alone || recv.Op == token.ARROW
			case *ssa.Select:
				among = true
			}
		}
	}
	return alone, among
}
