package leakapi

import (
	"io/fs"
	"maps"
	"slices"
)

// PackageKeys returns the paths of all package rows, sorted.
func (t *Tables) PackageKeys() []string { return slices.Sorted(maps.Keys(t.packages)) }

// ClassNames returns the names of all classes, sorted.
func (t *Tables) ClassNames() []string { return slices.Sorted(maps.Keys(t.classes)) }

// Files returns the embedded tables.
func Files() fs.FS { return embedded }

// Parse reads a table that stands alone.
func Parse(file, text string) (*Tables, error) {
	p := newParser()
	if err := p.parse(file, text); err != nil {
		return nil, err
	}
	return p.finish(), nil
}
