package mapgrow

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/report"
)

// finding reports a container, which grows says of, where something is put into it.
func (c *checker) finding(held *growth.Container, g *growth.Growing, tier leakconfig.Tier, grows string) report.Finding {
	out := c.place(g)
	out.Tier = tier
	adds := fmt.Sprintf("%s adds %s", g.Func.Name(), c.added(g))
	lapse := c.sum.Growth().Lapse(held)
	switch {
	case lapse != nil:
		out.Message = fmt.Sprintf("%s: %s, and %s removes an expired one only when it is asked for again", grows, adds, remover(lapse))
	case len(held.Deletes) > 0:
		out.Message = fmt.Sprintf("%s grows with requests: %s, and only %s removes one, when it is asked to", held.Var.Name(), adds, remover(held.Deletes[0]))
	case len(held.Ends) > 0:
		out.Message = fmt.Sprintf("%s: %s, and nothing removes any before %s", grows, adds, held.Ends[0].Name())
	default:
		out.Message = fmt.Sprintf("%s: %s, and nothing removes any", grows, adds)
	}
	if g.Sibling != nil && lapse == nil {
		out.Message += ", as it does from " + g.Sibling.Name()
	}
	out.Steps = c.steps(held, g)
	return out
}

// left reports an entry that a function leaves behind where it does not get the answer
// that it waits for.
func (c *checker) left(held *growth.Container, in *growth.Insert, at *ssa.Return) report.Finding {
	name, pos := leakssa.Declared(in.At.Parent()).Name(), obligation.ReturnPos(at)
	out := c.place(&growth.Growing{Insert: in})
	out.Tier = leakconfig.Audit
	out.Message = fmt.Sprintf("%s keeps the entry of %s, which returns at line %d without an answer, until %s gets one", held.Var.Name(), name, c.pass.Fset.Position(pos).Line, remover(held.Deletes[0]))
	out.Steps = []report.Step{
		{Pos: pos, Message: name + " returns here, and nothing on the way has deleted the entry", Key: true},
		{Pos: held.Deletes[0].Pos(), Message: remover(held.Deletes[0]) + " deletes entries here"},
	}
	return out
}

// remover returns the name of the function that a call stands in.
func remover(call ssa.CallInstruction) string { return leakssa.Declared(call.Parent()).Name() }

// place returns a finding at an insert.
func (c *checker) place(g *growth.Growing) report.Finding {
	if g.Call != nil {
		return span(g.Call) // several containers may be handed to one function
	}
	switch at := g.At.(type) {
	case *ssa.MapUpdate:
		if x := leakssa.IndexExpr(at); x != nil {
			return report.Finding{Pos: x.Pos(), End: x.End()}
		}
	case ssa.CallInstruction:
		return span(at)
	}
	return report.Finding{Pos: g.At.Pos(), End: g.At.Pos()}
}

// steps says where a container is kept, how the program comes to an insert, and
// where the key comes from.
func (c *checker) steps(held *growth.Container, g *growth.Growing) []report.Step {
	steps := []report.Step{{Pos: held.Var.Pos(), Message: held.Var.Name() + " is declared here: " + advice(held), Key: true}}
	name := g.Func.Name()
	if g.Server != nil {
		steps = append(steps, report.Step{Pos: g.Server.Pos(), Message: "what " + name + " makes here runs while requests are served", Key: true})
	} else if pos := g.Func.Pos(); pos.IsValid() {
		if says := reached(name, g.Reach); says != "" {
			steps = append(steps, report.Step{Pos: pos, Message: says, Key: true})
		}
	}
	if s := g.Origin.Source; g.Origin.Kind == origin.Unbounded && s.Pos.IsValid() {
		steps = append(steps, report.Step{Pos: s.Pos, Message: "the key comes from " + sourceText(s)})
	}
	if g.Call != nil {
		steps = append(steps, report.Step{Pos: g.At.Pos(), Message: "the entry is added here", Key: true})
	}
	if g.Value != nil && c.sum.Closable(g.Value.Type()) {
		steps = append(steps, report.Step{Pos: g.At.Pos(), Message: "what it holds is never closed either"})
	}
	return steps
}

// advice says what bounds a container.
func advice(held *growth.Container) string {
	switch held.Noun {
	case "slice", "list":
		return "drop what is done with, or keep the latest ones only"
	case "router":
		return "add middleware once, where routes are set up"
	case "cache":
		return "give it a size, or its entries an expiry"
	}
	return "delete what is done with, or use an LRU cache with a size"
}

// reached says how the program comes to a function.
func reached(name string, r growth.Reach) string {
	switch r {
	case growth.OnRequest:
		return name + " runs while requests are served"
	case growth.InEndless:
		return name + " adds in a loop that does not end"
	case growth.OnContext:
		return name + " runs once for each piece of work whose context it gets"
	case growth.OnMiss:
		return name + " adds what it does not find"
	case growth.Called:
		return name + " adds each time that it is called"
	}
	return ""
}

func sourceText(s *origin.Source) string {
	switch {
	case s.Text == "" && s.Says == "":
		return "what a client sends"
	case s.Text == "":
		return s.Says
	}
	return s.Text
}

// added says what an insert puts into a container.
func (c *checker) added(g *growth.Growing) string {
	if g.Key == nil {
		return "one more in each call"
	}
	each := "key"
	if text := c.keyText(g); text != "" {
		each = text
	}
	if g.Fixed {
		return "an entry for each " + each + ", which nothing overwrites"
	}
	return "an entry for each " + each
}

// cache reports a container where it is made without a bound.
func (c *checker) cache(held *growth.Container, g *growth.Growing, m *growth.Maker, tier leakconfig.Tier) report.Finding {
	by := "a literal"
	out := report.Finding{}
	if m.Literal != nil {
		out.Pos, out.End = m.Literal.Pos(), m.Literal.Pos()
	} else {
		out, by = span(m.Call), c.sum.Called(m.Call)
	}
	out.Tier = max(tier, tierOf(m))
	out.Message = fmt.Sprintf("%s only grows: %s makes it without %s, and %s adds %s", held.Var.Name(), by, m.Boundless.Says, g.Func.Name(), c.added(g))
	out.Steps = []report.Step{{Pos: g.At.Pos(), Message: g.Func.Name() + " adds entries here", Key: true}}
	return out
}

// loose reports a container without a bound of which it is not known who holds it.
func (c *checker) loose(m *growth.Maker) report.Finding {
	out := span(m.Call)
	out.Tier = leakconfig.Audit
	out.Message = fmt.Sprintf("what %s makes has no bound: it is made without %s", c.sum.Called(m.Call), m.Boundless.Says)
	return out
}

func tierOf(m *growth.Maker) leakconfig.Tier {
	if m.Boundless.Weak {
		return leakconfig.Audit
	}
	return leakconfig.Default
}

func span(at ssa.CallInstruction) report.Finding {
	pos, end := leakssa.Span(at)
	return report.Finding{Pos: pos, End: end}
}

// keyText returns how the code spells a key, or "" if it is too long.
func (c *checker) keyText(g *growth.Growing) string {
	text := ""
	if arg := passed(g); arg != nil {
		text = origin.Render(arg)
	} else if at, ok := g.At.(*ssa.MapUpdate); ok {
		if x := leakssa.IndexExpr(at); x != nil {
			text = types.ExprString(x.Index)
		}
	} else {
		text = origin.Render(g.Key)
	}
	if len(text) > maxKey {
		return ""
	}
	return text
}

// maxKey is how long a key in a message may be.
const maxKey = 40

// passed returns what the function passes for a key to the one that adds it, or
// nil.
func passed(g *growth.Growing) ssa.Value {
	if g.Call == nil {
		return nil
	}
	i := slices.Index(g.At.Parent().Params, growth.AsParam(g.Key))
	if args := origin.Arguments(g.Call.Common()); i >= 0 && i < len(args) {
		return args[i]
	}
	return nil
}
