package obligation

import (
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// take notes that the resource is put into a field which takes it over, whatever
// becomes of the struct.
func (e *explorer) take(p *path, instr *ssa.Store, x pathcond.Sym) {
	if p.status != open || p.taken != nil || !p.Reaches(x) {
		return
	}
	if fa, ok := instr.Addr.(*ssa.FieldAddr); ok {
		if f := leakssa.FieldAt(fa.X.Type(), fa.Field); f != nil && e.fx.Takes(f) {
			p.taken = instr
		}
	}
}

// asTaken returns how a path ends that has put the resource into such a field: who
// is given the struct still gets the resource, and nobody else owes anything.
func (e *explorer) asTaken(p *path, x Exit) Exit {
	if p.taken == nil {
		return x
	}
	switch x.Fate {
	case Done, Stored, Passed:
		return x
	case Returned:
		if !e.summary {
			return x
		}
	}
	last := x.Last
	x = stored(p.taken)
	x.Last = last
	return x
}
