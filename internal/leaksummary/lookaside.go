package leaksummary

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// lookup is a place where a key is looked up in a container.
type lookup struct {
	at  ssa.Instruction
	v   *types.Var
	key ssa.Value // nil if a callee looks it up
}

var (
	endWords = []string{"expir", "ttl", "deadline", "until", "fresh", "stale", "lastupdate", "updatedat", "fetchedat", "createdat", "timestamp", "validto"}
	logWords = []string{"log", "print", "warn", "error", "debug", "info", "trace", "notice", "record", "observe", "report", "track", "count", "inc", "metric"}
)

func namedLikeEnd(name string) bool {
	name = strings.ToLower(name)
	for _, w := range endWords {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// namedLikeLog reports whether a function's name says that it writes things down.
func namedLikeLog(name string) bool {
	name = strings.ToLower(name)
	for _, w := range logWords {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}

// lookups returns where fn looks keys up in containers.
func (s *summarizer) lookups(fn *ssa.Function) []lookup {
	found, ok := s.caches.reads[fn]
	if ok {
		return found
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Lookup:
				if v := s.containerOf(instr.X); v != nil {
					found = append(found, lookup{instr, v, instr.Index})
				}
			case *ssa.Call:
				found = append(found, s.lookupsBy(instr)...)
			}
		}
	}
	s.caches.reads[fn] = found
	return found
}

func (s *summarizer) lookupsBy(call *ssa.Call) []lookup {
	c := call.Common()
	obj := s.named(c)
	if obj == nil {
		return nil
	}
	if row := s.cacheRow(obj); row != nil && row.Read != nil {
		args := origin.Arguments(c)
		if row.Read.Of < len(args) && row.Read.Key < len(args) {
			if v := s.containerOf(args[row.Read.Of]); v != nil {
				return []lookup{{call, v, args[row.Read.Key]}}
			}
		}
		return nil
	}
	if obj.Pkg() != s.pass.Pkg || s.caches.scan == nil {
		return nil
	}
	var found []lookup
	for _, v := range s.caches.scan.readBy[obj.Origin()] {
		found = append(found, lookup{call, v, nil})
	}
	return found
}

// lookedUp reports whether a container is looked up in before a call, which a hit
// saves; nilMisses says that finding nothing of worth under the key is no hit.
func (s *summarizer) lookedUp(v *types.Var, key ssa.Value, call *ssa.Call) (found, nilMisses bool) {
	target := call.Block()
	for fn := call.Parent(); fn != nil; fn = fn.Parent() {
		for _, l := range s.lookups(fn) {
			if l.v != v || l.at == ssa.Instruction(call) || l.key != nil && key != nil && !sameKey(l.key, key) {
				continue
			}
			if saved, worth := saves(l.at, target); saved {
				return true, worth
			}
		}
		target = literalAt(fn)
		if target == nil {
			break
		}
	}
	return false, false
}

// literalAt returns the block in which a function literal is made, or nil.
func literalAt(lit *ssa.Function) *ssa.BasicBlock {
	if lit.Parent() == nil {
		return nil
	}
	for _, b := range lit.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(lit) {
				return b
			}
		}
	}
	return nil
}

// saves reports whether the outcome of a lookup decides if control goes to target,
// and whether what was found must be of worth for that.
func saves(at ssa.Instruction, target *ssa.BasicBlock) (saved, worth bool) {
	found := at.(ssa.Value)
	for d := target.Idom(); d != nil && at.Block().Dominates(d); d = d.Idom() {
		test, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || !dependsOn(test.Cond, found) {
			continue
		}
		if reaches(d.Succs[0], target, d) != reaches(d.Succs[1], target, d) {
			return true, testsWorth(test.Cond, at)
		}
		if b := answers(d, target, found); b != nil {
			for ; b != d; b = b.Idom() {
				inner, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
				worth = worth || ok && testsWorth(inner.Cond, at)
			}
			return true, worth || testsWorth(test.Cond, at)
		}
	}
	return false, false
}

// answers returns the block of a return of what a lookup found to which control
// can go without passing target, or nil: some hits save the way there.
func answers(from, target *ssa.BasicBlock, found ssa.Value) *ssa.BasicBlock {
	for _, b := range from.Parent().Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || !from.Dominates(b) || !reaches(from, b, target) {
			continue
		}
		for _, v := range ret.Results {
			if dependsOn(v, found) {
				return b
			}
		}
	}
	return nil
}

// reaches reports whether control can go from one block to another without
// passing a third.
func reaches(from, to, without *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{without: true}
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] {
			continue
		}
		if b == to {
			return true
		}
		seen[b] = true
		work = append(work, b.Succs...)
	}
	return false
}

// maxLookup is how many values are looked at for one.
const maxLookup = 100

// dependsOn reports whether v is computed from x.
func dependsOn(v, x ssa.Value) bool { return computedFrom(v, x, map[ssa.Value]bool{}) }

func computedFrom(v, x ssa.Value, seen map[ssa.Value]bool) bool {
	if v == x {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || seen[v] || len(seen) > maxLookup {
		return false
	}
	seen[v] = true
	if alloc, ok := v.(*ssa.Alloc); ok {
		for _, ref := range *alloc.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == v && computedFrom(st.Val, x, seen) {
				return true
			}
		}
		return false
	}
	var ops [8]*ssa.Value
	for _, op := range instr.Operands(ops[:0]) {
		if *op != nil && computedFrom(*op, x, seen) {
			return true
		}
	}
	return false
}

// testsWorth reports whether a condition asks what a lookup found, not whether.
func testsWorth(cond ssa.Value, at ssa.Instruction) bool {
	found := false
	var walk func(v ssa.Value, depth int)
	walk = func(v ssa.Value, depth int) {
		if depth > 4 {
			return
		}
		switch v := v.(type) {
		case *ssa.BinOp:
			walk(v.X, depth+1)
			walk(v.Y, depth+1)
		case *ssa.UnOp:
			walk(v.X, depth+1)
		case *ssa.Alloc:
			for _, ref := range *v.Referrers() {
				if st, ok := ref.(*ssa.Store); ok {
					walk(st.Val, depth+1)
				}
			}
		case *ssa.Extract:
			if look, ok := v.Tuple.(*ssa.Lookup); ok && look == at {
				found = found || v.Index == 0
			}
		case *ssa.Lookup:
			found = found || v == at
		case *ssa.Call:
			if _, ok := v.Call.Value.(*ssa.Builtin); ok {
				walk(v.Call.Args[0], depth+1)
			}
			found = found || v == at && v.Call.Signature().Results().Len() == 1
		}
	}
	walk(cond, 0)
	return found
}

// sameKey reports whether two keys are surely one.
func sameKey(a, b ssa.Value) bool {
	a, b = outer(leakssa.Plain(a)), outer(leakssa.Plain(b))
	if a == b {
		return true
	}
	return a != nil && b != nil && origin.Same(a, b)
}

// outer returns the variable around a function literal that v is read from, or
// else v; a parameter that is kept in a variable is that variable.
func outer(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		switch x := load.X.(type) {
		case *ssa.FreeVar:
			v = x
		case *ssa.Alloc:
			return initial(x)
		}
	}
	for range maxTrace {
		fv, ok := v.(*ssa.FreeVar)
		if !ok {
			break
		}
		if v = binding(fv); v == nil {
			return fv
		}
	}
	if alloc, ok := v.(*ssa.Alloc); ok {
		return initial(alloc)
	}
	return v
}

// initial returns the only value that a variable is given, or the variable.
func initial(v *ssa.Alloc) ssa.Value {
	if x := onlyStore(v); x != nil {
		return leakssa.Plain(x)
	}
	return v
}

// binding returns what a free variable stands for where its literal is made.
func binding(fv *ssa.FreeVar) ssa.Value {
	lit := fv.Parent()
	b := literalAt(lit)
	if b == nil {
		return nil
	}
	for _, instr := range b.Instrs {
		if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(lit) {
			for i, x := range lit.FreeVars {
				if x == fv && i < len(mc.Bindings) {
					return mc.Bindings[i]
				}
			}
		}
	}
	return nil
}
