package contract

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
	"github.com/leakvet/leakvet/internal/suggest"
)

// parse reads what a directive says of the declaration: rows, or what is wrong with
// it.
func (d *decl) parse(c Comment, k kind, tables *leakapi.Tables) (rows []string, wrong string) {
	if !means(c.Word, k) {
		return nil, fmt.Sprintf("%s means nothing on %s", says(c), k)
	}
	if k != aFunction {
		return d.plain(c)
	}
	fn, ok := d.obj.(*types.Func)
	if !ok {
		return nil, says(c) + " means nothing here"
	}
	f := &function{c: c, sig: fn.Signature(), name: fn.Name(), tables: tables}
	switch c.Word {
	case Bounded, Unbounded:
		if rows, wrong = d.plain(c); wrong == "" {
			rows, wrong = f.values()
		}
	case Blocks:
		if wrong = d.once(c, "blocks"); wrong == "" {
			rows, wrong = f.block()
		}
	default:
		rows, wrong = f.names(d)
	}
	return rows, wrong
}

// means reports whether a directive can stand beside a declaration of a kind.
func means(word string, k kind) bool {
	switch k {
	case aFunction:
		return true
	case aField:
		return word == Owns || word == Bounded || word == Unbounded
	case aVariable:
		return word == Bounded || word == Unbounded
	case aType:
		return word == Bounded
	}
	return false
}

// plain reads a directive without arguments.
func (d *decl) plain(c Comment) (rows []string, wrong string) {
	if c.Args != "" {
		return nil, says(c) + " takes no arguments: explain it behind //"
	}
	about := "values"
	if c.Word == Owns {
		about = Owns
	}
	if wrong := d.once(c, about); wrong != "" {
		return nil, wrong
	}
	return []string{c.Word}, ""
}

// once notes what a directive is about. It returns what is wrong if something has
// been said about that already.
func (d *decl) once(c Comment, about string) string {
	word := d.said[about]
	if word == "" {
		if !c.Blank {
			d.said[about] = c.Word
		}
		return ""
	}
	name, named := strings.CutPrefix(about, "name ")
	switch {
	case word == c.Word && named:
		return fmt.Sprintf("%s names %s twice", says(c), short(name))
	case word == c.Word:
		return says(c) + " is said twice"
	case named:
		return fmt.Sprintf("%s %s contradicts %s%s", says(c), short(name), Prefix, word)
	}
	return fmt.Sprintf("%s contradicts %s%s", says(c), Prefix, word)
}

// function reads a directive beside a function.
type function struct {
	c      Comment
	sig    *types.Signature
	name   string
	tables *leakapi.Tables
}

// values says of all results but errors whether they have few values.
func (f *function) values() (rows []string, wrong string) {
	for i := range f.sig.Results().Len() {
		if pathcond.IsError(f.sig.Results().At(i).Type()) {
			continue
		}
		if f.c.Word == Bounded {
			rows = append(rows, fmt.Sprintf("finite result=%d", i))
		} else {
			rows = append(rows, fmt.Sprintf("source result=%d says=%s", i, strings.ReplaceAll(leakapi.Unbounded, " ", "-")))
		}
	}
	if rows == nil {
		return nil, fmt.Sprintf("%s means nothing on %s, which returns no value", says(f.c), short(f.name))
	}
	return rows, ""
}

// block says what the function waits for, and which context ends that.
func (f *function) block() (rows []string, wrong string) {
	noun := f.c.Args
	if noun == "" {
		noun = "network"
	}
	if nouns := leakapi.WaitNouns(); !slices.Contains(nouns, noun) {
		if best := suggest.Nearest(noun, nouns); best != "" {
			return nil, fmt.Sprintf("%s knows no %s (did you mean %s?)", says(f.c), short(noun), best)
		}
		return nil, fmt.Sprintf("%s knows no %s, only %s", says(f.c), short(noun), strings.Join(nouns, ", "))
	}
	row := "block on=" + noun
	for i := range f.sig.Params().Len() {
		if leakapi.IsContext(f.sig.Params().At(i).Type()) {
			row += fmt.Sprintf(" ctx=%d", i+f.offset())
			break
		}
	}
	return []string{row}, ""
}

// offset returns the index of the first parameter: the receiver comes first.
func (f *function) offset() int {
	if f.sig.Recv() != nil {
		return 1
	}
	return 0
}

// names reads a directive about parameters and results.
func (f *function) names(d *decl) (rows []string, wrong string) {
	args := f.c.Args
	if args == "" && f.c.Word == Shrinks && f.sig.Recv() != nil {
		if wrong := d.once(f.c, "receiver's entries"); wrong != "" {
			return nil, wrong
		}
		return []string{"shrink arg=0"}, ""
	}
	if args == "" {
		return nil, says(f.c) + " names no parameter"
	}
	if strings.ContainsAny(args, " \t") || strings.Contains(","+args+",", ",,") {
		return nil, says(f.c) + " takes names with commas and without blanks: explain it behind //"
	}
	for name := range strings.SplitSeq(args, ",") {
		row, wrong := f.row(name)
		if wrong != "" {
			return nil, wrong
		}
		about := "name " + name
		if f.c.Word == Shrinks {
			about = "entries of " + name
		}
		if wrong := d.once(f.c, about); wrong != "" {
			return nil, wrong
		}
		rows = append(rows, row)
	}
	return rows, ""
}

// theResult names the first result of a function that gives it no name.
const theResult = "result"

// row says one thing of a parameter or result.
func (f *function) row(name string) (row, wrong string) {
	if i, typ := f.param(name); typ != nil {
		if _, basic := typ.Underlying().(*types.Basic); basic {
			return "", fmt.Sprintf("%s %s: a value of type %s holds nothing", says(f.c), short(name), short(types.TypeString(typ, (*types.Package).Name)))
		}
		word := map[string]string{Owns: "keep", Borrows: "borrow", Shrinks: "shrink"}[f.c.Word]
		return fmt.Sprintf("%s arg=%d", word, i), ""
	}
	i, typ := f.result(name)
	if typ == nil || f.c.Word == Shrinks {
		return "", fmt.Sprintf("%s names %s, which is no parameter of %s", says(f.c), short(name), short(f.name))
	}
	if f.c.Word == Borrows {
		return fmt.Sprintf("notowned result=%d", i), ""
	}
	class, path := f.tables.ClassFor(typ)
	if class == nil {
		return "", fmt.Sprintf("%s %s: nothing of type %s is known to be released", says(f.c), short(name), short(types.TypeString(typ, (*types.Package).Name)))
	}
	ref := strings.Join(append([]string{fmt.Sprint(i)}, path...), ".")
	return fmt.Sprintf("acquire result=%s class=%s%s", ref, class.Name, f.when(i)), ""
}

// when returns under which outcome a result is worth something.
func (f *function) when(result int) string {
	res := f.sig.Results()
	last := res.Len() - 1
	if result == last {
		return ""
	}
	typ := res.At(last).Type()
	if pathcond.IsError(typ) {
		return " when=err==nil"
	}
	if b, ok := typ.Underlying().(*types.Basic); ok && b.Kind() == types.Bool {
		return " when=ok==true"
	}
	return ""
}

// param returns the parameter of a name, counted with the receiver first.
func (f *function) param(name string) (int, types.Type) {
	if name == "" || name == "_" {
		return 0, nil
	}
	if r := f.sig.Recv(); r != nil && r.Name() == name {
		return 0, r.Type()
	}
	for i := range f.sig.Params().Len() {
		if p := f.sig.Params().At(i); p.Name() == name {
			return i + f.offset(), p.Type()
		}
	}
	return 0, nil
}

func (f *function) result(name string) (int, types.Type) {
	res := f.sig.Results()
	for i := range res.Len() {
		if r := res.At(i); name != "" && name != "_" && r.Name() == name {
			return i, r.Type()
		}
	}
	if name == theResult && res.Len() > 0 && res.At(0).Name() == "" {
		return 0, res.At(0).Type()
	}
	return 0, nil
}

// maxName is how much of a name a message repeats.
const maxName = 24

func short(name string) string {
	if r := []rune(name); len(r) > maxName {
		return string(r[:maxName]) + "…"
	}
	return name
}
