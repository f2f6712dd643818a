package mapgrow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// closedWords end the names of keys of which a program mostly has a fixed set.
var closedWords = wordSet("api arch arg category charset class code column component core count cpu depth directive driver encoding env " +
	"ext fd feature field flag format group idx index kind lang language layout len length level locale method mode module name " +
	"op opcode option package partition pattern pkg plugin port protocol query region role scheme schema shard size slot sql " +
	"stage state statement status stmt suffix table template tmpl tpl type unit version width worker zone")

// numberWords mark, wherever they stand, keys that count what there are few of.
var numberWords = wordSet("cpu fd partition port shard slot worker")

// memoryWords mark types that are there to keep what they are given.
var memoryWords = wordSet("dummy fake inmem inmemory mem memory mock noop stub")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// closed reports whether the name of a key says that there are few.
func closed(text string) bool {
	text = strings.TrimRight(text, "()")
	if i := strings.LastIndexByte(text, '('); i >= 0 {
		text = text[:i]
	}
	words := leakssa.Words(text[strings.LastIndexAny(text, ".[")+1:])
	n := len(words)
	if n > 1 && (words[n-1] == "id" || words[n-1] == "key") {
		words = words[:n-1]
		n--
	}
	return n > 0 && (closedWords[words[n-1]] || slices.ContainsFunc(words, func(w string) bool { return numberWords[w] }))
}

// closedKey reports whether the name of a key, or of all that it is made of, says
// that there are few.
func (c *checker) closedKey(g *growth.Growing) bool {
	if closed(c.keyText(g)) {
		return true
	}
	return len(g.Origin.Deps) > 0 && !slices.ContainsFunc(g.Origin.Deps, func(d origin.Dep) bool {
		name := d.Param.Name()
		if len(d.Path) > 0 {
			name = d.Path[len(d.Path)-1]
		}
		return !closed(name)
	})
}

// byDesign reports whether a name says that something is there to keep all that
// it is given.
func byDesign(held *growth.Container, owner *types.TypeName) bool {
	names := leakssa.Words(held.Var.Name())
	if owner != nil {
		names = append(names, leakssa.Words(owner.Name())...)
	}
	for _, w := range names {
		if memoryWords[w] {
			return true
		}
	}
	return false
}

// counted reports whether something counts entries down again: who does has an end
// in mind, and keys that come back.
func counted(held *growth.Container) bool {
	return slices.ContainsFunc(held.Inserts, func(in *growth.Insert) bool {
		down, ok := in.Value.(*ssa.BinOp)
		return ok && down.Op == token.SUB
	})
}

// isInteger reports whether t is an integer's type, other than one for hashes.
func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && b.Kind() != types.Uint64
}
