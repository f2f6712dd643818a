package ctxblock

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// channel is one without a buffer that a function makes and shares with nothing but
// goroutines that it starts.
type channel struct {
	made     *ssa.MakeChan
	senders  []sender
	receives map[ssa.Instruction]bool // receive operations and select statements of the function
	values   map[ssa.Value]bool       // what stands for the channel, in the function
}

// sender is a goroutine that sends where nothing but a receiver can end the wait.
type sender struct {
	start  *ssa.Go
	send   *ssa.Send
	surely bool // it does not end without sending
	loop   bool // it sends in a loop
	many   bool // any number of such goroutines share the channel
}

// follow notes what the function does with what stands for the channel, and reports
// whether that is all that is done with it.
func (ch *channel) follow(v ssa.Value) bool {
	if ch.values[v] {
		return true
	}
	ch.values[v] = true
	for _, ref := range *v.Referrers() {
		if !ch.use(v, ref) {
			return false
		}
	}
	return true
}

func (ch *channel) use(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.ChangeType:
		return ch.follow(ref)
	case *ssa.Store:
		if ref.Val != v {
			return ref.Val == ssa.Value(ch.made) // set to another channel
		}
		cell, ok := ref.Addr.(*ssa.Alloc)
		return ok && ch.follow(cell)
	case *ssa.UnOp:
		if ref.Op == token.ARROW {
			ch.receives[ref] = true
			return true
		}
		return ref.Op == token.MUL && ch.follow(ref)
	case *ssa.Select:
		ch.receives[ref] = true
		return !slices.ContainsFunc(ref.States, func(s *ssa.SelectState) bool { return s.Send == v || s.Chan == v && s.Dir != types.RecvOnly })
	case *ssa.MakeClosure:
		start := onlyStarted(ref)
		i := slices.Index(ref.Bindings, v)
		body, ok := ref.Fn.(*ssa.Function)
		return start != nil && ok && ch.sends(start, body, body.FreeVars[i])
	case *ssa.Go:
		body := ref.Call.StaticCallee()
		i := slices.Index(ref.Call.Args, v)
		return body != nil && len(body.Blocks) > 0 && i >= 0 && ch.sends(ref, body, body.Params[i])
	}
	return false
}

// onlyStarted returns the go statement that is all that becomes of a function literal, or
// nil.
func onlyStarted(lit *ssa.MakeClosure) *ssa.Go {
	var start *ssa.Go
	for _, ref := range *lit.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Go:
			if ref.Call.Value != ssa.Value(lit) || start != nil {
				return nil
			}
			start = ref
		default:
			return nil
		}
	}
	return start
}

// sends notes how a goroutine sends to the channel that v stands for there, and reports
// whether it does no more with it than that, and closing it.
func (ch *channel) sends(start *ssa.Go, body *ssa.Function, v ssa.Value) bool {
	s := sender{start: start, many: ch.startsAgain(start)}
	sending := map[*ssa.BasicBlock]bool{}
	var follow func(v ssa.Value) bool
	follow = func(v ssa.Value) bool {
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.DebugRef:
			case *ssa.UnOp:
				if ref.Op != token.MUL || !follow(ref) {
					return false
				}
			case *ssa.ChangeType:
				if !follow(ref) {
					return false
				}
			case *ssa.Send:
				if ref.Chan != v {
					return false
				}
				if s.send == nil || ref.Pos() < s.send.Pos() {
					s.send = ref
				}
				s.loop = s.loop || leakssa.InLoop(ref.Block())
				sending[ref.Block()] = true
			case *ssa.Select:
				// What a select statement sends, something else may end.
				if slices.ContainsFunc(ref.States, func(st *ssa.SelectState) bool { return st.Send == v || st.Chan == v && st.Dir != types.SendOnly }) {
					return false
				}
			case ssa.CallInstruction:
				if b, ok := ref.Common().Value.(*ssa.Builtin); !ok || b.Name() != "close" {
					return false
				}
			default:
				return false
			}
		}
		return true
	}
	if !follow(v) {
		return false
	}
	if s.send != nil {
		s.surely = !returnsWithout(body, sending) || s.loop && leakssa.EachRound(s.send.Block())
		ch.senders = append(ch.senders, s)
	}
	return true
}

// startsAgain reports whether control can come back to where a goroutine is started with
// the same channel.
func (ch *channel) startsAgain(start *ssa.Go) bool {
	seen := map[*ssa.BasicBlock]bool{ch.made.Block(): true}
	var walk func(b *ssa.BasicBlock) bool
	walk = func(b *ssa.BasicBlock) bool {
		for _, next := range b.Succs {
			if next == start.Block() && next != ch.made.Block() {
				return true
			}
			if !seen[next] {
				seen[next] = true
				if walk(next) {
					return true
				}
			}
		}
		return false
	}
	return walk(start.Block())
}

// returnsWithout reports whether a function can return without coming through one of the
// blocks.
func returnsWithout(fn *ssa.Function, through map[*ssa.BasicBlock]bool) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var walk func(b *ssa.BasicBlock) bool
	walk = func(b *ssa.BasicBlock) bool {
		if seen[b] || through[b] {
			return false
		}
		seen[b] = true
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			return true
		}
		return slices.ContainsFunc(b.Succs, walk)
	}
	return walk(fn.Blocks[0])
}
