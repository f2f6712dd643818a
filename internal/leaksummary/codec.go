package leaksummary

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

const factVersion = 11

// What follows the version of a fact: which parts there are.
const (
	hasNoReturn = 1 << iota
	hasNeverNil
	hasLends
	hasParams
	hasOwned
	hasCalls
	hasBlocks
	hasContexts
	hasLabels
	hasValues
	hasHeld
	hasCaches
	hasFresh
	hasDetached
	hasOfNil
)

// MarshalBinary encodes f: a version, what there is, and that. Equal facts give
// equal bytes.
func (f *LeakFunc) MarshalBinary() ([]byte, error) {
	flags := flag(f.NoReturn, hasNoReturn) | flag(f.NeverNil, hasNeverNil) | flag(f.Lends, hasLends) | flag(f.Detached, hasDetached) |
		flag(len(f.Params) > 0, hasParams) | flag(len(f.Owned) > 0, hasOwned) | flag(len(f.Calls) > 0, hasCalls) |
		flag(len(f.Blocks) > 0, hasBlocks) | flag(len(f.Contexts) > 0, hasContexts) |
		flag(len(f.Labels) > 0, hasLabels) | flag(len(f.Values) > 0, hasValues) | flag(len(f.Held) > 0, hasHeld) | flag(len(f.Caches) > 0, hasCaches) |
		flag(f.Fresh != NotFresh, hasFresh) | flag(len(f.OfNil) > 0, hasOfNil)
	b := binary.AppendUvarint([]byte{factVersion}, uint64(flags))
	section := func(flag, n int) bool {
		if flags&flag != 0 {
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
			b = append(b, byte(o.When)|bit(o.Perhaps)<<4)
			b = appendAliases(b, o.Aliases)
			b = appendString(b, o.By)
			b = binary.AppendUvarint(b, uint64(o.NotNil))
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
	if section(hasLabels, len(f.Labels)) {
		for _, l := range f.Labels {
			b = appendLabel(b, l)
		}
	}
	if section(hasValues, len(f.Values)) {
		for _, v := range f.Values {
			b = appendValue(b, v)
		}
	}
	if section(hasHeld, len(f.Held)) {
		for _, h := range f.Held {
			b = appendHeld(b, h)
		}
	}
	if section(hasCaches, len(f.Caches)) {
		for _, k := range f.Caches {
			b = appendKept(b, k)
		}
	}
	if f.Fresh != NotFresh {
		b = append(b, byte(f.Fresh))
	}
	if section(hasOfNil, len(f.OfNil)) {
		for _, n := range f.OfNil {
			b = append(b, byte(n.Arg), byte(n.Result), byte(n.Is)|bit(n.NonNil)<<4|bit(n.Const != 0)<<5)
			if n.Const != 0 {
				b = binary.AppendVarint(b, n.Const)
			}
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

// flag returns f if it holds, or else 0.
func flag(holds bool, f int) int {
	if holds {
		return f
	}
	return 0
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
	flags := d.uvarint()
	*f = LeakFunc{NoReturn: flags&hasNoReturn != 0, NeverNil: flags&hasNeverNil != 0, Lends: flags&hasLends != 0, Detached: flags&hasDetached != 0}
	section := func(flag int) int {
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
		o := Owned{Class: d.string()}
		m := d.byte()
		o.When, o.Perhaps = leakapi.When(m&15), m&16 != 0
		o.Aliases, o.By = d.aliases(), d.string()
		o.NotNil = uint16(d.uvarint())
		f.Owned = append(f.Owned, o)
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
	for range section(hasLabels) {
		f.Labels = append(f.Labels, d.label())
	}
	for range section(hasValues) {
		f.Values = append(f.Values, d.value())
	}
	for range section(hasHeld) {
		f.Held = append(f.Held, d.held())
	}
	for range section(hasCaches) {
		f.Caches = append(f.Caches, d.kept())
	}
	if flags&hasFresh != 0 {
		f.Fresh = Fresh(d.byte())
	}
	for range section(hasOfNil) {
		n := leakapi.OfNil{Arg: int(int8(d.byte())), Result: int(int8(d.byte()))}
		m := d.byte()
		n.Is, n.NonNil = leakapi.Is(m&15), m&16 != 0
		d.failed = d.failed || n.Is > leakapi.IsConst
		if m&32 != 0 {
			n.Const = d.varint()
		}
		f.OfNil = append(f.OfNil, n)
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

func (d *decoder) uvarint() int {
	n, w := binary.Uvarint(d.b)
	if w <= 0 || n > 1<<16 {
		d.failed = true
		d.b = nil
		return 0
	}
	d.b = d.b[w:]
	return int(n)
}

func (d *decoder) varint() int64 {
	n, w := binary.Varint(d.b)
	if w <= 0 {
		d.failed = true
		d.b = nil
		return 0
	}
	d.b = d.b[w:]
	return n
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
