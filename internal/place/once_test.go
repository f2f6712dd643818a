package place_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/place"
)

// The comments say whether the line runs once.
const onceMain = `package main

type command struct{}

type request struct{}

type server struct{}

type group struct{}

func (*group) Go(func()) {}

func (*group) Each(func()) {}

var atStart = work() // once

func work() int { return 0 }

func init() { work() } // once

func main() {
	work() // once
	for range 3 {
		work() // often
		inLoop()
	}
	setUp()
	starts(&server{}, &server{})
	go beside()
	func() {
		work() // once
	}()
	register(func(c *command, args []string) {
		work() // once
		fromCommand()
		for range args {
			work() // often
		}
	})
	register(func(r *request) {
		work() // often
		both()
	})
	both()
	var g group
	g.Go(func() {
		work() // once
	})
	for range 3 {
		g.Go(func() {
			work() // often
		})
	}
	g.Each(func() {
		work() // often
	})
	register(value)
	Exported()
	recursive(3)
	new(server).serve()
	generic[int]()
	var r runner = new(server)
	r.Run()
}

func setUp() {
	work() // once
	deeper()
}

func deeper() {
	work() // once
	defer work() // once
}

func beside() {
	work() // once
}

func inLoop() {
	work() // often
}

func fromCommand() {
	work() // once
}

func both() {
	work() // often
}

func value() {
	work() // often
}

func never() {
	work() // often
}

func Exported() {
	work() // once
}

func recursive(n int) {
	work() // often
	if n > 0 {
		recursive(n - 1)
	}
}

func generic[T any]() {
	work() // once
}

func (s *server) serve() {
	work() // once
}

func (s *server) Handle() {
	work() // often
}

type runner interface {
	Run()
	step()
}

func (s *server) Run() {
	work() // often
}

func (s *server) Start() {
	work() // once
}

func (s *server) Turn() {
	work() // often
}

func (s *server) step() {
	work() // often
}

func starts(s *server, r runner) {
	s.Start()
	s.step()
	for range 3 {
		r.step()
	}
	handle(s.Turn)
	s.Turn()
}

func handle(func()) {}

func register(any) {}

type cli struct {
	List  listCmd ` + "`cmd:\"\"`" + `
	Group struct {
		Get *getCmd ` + "`cmd:\"\" help:\"get one\"`" + `
	} ` + "`cmd:\"\"`" + `
	Other other ` + "`help:\"no command\"`" + `
}

type (
	listCmd struct{}
	getCmd  struct{}
	other   struct{}
)

func (listCmd) Run() {
	work() // once
}

func (*getCmd) Run() error {
	work() // once
	return nil
}

func (*getCmd) Help() {
	work() // often
}

func (other) Run() {
	work() // often
}
`

// A package of a command: what is plain there is taken to run once.
const onceCmd = `package list

type request struct{}

type poller struct{}

var commands = []any{start}

func work() {}

func start() {
	work() // once
	helper()
}

func helper() {
	work() // once
}

func Status() {
	work() // once
	for {
		work() // often
		inLoop()
	}
}

func inLoop() {
	work() // often
}

func Handler(r *request) {
	work() // often
	answer()
}

func answer() {
	work() // often
}

func (p *poller) Poll() {
	work() // often
}
`

func TestOnce(t *testing.T) {
	for _, test := range []struct{ path, source string }{
		{"example.com/tool", onceMain},
		{"example.com/tool/cmd/list", onceCmd},
		{"example.com/tool/list", strings.ReplaceAll(onceCmd, "once", "often")},
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", test.source, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Instances: map[*ast.Ident]types.Instance{},
		}
		pkg, err := new(types.Config).Check(test.path, fset, []*ast.File{f}, info)
		if err != nil {
			t.Fatal(err)
		}
		is := func(name string) func(types.Type) bool {
			return func(t types.Type) bool { return strings.HasSuffix(t.String(), "."+name) }
		}
		root := inspector.New([]*ast.File{f}).Root()
		pass := &analysis.Pass{Fset: fset, Files: []*ast.File{f}, Pkg: pkg, TypesInfo: info}
		once := place.NewOnce(pass, place.NewUses(pass, root), is("command"), is("request"))
		want := map[int]string{}
		for _, c := range f.Comments {
			want[fset.Position(c.Pos()).Line] = strings.TrimSpace(strings.TrimPrefix(c.Text(), "//"))
		}
		for cur := range root.Preorder((*ast.CallExpr)(nil)) {
			line := fset.Position(cur.Node().Pos()).Line
			got := map[bool]string{true: "once", false: "often"}[once.At(cur.Node().Pos())]
			if w := want[line]; w != "" && w != got {
				t.Errorf("%s:%d: runs %s, want %s", test.path, line, got, w)
			}
			delete(want, line)
		}
		if len(want) > 0 {
			t.Errorf("%s: no calls on lines %v", test.path, want)
		}
	}
}
