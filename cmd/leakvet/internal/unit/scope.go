package unit

import (
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// A scope says how much of a package is analysed.
type scope int

const (
	own     scope = iota // everything
	foreign              // only what importers want to know
	std                  // nothing: the tables know it
)

func (s scope) String() string {
	switch s {
	case own:
		return "own"
	case foreign:
		return "foreign"
	}
	return "std"
}

// scopeOf classifies the package of cfg.
func scopeOf(cfg *Config) scope {
	switch {
	case leakapi.IsStd(cfg.ImportPath):
		return std
	case isForeign(cfg.Dir):
		return foreign
	}
	return own
}

// IsOwn reports whether a package with the given path and directory is
// analysed in full.
func IsOwn(path, dir string) bool {
	return scopeOf(&Config{ImportPath: path, Dir: dir}) == own
}

// ScopeName returns what Stats call the scope of a package with the given path
// and directory.
func ScopeName(path, dir string) string {
	return scopeOf(&Config{ImportPath: path, Dir: dir}).String()
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
