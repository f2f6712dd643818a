package leaksummary

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
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

const factVersion = 2

// What the second byte of a fact says.
const (
	hasNoReturn = 1 << iota
	hasNeverNil
	hasLends
	hasParams
	hasOwned
	hasCalls
	hasBlocks
	hasContexts
)

// MarshalBinary encodes f: a version, what there is, and that. Equal facts give
// equal bytes.
func (f *LeakFunc) MarshalBinary() ([]byte, error) {
	b := []byte{factVersion, bit(f.NoReturn)*hasNoReturn | bit(f.NeverNil)*hasNeverNil | bit(f.Lends)*hasLends}
	section := func(flag byte, n int) bool {
		if n > 0 {
			b[1] |= flag
			b = binary.AppendUvarint(b, uint64(n))
		}
		return n > 0
	}
	if section(hasParams, len(f.Params)) {
		for _, p := range f.Params {
			b = append(b, byte(p.Index))
			b = appendString(b, string(p.Path))
			b = append(b, byte(p.Effect.Zero)|byte(p.Effect.NonZero)<<4)
			b = appendAliases(b, p.Effect.Aliases)
		}
	}
	if section(hasOwned, len(f.Owned)) {
		for _, o := range f.Owned {
			b = appendString(b, o.Class)
			b = append(b, byte(o.When))
			b = appendAliases(b, o.Aliases)
		}
	}
	if section(hasCalls, len(f.Calls)) {
		for _, c := range f.Calls {
			b = append(b, byte(c.Index), byte(c.How))
		}
	}
	if section(hasBlocks, len(f.Blocks)) {
		for _, bl := range f.Blocks {
			b = appendBlock(b, bl)
		}
	}
	if section(hasContexts, len(f.Contexts)) {
		for _, c := range f.Contexts {
			b = append(b, byte(c.Result), byte(c.Into), byte(c.From)|bit(c.Limited)<<4, byte(c.Arg))
		}
	}
	return b, nil
}

// waitWords are what functions wait for most; others are spelled out.
var waitWords = []string{"", "network", "database", "process", "message", leakapi.OnEvent, leakapi.OnSleep, leakapi.OnWait, leakapi.OnResolver}

func appendBlock(b []byte, bl ctxflow.Block) []byte {
	word := max(slices.Index(waitWords, bl.On), 0)
	b = append(b, byte(word)|bit(bl.Fresh)<<4|bit(bl.Limited)<<5|bit(bl.Weak)<<6|bit(bl.Path != nil)<<7, byte(bl.Ctx))
	if word == 0 {
		b = appendString(b, bl.On)
	}
	if bl.Path != nil {
		b = binary.AppendUvarint(b, uint64(len(bl.Path)))
		for _, name := range bl.Path {
			b = appendString(b, name)
		}
	}
	return b
}

func (d *decoder) block() ctxflow.Block {
	m := d.byte()
	b := ctxflow.Block{Ctx: int(int8(d.byte())), Fresh: m&16 != 0, Limited: m&32 != 0, Weak: m&64 != 0}
	if word := int(m & 15); word == 0 {
		b.On = d.string()
	} else if word < len(waitWords) {
		b.On = waitWords[word]
	} else {
		d.failed = true
	}
	if m&128 != 0 {
		b.Path = []string{}
		for range d.len() {
			b.Path = append(b.Path, d.string())
		}
	}
	return b
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
	*f = LeakFunc{NoReturn: flags&hasNoReturn != 0, NeverNil: flags&hasNeverNil != 0, Lends: flags&hasLends != 0}
	section := func(flag byte) int {
		if flags&flag == 0 {
			return 0
		}
		return d.len()
	}
	for range section(hasParams) {
		p := Param{Index: int(d.byte()), Path: pathcond.Path(d.string())}
		m := d.byte()
		p.Effect.Zero, p.Effect.NonZero = obligation.Mask(m&15), obligation.Mask(m>>4)
		p.Effect.Aliases = d.aliases()
		f.Params = append(f.Params, p)
	}
	for range section(hasOwned) {
		f.Owned = append(f.Owned, Owned{Class: d.string(), When: leakapi.When(d.byte()), Aliases: d.aliases()})
	}
	for range section(hasCalls) {
		f.Calls = append(f.Calls, leakapi.FuncArg{Index: int(d.byte()), How: leakapi.How(d.byte())})
	}
	for range section(hasBlocks) {
		f.Blocks = append(f.Blocks, d.block())
	}
	for range section(hasContexts) {
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
