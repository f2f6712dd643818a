package leaksummary

import (
	"fmt"
	"strings"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// LeakFunc is what importers learn of a function. Its absence, and the absence
// of any part, means unknown.
type LeakFunc struct {
	NoReturn bool
	NeverNil bool            // the last result is never nil
	OfNil    []leakapi.OfNil // what results are if an error that it is given is nil
	Lends    bool            // of an interface's method: its results lay nothing on callers
	Detached bool            // of an interface's method: it gets contexts that never end
	Params   []Param
	Owned    []Owned
	Calls    []leakapi.FuncArg
	Blocks   []ctxflow.Block    // how a call can wait
	Contexts []leakapi.Context  // where the contexts come from that results are or carry
	Labels   []origin.LabelFlow // the labels that arguments become
	Values   []origin.Flow      // where the values come from that are returned
	Held     []growth.Held      // what becomes of containers that it is given
	Caches   []Kept             // what is kept for later calls
	Fresh    Fresh              // what the first result is
}

// Param says what a function does with the resource that a parameter (the
// receiver first) leads to by Path.
type Param struct {
	Index  int
	Path   pathcond.Path
	Effect obligation.Effect
}

// Owned is a resource that a function lays on its caller.
type Owned struct {
	Class   string
	When    leakapi.When
	Aliases []obligation.Alias
	By      string // the method of the result that releases it; "" if the result is the resource
	Perhaps bool   // others have got hold of it, too
	NotNil  uint16 // a bit for each result that is not nil, or true, where there is one
}

// AFact marks LeakFunc as a fact.
func (*LeakFunc) AFact() {}

func (f *LeakFunc) empty() bool {
	return !f.NoReturn && !f.NeverNil && !f.Lends && !f.Detached && len(f.OfNil) == 0 && len(f.Params) == 0 && len(f.Owned) == 0 && len(f.Calls) == 0 && len(f.Blocks) == 0 && len(f.Contexts) == 0 &&
		len(f.Labels) == 0 && len(f.Values) == 0 && len(f.Held) == 0 && len(f.Caches) == 0 && f.Fresh == NotFresh
}

// String returns f in the form that tests expect, such as
// "owns body result 0.5 when err==nil; closes param 0".
func (f *LeakFunc) String() string {
	var parts []string
	if f.NoReturn {
		parts = append(parts, "no return")
	}
	if f.NeverNil {
		parts = append(parts, "never nil")
	}
	for _, n := range f.OfNil {
		not := ""
		if n.NonNil {
			not = "not "
		}
		parts = append(parts, fmt.Sprintf("result %d %s if param %d is %snil", n.Result, isWords[n.Is], n.Arg, not))
	}
	if f.Lends {
		parts = append(parts, "lends")
	}
	if f.Detached {
		parts = append(parts, "detached")
	}
	for _, o := range f.Owned {
		s := "owns " + o.Class
		for _, a := range o.Aliases {
			s += fmt.Sprintf(" result %d%s", a.Result, pathString(a.Path))
		}
		switch o.When {
		case leakapi.Zero:
			s += " when zero"
		case leakapi.NonZero:
			s += " when not zero"
		}
		if o.By != "" {
			s += " until " + o.By
		}
		if o.Perhaps {
			s += " perhaps"
		}
		for i := range 16 {
			if o.NotNil&(1<<i) != 0 {
				s += fmt.Sprintf(" with result %d", i)
			}
		}
		parts = append(parts, s)
	}
	for _, p := range f.Params {
		s := fmt.Sprintf("param %d%s: %s", p.Index, pathString(p.Path), maskString(p.Effect.Zero))
		if p.Effect.Zero != p.Effect.NonZero {
			s += ", else " + maskString(p.Effect.NonZero)
		}
		for _, a := range p.Effect.Aliases {
			if a.Result < 0 {
				s += fmt.Sprintf(", param %d%s", ^a.Result, pathString(a.Path))
			} else {
				s += fmt.Sprintf(", result %d%s", a.Result, pathString(a.Path))
			}
		}
		parts = append(parts, s)
	}
	for _, c := range f.Calls {
		parts = append(parts, fmt.Sprintf("calls param %d (%d)", c.Index, c.How))
	}
	for _, b := range f.Blocks {
		parts = append(parts, blockString(b))
	}
	for _, c := range f.Contexts {
		s := fmt.Sprintf("result %d has ", c.Result)
		switch c.From {
		case leakapi.Fresh:
			s += "a fresh context"
		case leakapi.Detached:
			s += "a detached context"
		default:
			s += fmt.Sprintf("the context of param %d", c.Arg)
		}
		parts = append(parts, s)
	}
	for _, l := range f.Labels {
		parts = append(parts, labelString(l))
	}
	for _, v := range f.Values {
		parts = append(parts, valueString(v))
	}
	for _, h := range f.Held {
		parts = append(parts, heldString(h))
	}
	for _, k := range f.Caches {
		parts = append(parts, k.String())
	}
	switch f.Fresh {
	case Bounded:
		parts = append(parts, "returns a fresh pool for a time")
	case Unending:
		parts = append(parts, "returns a fresh pool")
	}
	return strings.Join(parts, "; ")
}

var isWords = [...]string{leakapi.IsNil: "nil", leakapi.IsNotNil: "not nil", leakapi.IsFalse: "false", leakapi.IsTrue: "true", leakapi.IsEmpty: "empty", leakapi.IsConst: "constant"}

func blockString(b ctxflow.Block) string {
	s := "waits for " + b.On
	if b.Ctx >= 0 {
		s += fmt.Sprintf(" until param %d ends", b.Ctx)
		if len(b.Path) > 0 {
			s += " in " + b.Path[0]
		}
		return s
	}
	if b.Limited {
		s += " for a time"
	}
	s += " in " + strings.Join(b.Path, ", ")
	if b.Fresh {
		s += " with a fresh context"
	}
	return s
}

func pathString(p pathcond.Path) string {
	var s strings.Builder
	for i := range len(p) {
		switch b := p[i]; b {
		case pathcond.StepDeref:
			s.WriteString(".*")
		case pathcond.StepElement:
			s.WriteString("[]")
		case pathcond.StepCall:
			s.WriteString("()")
		default:
			fmt.Fprintf(&s, ".%d", b)
		}
	}
	return s.String()
}

func maskString(m obligation.Mask) string {
	var words []string
	if m&obligation.Released != 0 {
		words = append(words, "closes")
	}
	if m&obligation.Borrowed != 0 {
		words = append(words, "borrows")
	}
	if m&obligation.Escaped != 0 {
		words = append(words, "keeps")
	}
	if words == nil {
		return "never returns"
	}
	return strings.Join(words, "|")
}
