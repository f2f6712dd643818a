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

// trail is the list of branches taken since the resource was acquired.
type trail struct {
	before *trail
	Branch
}

// path is one partial path.
type path struct {
	pathcond.Walk
	status status
	exit   Exit       // for escaped: how
	again  bool       // the acquiring call has run again since
	beside bool       // a goroutine has had the resource, and left it open
	doubt  bool       // see Exit.Doubtful
	taken  *ssa.Store // put it into a field that takes over what it gets
	dcall  *ssa.Defer
	left   *ssa.Return // see Exit.Left
	lent   *lending    // who has been lent it, the last one first
	listed bool        // a list has it
	later  *ssa.Defer  // a deferred call that releases what takes the place of the first
	trail  *trail
}

// held reports whether the resource is open: a deferred call, too, leaves it so until
// the function returns.
func (p *path) held() bool { return p.status == open || p.status == deferred }

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

// appendKey appends bytes that are equal for paths that go on alike.
func (e *explorer) appendKey(b []byte, p *path) []byte {
	b = binary.AppendUvarint(b, e.u.ID(p.Block))
	b = binary.AppendUvarint(b, uint64(p.Index))
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
	if p.doubt {
		b = append(b, 4)
	}
	for l := p.lent; l != nil; l = l.before {
		b = binary.AppendUvarint(append(b, 5), e.u.ID(l.call))
	}
	for f := p.Frame; f != nil; f = f.Parent {
		b = binary.AppendUvarint(b, e.u.ID(f.Fn))
		if f.At != nil {
			b = binary.AppendUvarint(b, e.u.ID(f.At))
		}
		for d := f.Defers; d != nil; d = d.Below {
			b = binary.AppendUvarint(b, e.u.ID(d.Call))
			b = binary.AppendUvarint(b, uint64(d.Fn))
			for _, a := range d.Args {
				b = binary.AppendUvarint(b, uint64(a))
			}
		}
		b = append(b, 0)
	}
	return p.AppendKey(b)
}
