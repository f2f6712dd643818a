package obligation

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

const (
	maxVisits = 6000 // block visits of one exploration of a call
	maxEntry  = 1500 // of one from an entry: unknown is no harm there
	maxBlocks = 4000 // blocks of a function worth exploring
	maxInline = 4    // nesting of function literals run in place
)

type explorer struct {
	spec    *Spec
	fx      Effects
	u       *pathcond.Universe
	rel     *relevance
	spent   pathcond.Work
	seen    pathcond.Seen
	work    []*path
	exits   map[exitKey]bool
	res     *Result
	results map[*ssa.Alloc]bool      // the root's named results
	leads   map[*ssa.BasicBlock]bool // blocks of the root from which the call can be reached; nil: all
	summary bool
	classes bool // the root's last result tells paths apart
	again   bool // facts matter that were not kept so far
}

type exitKey struct {
	beside   bool
	doubtful bool
	fate     Fate
	lent     ssa.CallInstruction
	instr    ssa.Instruction
	last     leakapi.When
	alias    string
}

// Explore follows the resource of spec along every path.
func Explore(spec *Spec, fx Effects) *Result {
	if len(spec.Root.Blocks) > maxBlocks {
		return &Result{Reached: true, GaveUp: true}
	}
	rel := relevanceOf(spec)
	for {
		if e := exploreWith(spec, fx, rel); !e.again {
			e.res.settleLent()
			return e.res
		}
	}
}

// exploreWith explores until it ends, or finds that more facts matter.
func exploreWith(spec *Spec, fx Effects, rel *relevance) *explorer {
	e := &explorer{
		spec:    spec,
		fx:      fx,
		u:       pathcond.NewUniverse(spec.Root, fx.Shapes()),
		exits:   map[exitKey]bool{},
		rel:     rel,
		res:     &Result{},
		summary: spec.Call == nil,
		classes: tellsApart(spec.Root),
		results: namedResults(spec.Root),
	}
	st := pathcond.NewState(e.u)
	st.Relevant = func(x pathcond.Sym) bool { return e.rel.keep(e.u, x) }
	st.Implements = e.implements
	p := &path{Walk: pathcond.NewWalk(st, spec.Root)}
	if e.summary {
		e.enterWith(p)
	} else if spec.Call.Parent() == spec.Root {
		e.leads = leakssa.LeadTo(spec.Call.Block())
	}
	e.work = append(e.work, p)
	limit := maxVisits
	if e.summary {
		limit = maxEntry
	}
	e.spent.Step(fx.Shapes().Size(spec.Root)) // it has been read
	for len(e.work) > 0 && !e.again {
		if e.spent.Visits() >= limit {
			e.res.GaveUp = true
			break
		}
		last := len(e.work) - 1
		p := e.work[last]
		e.work = e.work[:last]
		e.spent.Visit(p.State)
		e.run(p)
		e.res.Work = e.spent.Visits()
	}
	return e
}

// enterWith makes the resource reachable from the entry value.
func (e *explorer) enterWith(p *path) {
	p.status = open
	e.res.Reached = true
	if e.spec.Path == "" {
		p.SetValue(e.spec.Entry, e.u.Resource())
		return
	}
	p.Link(e.u.Of(e.spec.Entry), e.spec.Path)
	p.SetNil(e.u.Of(e.spec.Entry), false)
}

// implements reports whether x, which is the resource or holds it, surely has
// the methods of iface: those of its static type, and those that release it.
func (e *explorer) implements(x pathcond.Sym, iface *types.Interface) bool {
	for m := range iface.Methods() {
		known := x == e.u.Resource() && e.spec.Handle != nil && leakapi.Method(e.spec.Handle, m.Pkg(), m.Name()) != nil
		if !known && !slices.Contains(e.spec.Release, m.Name()) {
			return false
		}
	}
	return true
}

// goTo moves p along an edge of the control flow and queues it, unless an
// equal path has been there.
func (e *explorer) goTo(p *path, to *ssa.BasicBlock) {
	from := p.Block
	p.Enter(from, to)
	p.Block, p.Index = to, 0
	if p.status == idle && e.leads != nil && p.Frame.Parent == nil && !e.leads[to] {
		return
	}
	p.Drop(p.Frame.Fn, func(v ssa.Value) bool { return e.u.LiveIn(to, v) })
	if p.again && p.status == open && (!p.listed || e.leads == nil || p.Frame.Parent != nil || e.leads[to]) && e.lost(p) {
		e.exit(p, Exit{Fate: Overwritten, Instr: e.spec.Call, Defer: p.later})
		return
	}
	e.queue(p)
}

func (e *explorer) queue(p *path) {
	if e.seen.Add(func(b []byte) []byte { return e.appendKey(b, p) }) {
		e.work = append(e.work, p)
	}
}

// lost reports whether nothing refers to the resource any more.
func (e *explorer) lost(p *path) bool {
	if e.spec.Keeps && slices.ContainsFunc(e.spec.Root.Params, func(prm *ssa.Parameter) bool { return p.Reaches(e.u.Of(prm)) }) {
		return false
	}
	for f := p.Frame; f != nil; f = f.Parent {
		for d := f.Defers; d != nil; d = d.Below {
			if p.Reaches(d.Fn) || slices.ContainsFunc(d.Args, p.Reaches) {
				return false
			}
		}
	}
	return !p.Held(func(v ssa.Value) bool {
		instr, ok := v.(ssa.Instruction)
		if !ok || instr.Parent() != p.Frame.Fn {
			return true
		}
		return e.u.LiveIn(p.Block, v)
	})
}

func (e *explorer) exit(p *path, x Exit) {
	x = e.asTaken(p, x)
	if !e.classes {
		x.Last = leakapi.Always
	}
	for t := p.trail; t != nil; t = t.before {
		x.Branches = append(x.Branches, t.Branch)
	}
	slices.Reverse(x.Branches)
	x.Beside, x.Doubtful, x.lent = p.beside, p.doubt, p.lent
	if x.Fate == Open || x.Fate == Overwritten {
		x.Left = p.left
	}
	key := exitKey{beside: x.Beside, doubtful: x.Doubtful, fate: x.Fate, lent: x.lent.last(), instr: x.Instr, last: x.Last}
	for _, a := range x.Aliases {
		key.alias += string(rune(a.Result)) + string(a.Path) + ";"
	}
	if e.exits[key] {
		return
	}
	e.exits[key] = true
	e.res.Exits = append(e.res.Exits, x)
}

// run carries p to the end of its block, or to where it forks or ends.
func (e *explorer) run(p *path) {
	for {
		instr := p.Block.Instrs[p.Index]
		p.Index++
		e.spent.Step(1)
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
			forks = e.deferCall(p, instr)
		case *ssa.Go:
			forks = e.goCall(p, instr)
		case *ssa.Call:
			forks = e.callInstr(p, instr)
		case *ssa.Store:
			forks = e.store(p, instr)
		case *ssa.Send:
			e.tells(p)
			forks = e.handOn(p, instr, instr.X)
		case *ssa.MapUpdate:
			forks = e.handOn(p, instr, instr.Key, instr.Value)
		case *ssa.TypeAssert:
			forks = e.typeAssert(p, instr)
		case *ssa.BinOp:
			p.Exec(instr)
			e.lastIndex(p, instr)
			continue
		case *ssa.UnOp:
			if instr.Op == token.ARROW {
				e.stuck(p, instr.X)
			}
			if x, ok := instr.X.(*ssa.IndexAddr); ok && instr.Op == token.MUL {
				forks = e.element(p, instr, x)
				break
			}
			p.Exec(instr)
			continue
		case *ssa.Index:
			if p.status == open && p.Reaches(p.Value(instr.X)) {
				e.escape(p, Exit{Fate: Passed, Instr: instr})
			}
			p.Exec(instr)
			forks = e.alive(p)
		case *ssa.Select:
			if instr.Blocking && !slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.SendOnly }) {
				var chans []ssa.Value
				for _, s := range instr.States {
					chans = append(chans, s.Chan)
				}
				e.stuck(p, chans...)
			}
			p.Exec(instr)
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

// element treats what is read from a list at an index that is not known: if the
// list leads to the resource, it may be that.
func (e *explorer) element(p *path, load *ssa.UnOp, at *ssa.IndexAddr) []*path {
	_, known := at.Index.(*ssa.Const)
	known = known && !e.inList(p, p.Value(at.X))
	if !known && p.status == open && p.Reaches(p.Value(at.X)) && !p.Reaches(p.Value(at)) {
		e.escape(p, Exit{Fate: Passed, Instr: load})
	}
	p.Exec(load)
	return e.alive(p)
}

// alive returns p if its way on still matters.
func (e *explorer) alive(p *path) []*path {
	if p.status < done || e.summary && e.classes {
		return []*path{p}
	}
	// How the path returns makes no difference.
	x := p.exit
	if p.status == done {
		x = Exit{Fate: Done}
	}
	e.exit(p, x)
	return nil
}

func (e *explorer) escape(p *path, x Exit) {
	if p.held() {
		if !e.summary && x.Field == nil {
			x.Kept = e.kept(p, x.Instr)
		}
		p.status, p.exit = escaped, x
	}
}

// handOn treats values that leave the function's sight.
func (e *explorer) handOn(p *path, instr ssa.Instruction, values ...ssa.Value) []*path {
	for _, v := range values {
		x := p.Value(v)
		if p.status == open && p.Reaches(x) {
			e.escape(p, Exit{Fate: Passed, Instr: instr})
		}
		e.publish(p, x)
	}
	return e.alive(p)
}

// publish records that others can reach the variable behind x from now on.
func (e *explorer) publish(p *path, x pathcond.Sym) {
	if root := e.u.Root(x); e.u.Local(root) {
		p.Escape(root)
	}
}

func (e *explorer) branch(p *path, instr *ssa.If) {
	c := p.Value(instr.Cond)
	t, f := p.Block.Succs[0], p.Block.Succs[1]
	switch p.Eval(c) {
	case pathcond.True:
		p.took(instr, true)
		e.goTo(p, t)
	case pathcond.False:
		p.took(instr, false)
		e.goTo(p, f)
	default:
		e.undecided(p, instr)
		q := p.clone()
		// The first branch in the source is explored first.
		if q.Assume(c, false) {
			q.took(instr, false)
			e.goTo(q, f)
		}
		if p.Assume(c, true) {
			p.took(instr, true)
			if e.sent(p, instr.Cond) {
				e.goTo(p, t)
			}
		}
	}
}
