package leakapi

import (
	"embed"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// ClassNames returns the names of all classes, sorted.
func (t *Tables) ClassNames() []string { return slices.Sorted(maps.Keys(t.classes)) }

//go:embed tables/*.txt
var embedded embed.FS

// load reads tables from their files.
func load(fsys fs.FS) (*Tables, error) {
	files, err := readTables(fsys)
	if err != nil {
		return nil, err
	}
	t := newTables(nil)
	return t, t.scan(files...)
}

func readTables(fsys fs.FS) ([]file, error) {
	names, err := fs.Glob(fsys, "tables/*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var files []file
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{path.Base(name), string(data)})
	}
	return files, nil
}

// Files returns the embedded tables.
func Files() fs.FS { return embedded }

// Parse reads a table that stands alone.
func Parse(name, text string) (*Tables, error) {
	t := newTables(nil)
	if err := t.scan(file{name, text}); err != nil {
		return nil, err
	}
	return t, t.compile()
}

// Content returns all that the tables hold, whatever it looked like.
func (t *Tables) Content() []any {
	all := []any{t.classes, t.packages, t.pairPkgs, t.index}
	for _, pkg := range t.pkgs {
		all = append(all, pkg, t.of(pkg))
	}
	return all
}
