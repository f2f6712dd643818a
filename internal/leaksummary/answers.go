package leaksummary

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// Answer is what an HTTP request was answered with, kept for later calls although
// nothing has looked at its status.
type Answer struct {
	*CacheSite
	At      ssa.Instruction
	Call    *ssa.Call // what was answered
	Callee  string
	Handler bool // a handler of the program wrote it
}

// Answers returns what fn keeps of answers whose status nothing looks at.
func (r *Result) Answers(fn *ssa.Function) []Answer {
	if r == nil || r.s == nil || r.s.caches.scan == nil {
		return nil
	}
	s := r.s
	obj, _ := leakssa.Declared(fn).Object().(*types.Func)
	if obj == nil || !s.caches.scan.writes[obj.Origin()] || !s.caches.scan.answers[obj.Origin()] {
		return nil
	}
	t := &answerTrace{s: s, records: recorders(fn)}
	var out []Answer
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, put := range s.Keeps(instr) {
				if a, ok := t.kept(put); ok && !slices.ContainsFunc(out, func(o Answer) bool { return o.Call == a.Call && o.Into == a.Into }) {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// answerTrace looks for what the values that a function keeps are made of.
type answerTrace struct {
	s       *summarizer
	records map[ssa.Value]*ssa.Call // what a handler writes its answer to
}

// recorders returns what fn passes to handlers to write to.
func recorders(fn *ssa.Function) map[ssa.Value]*ssa.Call {
	found := map[ssa.Value]*ssa.Call{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			sig := call.Call.Signature()
			args := call.Call.Args
			if n := sig.Params().Len(); n == 2 && len(args) >= n && leakapi.IsResponseWriter(sig.Params().At(0).Type()) {
				if made, ok := args[len(args)-n].(*ssa.MakeInterface); ok {
					found[made.X] = call
				}
			}
		}
	}
	return found
}

// kept judges what is kept.
func (t *answerTrace) kept(put errflow.Put) (Answer, bool) {
	site, ok := put.Into.(*CacheSite)
	if !ok || put.Value == nil || site.Alone {
		return Answer{}, false
	}
	root, call := t.source(put.Value, map[ssa.Value]bool{})
	if root == nil {
		return Answer{}, false
	}
	handler := t.records[root] != nil
	if handler && t.decides(root, put.Instr.Parent()) || !handler && heeded(root) {
		return Answer{}, false
	}
	if looked := site.Var != nil && site.Key != nil; !site.Known {
		if looked {
			looked, _ = t.s.lookedUp(site.Var, site.Key, call)
		}
		if !looked {
			return Answer{}, false
		}
	}
	return Answer{CacheSite: site, At: put.Instr, Call: call, Callee: t.s.calleeName(call), Handler: handler}, true
}

// source returns the answer that a value is made of, and the call that was
// answered, or nil.
func (t *answerTrace) source(v ssa.Value, seen map[ssa.Value]bool) (ssa.Value, *ssa.Call) {
	if v == nil || seen[v] || len(seen) > maxLookup {
		return nil, nil
	}
	seen[v] = true
	if call := t.records[v]; call != nil {
		return v, call
	}
	if leakapi.IsResponse(v.Type()) {
		if call := resultOfCall(v); call != nil {
			return v, call
		}
		return nil, nil
	}
	for _, from := range madeOf(v) {
		if root, call := t.source(from, seen); root != nil {
			return root, call
		}
	}
	return nil, nil
}

// resultOfCall returns the call that a value is a result of, or nil.
func resultOfCall(v ssa.Value) *ssa.Call {
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	call, _ := v.(*ssa.Call)
	return call
}

// madeOf returns what a value is made of: its operands, or what is put into a
// variable.
func madeOf(v ssa.Value) []ssa.Value {
	var out []ssa.Value
	switch v := v.(type) {
	case *ssa.Alloc:
		return putInto(v)
	case *ssa.Call:
		return origin.Arguments(v.Common())
	case ssa.Instruction:
		var ops [8]*ssa.Value
		for _, op := range v.Operands(ops[:0]) {
			out = append(out, *op)
		}
	}
	return out
}

// putInto returns what is stored in a variable or its fields, and what calls that
// are given its address make it of.
func putInto(addr ssa.Value) []ssa.Value {
	var out []ssa.Value
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				out = append(out, ref.Val)
			}
		case *ssa.FieldAddr:
			out = append(out, putInto(ref)...)
		case *ssa.MakeInterface:
			for _, use := range *ref.Referrers() {
				if call, ok := use.(*ssa.Call); ok {
					out = append(out, origin.Arguments(call.Common())...)
				}
			}
		case *ssa.Call:
			out = append(out, origin.Arguments(ref.Common())...)
		}
	}
	return out
}

// heeded reports whether something may look at the status of a response: code that
// reads it, or whoever is handed the response.
func heeded(resp ssa.Value) bool {
	return slices.ContainsFunc(*resp.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
			return false
		case *ssa.FieldAddr:
			name := origin.VarAt(ref).Name()
			return name == "Status" || name == "StatusCode"
		}
		return true
	})
}

// decides reports whether something in fn, or in the methods of what a handler
// writes to, may depend on what it wrote.
func (t *answerTrace) decides(record ssa.Value, fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		if test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && dependsOn(test.Cond, record) {
			return true
		}
	}
	ptr, ok := types.Unalias(record.Type()).(*types.Pointer)
	if !ok {
		return true
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok {
		return true
	}
	for m := range named.Methods() {
		if d := t.s.growth.decls[m]; d != nil && hasBranch(d) {
			return true
		}
	}
	return false
}

// hasBranch reports whether a function can go more than one way, other than to
// write a header that was not.
func hasBranch(d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SwitchStmt:
			found = true
		case *ast.IfStmt:
			_, compares := n.Cond.(*ast.BinaryExpr)
			found = found || compares
		}
		return !found
	})
	return found
}

// ReadsAll reports whether a call reads all of its first argument, by the tables.
func (r *Result) ReadsAll(c *ssa.CallCommon) bool {
	obj := r.s.named(c)
	if obj == nil {
		return false
	}
	row := r.s.anyRow(obj)
	return row != nil && row.Serving != nil && row.Serving.Slurps && len(c.Args) > 0
}
