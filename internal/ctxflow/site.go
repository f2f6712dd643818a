package ctxflow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Site is a place where a function waits.
type Site struct {
	Instr  ssa.Instruction // a call, or a channel operation that a context ends
	Block  Block
	Ctx    ssa.Value // what is or carries the context that ends the wait; nil if none can
	Origin Origin    // where that comes from
}

// Call returns the call that waits, or nil.
func (s Site) Call() *ssa.Call {
	call, _ := s.Instr.(*ssa.Call)
	return call
}

// Sites returns where fn itself waits, in the order of its blocks. Deferred
// calls and goroutines are not among them.
func (t *Tracer) Sites(fn *ssa.Function) []Site {
	var found []Site
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				found = append(found, t.called(instr)...)
			case *ssa.Select:
				if !instr.Blocking {
					continue
				}
				for _, state := range instr.States {
					found = t.awaits(found, instr, state.Chan)
				}
			case *ssa.UnOp:
				if instr.Op == token.ARROW {
					found = t.awaits(found, instr, instr.X)
				}
			}
		}
	}
	return found
}

// called returns the ways in which a call waits. Where several of its arguments
// carry a context, all of them must be fresh for the wait to be without one.
func (t *Tracer) called(call *ssa.Call) []Site {
	var found []Site
	bounded := false
	for _, blk := range t.eff.Blocks(call.Common()) {
		s := Site{Instr: call, Block: blk}
		if i := t.eff.Limiter(call.Common()); i >= 0 && !blk.Limited {
			s.Block.Limited = t.limited(argument(call.Common(), i))
		}
		if blk.Ctx >= 0 {
			if s.Ctx = argument(call.Common(), blk.Ctx); s.Ctx == nil {
				continue
			}
			s.Origin = t.Origin(s.Ctx)
			bounded = bounded || s.Origin.Kind != Fresh
		}
		found = append(found, s)
	}
	if bounded {
		found = slices.DeleteFunc(found, func(s Site) bool { return s.Block.Ctx < 0 || s.Origin.Kind == Fresh })
	}
	return found
}

// awaits adds a wait on a channel that a given context closes.
func (t *Tracer) awaits(found []Site, instr ssa.Instruction, ch ssa.Value) []Site {
	if ctx := t.doneOf(ch); ctx != nil {
		if o := t.Origin(ctx); o.Kind == Given {
			found = append(found, Site{Instr: instr, Block: Block{On: leakapi.OnEvent, Ctx: 0}, Ctx: ctx, Origin: o})
		}
	}
	return found
}

// Summary returns how calling fn can wait: through its parameters' contexts, or
// without any. name gives the name under which a callee appears in paths.
func (t *Tracer) Summary(fn *ssa.Function, name func(*ssa.Call) string) []Block {
	var found []Block
	t.summarize(fn, fn, name, &found)
	if t.offersOwn(fn) {
		// What it does without its own context is its own fault.
		found = slices.DeleteFunc(found, func(b Block) bool { return b.Ctx < 0 })
	}
	return Reduce(found)
}

// offersOwn reports whether a parameter of fn is or offers a context.
func (t *Tracer) offersOwn(fn *ssa.Function) bool {
	for i, p := range fn.Params {
		if i == 0 && fn.Signature.Recv() != nil {
			continue
		}
		if o := t.eff.Offer(p.Type()); o != nil && !o.Weak {
			return true
		}
	}
	return false
}

func (t *Tracer) summarize(top, fn *ssa.Function, name func(*ssa.Call) string, found *[]Block) {
	for _, s := range t.Sites(fn) {
		b := s.Block
		switch {
		case leakapi.Transient(b.On) && (b.Ctx < 0 || s.Origin.Kind == Fresh):
			continue
		case b.Ctx < 0, s.Origin.Kind == Fresh:
			call := s.Call()
			if call == nil || t.AfterEnd(s.Instr) == Over {
				continue
			}
			b.Fresh = b.Fresh || b.Ctx >= 0
			b.Limited = b.Limited || b.Ctx >= 0 && s.Origin.Limited
			b.Weak = b.Weak && b.Ctx < 0 || t.eff.Fixed(call.Common()) || t.Keeps(call)
			b.Ctx = -1
			if slices.Contains(b.Path, name(call)) {
				continue // recursion adds nothing
			}
			if t.eff.HasTwin(call.Common()) {
				b.Path = nil // that is what to replace
			}
			b.Path = shorten(append([]string{name(call)}, b.Path...))
		case s.Origin.Kind == Given:
			i := slices.IndexFunc(top.Params, func(p *ssa.Parameter) bool { return s.Origin.Value == ssa.Value(p) })
			if i < 0 {
				continue
			}
			b = Block{On: b.On, Ctx: i, Limited: b.Limited, Path: leaf(s, name)}
		default:
			continue
		}
		*found = append(*found, b)
	}
	for _, lit := range fn.AnonFuncs {
		if r := t.Runs(lit); r == Now || r == Joined {
			t.summarize(top, lit, name, found)
		}
	}
}

// leaf names what waits at the end of a way.
func leaf(s Site, name func(*ssa.Call) string) []string {
	if n := len(s.Block.Path); n > 0 {
		return s.Block.Path[n-1:]
	}
	if call := s.Call(); call != nil {
		return []string{name(call)}
	}
	return nil
}

// shorten drops names from the middle of a path that is too long.
func shorten(path []string) []string {
	if len(path) > maxPath {
		path = slices.Delete(path, maxPath-1, len(path)-1)
	}
	return path
}

// Results returns where the context comes from that a result of fn is or
// carries, over all its returns.
func (t *Tracer) Results(fn *ssa.Function, i int) Origin {
	var o Origin
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		v := ret.Results[i]
		if isNil(v) && !leakapi.IsContext(v.Type()) {
			continue // there is an error to return
		}
		o = join(o, t.Origin(v))
	}
	return o
}
