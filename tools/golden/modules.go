package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/gocmd"
)

// project is one of the repository's own modules.
type project struct {
	dir, path string
	requires  []string // path@version of direct requirements, in the order of go.mod
}

// modulesBelow returns the modules at root and below, sorted by directory. The
// repository's own modules are not among those that they require.
func modulesBelow(root string) ([]project, error) {
	var projects []project
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != root && (d.Name() == "testdata" || d.Name()[0] == '.') {
			return fs.SkipDir
		}
		if d.Name() != "go.mod" {
			return nil
		}
		p, err := readProject(filepath.Dir(file))
		projects = append(projects, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, p := range projects {
		own[p.path] = true
	}
	for i := range projects {
		var others []string
		for _, m := range projects[i].requires {
			if path, _, _ := strings.Cut(m, "@"); !own[path] {
				others = append(others, m)
			}
		}
		projects[i].requires = others
	}
	return projects, nil
}

func readProject(dir string) (project, error) {
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		return project{}, err
	}
	out, err := gocmd.Run(dir, "mod", "edit", "-json")
	if err != nil {
		return project{}, err
	}
	var mod struct {
		Module  struct{ Path string }
		Require []struct {
			Path, Version string
			Indirect      bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		return project{}, err
	}
	p := project{dir: dir, path: mod.Module.Path}
	for _, r := range mod.Require {
		if !r.Indirect {
			p.requires = append(p.requires, r.Path+"@"+r.Version)
		}
	}
	return p, nil
}

// needs returns the packages of a module that the project's depend on, its tests and
// files with the tag tools among them.
func (p project) needs(module string) ([]string, error) {
	out, err := gocmd.Run(p.dir, "list", "-deps", "-test", "-tags=tools", "-f", `{{with .Module}}{{if eq .Path "`+module+`"}}{{$.ImportPath}}{{end}}{{end}}`, "./...")
	if err != nil {
		return nil, err
	}
	packages := strings.Fields(string(out))
	if len(packages) == 0 {
		return nil, fmt.Errorf("no package of %s is needed in %s", module, p.dir)
	}
	return packages, nil
}
