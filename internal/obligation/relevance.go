package obligation

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// relevance decides which facts are worth keeping: those on registers, which
// die with their register, and those on memory that is tested more than once.
type relevance struct {
	tests  map[fieldKey]int // how often a field is tested
	fields map[int]bool     // indices of the fields that matter
	none   string           // see Spec.None

	scanned map[*ssa.Function]bool // functions of the package that are run in place
}

func relevanceOf(spec *Spec) *relevance {
	r := &relevance{tests: map[fieldKey]int{}, fields: map[int]bool{}, none: spec.None}
	r.scan(spec.Root)
	r.count()
	for _, e := range spec.Empty {
		r.fields[int(e.Path[len(e.Path)-1])] = true
	}
	return r
}

// count makes those fields matter that are tested more than once, and reports whether
// some did not before.
func (r *relevance) count() bool {
	more := false
	for k, n := range r.tests {
		if n > 1 && !r.fields[k.index] {
			r.fields[k.index], more = true, true
		}
	}
	return more
}

// also makes what fn tests count, and reports whether there is a field that matters now
// and did not before.
func (r *relevance) also(fn *ssa.Function) bool {
	if r.scanned[fn] {
		return false
	}
	if r.scanned == nil {
		r.scanned = map[*ssa.Function]bool{}
	}
	r.scanned[fn] = true
	r.scan(fn)
	return r.count()
}

func (r *relevance) scan(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.If:
				r.cond(instr.Cond, 0)
			case *ssa.Return:
				for _, v := range instr.Results {
					r.operand(v)
				}
			case *ssa.MakeClosure:
				r.scan(instr.Fn.(*ssa.Function))
			}
		}
	}
}

func (r *relevance) cond(v ssa.Value, depth int) {
	switch v := v.(type) {
	case *ssa.BinOp:
		r.operand(v.X)
		r.operand(v.Y)
		if c, ok := v.Y.(*ssa.Const); ok && r.none != "" && c.Value != nil && c.Value.Kind() == constant.String && constant.StringVal(c.Value) == r.none {
			r.operand(v.X) // to find that is to know
		}
	case *ssa.UnOp:
		if v.Op == token.NOT {
			r.cond(v.X, depth)
			return
		}
		r.operand(v)
	case *ssa.Phi:
		if depth < 4 {
			for _, e := range v.Edges {
				r.cond(e, depth+1)
			}
		}
	default:
		r.operand(v)
	}
}

func (r *relevance) operand(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.UnOp:
		if x, ok := v.X.(*ssa.FieldAddr); ok && v.Op == token.MUL {
			r.tests[fieldKey{x.X.Type().String(), x.Field}]++
		}
	case *ssa.Field:
		r.tests[fieldKey{v.X.Type().String(), v.Field}]++
	}
}

type fieldKey struct {
	typ   string
	index int
}

// keep says whether a fact on x matters.
func (r *relevance) keep(u *pathcond.Universe, x pathcond.Sym) bool {
	switch u.Kind(x) {
	case pathcond.Init, pathcond.After:
		// Fields of one index are told apart no further: a fact too many costs
		// a path, not an answer.
		addr := u.Operand(x)
		return u.Kind(addr) != pathcond.Addr || r.fields[u.PartIndex(addr)]
	}
	return true
}
