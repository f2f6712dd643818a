package origin

import (
	"golang.org/x/tools/go/ssa"
)

// filled traces what calls fill a variable with, a decoder among them.
func (w *walker) filled(cell ssa.Value) (Origin, bool) {
	o, found := Origin{}, false
	refs := cell.Referrers()
	if refs == nil {
		return o, false
	}
	visit := func(call *ssa.Call, arg ssa.Value) {
		args := Arguments(call.Common())
		v := w.t.eff.Values(call.Common())
		if v == nil {
			for _, fn := range w.t.eff.Bodies(call.Common()) {
				for i, a := range args {
					if a != arg || i >= len(fn.Params) {
						continue
					}
					if from, ok := w.t.fill(fn, fn.Params[i]); ok {
						found = true
						o = join(o, w.into(from, fn, call))
					}
				}
			}
			return
		}
		for _, s := range v.Sources {
			if s.Arg >= 0 && s.Arg < len(args) && args[s.Arg] == arg {
				found = true
				o = join(o, Origin{Kind: Unbounded, Source: &Source{Says: s.Says, Weak: s.Weak, Pos: call.Pos()}})
			}
		}
		for _, fill := range v.Fills {
			if fill.Arg < len(args) && fill.From < len(args) && args[fill.Arg] == arg {
				if from := anonymous(w.trace(args[fill.From], call.Block())); from.Kind != Finite || len(from.Deps) > 0 {
					found = true
					o = join(o, from)
				}
			}
		}
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.Call:
			visit(ref, cell)
		case *ssa.Slice:
			for _, use := range *ref.Referrers() {
				if call, ok := use.(*ssa.Call); ok {
					visit(call, ref)
				}
			}
		case *ssa.MakeInterface:
			for _, use := range *ref.Referrers() {
				switch use := use.(type) {
				case *ssa.Call:
					visit(use, ref)
				case *ssa.Store: // one of several
					for _, call := range variadic(use) {
						visit(call.call, call.arg)
					}
				}
			}
		}
	}
	return o, found
}

// anonymous lets what is read out of a source go by the name of what it is read
// into.
func anonymous(o Origin) Origin {
	if o.Source != nil && o.Source.Says == "" {
		s := *o.Source
		s.Text = ""
		o.Source = &s
	}
	return o
}

type passed struct {
	call *ssa.Call
	arg  ssa.Value
}

// variadic returns the calls whose variadic arguments hold what is stored.
func variadic(s *ssa.Store) []passed {
	addr, ok := s.Addr.(*ssa.IndexAddr)
	if !ok {
		return nil
	}
	list, ok := addr.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var out []passed
	for _, ref := range *list.Referrers() {
		if slice, ok := ref.(*ssa.Slice); ok {
			for _, use := range *slice.Referrers() {
				if call, ok := use.(*ssa.Call); ok {
					out = append(out, passed{call, slice})
				}
			}
		}
	}
	return out
}

// fill returns what fn fills with what its parameter points to; ok is false if it
// does not.
func (t *Tracer) fill(fn *ssa.Function, p *ssa.Parameter) (o Origin, ok bool) {
	if known, ok := t.fills[p]; ok {
		return known.Origin, known.ok
	}
	t.fills[p] = fillOf{} // recursion adds nothing
	w := t.walk()
	o, ok = w.filled(p)
	t.fills[p] = fillOf{o, ok}
	return o, ok
}

type fillOf struct {
	Origin
	ok bool
}
