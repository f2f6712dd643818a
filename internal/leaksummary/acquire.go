package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Acquisition is a call that lays an obligation on its caller, and what
// becomes of it.
type Acquisition struct {
	Call    *ssa.Call
	Class   *leakapi.Class
	Aliases []obligation.Alias
	When    leakapi.When
	Empty   []obligation.Empty
	// Direct says that the results are the resource, or of a type whose fields
	// the tables know; else they are a value of the callee's that holds it.
	Direct bool
	// Until is the result whose call says by false that the obligation is over, or -1.
	Until int
	// Tabled says that the tables name the callee.
	Tabled bool
	// By is the method that releases what the result holds, if it is a holder.
	By string
	// Perhaps says that others have got hold of it, too.
	Perhaps bool
	// NotNil has a bit for each result that is not nil, or true, where there is one.
	NotNil uint16
	// Maker says that the release of what made it releases it, too, but later.
	Maker bool
	// Partly says that the resource is a part of the value that the call returns.
	Partly bool
	// Result is how the paths leave the resource. It is nil until explored.
	Result *obligation.Result
}

// Acquisitions returns every call of the package that acquires a resource for
// which a rule speaks, in source order, with its paths explored.
func (r *Result) Acquisitions(rule string) []*Acquisition {
	if r == nil || r.s == nil {
		return nil
	}
	var found []*Acquisition
	for _, a := range r.s.allSites() {
		if a.Class.Rule == rule && (a.Class.Tests || !r.s.quiet(a.Call.Pos())) {
			r.s.explore(a)
			found = append(found, a)
		}
	}
	return found
}

// AcquiredBy returns what a call acquires, with its paths explored.
func (r *Result) AcquiredBy(call *ssa.Call) []*Acquisition {
	if r == nil || r.s == nil {
		return nil
	}
	found := r.s.acquires(call)
	for _, a := range found {
		r.s.explore(a)
	}
	return found
}

func (s *summarizer) allSites() []*Acquisition {
	if !s.listed {
		s.listed = true
		for _, fn := range s.ssa.Funcs {
			s.sites = append(s.sites, s.sitesIn(fn)...)
		}
	}
	return s.sites
}

// sitesIn returns the calls of fn that acquire something.
func (s *summarizer) sitesIn(fn *ssa.Function) []*Acquisition {
	var found []*Acquisition
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				found = append(found, s.acquires(call)...)
			}
		}
	}
	return found
}

// acquires returns the obligations that a call lays on its caller.
func (s *summarizer) acquires(call *ssa.Call) []*Acquisition {
	found, ok := s.byCall[call]
	if !ok {
		if _, fn := s.callee(call.Common()); fn != nil {
			if e := s.owned[fn]; e != nil && !e.done {
				return nil // recursion: ask again when it is settled
			}
		}
		found = slices.DeleteFunc(s.asSaid(call, s.acquiredBy(call)), func(a *Acquisition) bool {
			return a.Class.None != "" && givesText(call.Common(), a.Class.None)
		})
		s.byCall[call] = found
	}
	return found
}

// acquiredBy says what a call acquires: by what the callee's summary says, else
// by its row, else by the type of its results.
func (s *summarizer) acquiredBy(call *ssa.Call) []*Acquisition {
	c := call.Common()
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return nil
	}
	if c.IsInvoke() {
		return s.dynamic(call, c.Method)
	}
	obj, fn := s.callee(c)
	if obj == nil && c.StaticCallee() != nil {
		return nil // a function literal: its body is run in place
	}
	if obj == nil {
		if s.shared(c.Value) {
			return nil
		}
		if obj = s.calledField(c); obj == nil {
			return s.dynamic(call, nil)
		}
		fn = s.funcOf(obj)
	}
	if row := s.row(obj); row != nil {
		return s.fromRows(call, row.Acquires, obj)
	}
	if fn != nil {
		return s.fromOwned(call, s.ownedBy(fn))
	}
	if f := s.fact(obj); f != nil {
		return s.fromOwned(call, f.Owned)
	}
	return nil
}

// dynamic treats a call whose callee is not known: of an interface's method,
// or of a function value.
func (s *summarizer) dynamic(call *ssa.Call, method *types.Func) []*Acquisition {
	var notOwned []int
	if method != nil {
		if s.lends(method) {
			return nil
		}
		if row := s.row(method); row != nil {
			if len(row.Acquires) > 0 {
				return s.fromRows(call, row.Acquires, method)
			}
			notOwned = row.NotOwned
		}
		if rows := s.tables.Iface(method, s.lookup); rows != nil {
			return s.fromRows(call, rows, method)
		}
	}
	// A getter lends what it returns; what makes something can fail. A client
	// that returns more than the resource and an error has usually read what
	// the resource held, and released it.
	sig := call.Common().Signature()
	if sig.Results().Len() != 2 || !pathcond.IsError(sig.Results().At(1).Type()) || slices.Contains(notOwned, 0) {
		return nil
	}
	t := sig.Results().At(0).Type()
	row := s.typeRow(t)
	if row == nil {
		return s.fromOwned(call, s.opens(method, t))
	}
	if row.Lent || row.Class.Context && s.endsWithContext(call) {
		return nil
	}
	path, ok := fieldPath(t, row.Path)
	if !ok {
		return nil
	}
	return []*Acquisition{{
		Call:    call,
		Class:   row.Class,
		Aliases: []obligation.Alias{{Path: path}},
		When:    leakapi.Zero,
		Empty:   emptyOf(t, 0, row),
		Until:   -1,
		Direct:  true,
		Partly:  path != "",
	}}
}

// typeRow returns what the tables say of values of a type, or of one whose methods an
// interface has, or nil.
func (s *summarizer) typeRow(t types.Type) *leakapi.Type {
	row, ok := s.types[t]
	if !ok {
		row = s.tables.TypeOf(t, s.lookup)
		s.types[t] = row
	}
	return row
}

// endsWithContext reports whether something may end the context that a call gets.
func (s *summarizer) endsWithContext(call *ssa.Call) bool {
	for _, arg := range call.Call.Args {
		if leakapi.IsContext(arg.Type()) {
			o := s.flows.tracer.Origin(arg)
			return o.Kind != ctxflow.Fresh || o.Derived || o.Limited
		}
	}
	return true
}

func (s *summarizer) fromRows(call *ssa.Call, rows []leakapi.Acquire, obj *types.Func) []*Acquisition {
	var found []*Acquisition
	res := obj.Signature().Results()
	for _, row := range rows {
		if row.Result >= res.Len() {
			continue
		}
		if row.Class.Context && s.endsWithContext(call) {
			continue
		}
		if row.Unless.Name != "" && s.marked(call, row.Unless) || row.Only.Name != "" && !s.marked(call, row.Only) {
			continue
		}
		t := res.At(row.Result).Type()
		path, ok := fieldPath(t, row.Path)
		if !ok {
			continue
		}
		a := &Acquisition{
			Call:    call,
			Class:   row.Class,
			Aliases: []obligation.Alias{{Result: row.Result, Path: path}},
			When:    row.When,
			Until:   row.Until,
			Direct:  true,
			Tabled:  !call.Call.IsInvoke(),
			Maker:   row.Maker,
			Partly:  path != "",
		}
		if tr := s.tables.Type(t); tr != nil {
			a.Empty = emptyOf(t, row.Result, tr)
		}
		if row.Failed != "" {
			if p, ok := fieldPath(t, []string{row.Failed}); ok {
				a.Empty = append(a.Empty, obligation.Empty{Result: row.Result, Path: p, NotNil: true})
			}
		}
		found = append(found, a)
	}
	return found
}

func (s *summarizer) fromOwned(call *ssa.Call, owned []Owned) []*Acquisition {
	var found []*Acquisition
	res := call.Common().Signature().Results()
	for _, o := range owned {
		class := s.tables.Class(o.Class)
		if class == nil {
			continue
		}
		if o.By != "" {
			if len(o.Aliases) == 0 || !s.reaches(call, o.Aliases[0]) {
				continue
			}
			if class = s.holderClass(class, leadType(call, o.Aliases[0]), o.By); class == nil {
				continue
			}
		}
		a := &Acquisition{Call: call, Class: class, Aliases: o.Aliases, When: o.When, By: o.By, Perhaps: o.Perhaps, NotNil: o.NotNil, Until: -1}
		for _, al := range o.Aliases {
			if al.Result >= res.Len() {
				continue
			}
			t := leadType(call, al)
			row := s.tables.Type(t)
			if row != nil {
				if p, ok := fieldPath(t, row.Path); ok && p == al.Path {
					a.Direct, a.Partly = true, p != ""
					a.Empty = emptyOf(t, al.Result, row)
				}
			}
			if _, value := t.Underlying().(*types.Struct); value || al.Path == "" {
				a.Direct = true // a struct has a method that releases it: see usable
			}
		}
		found = append(found, a)
	}
	return found
}

func emptyOf(t types.Type, result int, row *leakapi.Type) []obligation.Empty {
	var out []obligation.Empty
	for _, e := range row.Empty {
		if p, ok := fieldPath(t, []string{e.Field}); ok {
			out = append(out, obligation.Empty{Result: result, Path: p, Lo: e.Lo, Hi: e.Hi})
		}
	}
	return out
}

// maxSpent bounds what is spent on all that one function acquires of what one rule
// speaks for: rules do not take each other's share.
const maxSpent = 12000

type spending struct {
	root *ssa.Function
	rule string
}

// explore follows the resource of a, from the function that holds the call or,
// where a function literal leaves it to the one around it, from there.
func (s *summarizer) explore(a *Acquisition) {
	if a.Result != nil {
		return
	}
	root := a.Call.Parent()
	for root.Parent() != nil && obligation.IsYield(root) {
		root = root.Parent()
	}
	on := spending{root, a.Class.Rule}
	if s.spent[on] > maxSpent {
		a.Result = &obligation.Result{Reached: true, GaveUp: true}
		s.gaveUp(root)
		return
	}
	a.Result = s.explorePaths(s.spec(a, root))
	s.spent[on] += a.Result.Work
	for root.Parent() != nil && leftOutside(a.Result) {
		root = root.Parent()
		outer := s.explorePaths(s.spec(a, root))
		if !outer.Reached {
			return
		}
		a.Result = outer
	}
}

// leftOutside reports whether a path leaves the resource to the function
// around a function literal: in a variable of it, or as a result.
func leftOutside(r *obligation.Result) bool {
	for _, x := range r.Exits {
		if x.Fate == obligation.Returned {
			return true
		}
		if st, ok := x.Instr.(*ssa.Store); ok && x.Fate == obligation.Stored {
			if _, ok := st.Addr.(*ssa.FreeVar); ok {
				return true
			}
		}
	}
	return false
}

func (s *summarizer) spec(a *Acquisition, root *ssa.Function) *obligation.Spec {
	release := a.Class.Release
	if len(release) == 0 {
		release = defaultRelease // what is not given back may be ended instead
	}
	return &obligation.Spec{
		Root:    root,
		Call:    a.Call,
		Aliases: a.Aliases,
		When:    a.When,
		Empty:   a.Empty,
		Release: release,
		Parts:   s.partsEnd(handleType(a)),
		Fails:   a.Class.Fails,
		Sure:    a.Class.Sure,
		NotNil:  a.NotNil,
		Handle:  handleType(a),
		None:    a.Class.None,
		Until:   a.Until,
		Carried: a.Class.Carried,
		Waits:   a.Class.Calls(),
	}
}
