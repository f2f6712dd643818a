package leakapi

import (
	"io/fs"
	"maps"
	"slices"
)

// ClassNames returns the names of all classes, sorted.
func (t *Tables) ClassNames() []string { return slices.Sorted(maps.Keys(t.classes)) }

// Files returns the embedded tables.
func Files() fs.FS { return embedded }

// Parse reads a table that stands alone.
func Parse(file, text string) (*Tables, error) {
	t := newTables(nil)
	if err := t.scan(file, text); err != nil {
		return nil, err
	}
	return t, t.compile()
}

// Content returns all that the tables hold, whatever it looked like.
func (t *Tables) Content() []any {
	all := []any{t.classes, t.packages, t.pairPkgs, t.index}
	for _, pkg := range sortedKeys(t.books) {
		all = append(all, pkg, t.of(pkg))
	}
	return all
}
