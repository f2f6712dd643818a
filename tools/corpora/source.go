package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/clone"
	"github.com/leakvet/leakvet/tools/internal/fields"
	"github.com/leakvet/leakvet/tools/internal/gocmd"
)

// source is a line of corpora.txt: where data is had.
type source struct {
	from    string // a module, or owner/name at GitHub
	version string // of the module, or a commit
	dir     string // with slashes
}

// readSources reads the sources by name. A malformed line is an error with its number.
func readSources(name string) (map[string]source, error) {
	sources := map[string]source{}
	err := fields.Read(name, func(f []string) error {
		if len(f) != 4 {
			return fmt.Errorf("%d columns, want name, module or repository, version or commit, directory", len(f))
		}
		s := source{from: f[1], version: f[2], dir: f[3]}
		switch _, twice := sources[f[0]]; {
		case twice:
			return fmt.Errorf("%s stands twice", f[0])
		case s.isModule():
		case len(s.version) != 40 || strings.Count(s.from, "/") != 1:
			return errors.New("want a module and a version that begins with v, or owner/name and a commit of 40 digits")
		}
		sources[f[0]] = s
		return nil
	})
	return sources, err
}

func (s source) isModule() bool { return strings.HasPrefix(s.version, "v") }

// fetch returns the directory of the data on this machine.
func (s source) fetch(checkouts string) (string, error) {
	dir := filepath.FromSlash(s.dir)
	if s.isModule() {
		// That module's go.sum vouches for what it requires, too.
		out, err := gocmd.Run("rivals", "mod", "download", "-json", s.from+"@"+s.version)
		if err != nil {
			return "", err
		}
		var module struct{ Dir string }
		if err := json.Unmarshal(out, &module); err != nil {
			return "", err
		}
		return filepath.Join(module.Dir, dir), nil
	}
	at, _, err := clone.Of(checkouts, s.from)
	if err == nil {
		err = clone.Git(at, "checkout", "-q", "-f", s.version)
	}
	return filepath.Join(at, dir), err
}
