package contract_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/contract"
	"github.com/leakvet/leakvet/internal/leakapi"
)

// imports are compiled once.
var imports = importer.ForCompiler(token.NewFileSet(), "gc", nil)

// read returns what the directives in a file say, and what is wrong with some.
func read(t testing.TB, src string) (said, wrong []string) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: imports}
	if _, err := conf.Check("p", fset, []*ast.File{f}, info); err != nil {
		t.Fatal(err)
	}
	found, problems := contract.Read(fset, []*ast.File{f}, info, leakapi.Builtin())
	for _, s := range found {
		said = append(said, fmt.Sprintf("%s: %s", s.Obj.Name(), strings.Join(s.Rows, "; ")))
		if _, err := leakapi.Builtin().Said(s.Text()); err != nil {
			t.Errorf("%s: %v", s.Obj.Name(), err)
		}
	}
	for _, p := range problems {
		wrong = append(wrong, p.Message)
		if len(p.Message) > 120 || p.Pos >= p.End {
			t.Errorf("%d to %d: %s", p.Pos, p.End, p.Message)
		}
	}
	return said, wrong
}

const header = "package p\n\nimport (\n\t\"context\"\n\t\"io\"\n\t\"net/http\"\n\t\"os\"\n)\n\nvar (\n\t_ context.Context\n\t_ io.Reader\n\t_ *http.Client\n\t_ *os.File\n)\n\ntype T struct{}\n\n"

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, src   string
		said, wrong []string
	}{
		{"above", "//leakvet:owns r\nfunc f(r io.Reader) {}", []string{"f: keep arg=0"}, nil},
		{"in the comment", "// f reads.\n//\n//leakvet:owns r\nfunc f(r io.Reader) {}", []string{"f: keep arg=0"}, nil},
		{"followed by prose", "//leakvet:owns r\n// f reads.\nfunc f(r io.Reader) {}", []string{"f: keep arg=0"}, nil},
		{"behind", "func f(r io.Reader) {} //leakvet:owns r // as it says", []string{"f: keep arg=0"}, nil},
		{"behind the brace", "func f(\n\tr io.Reader,\n) {}\n\nfunc g(r io.Reader) { //leakvet:borrows r\n}", []string{"g: borrow arg=0"}, nil},
		{"too far above", "//leakvet:owns r\n\nfunc f(r io.Reader) {}", nil, []string{"leakvet:owns stands beside no declaration of a function, field, variable or type"}},
		{"inside", "func f(r io.Reader) {\n\t//leakvet:owns r\n\t_ = r\n}", nil, []string{"leakvet:owns stands beside no declaration of a function, field, variable or type"}},
		{"a local variable", "func f(r io.Reader) {\n\tvar x = r //leakvet:bounded\n\t_ = x\n}", nil, []string{"leakvet:bounded stands beside no declaration of a function, field, variable or type"}},
		{"several", "//leakvet:owns a,c\n//leakvet:borrows b\nfunc f(a, b, c io.Reader) {}", []string{"f: borrow arg=1; keep arg=0; keep arg=2"}, nil},
		{"a method", "//leakvet:owns t\n//leakvet:borrows r\nfunc (t *T) f(r io.Reader) {}", []string{"f: borrow arg=1; keep arg=0"}, nil},
		{"an interface", "type I interface {\n\tm()\n\t//leakvet:borrows r\n\tf(r io.Reader)\n}", []string{"f: borrow arg=1"}, nil},
		{"a local interface", "func f() {\n\ttype I interface {\n\t\tf(r io.Reader) //leakvet:borrows r\n\t}\n}", []string{"f: borrow arg=1"}, nil},
		{"variadic", "//leakvet:owns rs\nfunc f(rs ...io.Reader) {}", []string{"f: keep arg=0"}, nil},
		{"generic", "//leakvet:borrows r\nfunc f[R io.Reader](r R) {}", []string{"f: borrow arg=0"}, nil},
		{"lent", "//leakvet:borrows r\nfunc f() (r io.ReadCloser) { return }", []string{"f: notowned result=0"}, nil},
		{"lent without a name", "//leakvet:borrows result\nfunc f() (io.ReadCloser, error) { return nil, nil }", []string{"f: notowned result=0"}, nil},
		{"owned", "//leakvet:owns r\nfunc f() (r io.ReadCloser, err error) { return }", []string{"f: acquire result=0 class=resource when=err==nil"}, nil},
		{"owned without a name", "//leakvet:owns result\nfunc f() (*os.File, bool) { return nil, false }", []string{"f: acquire result=0 class=file when=ok==true"}, nil},
		{"owned in a field", "//leakvet:owns result\nfunc f() *http.Response { return nil }", []string{"f: acquire result=0.Body class=body"}, nil},
		{"blocks", "//leakvet:blocks\nfunc f() {}", []string{"f: block on=network"}, nil},
		{"blocks with a context", "//leakvet:blocks database\nfunc (t *T) f(n int, ctx context.Context) {}", []string{"f: block on=database ctx=2"}, nil},
		{"shrinks", "//leakvet:shrinks\nfunc (t *T) f() {}", []string{"f: shrink arg=0"}, nil},
		{"shrinks a parameter", "//leakvet:shrinks m\nfunc (t *T) f(m map[string]int) {}", []string{"f: shrink arg=1"}, nil},
		{"bounded results", "//leakvet:bounded\nfunc f() (a, b string, err error) { return }", []string{"f: finite result=0; finite result=1"}, nil},
		{"unbounded results", "//leakvet:unbounded\nfunc f() (string, error) { return \"\", nil }", []string{"f: source result=0 says=said-to-be-unbounded"}, nil},
		{"a field", "type S struct {\n\ta, b string //leakvet:bounded\n\t//leakvet:owns\n\tc io.Closer\n}", []string{"a: bounded", "b: bounded", "c: owns"}, nil},
		{"two things of a field", "type S struct {\n\t//leakvet:owns\n\t//leakvet:bounded\n\tc []io.Closer\n}", []string{"c: bounded; owns"}, nil},
		{"an embedded field", "type S struct {\n\t*os.File //leakvet:owns\n\tio.Reader //leakvet:owns\n}", []string{"File: owns", "Reader: owns"}, nil},
		{"a field of a field", "type S struct {\n\ts struct {\n\t\ta string //leakvet:unbounded\n\t}\n}", []string{"a: unbounded"}, nil},
		{"a variable", "//leakvet:bounded\nvar a = map[string]int{}", []string{"a: bounded"}, nil},
		{"variables", "var (\n\ta = map[string]int{} //leakvet:bounded\n\t//leakvet:unbounded\n\tb, c string\n)", []string{"a: bounded", "b: unbounded", "c: unbounded"}, nil},
		{"a type", "//leakvet:bounded\ntype Kind string", []string{"Kind: bounded"}, nil},
		{"types", "type (\n\tKind string //leakvet:bounded\n\n\t//leakvet:bounded\n\tM map[string]int\n)", []string{"Kind: bounded", "M: bounded"}, nil},
		{"one line", "type I interface{ f(r io.Reader) } //leakvet:borrows r", nil, []string{"leakvet:borrows means nothing on a type"}},
		{"prose", "// leakvet:owns is a directive\nfunc f(r io.Reader) {}", nil, nil},
		{"prose elsewhere", "// leakvet:bounded\n\nfunc f(r io.Reader) {}", nil, nil},
		{"a blank", "// leakvet:owns r\nfunc f(r io.Reader) {}", nil, []string{"leakvet:owns does nothing with a blank behind the slashes"}},
		{"a block of comments", "/*leakvet:owns r*/\nfunc f(r io.Reader) {}", nil, nil},

		{"a constant", "//leakvet:bounded\nconst c = 1", nil, []string{"leakvet:bounded means nothing on a constant"}},
		{"an alias", "//leakvet:bounded\ntype A = string", nil, []string{"leakvet:bounded means nothing on an alias of a type"}},
		{"owns a variable", "var v io.Reader //leakvet:owns", nil, []string{"leakvet:owns means nothing on a variable"}},
		{"an unbounded type", "type A string //leakvet:unbounded", nil, []string{"leakvet:unbounded means nothing on a type"}},
		{"a field that blocks", "type S struct {\n\tf func() //leakvet:blocks\n}", nil, []string{"leakvet:blocks means nothing on a field"}},
		{"no parameter", "//leakvet:owns body\nfunc f(r io.Reader) {}", nil, []string{"leakvet:owns names body, which is no parameter of f"}},
		{"a result that shrinks", "//leakvet:shrinks m\nfunc f() (m map[string]int) { return }", nil, []string{"leakvet:shrinks names m, which is no parameter of f"}},
		{"the receiver of an interface", "type I interface {\n\tf() //leakvet:owns I\n}", nil, []string{"leakvet:owns names I, which is no parameter of f"}},
		{"no name", "//leakvet:borrows\nfunc f(r io.Reader) {}", nil, []string{"leakvet:borrows names no parameter"}},
		{"shrinks nothing", "//leakvet:shrinks\nfunc f(m map[string]int) {}", nil, []string{"leakvet:shrinks names no parameter"}},
		{"an empty name", "//leakvet:borrows r,\nfunc f(r io.Reader) {}", nil, []string{"leakvet:borrows takes names with commas and without blanks: explain it behind //"}},
		{"the blank name", "//leakvet:borrows _\nfunc f(_ io.Reader) {}", nil, []string{"leakvet:borrows names _, which is no parameter of f"}},
		{"a blank between names", "//leakvet:owns a, b\nfunc f(a, b io.Reader) {}", nil, []string{"leakvet:owns takes names with commas and without blanks: explain it behind //"}},
		{"a reason", "//leakvet:owns a because\nfunc f(a io.Reader) {}", nil, []string{"leakvet:owns takes names with commas and without blanks: explain it behind //"}},
		{"arguments", "//leakvet:bounded by ten\nvar v []int", nil, []string{"leakvet:bounded takes no arguments: explain it behind //"}},
		{"a text", "//leakvet:owns s\nfunc f(s string) {}", nil, []string{"leakvet:owns s: a value of type string holds nothing"}},
		{"an unknown resource", "//leakvet:owns result\nfunc f() *T { return nil }", nil, []string{"leakvet:owns result: nothing of type *p.T is known to be released"}},
		{"an unknown noun", "//leakvet:blocks netwrk\nfunc f() {}", nil, []string{"leakvet:blocks knows no netwrk (did you mean network?)"}},
		{"another noun", "//leakvet:blocks tea\nfunc f() {}", nil, []string{"leakvet:blocks knows no tea, only database, message, network, process, resolver, sleep, wait"}},
		{"no results", "//leakvet:bounded\nfunc f() error { return nil }", nil, []string{"leakvet:bounded means nothing on f, which returns no value"}},
		{"a contradiction", "//leakvet:owns r\n//leakvet:borrows r\nfunc f(r io.Reader) {}", []string{"f: keep arg=0"}, []string{"leakvet:borrows r contradicts leakvet:owns"}},
		{"another contradiction", "//leakvet:bounded\n//leakvet:unbounded\nvar v string", []string{"v: bounded"}, []string{"leakvet:unbounded contradicts leakvet:bounded"}},
		{"twice", "//leakvet:owns r\n//leakvet:owns r\nfunc f(r io.Reader) {}", []string{"f: keep arg=0"}, []string{"leakvet:owns names r twice"}},
		{"twice in one", "//leakvet:owns r,r\nfunc f(r io.Reader) {}", nil, []string{"leakvet:owns names r twice"}},
		{"bounded twice", "//leakvet:bounded\nvar v string //leakvet:bounded", []string{"v: bounded"}, []string{"leakvet:bounded is said twice"}},
		{"blocks twice", "//leakvet:blocks\n//leakvet:blocks process\nfunc f() {}", []string{"f: block on=network"}, []string{"leakvet:blocks is said twice"}},
		{"shrinks twice", "//leakvet:shrinks\n//leakvet:shrinks\nfunc (t *T) f() {}", []string{"f: shrink arg=0"}, []string{"leakvet:shrinks is said twice"}},
		{"long names", "//leakvet:owns " + strings.Repeat("x", 200) + "\nfunc " + strings.Repeat("f", 200) + "(r io.Reader) {}", nil,
			[]string{"leakvet:owns names " + strings.Repeat("x", 24) + "…, which is no parameter of " + strings.Repeat("f", 24) + "…"}},
	} {
		said, wrong := read(t, header+test.src+"\n")
		if !slices.Equal(said, test.said) || !slices.Equal(wrong, test.wrong) {
			t.Errorf("%s:\ngot  %q\n     %q\nwant %q\n     %q", test.name, said, wrong, test.said, test.wrong)
		}
	}
}

func TestSpeaks(t *testing.T) {
	for src, want := range map[string]bool{
		"package p\n\n//leakvet:bounded\nvar v int":             true,
		"package p\n\n// leakvet:bounded\nvar v int":            false,
		"package p\n\n//leakvet:ignore mapgrow x\nvar v int":    false,
		"package p\n\n// It is leakvet:bounded.\nvar v int":     false,
		"package p\n\nvar v int //leakvet:unbounded // for now": true,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if got := contract.Speaks([]*ast.File{f}); got != want {
			t.Errorf("%v for\n%s", got, src)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"owns r", "borrows r,t", "blocks network", "shrinks", "bounded", "unbounded // x", "owns result", "ignore respbody x", "owns ,", "blocks\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\r\n\x00") || !isText(s) {
			t.Skip()
		}
		line := "//leakvet:" + s + "\n"
		read(t, "package p\n\n"+line+"type T struct {\n"+line+"\ta []T\n}\n\n"+line+"func (t *T) f(r *T, n int) (*T, error) { return nil, nil }\n\n"+line+"var v "+"map[string]int\n\n"+line+"type I interface {\n"+line+"\tm(r *T)\n}\n")
	})
}

// isText reports whether the parser takes s in a comment.
func isText(s string) bool {
	return strings.ToValidUTF8(s, "") == s && !strings.ContainsRune(s, '\uFEFF')
}
