package obligation

import (
	"encoding/binary"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

type status uint8

const (
	idle     status = iota // not yet acquired
	open                   // acquired, and ours to release
	deferred               // a deferred call will surely release it
	done                   // released; the path goes on to learn how it returns
	escaped                // handed on; likewise
)

// frame is one activation of the root or of a function literal run in place.
// Frames are immutable.
type frame struct {
	fn     *ssa.Function
	parent *frame
	at     ssa.Instruction // in parent: the call, or the RunDefers
	block  *ssa.BasicBlock // where parent goes on
	index  int
	direct bool // the call names fn itself, so its results are fn's
	beside bool // it is a goroutine's
	repeat bool // the caller may run it any number of times
	defers *deferral
}

// deferral is a stack of pending deferred calls.
type deferral struct {
	below *deferral
	call  *ssa.Defer
	fn    pathcond.Sym
	args  []pathcond.Sym
}

// trail is the list of branches taken since the resource was acquired.
type trail struct {
	before *trail
	Branch
}

// path is one partial path.
type path struct {
	*pathcond.State
	frame  *frame
	block  *ssa.BasicBlock
	index  int
	status status
	exit   Exit       // for escaped: how
	again  bool       // the acquiring call has run again since
	beside bool       // a goroutine has had the resource, and left it open
	taken  *ssa.Store // put it into a field that takes over what it gets
	dcall  *ssa.Defer
	trail  *trail
}

func (p *path) clone() *path {
	c := *p
	c.State = p.State.Clone()
	return &c
}

// took records a branch.
func (p *path) took(b *ssa.If, cond bool) {
	if p.status != idle {
		p.trail = &trail{p.trail, Branch{b, cond}}
	}
}

// below reports whether addr is part of what leads to the resource already,
// such as a field of the response itself: nobody new gets hold of it.
func (p *path) below(addr pathcond.Sym) bool {
	for p.U.Kind(addr) == pathcond.Addr {
		addr = p.U.Operand(addr)
	}
	return p.Reaches(addr)
}

func (e *explorer) key(p *path) []byte {
	b := binary.AppendUvarint(nil, e.id(p.block))
	b = binary.AppendUvarint(b, uint64(p.index))
	b = append(b, byte(p.status))
	if p.again {
		b = append(b, 1)
	}
	if p.beside {
		b = append(b, 2)
	}
	if p.taken != nil {
		b = append(b, 3)
	}
	for f := p.frame; f != nil; f = f.parent {
		b = binary.AppendUvarint(b, e.id(f.fn))
		if f.at != nil {
			b = binary.AppendUvarint(b, e.id(f.at))
		}
		for d := f.defers; d != nil; d = d.below {
			b = binary.AppendUvarint(b, e.id(d.call))
			b = binary.AppendUvarint(b, uint64(d.fn))
			for _, a := range d.args {
				b = binary.AppendUvarint(b, uint64(a))
			}
		}
		b = append(b, 0)
	}
	return p.AppendKey(b)
}
