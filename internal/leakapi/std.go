package leakapi

import (
	_ "embed"
	"strings"
	"sync"
)

//go:generate go run ./genstd

//go:embed std.txt
var stdText string

var stdPaths = sync.OnceValue(func() map[string]bool {
	paths := map[string]bool{}
	for line := range strings.Lines(stdText) {
		paths[strings.TrimSpace(line)] = true
	}
	return paths
})

// IsStd reports whether path is a package of the standard library: by the list
// of the two newest releases and by nothing else, since a user's module may
// have any name.
func IsStd(path string) bool { return stdPaths()[path] }
