// Package leakssa builds the SSA form of one package: only of the functions
// that are asked for, and with no more of its imports than these mention.
package leakssa

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Input is a type-checked package.
type Input struct {
	Fset  *token.FileSet
	Files []*ast.File
	Pkg   *types.Package
	Info  *types.Info
	// Keep says whether the body of a function is wanted; nil means all. For
	// package-level function literals decl is nil.
	Keep func(decl *ast.FuncDecl) bool
	// KeepInit says whether what a package-level variable is set to where it is
	// declared is wanted, besides what holds function literals.
	KeepInit func(ast.Expr) bool
	// NoReturn says whether a function never returns.
	NoReturn func(*types.Func) bool
}

// Package is the SSA form of a package.
type Package struct {
	SSA *ssa.Package
	// Funcs holds the functions with a body, in source order, each followed by
	// the function literals within it.
	Funcs []*ssa.Function
	// Init sets the package-level variables; nil if none of them was wanted.
	Init *ssa.Function
}

// Build builds the wanted functions of a package.
func Build(in Input) *Package {
	files, wanted := in.prune()
	info := *in.Info
	info.InitOrder = in.initOrder()

	prog := ssa.NewProgram(in.Fset, ssa.BareInits)
	if in.NoReturn != nil {
		prog.SetNoReturn(in.NoReturn)
	}
	for _, p := range in.imports(wanted, info.InitOrder) {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(in.Pkg, files, &info, false)
	pkg.Build()

	out := &Package{SSA: pkg}
	for _, d := range wanted {
		if fn := prog.FuncValue(in.Info.Defs[d.Name].(*types.Func)); fn != nil {
			out.add(fn)
		}
	}
	if init := pkg.Func("init"); init != nil {
		out.Init = init
		for _, lit := range init.AnonFuncs {
			out.add(lit)
		}
	}
	return out
}

func (p *Package) add(fn *ssa.Function) {
	if len(fn.Blocks) == 0 {
		return
	}
	p.Funcs = append(p.Funcs, fn)
	for _, lit := range fn.AnonFuncs {
		p.add(lit)
	}
}

// prune returns the files with unwanted bodies removed, and the declarations
// whose bodies are left. The input's syntax is not changed.
func (in *Input) prune() (files []*ast.File, wanted []*ast.FuncDecl) {
	for _, f := range in.Files {
		copied := *f
		copied.Decls = make([]ast.Decl, len(f.Decls))
		for i, decl := range f.Decls {
			copied.Decls[i] = decl
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			if in.Keep == nil || in.Keep(d) {
				wanted = append(wanted, d)
				continue
			}
			bare := *d
			bare.Body = nil
			copied.Decls[i] = &bare
		}
		files = append(files, &copied)
	}
	return files, wanted
}

// initOrder returns the initialisers that hold function literals: the rest of
// a package's initialisation does not matter.
func (in *Input) initOrder() []*types.Initializer {
	var order []*types.Initializer
	if in.Keep != nil && !in.Keep(nil) {
		return nil
	}
	for _, init := range in.Info.InitOrder {
		holds := in.KeepInit != nil && in.KeepInit(init.Rhs)
		ast.Inspect(init.Rhs, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncLit); ok {
				holds = true
			}
			return !holds
		})
		if holds {
			order = append(order, init)
		}
	}
	return order
}

// imports returns the packages that the wanted code mentions, in the order of
// first mention.
func (in *Input) imports(wanted []*ast.FuncDecl, inits []*types.Initializer) []*types.Package {
	var found []*types.Package
	seen := map[*types.Package]bool{in.Pkg: true}
	note := func(obj types.Object) {
		if obj != nil && obj.Pkg() != nil && !seen[obj.Pkg()] {
			seen[obj.Pkg()] = true
			found = append(found, obj.Pkg())
		}
	}
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			note(in.Info.Uses[n])
		case *ast.SelectorExpr:
			if sel := in.Info.Selections[n]; sel != nil {
				note(sel.Obj())
			}
		}
		return true
	}
	for _, d := range wanted {
		ast.Inspect(d, visit)
	}
	for _, init := range inits {
		ast.Inspect(init.Rhs, visit)
	}
	return found
}
