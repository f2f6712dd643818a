package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/record"
)

// language is the Go version of data that says none.
const language = "1.26"

// data is a copy of test data that the go command can load.
type data struct {
	modules  []string // directories
	expected []told
	moved    map[string]told // what stands at line 0 of a copied file; none if it is where it was
}

// told is a line that something is told of, or should be.
type told struct {
	unit string // what is compared; a line unless it says otherwise
	file string // with slashes
	line int
	what string // the rule, or their words
}

func (t told) position() string { return fmt.Sprintf("%s:%d", t.file, t.line) }

// findings returns the findings where they are in the data as it was had, one for a line.
func (d *data) findings(entries []record.Entry) []told {
	var all []told
	for _, e := range entries {
		t := told{file: e.File, line: e.Line}
		if at, ok := d.moved[e.File]; ok {
			t = told{unit: at.unit, file: at.file, line: at.line + e.Line}
		}
		t.unit, t.what = cmp.Or(t.unit, t.position()), e.Rule
		all = append(all, t)
	}
	return sorted(all)
}

// sorted sorts by position and leaves one at each.
func sorted(all []told) []told {
	slices.SortStableFunc(all, func(a, b told) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line)) })
	return slices.CompactFunc(all, func(a, b told) bool { return a.file == b.file && a.line == b.line })
}

// languageDir matches directories that staticcheck names for the Go version of the data.
var languageDir = regexp.MustCompile(`^go(1\.\d+)$`)

// copyData copies the data at dir to tmp, where each directory with a go.mod file is a
// module, or else one named for a Go version, or else the whole.
func (c corpus) copyData(tmp, dir string) (*data, error) {
	d := new(data)
	e := editor{context: c.withContext, module: "example.com/" + c.data, root: dir}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == "vendor" { // the real libraries are fetched
				return fs.SkipDir
			}
			if m := languageDir.FindStringSubmatch(entry.Name()); m != nil {
				d.modules = append(d.modules, rel)
				return writeModule(filepath.Join(tmp, rel), e.module, m[1])
			}
			return os.MkdirAll(filepath.Join(tmp, rel), 0o777)
		}
		isGo := filepath.Ext(name) == ".go"
		if !isGo && entry.Name() != "go.mod" && entry.Name() != "go.sum" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if entry.Name() == "go.mod" {
			d.modules = append(d.modules, filepath.Dir(rel))
		}
		if isGo {
			expected, err := expectations(filepath.ToSlash(rel), text, c.words)
			if err != nil {
				return err
			}
			d.expected = append(d.expected, expected...)
			if text, err = e.edit(rel, text); err != nil {
				return err
			}
		}
		return os.WriteFile(filepath.Join(tmp, rel), text, 0o666)
	})
	if err == nil && len(d.modules) == 0 {
		d.modules = []string{"."}
		err = writeModule(tmp, e.module, language)
	}
	d.expected = sorted(d.expected)
	return d, err
}

// writeModule writes a go.mod file to a directory, which it makes.
func writeModule(dir, module, language string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.mod"), fmt.Appendf(nil, "module %s\n\ngo %s\n", module, language), 0o666)
}

// editor changes files so that leakvet judges them, and leaves their lines where they
// are.
type editor struct {
	module, root string
	context      bool
	unnamed      int // functions that got a name
}

// edit gives functions named _ a name, since no SSA is built of them, and imports the
// packages of the data by the module's name. If it is to give contexts, too, each
// function has one as its first parameter, instead of one that it makes.
func (e *editor) edit(name string, text []byte) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var b edits
	b.base = f.FileStart
	imported := false
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imported = imported || p == "context"
		if info, err := os.Stat(filepath.Join(e.root, p)); err == nil && info.IsDir() {
			b.replace(spec.Path.Pos(), spec.Path.End(), strconv.Quote(e.module+"/"+p))
		}
	}
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if fn.Name.Name == "_" {
			e.unnamed++
			b.replace(fn.Name.Pos(), fn.Name.End(), fmt.Sprintf("unnamed%d", e.unnamed))
		}
		if e.context && fn.Body != nil {
			if !imported {
				imported = true
				b.replace(f.Name.End(), f.Name.End(), `; import "context"`)
			}
			giveContext(&b, fn)
		}
	}
	return b.apply(text), nil
}

// giveContext makes ctx a parameter, and the variable that the function begins with blank.
func giveContext(b *edits, fn *ast.FuncDecl) {
	param := "ctx context.Context"
	if len(fn.Type.Params.List) > 0 {
		param += ", "
	}
	b.replace(fn.Type.Params.Opening+1, fn.Type.Params.Opening+1, param)
	for _, stmt := range fn.Body.List {
		if a, ok := stmt.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && len(a.Lhs) == 1 {
			if id, ok := a.Lhs[0].(*ast.Ident); ok && id.Name == "ctx" {
				b.replace(id.Pos(), a.TokPos+2, "_ =")
			}
		}
	}
}

// edits are replacements in a file.
type edits struct {
	base token.Pos
	all  []edit
}

type edit struct {
	from, to int
	text     string
}

func (b *edits) replace(from, to token.Pos, text string) {
	b.all = append(b.all, edit{int(from - b.base), int(to - b.base), text})
}

func (b *edits) apply(text []byte) []byte {
	slices.SortFunc(b.all, func(x, y edit) int { return cmp.Compare(x.from, y.from) })
	var out strings.Builder
	last := 0
	for _, e := range b.all {
		out.Write(text[last:e.from])
		out.WriteString(e.text)
		last = e.to
	}
	out.Write(text[last:])
	return []byte(out.String())
}
