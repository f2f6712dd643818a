package ctxdrop

import (
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/report"
)

type twin leakapi.Twin

// String says how to use the twin with a context.
func (t twin) String() string {
	switch {
	case t.With != "":
		return "call " + t.With
	case t.Via != "":
		return "go through " + t.Via
	}
	return "use " + t.Use
}

// waits says what a call waits for.
func waits(b ctxflow.Block) string {
	if len(b.Path) > 0 && !leakapi.Transient(b.On) {
		return ", which blocks in " + last(b.Path)
	}
	switch b.On {
	case "":
		return ""
	case leakapi.OnEvent, leakapi.OnWait:
		return ", which waits for other goroutines"
	case leakapi.OnSleep:
		return ", which sleeps"
	case "process", "message":
		return ", which blocks on a " + b.On
	}
	return ", which blocks on the " + b.On
}

func (c *checker) finding(d *drop) report.Finding {
	f := report.Finding{Tier: d.tier}
	name := c.sum.CallName(d.call)
	ctx := d.scope.Expr
	if d.scope.Blank {
		ctx = "the ignored context"
	} else if d.scope.Unused() {
		ctx = "the unused " + ctx
	}
	f.Pos, f.End = leakssa.Span(d.call)
	switch d.kind {
	case hasTwin:
		t, _ := c.twin(d.call, d.call.Parent())
		f.Message = fmt.Sprintf("%s is not passed to %s: %s", ctx, name, t)
	case madeAnew:
		at := f
		made := c.moveTo(&f, d.fresh)
		switch {
		case !d.scope.Blank && !c.visible(d.scope.Var, f.Pos):
			at.Steps = append(at.Steps, report.Step{Pos: f.Pos, Message: "its context is made here", Key: true})
			f = at // there the context at hand has no name
		case f.Pos != at.Pos:
			f.Steps = append(f.Steps, report.Step{Pos: d.call.Pos(), Message: name + " waits under it here", Key: true})
		}
		if t, ok := c.sum.TwinOf(d.call); ok && t.Use == "" && strings.HasSuffix(made, withoutIt) {
			made = twin(t).String()
		}
		f.Message = fmt.Sprintf("%s is not passed to %s%s: %s", ctx, name, waits(d.block), says(name, made))
	case takesNoneItself:
		made := c.moveTo(&f, d.fresh)
		f.Message = fmt.Sprintf("%s takes no context for %s%s: %s", topName(d.call.Parent()), name, waits(d.block), says(name, made))
	case mayWait:
		made := c.moveTo(&f, d.fresh)
		f.Message = fmt.Sprintf("%s is not passed to %s: %s", ctx, name, says("it", made))
	case forCaller:
		made := c.moveTo(&f, d.fresh)
		f.Message = fmt.Sprintf("%s does not end the context that %s returns: %s", ctx, topName(d.call.Parent()), says("it", made))
	case madeBelow:
		made := c.moveTo(&f, d.fresh)
		below, does := c.sum.CallName(d.below), strings.Replace(waits(d.block), ", which", "", 1)
		if does == "" {
			does = " may wait"
		}
		f.Message = fmt.Sprintf("%s of %s is not passed on to %s, where %s%s: %s", ctx, topName(d.call.Parent()),
			topName(d.below.Parent()), below, does, says(below, made))
		f.Steps = append(f.Steps, report.Step{Pos: d.call.Pos(), Message: topName(d.call.Parent()) + " calls it here and holds " + ctx, Key: true})
	case takesNone:
		f.Message = fmt.Sprintf("%s is not passed to %s%s", ctx, plain(name), waits(d.block))
		if len(d.block.Path) > 1 {
			f.Message += fmt.Sprintf(" (%s)", c.path(d))
		}
	}
	if pos := c.tooLate(d); pos.IsValid() {
		f.Steps = append(f.Steps, report.Step{Pos: pos, Message: ctx + " is looked at only here, after the work is done", Key: true})
	}
	if n := len(d.also); n > 0 && d.kind != hasTwin {
		for _, call := range d.also {
			f.Steps = append(f.Steps, report.Step{Pos: call.Pos(), Message: "the same is called here by " + topName(call.Parent())})
		}
	}
	return f
}

// tooLate returns where the context at hand is first looked at, if that is after
// the call, or else no position.
func (c *checker) tooLate(d *drop) token.Pos {
	p := d.scope.Param
	if p == nil || d.scope.Running != ctxflow.Now || !leakapi.IsContext(p.Type()) {
		return token.NoPos
	}
	first := token.NoPos
	for _, ref := range *p.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); ok {
			continue
		}
		call, ok := ref.(*ssa.Call)
		if !ok || call.Call.Value != ssa.Value(p) || call.Parent() != d.call.Parent() || call.Pos() < d.call.Pos() {
			return token.NoPos // it is used for something, or in time
		}
		if !first.IsValid() || call.Pos() < first {
			first = call.Pos()
		}
	}
	return first
}

// says completes what is made in place of the context at hand.
func says(callee, made string) string {
	if strings.HasPrefix(made, "gets ") {
		return plain(callee) + " " + made
	}
	return made
}

const withoutIt = " is made without it"

// moveTo puts a finding where a fresh context is made, if that is in the
// source, and says what is made.
func (c *checker) moveTo(f *report.Finding, fresh ssa.Value) string {
	call, ok := fresh.(*ssa.Call)
	if !ok {
		if _, isConst := fresh.(*ssa.Const); isConst {
			return "gets nil"
		}
		if _, stored := fresh.(*ssa.UnOp); stored {
			return "gets " + origin.Render(fresh)
		}
		return "gets " + fresh.Name()
	}
	if expr := leakssa.CallExpr(call); expr != nil {
		f.Pos, f.End = expr.Pos(), expr.End()
	}
	name := c.sum.CallName(call)
	if res := call.Call.Signature().Results(); res.Len() > 0 && leakapi.IsContext(res.At(0).Type()) {
		return "gets " + name + "()"
	}
	if obj, _ := c.sum.Callee(call); obj != nil {
		if t, ok := c.sum.Twin(obj); ok {
			return twin(t).String() + " instead of " + name
		}
	}
	return name + withoutIt
}

func (c *checker) path(d *drop) string {
	names := []string{plain(c.sum.CallName(d.call))}
	names = append(names, d.block.Path...)
	names[len(names)-1] = plain(names[len(names)-1])
	return strings.Join(names, " → ")
}

func last(path []string) string { return path[len(path)-1] }

// plain drops the receiver or package from a name.
func plain(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
