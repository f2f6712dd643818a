// Command golden runs leakvet over the standard library and over the modules
// that the project's go.mod files require directly, and compares the findings with
// those that were read and judged before.
//
// Usage, from the tools module:
//
//	go run ./golden [-update] [-tier default|audit] [-v]
//
// It prints the difference and exits 1 if there is one. With -update it
// rewrites the file instead: new findings are unread, the others keep their
// verdicts. Only default-tier findings are recorded.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/tools/internal/record"
	"github.com/leakvet/leakvet/tools/internal/suite"
)

const goldenFile = "golden/findings.txt"

func main() {
	update := flag.Bool("update", false, "rewrite the file of findings")
	tier := flag.String("tier", "default", "print the findings of another `tier`, compare nothing")
	verbose := flag.Bool("v", false, "name the packages that could not be loaded")
	flag.Parse()
	same, err := golden(os.Stdout, *tier, *update, *verbose)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "golden:", err)
		os.Exit(2)
	case !same:
		os.Exit(1)
	}
}

// golden reports whether the findings are those on record, or have been
// recorded. An analyzer's failure is an error.
func golden(w io.Writer, tier string, update, verbose bool) (same bool, err error) {
	if err := leakconfig.Analyzer.Flags.Set("tier", tier); err != nil {
		return false, err
	}
	projects, err := modulesBelow("..")
	if err != nil {
		return false, err
	}
	result, _, err := collect(projects)
	if err != nil {
		return false, err
	}
	if verbose {
		for _, s := range result.Skipped {
			fmt.Fprintln(os.Stderr, "golden: skipped", s)
		}
	}
	for _, f := range result.Failures {
		fmt.Fprintf(os.Stderr, "golden: %s failed on %s: %v\n%s\n", f.Analyzer, f.Package, f.Value, f.Stack)
	}
	if n := len(result.Failures); n > 0 {
		return false, fmt.Errorf("%d analyses failed", n)
	}
	found := entries(result.Findings)
	fmt.Fprintf(os.Stderr, "golden: %d packages, %d findings; %d packages could not be loaded\n",
		result.Packages, len(found), len(result.Skipped))
	if tier != leakconfig.Default.String() {
		for _, e := range found {
			fmt.Fprintln(w, e)
		}
		return true, nil
	}

	old, err := readRecord()
	if err != nil {
		return false, err
	}
	record.Keep(found, old.Entries)
	now := record.File{Of: "the standard library of " + runtime.Version() + " and required modules", Entries: found}
	if update {
		return true, os.WriteFile(goldenFile, now.Format(), 0o644)
	}
	if old.Of != now.Of {
		fmt.Fprintf(os.Stderr, "golden: recorded for %s, now %s\n", old.Of, now.Of)
	}
	return record.Diff(w, old.Entries, found), nil
}

func entries(findings []suite.Finding) []record.Entry {
	var es []record.Entry
	for _, f := range findings {
		es = append(es, record.Entry{Rule: f.Rule, File: f.File, Line: f.Line, Message: f.Message})
	}
	return record.Sort(es)
}

func readRecord() (record.File, error) {
	data, err := os.ReadFile(goldenFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return record.File{}, err
	}
	return record.Parse(goldenFile, data)
}

// collect analyses the standard library and what the projects need, and returns the
// paths of the modules, too.
func collect(projects []project) (suite.Result, []string, error) {
	fmt.Fprintln(os.Stderr, "golden: standard library")
	result, err := suite.Std()
	if err != nil {
		return result, nil, err
	}
	paths := []string{suite.StdPrefix}
	done := map[string]bool{}
	for _, p := range projects {
		for _, m := range p.requires {
			if done[m] {
				continue
			}
			done[m] = true
			// One module at a time: all at once are more than fits.
			fmt.Fprintf(os.Stderr, "golden: %s, required by %s\n", m, p.path)
			path, _, _ := strings.Cut(m, "@")
			patterns := []string{path + "/..."}
			if programs[path] {
				if patterns, err = p.needs(path); err != nil {
					return result, nil, err
				}
			}
			r, err := suite.Packages(p.dir, patterns...)
			if err != nil {
				return result, nil, err
			}
			result.Add(r)
			paths = append(paths, path)
		}
	}
	return result, paths, nil
}

// programs are modules that are whole programs beside the library that is required:
// only what is needed of them is analysed.
var programs = map[string]bool{"github.com/docker/docker": true, "github.com/moby/buildkit": true}

// within returns the entries on files of the modules with the given paths.
func within(entries []record.Entry, paths []string) []record.Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e record.Entry) bool {
		return !slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(e.File, p+"/") })
	})
}
