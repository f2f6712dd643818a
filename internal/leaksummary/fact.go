package leaksummary

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// LeakFunc is what importers learn of a function. Its absence, and the absence
// of any part, means unknown.
type LeakFunc struct {
	NoReturn bool
	NeverNil bool // the last result is never nil
	Lends    bool // of an interface's method: its results lay nothing on callers
	Params   []Param
	Owned    []Owned
	Calls    []leakapi.FuncArg
	Blocks   []ctxflow.Block   // how a call can wait
	Contexts []leakapi.Context // where the contexts come from that results are or carry
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
}

// AFact marks LeakFunc as a fact.
func (*LeakFunc) AFact() {}

func (f *LeakFunc) empty() bool {
	return !f.NoReturn && !f.NeverNil && !f.Lends && len(f.Params) == 0 && len(f.Owned) == 0 && len(f.Calls) == 0 && len(f.Blocks) == 0 && len(f.Contexts) == 0
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
	if f.Lends {
		parts = append(parts, "lends")
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
	return strings.Join(parts, "; ")
}

func blockString(b ctxflow.Block) string {
	s := "waits for " + b.On
	if b.Ctx >= 0 {
		return s + fmt.Sprintf(" until param %d ends", b.Ctx)
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

const factVersion = 2

// MarshalBinary encodes f. Equal facts give equal bytes.
func (f *LeakFunc) MarshalBinary() ([]byte, error) {
	b := []byte{factVersion, 0}
	if f.NoReturn {
		b[1] |= 1
	}
	if f.NeverNil {
		b[1] |= 2
	}
	if f.Lends {
		b[1] |= 4
	}
	b = binary.AppendUvarint(b, uint64(len(f.Params)))
	for _, p := range f.Params {
		b = append(b, byte(p.Index))
		b = appendString(b, string(p.Path))
		b = append(b, byte(p.Effect.Zero)|byte(p.Effect.NonZero)<<4)
		b = appendAliases(b, p.Effect.Aliases)
	}
	b = binary.AppendUvarint(b, uint64(len(f.Owned)))
	for _, o := range f.Owned {
		b = appendString(b, o.Class)
		b = append(b, byte(o.When))
		b = appendAliases(b, o.Aliases)
	}
	b = binary.AppendUvarint(b, uint64(len(f.Calls)))
	for _, c := range f.Calls {
		b = append(b, byte(c.Index), byte(c.How))
	}
	b = binary.AppendUvarint(b, uint64(len(f.Blocks)))
	for _, bl := range f.Blocks {
		b = appendString(b, bl.On)
		b = append(b, byte(bl.Ctx), bit(bl.Fresh)|bit(bl.Limited)<<1|bit(bl.Stuck)<<2)
		b = binary.AppendUvarint(b, uint64(len(bl.Path)))
		for _, name := range bl.Path {
			b = appendString(b, name)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(f.Contexts)))
	for _, c := range f.Contexts {
		b = append(b, byte(c.Result), byte(c.Into), byte(c.From)|bit(c.Limited)<<4, byte(c.Arg))
	}
	return b, nil
}

func bit(v bool) byte {
	if v {
		return 1
	}
	return 0
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendAliases(b []byte, aliases []obligation.Alias) []byte {
	b = binary.AppendUvarint(b, uint64(len(aliases)))
	for _, a := range aliases {
		b = append(b, byte(a.Result))
		b = appendString(b, string(a.Path))
	}
	return b
}

// UnmarshalBinary decodes what MarshalBinary wrote. It fails on anything else.
func (f *LeakFunc) UnmarshalBinary(data []byte) error {
	d := &decoder{b: data}
	if v := d.byte(); v != factVersion {
		return fmt.Errorf("leaksummary: fact of version %d, want %d", v, factVersion)
	}
	flags := d.byte()
	*f = LeakFunc{NoReturn: flags&1 != 0, NeverNil: flags&2 != 0, Lends: flags&4 != 0}
	for range d.len() {
		p := Param{Index: int(d.byte()), Path: pathcond.Path(d.string())}
		m := d.byte()
		p.Effect.Zero, p.Effect.NonZero = obligation.Mask(m&15), obligation.Mask(m>>4)
		p.Effect.Aliases = d.aliases()
		f.Params = append(f.Params, p)
	}
	for range d.len() {
		f.Owned = append(f.Owned, Owned{Class: d.string(), When: leakapi.When(d.byte()), Aliases: d.aliases()})
	}
	for range d.len() {
		f.Calls = append(f.Calls, leakapi.FuncArg{Index: int(d.byte()), How: leakapi.How(d.byte())})
	}
	for range d.len() {
		b := ctxflow.Block{On: d.string(), Ctx: int(int8(d.byte()))}
		m := d.byte()
		b.Fresh, b.Limited, b.Stuck = m&1 != 0, m&2 != 0, m&4 != 0
		for range d.len() {
			b.Path = append(b.Path, d.string())
		}
		f.Blocks = append(f.Blocks, b)
	}
	for range d.len() {
		c := leakapi.Context{Result: int(int8(d.byte())), Into: int(int8(d.byte()))}
		m := d.byte()
		c.From, c.Limited, c.Arg = leakapi.ContextFrom(m&15), m&16 != 0, int(int8(d.byte()))
		f.Contexts = append(f.Contexts, c)
	}
	if d.failed || len(d.b) > 0 {
		return errors.New("leaksummary: malformed fact")
	}
	return nil
}

type decoder struct {
	b      []byte
	failed bool
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.failed = true
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}

// len reads a count, which cannot exceed the bytes left.
func (d *decoder) len() int {
	n, w := binary.Uvarint(d.b)
	if w <= 0 || n > uint64(len(d.b)-w) {
		d.failed = true
		d.b = nil
		return 0
	}
	d.b = d.b[w:]
	return int(n)
}

func (d *decoder) string() string {
	n := d.len()
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) aliases() []obligation.Alias {
	var out []obligation.Alias
	for range d.len() {
		out = append(out, obligation.Alias{Result: int(int8(d.byte())), Path: pathcond.Path(d.string())})
	}
	return out
}
