package unit

import (
	"go/build"
	"path/filepath"
	"strings"
)

// A scope says how much of a package is analysed.
type scope int

const (
	own     scope = iota // everything
	foreign              // only what importers want to know
	std                  // nothing: the tables know it
)

// scopeOf classifies the package of cfg.
func scopeOf(cfg *Config) scope {
	switch {
	case isStd(cfg):
		return std
	case isForeign(cfg.Dir):
		return foreign
	}
	return own
}

// IsOwn reports whether a package with the given path, directory and module
// (empty if unknown) is analysed in full.
func IsOwn(path, dir, module string) bool {
	return scopeOf(&Config{ImportPath: path, Dir: dir, ModulePath: module}) == own
}

// isStd reports whether cfg describes a package of the standard library.
func isStd(cfg *Config) bool {
	first, _, _ := strings.Cut(cfg.ImportPath, "/")
	if strings.Contains(first, ".") {
		return false
	}
	if cfg.ModulePath == "" && cfg.Module == nil {
		return true
	}
	src := filepath.Join(build.Default.GOROOT, "src") + string(filepath.Separator)
	return build.Default.GOROOT != "" && strings.HasPrefix(cfg.Dir+string(filepath.Separator), src)
}

// isForeign reports whether dir lies in a module cache or a vendor directory.
func isForeign(dir string) bool {
	for elem := range strings.SplitSeq(filepath.ToSlash(dir), "/") {
		if elem == "vendor" {
			return true
		}
		if _, version, ok := strings.Cut(elem, "@v"); ok && version != "" && '0' <= version[0] && version[0] <= '9' {
			return true
		}
	}
	return false
}

// isVariant reports whether an ID names a package recompiled for a test.
func isVariant(id string) bool { return strings.Contains(id, " [") }
