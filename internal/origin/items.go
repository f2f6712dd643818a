package origin

import (
	"go/constant"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// item is one of the values that an argument holds.
type item struct {
	name   string
	index  int // -1 if unknown
	value  ssa.Value
	origin Origin
}

// items takes apart what an argument holds.
func (t *Tracer) items(arg ssa.Value, l leakapi.Label, at *ssa.BasicBlock) []item {
	w := t.walk()
	for _, name := range l.Path {
		v := fieldValue(arg, name)
		if v == nil {
			return nil
		}
		arg = v
	}
	items := w.items(arg, at)
	if l.Pairs {
		items = alternate(items)
	}
	return items
}

// alternate pairs names with the values that follow them.
func alternate(items []item) []item {
	var out []item
	for i := 0; i+1 < len(items); i += 2 {
		if items[i].index < 0 {
			return items
		}
		it := items[i+1]
		it.name, it.index = text(items[i].value), -1
		out = append(out, it)
	}
	return out
}

func (w *walker) items(v ssa.Value, at *ssa.BasicBlock) []item {
	if w.steps++; w.steps > maxSteps {
		return nil
	}
	one := func(v ssa.Value, at *ssa.BasicBlock) item {
		return item{index: -1, value: v, origin: w.t.Of(v, at)}
	}
	if it, ok := w.pair(v, at); ok {
		return []item{it}
	}
	if isText(v.Type()) {
		return []item{one(v, at)}
	}
	switch x := v.(type) {
	case *ssa.Const:
		return nil
	case *ssa.ChangeType:
		return w.items(x.X, at)
	case *ssa.MakeInterface:
		return w.items(x.X, at)
	case *ssa.Slice:
		if alloc, ok := x.X.(*ssa.Alloc); ok {
			return w.elements(alloc, x)
		}
		return w.items(x.X, at)
	case *ssa.MakeSlice:
		return w.elements(x)
	case *ssa.MakeMap:
		return w.entries(x, at)
	case *ssa.Phi:
		var out []item
		if w.seen[v] {
			return nil
		}
		w.seen[v] = true
		for i, e := range x.Edges {
			out = append(out, w.items(e, x.Block().Preds[i])...)
		}
		return out
	case *ssa.Call:
		return w.itemsOf(x, at)
	case *ssa.UnOp:
		if a, ok := x.X.(*ssa.Alloc); ok {
			if s := onlyStore(a); s != nil {
				return w.items(s, at)
			}
		}
	}
	return []item{one(v, at)}
}

// itemsOf takes apart what a call returns.
func (w *walker) itemsOf(call *ssa.Call, at *ssa.BasicBlock) []item {
	c := call.Common()
	args := Arguments(c)
	if b, ok := c.Value.(*ssa.Builtin); ok && b.Name() == "append" {
		var out []item
		for _, a := range args {
			for _, it := range w.items(a, at) {
				it.index = -1
				out = append(out, it)
			}
		}
		return out
	}
	if row := w.t.eff.Values(c); row != nil {
		var out []item
		for _, d := range row.Derives {
			for i, a := range args {
				if d.Result == 0 && (d.Args == nil || slices.Contains(d.Args, i)) {
					out = append(out, w.items(a, at)...)
				}
			}
		}
		if out != nil {
			return out
		}
	}
	if bodies := w.t.eff.Bodies(c); len(bodies) == 1 && !w.seen[call] {
		w.seen[call] = true
		fn := bodies[0]
		var out []item
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok || len(ret.Results) == 0 {
				continue
			}
			for _, it := range w.items(ret.Results[0], b) {
				it.origin = w.into(it.origin, fn, call)
				out = append(out, it)
			}
		}
		return out
	}
	return []item{{index: -1, value: call, origin: w.t.Of(call, at)}}
}

// pair takes v for a label that something makes of a name and a value.
func (w *walker) pair(v ssa.Value, at *ssa.BasicBlock) (item, bool) {
	if call, ok := v.(*ssa.Call); ok {
		p := w.t.eff.PairOf(call.Common())
		args := Arguments(call.Common())
		if p == nil || p.Value >= len(args) {
			return item{}, false
		}
		it := item{index: -1, value: args[p.Value], origin: w.t.Of(args[p.Value], call.Block())}
		if p.Key >= 0 {
			it.name = text(args[p.Key])
		} else {
			it.name = calledName(call.Common())
		}
		return it, true
	}
	p := w.t.eff.Pair(v.Type())
	if p == nil || p.KeyField == "" {
		return item{}, false
	}
	value := fieldValue(v, p.ValueField)
	if value == nil {
		return item{}, false
	}
	return item{index: -1, name: text(fieldValue(v, p.KeyField)), value: value, origin: w.t.Of(value, at)}, true
}

// elements takes apart a list that is filled here, under the names that it has.
func (w *walker) elements(lists ...ssa.Value) []item {
	var out []item
	var refs []ssa.Instruction
	for _, list := range lists {
		refs = append(refs, *list.Referrers()...)
	}
	for _, ref := range refs {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		index := -1
		if k, ok := addr.Index.(*ssa.Const); ok && k.Value != nil {
			index = int(k.Int64())
		}
		for _, use := range *addr.Referrers() {
			switch use := use.(type) {
			case *ssa.Store:
				if use.Addr != addr {
					continue
				}
				for _, it := range w.items(use.Val, use.Block()) {
					if it.name == "" {
						it.index = index
					}
					out = append(out, it)
				}
			case *ssa.FieldAddr:
				p := w.t.eff.Pair(addr.Type())
				if p == nil || FieldOf(addr.Type(), use.Field).Name() != p.ValueField {
					continue
				}
				if stores := storesTo(use); len(stores) > 0 {
					out = append(out, item{name: text(siblingValue(addr, p.KeyField)), index: -1, value: stores[0].Val, origin: w.t.Of(stores[0].Val, stores[0].Block())})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b item) int { return a.index - b.index })
	return out
}

// entries takes apart a map.
func (w *walker) entries(m *ssa.MakeMap, at *ssa.BasicBlock) []item {
	var out []item
	var ups []*ssa.MapUpdate
	for _, ref := range *m.Referrers() {
		if up, ok := ref.(*ssa.MapUpdate); ok && up.Map == m {
			ups = append(ups, up)
		}
	}
	for _, up := range ups {
		if !slices.ContainsFunc(ups, func(o *ssa.MapUpdate) bool { return replaces(o, up, at) }) {
			out = append(out, item{name: text(up.Key), index: -1, value: up.Value, origin: w.t.Of(up.Value, up.Block())})
		}
	}
	return out
}

// replaces reports whether a map's update surely replaces an earlier one before
// block at.
func replaces(later, earlier *ssa.MapUpdate, at *ssa.BasicBlock) bool {
	k, ok := later.Key.(*ssa.Const)
	if !ok || later == earlier || at == nil || at.Parent() != later.Parent() || !Same(k, earlier.Key) || !later.Block().Dominates(at) {
		return false
	}
	if later.Block() == earlier.Block() {
		return index(later) > index(earlier)
	}
	return earlier.Block().Dominates(later.Block())
}

// index returns where in its block an instruction stands.
func index(instr ssa.Instruction) int { return slices.Index(instr.Block().Instrs, instr) }

// fieldValue returns what a literal gives a field of v, or nil.
func fieldValue(v ssa.Value, name string) ssa.Value { return fieldIn(v, name, 0) }

func fieldIn(v ssa.Value, name string, depth int) ssa.Value {
	for depth < maxNesting { // structs can be swapped
		switch x := unwrapped(v).(type) {
		case *ssa.UnOp:
			v = x.X
			continue
		case *ssa.Alloc:
			return siblingIn(x, name, depth+1)
		}
		return nil
	}
	return nil
}

// siblingValue returns what is stored in a field of what addr points to.
func siblingValue(addr ssa.Value, name string) ssa.Value { return siblingIn(addr, name, 0) }

func siblingIn(addr ssa.Value, name string, depth int) ssa.Value {
	for _, ref := range *addr.Referrers() {
		if f, ok := ref.(*ssa.FieldAddr); ok && FieldOf(addr.Type(), f.Field).Name() == name {
			if stores := storesTo(f); len(stores) > 0 {
				return stores[0].Val
			}
		}
		if s, ok := ref.(*ssa.Store); ok && s.Addr == addr {
			if v := fieldIn(s.Val, name, depth+1); v != nil {
				return v
			}
		}
	}
	return nil
}

// unwrapped strips conversions that change nothing of what v holds.
func unwrapped(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		default:
			return v
		}
	}
}

// text returns a string constant's value, or "".
func text(v ssa.Value) string {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.Const:
			if x.Value != nil && x.Value.Kind() == constant.String {
				return constant.StringVal(x.Value)
			}
			return ""
		case *ssa.Call: // of names that are put together
			if x.Call.StaticCallee() == nil || !isText(x.Type()) {
				return ""
			}
			var parts []string
			for _, a := range x.Call.Args {
				part := text(a)
				if _, ok := a.(*ssa.Const); !ok {
					return ""
				}
				if part != "" {
					parts = append(parts, part)
				}
			}
			return strings.Join(parts, "_")
		default:
			return ""
		}
	}
}
