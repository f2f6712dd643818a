package errflow

import (
	"encoding/binary"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

const (
	maxVisits = 4000 // block visits of one exploration
	maxBlocks = 2000 // blocks of a function worth exploring
	maxInline = 3    // nesting of function literals run in place
)

type explorer struct {
	root    *ssa.Function
	mode    Mode
	fx      Effects
	u       *pathcond.Universe
	sources []source
	byCall  map[*ssa.Call]int
	byParam map[*ssa.Parameter]int
	puts    map[ssa.Instruction][]Put
	deep    bool                     // something is kept in a literal
	narrow  ssa.Instruction          // if not nil, what a call makes of a value is not that value, where this keeps it
	leads   map[*ssa.BasicBlock]bool // blocks of the root from which something is kept; nil: all
	spent   pathcond.Work
	seen    pathcond.Seen
	work    []*path
	found   map[findingKey]int
	anyway  map[anywayKey]bool
	out     []Finding
}

// path is one partial path.
type path struct {
	pathcond.Walk
	ran    uint64 // sources that have been called
	tested uint64 // sources whose value or kind of error something has looked at, or which are in other hands
	kept   uint64 // sources whose errors outlive the function
}

func (p *path) clone() *path {
	c := *p
	c.State = p.State.Clone()
	return &c
}

func newExplorer(fn *ssa.Function, mode Mode, fx Effects) *explorer {
	e := &explorer{
		root: fn, mode: mode, fx: fx,
		u:       pathcond.NewUniverse(fn, fx.Shapes()),
		byCall:  map[*ssa.Call]int{},
		byParam: map[*ssa.Parameter]int{},
		puts:    map[ssa.Instruction][]Put{},
		found:   map[findingKey]int{},
		anyway:  map[anywayKey]bool{},
	}
	e.scan(fn)
	e.parameters()
	return e
}

func (e *explorer) explore() ([]Finding, bool) {
	if e.mode == Plain && !e.deep {
		var puts []*ssa.BasicBlock
		for instr := range e.puts {
			puts = append(puts, instr.Block())
		}
		e.leads = leakssa.LeadTo(puts...)
	}
	st := pathcond.NewState(e.u)
	st.Relevant = e.relevant
	e.work = append(e.work, &path{Walk: pathcond.NewWalk(st, e.root)})
	for len(e.work) > 0 {
		if e.spent.Visits() >= maxVisits {
			return nil, false
		}
		last := len(e.work) - 1
		p := e.work[last]
		e.work = e.work[:last]
		e.spent.Visit(p.State)
		e.run(p)
	}
	e.settle()
	slices.SortStableFunc(e.out, func(a, b Finding) int { return int(a.Put.Instr.Pos() - b.Put.Instr.Pos()) })
	return e.out, true
}

// relevant drops facts on what memory held at first: they multiply paths and
// say little of errors.
func (e *explorer) relevant(x pathcond.Sym) bool {
	switch e.u.Kind(x) {
	case pathcond.Init, pathcond.After:
		return e.u.Kind(e.u.Operand(x)) != pathcond.Addr
	}
	return true
}

// goTo moves p along an edge of the control flow and queues it, unless an equal
// path has been there or nothing is kept from there on.
func (e *explorer) goTo(p *path, to *ssa.BasicBlock) {
	if e.leads != nil && p.Frame.Parent == nil && !e.leads[to] {
		return
	}
	p.Enter(p.Block, to)
	p.Block, p.Index = to, 0
	p.Drop(p.Frame.Fn, func(v ssa.Value) bool { return e.u.LiveIn(to, v) || e.isSource(v) })
	e.queue(p)
}

// isSource reports whether v is a call whose error matters for as long as the
// path goes on, or one of its results.
func (e *explorer) isSource(v ssa.Value) bool {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	_, ok = e.byCall[call]
	return ok
}

func (e *explorer) queue(p *path) {
	if e.seen.Add(func(b []byte) []byte { return e.appendKey(b, p) }) {
		e.work = append(e.work, p)
	}
}

// appendKey appends bytes that are equal for paths that go on alike.
func (e *explorer) appendKey(b []byte, p *path) []byte {
	b = binary.AppendUvarint(b, e.u.ID(p.Block))
	b = binary.AppendUvarint(b, uint64(p.Index))
	b = binary.AppendUvarint(b, p.ran)
	b = binary.AppendUvarint(b, p.tested)
	b = binary.AppendUvarint(b, p.kept)
	for f := p.Frame; f != nil; f = f.Parent {
		b = binary.AppendUvarint(b, e.u.ID(f.Fn))
		if f.At != nil {
			b = binary.AppendUvarint(b, e.u.ID(f.At))
		}
		for d := f.Defers; d != nil; d = d.Below {
			b = binary.AppendUvarint(b, e.u.ID(d.Call))
			b = binary.AppendUvarint(b, uint64(d.Fn))
		}
		b = append(b, 0)
	}
	return p.AppendKey(b)
}

// run carries p to the end of its block, or to where it forks or ends.
func (e *explorer) run(p *path) {
	for {
		instr := p.Block.Instrs[p.Index]
		p.Index++
		e.spent.Step(1)
		for _, put := range e.puts[instr] {
			e.put(p, put)
		}
		var forks []*path
		switch instr := instr.(type) {
		case *ssa.Phi, *ssa.DebugRef:
			continue
		case *ssa.If:
			e.branch(p, instr)
			return
		case *ssa.Jump:
			e.goTo(p, p.Block.Succs[0])
			return
		case *ssa.Panic:
			return
		case *ssa.Return:
			e.ret(p, instr)
			return
		case *ssa.RunDefers:
			forks = e.runDefers(p, instr)
		case *ssa.Defer:
			e.deferCall(p, instr)
			continue
		case *ssa.Go:
			e.goCall(p, instr)
			continue
		case *ssa.Call:
			forks = e.callInstr(p, instr)
		case *ssa.Store:
			e.store(p, instr)
			continue
		case *ssa.Send:
			p.tested |= e.originOf(p, instr.X).errors
			continue
		default:
			p.Exec(instr)
			continue
		}
		if len(forks) == 1 && forks[0] == p {
			continue
		}
		for _, f := range forks {
			e.queue(f)
		}
		return
	}
}

func (e *explorer) branch(p *path, instr *ssa.If) {
	c := p.Value(instr.Cond)
	if of := e.nilTestOf(c); of < 0 {
		p.tested |= e.originOf(p, instr.Cond).all()
	} else if call := e.sources[of].call; call != nil {
		// What makes an error of another has looked at that.
		for _, a := range call.Call.Args {
			if isError(a.Type()) {
				p.tested |= e.originOf(p, a).errors
			}
		}
	}
	t, f := p.Block.Succs[0], p.Block.Succs[1]
	switch p.Eval(c) {
	case pathcond.True:
		e.goTo(p, t)
	case pathcond.False:
		e.goTo(p, f)
	default:
		q := p.clone()
		// The first branch in the source is explored first.
		if q.Assume(c, false) {
			e.goTo(q, f)
		}
		if p.Assume(c, true) {
			e.goTo(p, t)
		}
	}
}

// nilTestOf returns the source of which a condition asks whether its error is nil, and
// nothing else, or -1: pathcond keeps the answer.
func (e *explorer) nilTestOf(c pathcond.Sym) int {
	if e.u.Kind(c) == pathcond.Not {
		c = e.u.Operand(c)
	}
	if e.u.Kind(c) != pathcond.Cmp {
		return -1
	}
	a, b := e.u.Operands(c)
	if b != e.u.ConstOf(nil) {
		return -1
	}
	for i, s := range e.sources {
		if (s.call != nil || isError(s.param.Type())) && e.errorOf(i) == a {
			return i
		}
	}
	return -1
}

// store carries out a store: an error that goes where others find it is in other
// hands.
func (e *explorer) store(p *path, instr *ssa.Store) {
	addr := p.Value(instr.Addr)
	root := e.u.Root(addr)
	if isError(instr.Val.Type()) && (!e.u.Local(root) || p.Escaped(root)) {
		if o := e.originOf(p, instr.Val); e.mode == Once {
			p.kept |= o.errors
		} else {
			p.tested |= o.errors
		}
	}
	if !e.u.Local(root) || p.Escaped(root) {
		if x := e.u.Root(p.Value(instr.Val)); e.u.Local(x) {
			p.Escape(x)
		}
	}
	p.Exec(instr)
}
