package pathcond

import "golang.org/x/tools/go/ssa"

// Walk is where a path stands in the function in which it began, and in the function
// literals that it runs in place.
type Walk struct {
	*State
	Frame *Frame
	Block *ssa.BasicBlock
	Index int // of the instruction in Block that comes next
}

// Frame is one activation of a function. Frames are immutable.
type Frame struct {
	Fn     *ssa.Function
	Parent *Frame          // nil for where paths begin
	At     ssa.Instruction // in Parent: the call, or the RunDefers
	Block  *ssa.BasicBlock // where Parent goes on
	Index  int
	Direct bool // the call names Fn itself, so its results are Fn's
	Beside bool // it is a goroutine's
	Partly bool // it releases something on some of its paths alone
	Repeat bool // the caller may run it any number of times
	Defers *Deferral
}

// Deferral is a stack of pending deferred calls.
type Deferral struct {
	Below *Deferral
	Call  *ssa.Defer
	Fn    Sym
	Args  []Sym
}

// NewWalk returns a walk that is about to begin.
func NewWalk(s *State, root *ssa.Function) Walk {
	return Walk{State: s, Frame: &Frame{Fn: root}, Block: root.Blocks[0]}
}

// CanRun reports whether a function can be run in place: its body is here and has no
// more than so many blocks, it does not run already, and no more than so many around it
// do.
func (w *Walk) CanRun(fn *ssa.Function, blocks, nesting int) bool {
	if fn == nil || len(fn.Blocks) == 0 || len(fn.Blocks) > blocks {
		return false
	}
	depth := 0
	for f := w.Frame; f != nil; f = f.Parent {
		if f.Fn == fn {
			return false
		}
		depth++
	}
	return depth <= nesting
}

// Begin starts to run a function in place of an instruction, as how says: the body of
// lit, or one that captures nothing. What args do not say of its parameters is not
// known.
func (w *Walk) Begin(fn *ssa.Function, at ssa.Instruction, lit Sym, args []Sym, how Frame) {
	how.Fn, how.Parent, how.At, how.Block, how.Index = fn, w.Frame, at, w.Block, w.Index
	if _, ok := at.(*ssa.Defer); ok {
		how.Index-- // RunDefers goes on with the next pending call
	}
	w.Frame = &how
	for i, fv := range fn.FreeVars {
		if a := w.U.AddrOf(lit, i); a != 0 && w.Holds(a) != 0 {
			w.SetValue(fv, w.Holds(a))
		}
	}
	for i, prm := range fn.Params {
		if i < len(args) {
			w.SetValue(prm, args[i])
		} else {
			w.Redefine(prm)
		}
	}
	w.Block, w.Index = fn.Blocks[0], 0
}

// End goes back to where the function around goes on.
func (w *Walk) End() {
	f := w.Frame
	w.Frame, w.Block, w.Index = f.Parent, f.Block, f.Index
}

// PopDefer takes the next pending deferred call from the stack; nil if there is none.
func (w *Walk) PopDefer() *Deferral {
	d := w.Frame.Defers
	if d != nil {
		f := *w.Frame
		f.Defers = d.Below
		w.Frame = &f
	}
	return d
}
