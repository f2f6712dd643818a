// Command precision runs leakvet over public projects and compares the findings
// of the default tier with those that were read and judged before.
//
// Usage, from the tools module:
//
//	go run ./precision [-checkouts directory] [-update] [repository...]
//	go run ./precision -tables
//	go run ./precision -sample [repository...]
//
// The projects, their commits and modules are in precision/projects.txt; what was
// found and what readers said is in precision/findings, a file for each project.
// The first form clones what -checkouts lacks, prints the difference and exits
// with 1 if there is one; with -update it rewrites the files instead: new findings
// are unread, the others keep their verdicts. The second form writes the tables of
// docs/precision.md from the files. The third prints what a reader should read and
// nobody has: of each project all findings of a rule, or a random 60.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/leakvet/leakvet/tools/internal/record"
)

const (
	projectsFile = "precision/projects.txt"
	findingsDir  = "precision/findings"
	document     = "../docs/precision.md"
)

func main() {
	checkouts := flag.String("checkouts", defaultCheckouts(), "the `directory` of the projects' clones")
	update := flag.Bool("update", false, "rewrite the files of findings")
	tables := flag.Bool("tables", false, "rewrite the tables of docs/precision.md, run nothing")
	sample := flag.Bool("sample", false, "print what should be read and is not, run nothing")
	flag.Parse()
	same, err := precision(os.Stdout, *checkouts, *update, *tables, *sample, flag.Args())
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "precision:", err)
		os.Exit(2)
	case !same:
		os.Exit(1)
	}
}

// precision reports whether all findings are those on record, or have been
// recorded.
func precision(w io.Writer, checkouts string, update, tables, sample bool, only []string) (same bool, err error) {
	all, err := readProjects(projectsFile)
	if err != nil {
		return false, err
	}
	chosen, err := choose(all, only)
	if err != nil {
		return false, err
	}
	switch {
	case tables:
		return true, writeTables(all)
	case sample:
		return true, printSample(w, chosen)
	}
	leakvet, remove, err := build()
	if err != nil {
		return false, err
	}
	defer remove()
	same = true
	for _, p := range chosen {
		fmt.Fprintf(os.Stderr, "precision: %s at %.12s\n", p.repository, p.commit)
		ok, err := p.compare(w, leakvet, checkouts, update)
		if err != nil {
			return false, fmt.Errorf("%s: %w", p.repository, err)
		}
		same = same && ok
	}
	return same, nil
}

// compare analyses the project and compares what is found with the record, or
// records it.
func (p project) compare(w io.Writer, leakvet, checkouts string, update bool) (same bool, err error) {
	dir, err := p.checkout(checkouts)
	if err != nil {
		return false, err
	}
	var found []record.Entry
	for _, module := range p.modules {
		entries, err := analyze(leakvet, dir, module)
		if err != nil {
			return false, err
		}
		found = append(found, entries...)
	}
	found = record.Sort(found)
	old, err := p.record()
	if err != nil {
		return false, err
	}
	record.Keep(found, old.Entries)
	if update {
		now := record.File{Of: p.repository + " at " + p.commit, Entries: found}
		if err := os.MkdirAll(findingsDir, 0o777); err != nil {
			return false, err
		}
		return true, os.WriteFile(p.file(), now.Format(), 0o666)
	}
	return record.Diff(w, old.Entries, found), nil
}

func printSample(w io.Writer, projects []project) error {
	for _, p := range projects {
		r, err := p.record()
		if err != nil {
			return err
		}
		for _, e := range sampleOf(r.Entries) {
			if e.Verdict == record.Unread {
				fmt.Fprintf(w, "%s\t%s:%d\t%s\t%s\n", p.repository, e.File, e.Line, e.Rule, e.Message)
			}
		}
	}
	return nil
}

func defaultCheckouts() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "leakvet-precision")
}
