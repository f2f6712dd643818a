package ctxblock

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
	"github.com/leakvet/leakvet/internal/report"
)

// abandoned reports goroutines whose send nobody receives any more.
func (c *checker) abandoned(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			made, ok := instr.(*ssa.MakeChan)
			if !ok || !unbuffered(made) {
				continue
			}
			ch := &channel{made: made, receives: map[ssa.Instruction]bool{}, values: map[ssa.Value]bool{}}
			if !ch.follow(made) {
				continue
			}
			for _, s := range ch.senders {
				if ret, ok := ch.left(s); ok {
					c.leaves(ch, s, ret)
					break
				}
			}
		}
	}
}

func unbuffered(made *ssa.MakeChan) bool {
	k, ok := made.Size.(*ssa.Const)
	return ok && k.Value != nil && constant.Sign(k.Value) == 0
}

// leaves tells that a goroutine sends for ever where a function returns.
func (c *checker) leaves(ch *channel, s sender, ret ssa.Instruction) {
	made, name := c.making(ch)
	if name == "" {
		name = "the channel"
	}
	fn := ch.made.Parent()
	end := obligation.ReturnPos(ret)
	line := c.pass.Fset.Position(end).Line
	f := report.Finding{
		Pos: s.send.Pos(),
		Message: fmt.Sprintf("the send to %s blocks for ever when %s returns at line %d, without receiving: give the channel a buffer, or select on what ends the goroutine",
			name, leakssa.Declared(fn).Name(), line),
		Steps: []report.Step{
			{Pos: ch.made.Pos(), Message: fmt.Sprintf("%s has no buffer", name)},
			{Pos: s.start.Pos(), Message: "the goroutine is started here"},
			{Pos: end, Message: "the function returns here, and nothing receives any more"},
		},
	}
	if !s.surely || c.r.NamedForTests() || lifelong(fn) || s.serves() || c.sum.RunsOnce(s.start.Pos()) {
		f.Tier = leakconfig.Audit
	}
	if fix, ok := ch.buffer(s, made); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	c.r.Report(f)
}

// lifelong reports whether a function, by its name, runs as long as the process, which
// takes its goroutines along.
func lifelong(fn *ssa.Function) bool {
	name := leakssa.Words(leakssa.Declared(fn).Name())
	return len(name) > 0 && slices.Contains([]string{"execute", "listen", "main", "run", "serve", "start"}, name[0])
}

// serves reports whether the goroutine tells how something ended that runs as long as the
// process.
func (s *sender) serves() bool {
	for _, b := range s.send.Parent().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if m := call.Call.Method; m != nil && isServing(m.Name()) {
				return true
			} else if fn := call.Call.StaticCallee(); fn != nil && isServing(fn.Name()) {
				return true
			}
		}
	}
	return false
}

func isServing(name string) bool {
	words := leakssa.Words(name)
	return len(words) > 0 && (words[0] == "serve" || words[0] == "listen")
}

// making returns the call that makes a channel, and the name of the variable that it is
// assigned to, or "".
func (c *checker) making(ch *channel) (*ast.CallExpr, string) {
	for cur := range c.sum.Files().Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		if call.Lparen != ch.made.Pos() && call.Pos() != ch.made.Pos() {
			continue
		}
		var names []ast.Expr
		switch n := cur.Parent().Node().(type) {
		case *ast.AssignStmt:
			names = n.Lhs
		case *ast.ValueSpec:
			for _, id := range n.Names {
				names = append(names, id)
			}
		}
		if _, i := cur.ParentEdge(); max(i, 0) < len(names) {
			return call, types.ExprString(names[max(i, 0)])
		}
		return call, ""
	}
	return nil, ""
}

// buffer gives the channel room for what is sent, if that is one value.
func (ch *channel) buffer(s sender, made *ast.CallExpr) (analysis.SuggestedFix, bool) {
	if s.loop || s.many || len(ch.senders) > 1 || made == nil || len(made.Args) != 1 {
		return analysis.SuggestedFix{}, false
	}
	at := made.Args[0].End()
	return analysis.SuggestedFix{
		Message:   "give the channel a buffer of one",
		TextEdits: []analysis.TextEdit{{Pos: at, End: at, NewText: []byte(", 1")}},
	}, true
}

// left returns where the function returns with a goroutine still sending: nothing has
// received since it was started, or the function leaves the loop that receives what is
// sent in a loop, or by many.
func (ch *channel) left(s sender) (ssa.Instruction, bool) {
	w := &walk{ch: ch, known: map[ssa.Value]bool{}, seen: map[*ssa.BasicBlock]bool{ch.made.Block(): true}}
	for d := range leakssa.Decisions(s.start.Block()) {
		w.known[d.Cond] = d.Holds
	}
	b := s.start.Block()
	if s.many {
		w.around = loopAround(b)
	}
	if ret := w.from(b, slices.Index(b.Instrs, ssa.Instruction(s.start))+1); ret != nil {
		return ret, true
	}
	if s.many || s.loop {
		return ch.leftEarly(w, s)
	}
	return nil, false
}

// loopAround returns the blocks of the outermost loop around b.
func loopAround(b *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	found := map[*ssa.BasicBlock]bool{}
	for _, l := range ctxflow.Loops(b.Parent()) {
		if slices.Contains(l.Blocks, b) {
			for _, in := range l.Blocks {
				found[in] = true
			}
		}
	}
	return found
}

// leftEarly returns where the function returns from within a loop that receives: another
// case of the select statement has come, or what one of many has sent is an error. Who
// sends in a loop may have ended it with an error.
func (ch *channel) leftEarly(w *walk, s sender) (ssa.Instruction, bool) {
	for _, b := range ch.made.Parent().Blocks {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := br.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		next := ch.failed(cmp, b, s.many && !s.loop)
		if next == nil || !leakssa.InLoop(b) {
			continue
		}
		w.seen = map[*ssa.BasicBlock]bool{ch.made.Block(): true}
		if ret := w.from(next, 0); ret != nil && !leakssa.InLoop(next) {
			return ret, true
		}
	}
	return nil, false
}

// failed returns the block behind a test in which another case than the channel's of a
// select statement in which it stands is taken, or, if errors count, an error that was
// received is not nil.
func (ch *channel) failed(cmp *ssa.BinOp, b *ssa.BasicBlock, errors bool) *ssa.BasicBlock {
	if sel, i, ok := leakssa.SelectCase(cmp); ok {
		if ch.receives[sel] && sel.Blocking && !ch.values[sel.States[i].Chan] {
			return b.Succs[0]
		}
		return nil
	}
	if k, ok := cmp.Y.(*ssa.Const); !errors || !ok || !k.IsNil() || !pathcond.IsError(cmp.X.Type()) || !ch.received(cmp.X, 0) {
		return nil
	}
	if cmp.Op == token.NEQ {
		return b.Succs[0]
	}
	return b.Succs[1]
}

// received reports whether a value is what was received, or a part of it.
func (ch *channel) received(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.ARROW && ch.receives[v] || v.Op == token.MUL && ch.received(v.X, depth+1)
	case *ssa.Extract:
		if sel, ok := v.Tuple.(*ssa.Select); ok {
			return ch.receives[sel] && v.Index >= 2
		}
		return ch.received(v.Tuple, depth+1)
	case *ssa.Field:
		return ch.received(v.X, depth+1)
	case *ssa.FieldAddr:
		return ch.received(v.X, depth+1)
	case *ssa.Alloc:
		return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
			st, ok := ref.(*ssa.Store)
			return ok && st.Addr == ssa.Value(v) && ch.received(st.Val, depth+1)
		})
	}
	return false
}

// walk follows the function to a return, along which it does not receive.
type walk struct {
	ch    *channel
	known map[ssa.Value]bool // conditions under which the goroutine was started
	seen  map[*ssa.BasicBlock]bool

	// around is the loop that starts goroutines: one has been started, and the loop ends.
	around map[*ssa.BasicBlock]bool
}

func (w *walk) from(b *ssa.BasicBlock, at int) ssa.Instruction {
	for _, instr := range b.Instrs[at:] {
		switch instr := instr.(type) {
		case *ssa.Return:
			return instr
		case *ssa.UnOp:
			if w.ch.receives[instr] {
				return nil
			}
		case *ssa.If:
			return w.branch(b, instr)
		}
	}
	return w.either(b)
}

func (w *walk) either(b *ssa.BasicBlock) ssa.Instruction {
	for _, next := range b.Succs {
		if ret := w.to(next); ret != nil {
			return ret
		}
	}
	return nil
}

func (w *walk) to(b *ssa.BasicBlock) ssa.Instruction {
	if w.seen[b] {
		return nil
	}
	w.seen[b] = true
	return w.from(b, 0)
}

// branch follows what a test does not decide: whether the goroutine was started, and how
// often something is received, other variables may say.
func (w *walk) branch(b *ssa.BasicBlock, br *ssa.If) ssa.Instruction {
	if holds, ok := w.known[br.Cond]; ok && !w.around[b] {
		return w.to(b.Succs[index(!holds)])
	}
	if w.around[b] {
		return w.either(b)
	}
	cond := br.Cond
	if n, ok := cond.(*ssa.UnOp); ok && n.Op == token.NOT {
		cond = n.X
	}
	switch cond := cond.(type) {
	case *ssa.BinOp:
		if sel, i, ok := leakssa.SelectCase(cond); ok {
			if w.ch.receives[sel] && w.ch.values[sel.States[i].Chan] {
				return w.to(b.Succs[1])
			}
		} else if _, k := cond.X.(*ssa.Const); k || leakssa.InLoop(b) && !pathcond.IsError(cond.X.Type()) || varies(cond.X) || varies(cond.Y) {
			return nil // such as whether a loop has any rounds
		}
	default:
		if varies(cond) {
			return nil
		}
	}
	return w.either(b)
}

func index(second bool) int {
	if second {
		return 1
	}
	return 0
}

// varies reports whether a value is a variable's, or a parameter's, or known.
func varies(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Phi, *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.Const:
		return false
	case *ssa.UnOp:
		return v.Op == token.MUL
	}
	return false
}
