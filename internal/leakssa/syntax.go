package leakssa

import (
	"go/ast"
	"go/token"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// CallExpr returns the syntax of a call, or nil if it has none.
func CallExpr(call *ssa.Call) *ast.CallExpr {
	return find(call, func(c *ast.CallExpr) token.Pos { return c.Lparen })
}

// IndexExpr returns the syntax of the element of a map that an instruction
// updates, or nil if it has none.
func IndexExpr(up *ssa.MapUpdate) *ast.IndexExpr {
	return find(up, func(x *ast.IndexExpr) token.Pos { return x.Lbrack })
}

// find returns the syntax of an instruction: the node of which at says that it is
// where the instruction is.
func find[N ast.Node](instr ssa.Instruction, at func(N) token.Pos) (found N) {
	syn, pos := instr.Parent().Syntax(), instr.Pos()
	if syn == nil || !pos.IsValid() {
		return found
	}
	ast.Inspect(syn, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		if x, ok := n.(N); ok && at(x) == pos {
			found = x
		}
		return true
	})
	return found
}

// Span returns where the expression of a call begins and ends, or the call's
// position twice if it is none.
func Span(call ssa.CallInstruction) (pos, end token.Pos) {
	if c, ok := call.(*ssa.Call); ok {
		if expr := CallExpr(c); expr != nil {
			return expr.Pos(), expr.End()
		}
	}
	return call.Pos(), call.Pos()
}

// Declared returns the declared function that a literal stands in, or fn itself.
func Declared(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// StaticBound reports whether the loop around b runs a number of times that
// the source fixes: it counts to a constant, or ranges over an array.
func StaticBound(b *ssa.BasicBlock) bool {
	l := innermost(b)
	return l != nil && l.ends(func(cond ssa.Value) bool { return counts(cond, isConst) })
}

// Bounded reports whether every loop around b runs as often as there are items in
// something, or as a number says: none waits for what comes.
func Bounded(b *ssa.BasicBlock) bool {
	any := func(ssa.Value) bool { return true }
	for b != nil {
		l := innermost(b)
		if l == nil {
			return true
		}
		if !l.ends(func(cond ssa.Value) bool { return counts(cond, any) || walks(cond) }) {
			return false
		}
		b = l.head.Idom()
	}
	return true
}

// EachRound reports whether each round of the loop around b comes through b.
func EachRound(b *ssa.BasicBlock) bool {
	l := innermost(b)
	if l == nil || l.last == nil {
		return false
	}
	for _, p := range l.head.Preds {
		if l.head.Dominates(p) && !b.Dominates(p) {
			return false
		}
	}
	return true
}

// loop is a loop: its body leads from head to last and back.
type loop struct {
	head, last *ssa.BasicBlock
	body       map[*ssa.BasicBlock]bool
}

// innermost returns the smallest loop around b, or nil.
func innermost(b *ssa.BasicBlock) *loop {
	head := b
	for head != nil && !(isHead(head) && loops(head, b)) {
		head = head.Idom()
	}
	if head == nil {
		return nil
	}
	// Of several loops that begin there, the smallest is meant.
	l := &loop{head: head}
	for _, p := range head.Preds {
		if body := naturalLoop(head, p); body[b] && (l.last == nil || len(body) < len(l.body)) {
			l.last, l.body = p, body
		}
	}
	return l
}

// ends reports whether the loop decides by a condition of that kind, where it begins
// or where its body ends, whether to go on.
func (l *loop) ends(kind func(cond ssa.Value) bool) bool {
	for _, b := range []*ssa.BasicBlock{l.head, l.last} {
		if b == nil {
			continue
		}
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if ok && kind(br.Cond) && slices.ContainsFunc(b.Succs, func(x *ssa.BasicBlock) bool { return !l.body[x] }) {
			return true
		}
	}
	return false
}

// naturalLoop returns the blocks from which control can come to last without
// passing head; none if head does not dominate last.
func naturalLoop(head, last *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	body := map[*ssa.BasicBlock]bool{}
	if !head.Dominates(last) {
		return body
	}
	body[head] = true
	backwards(body, []*ssa.BasicBlock{last})
	return body
}

// counts reports whether a condition compares a counter with what limit accepts.
func counts(cond ssa.Value, limit func(ssa.Value) bool) bool {
	cmp, ok := cond.(*ssa.BinOp)
	return ok && (counted(cmp.X) && limit(cmp.Y) || counted(cmp.Y) && limit(cmp.X))
}

// walks reports whether a condition is that there is a next item of a map or string.
func walks(cond ssa.Value) bool {
	ex, ok := cond.(*ssa.Extract)
	if !ok {
		return false
	}
	_, ok = ex.Tuple.(*ssa.Next)
	return ok
}

func isConst(v ssa.Value) bool {
	_, ok := v.(*ssa.Const)
	return ok
}

// isHead reports whether a loop begins at b.
func isHead(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Preds, b.Dominates) }

// counted reports whether x counts up.
func counted(x ssa.Value) bool {
	if inc, ok := x.(*ssa.BinOp); ok {
		x = inc.X
	}
	phi, ok := x.(*ssa.Phi)
	if !ok {
		return false
	}
	for _, e := range phi.Edges {
		if inc, ok := e.(*ssa.BinOp); ok && inc.X == ssa.Value(phi) {
			return true
		}
	}
	return false
}

// loops reports whether control can go from b back to head.
func loops(head, b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var walk func(*ssa.BasicBlock) bool
	walk = func(x *ssa.BasicBlock) bool {
		for _, s := range x.Succs {
			if s == head {
				return true
			}
			if !seen[s] && (head == b || head.Dominates(s)) {
				seen[s] = true
				if walk(s) {
					return true
				}
			}
		}
		return false
	}
	return walk(b)
}

// LeadTo returns the blocks from which one of targets can be reached, and those.
func LeadTo(targets ...*ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	found := map[*ssa.BasicBlock]bool{}
	backwards(found, targets)
	return found
}

// backwards adds blocks, and what leads to them but through what is found already.
func backwards(found map[*ssa.BasicBlock]bool, blocks []*ssa.BasicBlock) {
	for work := slices.Clone(blocks); len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !found[b] {
			found[b] = true
			work = append(work, b.Preds...)
		}
	}
}

// InLoop reports whether control can come back to b.
func InLoop(b *ssa.BasicBlock) bool { return loops(b, b) }

// Plain strips what changes a value's type, and its spelling at most.
func Plain(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Convert:
			v = x.X
		default:
			return v
		}
	}
}

// Decision is a branch that a way has taken.
type Decision struct {
	Cond  ssa.Value
	Holds bool
	To    *ssa.BasicBlock // where the branch leads
}

// Decisions returns the branches that every way to b has taken, the last first.
func Decisions(b *ssa.BasicBlock) iter.Seq[Decision] {
	return func(yield func(Decision) bool) {
		for ; b != nil && b.Idom() != nil; b = b.Idom() {
			from := b.Idom()
			br, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
			if !ok || len(b.Preds) != 1 {
				continue
			}
			if !yield(Decision{br.Cond, b == from.Succs[0], b}) {
				return
			}
		}
	}
}
