package leakapi

import (
	"go/types"
	"strings"
)

// splitKey cuts a key of the form pkg.Func, (pkg.T).M or (*pkg.T).M into its
// package path, receiver type name ("" for a function) and name.
func splitKey(key string) (pkg, recv, name string, ok bool) {
	qualified := key
	if rest, method := strings.CutPrefix(key, "("); method {
		typ, m, found := strings.Cut(rest, ").")
		if !found || m == "" {
			return "", "", "", false
		}
		qualified, name = strings.TrimPrefix(typ, "*"), m
	}
	dot := strings.LastIndexByte(qualified, '.')
	if dot <= 0 || dot < strings.LastIndexByte(qualified, '/') {
		return "", "", "", false
	}
	pkg = qualified[:dot]
	if name == "" {
		name = qualified[dot+1:]
	} else {
		recv = qualified[dot+1:]
	}
	return pkg, recv, name, token(name) && (recv == "" || token(recv))
}

func token(s string) bool { return s != "" && !strings.ContainsAny(s, "()[]*. /") }

// Method returns the method that a type's values, or what they point to, have under
// a name that is exported or pkg's, or nil.
func Method(t types.Type, pkg *types.Package, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	m, _ := obj.(*types.Func)
	return m
}

// findMethod returns the method that a key names, or nil.
func findMethod(key string, lookup func(string) *types.Package) *types.Func {
	path, recv, name, ok := splitKey(key)
	if !ok || recv == "" {
		return nil
	}
	pkg := lookup(path)
	if pkg == nil {
		return nil
	}
	obj, ok := pkg.Scope().Lookup(recv).(*types.TypeName)
	if !ok {
		return nil
	}
	if m := Method(types.NewPointer(obj.Type()), pkg, name); m != nil {
		return m
	}
	return Method(obj.Type(), pkg, name) // an interface's methods are not those of a pointer to it
}
