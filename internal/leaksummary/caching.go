package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// caches knows what the package keeps for later calls.
type caches struct {
	scan  *cacheScan
	puts  map[ssa.Instruction][]errflow.Put
	kept  map[*ssa.Function][]keeper
	reads map[*ssa.Function][]lookup
	found map[*ssa.Function][]errflow.Finding
}

// Kept says that a function keeps a parameter for later calls, whatever the error
// that another parameter is, or a stand-in where that is not nil.
type Kept struct {
	Value int    // -1 for a stand-in
	Err   int    // -1 if there is none
	Into  string // what messages call it
	Brief bool   // for a time
}

// keeper is what a function of the package keeps, and where.
type keeper struct {
	Kept
	site *CacheSite
}

// CacheSite is where something is kept.
type CacheSite struct {
	Into  string     // what messages call it
	Var   *types.Var // the container, if it is known
	Key   ssa.Value  // nil if unknown
	TTL   ssa.Value  // how long it is kept, or nil
	Known bool       // it is a cache, whoever reads it
	Brief bool       // what is kept goes by itself
	Alone bool       // it is a variable that holds one error
	In    *ssa.Function
	Inner ssa.Instruction // where the callee keeps it, if that is in sight
}

// Keeps implements errflow.Effects.
func (s *summarizer) Keeps(instr ssa.Instruction) []errflow.Put {
	puts, ok := s.caches.puts[instr]
	if !ok {
		puts = s.putsOf(instr)
		s.caches.puts[instr] = puts
	}
	return puts
}

func (s *summarizer) putsOf(instr ssa.Instruction) []errflow.Put {
	switch instr := instr.(type) {
	case *ssa.MapUpdate:
		v, brief := s.containerOf(instr.Map), false
		if _, fixed := leakssa.Plain(instr.Key).(*ssa.Const); v == nil || fixed {
			return nil // what stands under a fixed key is a field by another name
		}
		if m, ok := instr.Map.Type().Underlying().(*types.Map); ok {
			brief = tellsTime(m.Elem(), 0)
		}
		site := &CacheSite{Into: v.Name(), Var: v, Key: instr.Key, Brief: brief, In: instr.Parent()}
		return []errflow.Put{{Instr: instr, Value: instr.Value, Into: site}}
	case *ssa.Store:
		if _, isConst := instr.Val.(*ssa.Const); isConst || !pathcond.IsError(instr.Val.Type()) {
			return nil
		}
		if v := origin.VarAt(instr.Addr); v != nil && s.caches.scan != nil && len(s.caches.scan.sets[v.Origin()]) == 1 {
			site := &CacheSite{Into: v.Name(), Var: v.Origin(), Alone: true, In: instr.Parent()}
			return []errflow.Put{{Instr: instr, Value: instr.Val, Into: site}}
		}
	case ssa.CallInstruction:
		return s.putsByCall(instr)
	}
	return nil
}

func (s *summarizer) putsByCall(instr ssa.CallInstruction) []errflow.Put {
	c := instr.Common()
	obj := s.named(c)
	if obj == nil {
		return nil
	}
	args := origin.Arguments(c)
	at := func(i int) ssa.Value {
		if i < 0 || i >= len(args) {
			return nil
		}
		return args[i]
	}
	if row := s.cacheRow(obj); row != nil {
		w := row.Write
		if w == nil || at(w.Value) == nil {
			return nil
		}
		site := &CacheSite{Key: at(w.Key), TTL: at(w.TTL), Known: w.Of < 0, In: instr.Parent()}
		site.Brief = w.Expires || site.TTL != nil && !isZero(site.TTL) || tellsTime(unboxed(at(w.Value)).Type(), 0)
		if site.Var = s.containerOf(args[0]); site.Var != nil {
			site.Into = site.Var.Name()
		} else if w.Of >= 0 {
			return nil
		} else {
			site.Into = "the cache"
		}
		return []errflow.Put{{Instr: instr, Value: at(w.Value), Into: site}}
	}
	var found []errflow.Put
	for _, k := range s.keptBy(c) {
		site := *k.site
		site.In = instr.Parent()
		put := errflow.Put{Instr: instr, Value: at(k.Value), Err: at(k.Err), Into: &site}
		if k.Err >= 0 && put.Err == nil || k.Value >= 0 && put.Value == nil {
			continue
		}
		found = append(found, put)
	}
	if found == nil && s.keepsByName(obj) {
		site := &CacheSite{Into: "the cache", Key: at(1), Known: true, In: instr.Parent()}
		if v := s.containerOf(args[0]); v != nil {
			site.Into, site.Var = v.Name(), v
		}
		if n := len(args); n > 3 && leakapi.IsMoment(args[n-1].Type()) {
			site.TTL, site.Brief = args[n-1], !isZero(args[n-1])
		}
		found = []errflow.Put{{Instr: instr, Value: at(2), Into: site}}
	}
	return found
}

// keptBy returns what a callee keeps of its arguments.
func (s *summarizer) keptBy(c *ssa.CallCommon) []keeper {
	obj, fn := s.callee(c)
	if obj == nil {
		return nil
	}
	if fn != nil {
		if scan := s.caches.scan; scan == nil || !scan.writes[obj.Origin()] {
			return nil
		}
		return s.keepersOf(fn)
	}
	var found []keeper
	if f := s.fact(obj); f != nil {
		for _, k := range f.Caches {
			found = append(found, keeper{k, &CacheSite{Into: k.Into, Known: true, Brief: k.Brief}})
		}
	}
	return found
}

// spoilt returns what fn keeps in spite of an error.
func (s *summarizer) spoilt(fn *ssa.Function) []errflow.Finding {
	found, ok := s.caches.found[fn]
	if !ok {
		found = s.exploreErrors(fn, errflow.Plain)
		s.caches.found[fn] = found
	}
	return found
}

// keepersOf returns what fn keeps of its parameters.
func (s *summarizer) keepersOf(fn *ssa.Function) []keeper {
	found, ok := s.caches.kept[fn]
	if ok {
		return found
	}
	s.caches.kept[fn] = nil // recursion keeps nothing more
	for _, f := range s.spoilt(fn) {
		site := f.Put.Into.(*CacheSite)
		if site.Alone || f.Call != nil || f.From == nil && f.Param == nil {
			continue
		}
		k := Kept{Value: -1, Err: -1, Into: site.Into, Brief: site.Brief}
		if f.From != nil {
			k.Value = paramIndex(fn, f.From)
		} else if f.Kind == errflow.Itself {
			k.Value = paramIndex(fn, f.Param)
		}
		if f.Param != nil {
			k.Err = paramIndex(fn, f.Param)
		}
		if slices.ContainsFunc(found, func(old keeper) bool { return old.Kept == k }) {
			continue
		}
		inner := *site
		inner.Inner, inner.Key = f.Put.Instr, nil
		if site.Inner != nil {
			inner.Inner = site.Inner
		}
		found = append(found, keeper{k, &inner})
	}
	s.caches.kept[fn] = found
	return found
}

// exportedCaches returns what importers learn of what fn keeps.
func (s *summarizer) exportedCaches(fn *ssa.Function) []Kept {
	obj, _ := fn.Object().(*types.Func)
	if scan := s.caches.scan; scan == nil || !scan.writes[obj] || !scan.exports(obj) {
		return nil
	}
	var out []Kept
	for _, k := range s.keepersOf(fn) {
		if k.site.Known || k.site.Var != nil && s.servesAsCache(k.site.Var) {
			out = append(out, k.Kept)
		}
	}
	return out
}

// servesAsCache reports whether something named like a cache's reader looks keys
// up in a container.
func (s *summarizer) servesAsCache(v *types.Var) bool {
	x := s.caches.scan.containers[v.Origin()]
	return x != nil && x.named
}

// containerOf returns the field or package-level variable that holds a container,
// or holds what holds it.
func (s *summarizer) containerOf(v ssa.Value) *types.Var {
	return varHolding(v, map[ssa.Value]bool{})
}

// varHolding looks behind loads, lookups and phis; seen holds what it has been to.
func varHolding(v ssa.Value, seen map[ssa.Value]bool) *types.Var {
	if seen[v] || len(seen) > maxLookup {
		return nil
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.UnOp:
		return varHolding(v.X, seen)
	case *ssa.FieldAddr:
		if _, made := v.X.(*ssa.Alloc); made {
			return nil // nobody else has it yet
		}
		x := origin.VarAt(v)
		if x != nil && x.Embedded() { // people say what embeds it
			if y := varHolding(v.X, seen); y != nil {
				return y
			}
		}
		if x != nil {
			return x.Origin()
		}
	case *ssa.Global:
		return origin.VarAt(v)
	case *ssa.Field:
		return origin.FieldOf(v.X.Type(), v.Field)
	case *ssa.Lookup:
		return varHolding(v.X, seen)
	case *ssa.Extract:
		return varHolding(v.Tuple, seen)
	case *ssa.MakeInterface:
		return varHolding(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if x := varHolding(e, seen); x != nil {
				return x
			}
		}
	}
	return nil
}

// tellsTime reports whether values of t hold when they were made, or when they
// end.
func tellsTime(t types.Type, depth int) bool {
	if leakapi.IsMoment(t) {
		return true
	}
	st := leakssa.StructOf(t)
	if st == nil || depth > 1 {
		return false
	}
	for f := range st.Fields() {
		if tellsTime(f.Type(), depth+1) || namedLikeEnd(f.Name()) {
			return true
		}
	}
	return false
}

// unboxed returns the value that an interface is made of.
func unboxed(v ssa.Value) ssa.Value {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		return mi.X
	}
	return v
}

func isZero(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && (k.Value == nil || k.Value.ExactString() == "0" || k.Value.ExactString() == "-1")
}

// Heeds implements errflow.Effects.
func (s *summarizer) Heeds(c *ssa.CallCommon) bool {
	obj := s.named(c)
	if obj == nil || obj.Pkg() == nil {
		return true
	}
	if s.tables.Package(obj.Pkg().Path()) == leakapi.Borrow || s.cacheRow(obj) != nil || s.keepsByName(obj) {
		return false
	}
	if s.keptBy(c) != nil {
		return false
	}
	return !namedLikeLog(obj.Name())
}
