// Package render prints a report for people and for programs.
package render

import (
	"path/filepath"
	"strings"
)

// Options say how to print.
type Options struct {
	Base  string // the directory that file names are relative to
	Color bool
}

// name returns how a file is called: relative to the base if it lies beneath
// or close to it, with slashes.
func (o Options) name(file string) string {
	if file == "" || !filepath.IsAbs(file) {
		return filepath.ToSlash(file)
	}
	rel, err := filepath.Rel(o.Base, file)
	if err != nil || strings.HasPrefix(rel, "..") && len(rel) >= len(file) {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}
