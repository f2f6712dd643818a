package leakapi

import (
	"fmt"
	"go/types"
	"strings"
)

// Said is what directives say of a function, field, variable or type. Where it
// says nothing, the code tells.
type Said struct {
	Func   *Func   // of a function; nil if nothing
	Owns   bool    // a field takes over what is stored in it
	Few    bool    // there are few values, and a container is bounded
	Source *Source // a field or variable has any number of values; nil if not
}

// The rows without attributes, which only directives make.
const (
	SaidOwns      = "owns"
	SaidBounded   = "bounded"
	SaidUnbounded = "unbounded"
)

// Unbounded is how messages call what is said to have any number of values.
const Unbounded = "said to be unbounded"

// saidWords are the words of table rows that directives make.
var saidWords = map[string]bool{
	"acquire": true, "block": true, "borrow": true, "finite": true, "keep": true, "notowned": true, "shrink": true, "source": true,
}

// Said compiles what directives say of one declaration: table rows, one a line,
// without their key.
func (t *Tables) Said(rows string) (*Said, error) {
	const key = "p.f"
	p := newParser(t)
	said := &Said{}
	n := 0
	for row := range strings.Lines(rows) {
		n++
		switch row = strings.TrimSpace(row); row {
		case SaidOwns:
			said.Owns = true
			continue
		case SaidBounded:
			said.Few = true
			continue
		case SaidUnbounded:
			said.Source = &Source{Result: -1, Arg: -1, Says: Unbounded}
			continue
		}
		word, attrs := cutWord(row)
		if !saidWords[word] {
			return nil, fmt.Errorf("no directive makes a row of %q", word)
		}
		if err := p.parse(fmt.Sprintf("directive:%d", n), word+" "+key+" "+attrs); err != nil {
			return nil, err
		}
	}
	said.Func = p.rows.funcs[key]
	return said, nil
}

// anything is the class of what must be released and is of no kind that the tables
// know.
const anything = "resource"

// ClassFor returns the kind of resource that a value of some type is, or holds in a
// field: what its type row says, or else one with a method that releases it. It
// returns nil if there is none.
func (t *Tables) ClassFor(typ types.Type) (class *Class, path []string) {
	if row := t.Type(typ); row != nil {
		return row.Class, row.Path
	}
	c := t.Class(anything)
	for _, name := range c.Release {
		if m := Method(typ, nil, name); m != nil && m.Signature().Params().Len() <= 1 {
			return c, nil
		}
	}
	return nil, nil
}

// WaitNouns returns what a call can wait for, sorted.
func WaitNouns() []string {
	return []string{"database", "message", "network", "process", OnResolver, OnSleep, OnWait}
}
