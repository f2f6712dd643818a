// Package render prints a report for people and for programs.
package render

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
)

// A Document is what is to be printed.
type Document struct {
	Report   *finding.Report // sorted
	Problems []string        // why the run is incomplete, if it is
	Rules    []*rules.Rule   // all that there are
	Version  string          // of leakvet
	Stats    *stats.Report   // what the analysis cost; nil if nobody asks
}

// rule returns the rule of that name; one that says nothing if there is none.
func (d *Document) rule(name string) *rules.Rule {
	for _, r := range d.Rules {
		if r.Name == name {
			return r
		}
	}
	return &rules.Rule{Name: name}
}

// Options say how to print.
type Options struct {
	Base  string // the directory that file names are relative to
	Color bool
	Width int // how many columns there are; 0 for any number
}

// formats print documents, by name.
var formats = []struct {
	name  string
	write func(io.Writer, *Document, Options) error
}{
	{"text", text},
	{"short", short},
	{"json", writeJSON},
	{"sarif", sarif},
	{"github", github},
	{"checkstyle", checkstyle},
	{"gitlab", gitlab},
}

// Formats returns the names of all formats.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Write prints the document in the format of that name, one of Formats.
func Write(w io.Writer, format string, d *Document, o Options) error {
	for _, f := range formats {
		if f.name == format {
			return f.write(w, d, o)
		}
	}
	panic("no format " + format)
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
