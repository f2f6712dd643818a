package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// The words of directives that are about declarations.
const (
	Owns      = "owns"
	Borrows   = "borrows"
	Blocks    = "blocks"
	Shrinks   = "shrinks"
	Bounded   = "bounded"
	Unbounded = "unbounded"
)

// Words returns the words of all directives, sorted.
func Words() []string {
	return []string{Blocks, Borrows, Bounded, IgnoreLine, IgnoreFile, Owns, Shrinks, Unbounded}
}

// AboutDeclaration reports whether a directive says what holds of a declaration.
func (c Comment) AboutDeclaration() bool {
	switch c.Word {
	case Owns, Borrows, Blocks, Shrinks, Bounded, Unbounded:
		return true
	}
	return false
}

// Said is what the directives beside a declaration say of it.
type Said struct {
	Obj  types.Object
	Rows []string // in the grammar that leakapi's Tables.Said reads, sorted
}

// Text returns the rows as one text.
func (s Said) Text() string { return strings.Join(s.Rows, "\n") }

// Problem is a directive that is wrong, and therefore says nothing.
type Problem struct {
	Comment
	Message string
}

// Read returns what the directives in files say of declarations, in source order,
// and what is wrong with some. A blank in front makes a directive do nothing, which
// is a problem if it would do something without.
func Read(fset *token.FileSet, files []*ast.File, info *types.Info, tables *leakapi.Tables) (said []Said, problems []Problem) {
	for _, f := range files {
		r := &reader{tables: tables, found: map[types.Object]*decl{}}
		for _, group := range f.Comments {
			for _, c := range group.List {
				d, ok := ParseComment(c.Text)
				if !ok || !d.AboutDeclaration() {
					continue
				}
				d.Pos += c.Pos()
				d.End += c.Pos()
				if r.places == nil {
					r.places = placesIn(fset, f, info)
				}
				if message := r.read(d, r.places.beside(group, c.Pos())); message != "" {
					problems = append(problems, Problem{d, message})
				}
			}
		}
		for _, d := range r.order {
			if len(d.rows) > 0 {
				slices.Sort(d.rows)
				said = append(said, Said{d.obj, d.rows})
			}
		}
	}
	return said, problems
}

// Speaks reports whether files hold directives about declarations.
func Speaks(files []*ast.File) bool {
	for _, f := range files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if !strings.HasPrefix(c.Text, "//"+Prefix) {
					continue
				}
				if d, ok := ParseComment(c.Text); ok && d.AboutDeclaration() {
					return true
				}
			}
		}
	}
	return false
}

// reader reads the directives of one file.
type reader struct {
	tables *leakapi.Tables
	places *places
	found  map[types.Object]*decl
	order  []*decl
}

// decl is what has been read about one declaration.
type decl struct {
	obj  types.Object
	rows []string
	said map[string]string // about what, and the word that said it
}

// read takes one directive. It returns what is wrong with it, or "".
func (r *reader) read(c Comment, t *target) string {
	if t == nil {
		if c.Blank {
			return ""
		}
		return says(c) + " stands beside no declaration of a function, field, variable or type"
	}
	for _, obj := range t.objs {
		d := r.found[obj]
		if d == nil {
			d = &decl{obj: obj, said: map[string]string{}}
		}
		news, message := d.parse(c, t.kind, r.tables)
		switch {
		case c.Blank && message == "":
			return says(c) + " does nothing with a blank behind the slashes"
		case c.Blank:
			return ""
		case message != "":
			return message
		}
		if r.found[obj] == nil {
			r.found[obj] = d
			r.order = append(r.order, d)
		}
		d.rows = append(d.rows, news...)
	}
	return ""
}

func says(c Comment) string { return Prefix + c.Word }
