package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/leakvet/leakvet/tools/internal/gocmd"
)

const self = "github.com/leakvet/leakvet"

// newest asks the go command for the libraries' newest versions.
func newest(libs []*library) error {
	args := []string{"-u", "-versions"}
	for _, l := range libs {
		args = append(args, l.Path)
	}
	found, err := modules(integration, args...)
	if err != nil {
		return err
	}
	byPath := map[string]module{}
	for _, m := range found {
		byPath[m.Path] = m
	}
	for _, l := range libs {
		l.know(byPath[l.Path])
	}
	return nil
}

// upgrade makes dir a copy of the integration module without its tests, with the
// newest versions of as many libraries as it can require.
func upgrade(dir string, libs []*library) error {
	if err := copyModule(dir, integration, "drift"); err != nil {
		return err
	}
	deps, err := os.ReadFile(filepath.Join(integration, "deps.go"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "deps.go"), deps, 0o666); err != nil {
		return err
	}
	if _, err := gocmd.Run(dir, "mod", "edit", "-dropreplace="+self, "-droprequire="+self); err != nil {
		return err
	}
	// One after another: what cannot be upgraded keeps nothing else back.
	for _, l := range libs {
		if err := get(dir, l); err != nil {
			return err
		}
	}
	inUse, err := modules(dir, "all")
	if err != nil {
		return err
	}
	selected := map[string]string{}
	for _, m := range inUse {
		selected[m.Path] = m.Version
	}
	for _, l := range libs {
		l.tried = selected[l.Path]
	}
	newerMajors(libs, inUse)
	return nil
}

// get makes the module at dir require the newest version of a library that it
// can, and says why if that is not the newest of all.
func get(dir string, l *library) error {
	for _, version := range l.newer {
		_, err := gocmd.Run(dir, "get", l.Path+"@"+version)
		failure, ok := errors.AsType[*gocmd.Error](err)
		if !ok {
			return err
		}
		progress("%v", failure)
		if l.kept == "" {
			l.kept = whyNot(failure.Stderr)
		}
	}
	return nil
}

// copyModule makes dir a module of that name with the requirements of another.
func copyModule(dir, from, name string) error {
	for _, file := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(from, file))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o666); err != nil {
			return err
		}
	}
	_, err := gocmd.Run(dir, "mod", "edit", "-module="+name)
	return err
}
