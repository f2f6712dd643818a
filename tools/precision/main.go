// Command precision runs leakvet over public projects and compares the findings
// of the default tier with those that were read and judged before.
//
// Usage, from the tools module:
//
//	go run ./precision [-checkouts directory] [-update] [repository...]
//	go run ./precision -rivals [-checkouts directory] [-update]
//	go run ./precision -tables
//	go run ./precision -sample [repository...]
//
// The projects, their commits and modules are in precision/projects.txt; what was
// found and what readers said is in precision/findings, a file for each project.
// The first form clones what -checkouts lacks, prints the difference and exits
// with 1 if there is one; with -update it rewrites the files instead: new findings
// are unread, the others keep their verdicts. The second form does the same for the
// tools of the module rivals and precision/rivals.txt. The third writes the tables
// of docs/precision.md from the files. The fourth prints what a reader should read
// and nobody has: of each project all findings of a rule, or a random 60; of each
// rival a random 40.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/leakvet/leakvet/tools/internal/gocmd"
	"github.com/leakvet/leakvet/tools/internal/record"
)

const (
	projectsFile = "precision/projects.txt"
	findingsDir  = "precision/findings"
	requiredFile = "golden/findings.txt" // in std and required modules
	document     = "../docs/precision.md"
)

func main() {
	checkouts := flag.String("checkouts", defaultCheckouts(), "the `directory` of the projects' clones")
	update := flag.Bool("update", false, "rewrite the files of findings")
	rivals := flag.Bool("rivals", false, "run the rivals instead of leakvet")
	tables := flag.Bool("tables", false, "rewrite the tables of docs/precision.md, run nothing")
	sample := flag.Bool("sample", false, "print what should be read and is not, run nothing")
	flag.Parse()
	run := compareAll
	switch {
	case *rivals:
		run = compareRivals
	case *tables:
		run = writeTables
	case *sample:
		run = printSample
	}
	same, err := run(os.Stdout, options{*checkouts, *update, flag.Args()})
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "precision:", err)
		os.Exit(2)
	case !same:
		os.Exit(1)
	}
}

// options are what the user asked for.
type options struct {
	checkouts string
	update    bool
	only      []string // repositories; none means all
}

// projects returns the projects that are asked for.
func (o options) projects() ([]project, error) {
	all, err := readProjects(projectsFile)
	if err != nil {
		return nil, err
	}
	return choose(all, o.only)
}

// compareAll reports whether all findings are those on record, or have been
// recorded.
func compareAll(w io.Writer, o options) (same bool, err error) {
	projects, err := o.projects()
	if err != nil {
		return false, err
	}
	tmp, err := os.MkdirTemp("", "leakvet-precision-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(tmp)
	leakvet := filepath.Join(tmp, "leakvet")
	if _, err := gocmd.Run("..", "build", "-buildvcs=false", "-o", leakvet, "./cmd/leakvet"); err != nil {
		return false, err
	}
	same = true
	for _, p := range projects {
		fmt.Fprintf(os.Stderr, "precision: %s at %.12s\n", p.repository, p.commit)
		found, err := p.findings(leakvet, o.checkouts)
		if err != nil {
			return false, fmt.Errorf("%s: %w", p.repository, err)
		}
		ok, err := compare(w, p.file(), record.File{Of: p.repository + " at " + p.commit, Entries: found}, o.update)
		if err != nil {
			return false, err
		}
		same = same && ok
	}
	return same, nil
}

// findings returns what leakvet finds in the project.
func (p project) findings(leakvet, checkouts string) ([]record.Entry, error) {
	dir, err := p.checkout(checkouts)
	if err != nil {
		return nil, err
	}
	var found []record.Entry
	for _, module := range p.modules {
		entries, err := analyze(leakvet, dir, module)
		if err != nil {
			return nil, err
		}
		found = append(found, entries...)
	}
	return found, nil
}

// compare reports whether what is found now is what the file says; with update it
// is made so. Verdicts are kept.
func compare(w io.Writer, file string, now record.File, update bool) (same bool, err error) {
	now.Entries = record.Sort(now.Entries)
	old, err := read(file)
	if err != nil {
		return false, err
	}
	record.Keep(now.Entries, old.Entries)
	if !update {
		return record.Diff(w, old.Entries, now.Entries), nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return false, err
	}
	return true, os.WriteFile(file, now.Format(), 0o666)
}

// read returns what a file has on record; there need not be one.
func read(file string) (record.File, error) {
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return record.File{}, err
	}
	return record.Parse(file, data)
}

func printSample(w io.Writer, o options) (bool, error) {
	projects, err := o.projects()
	if err != nil {
		return false, err
	}
	for _, p := range projects {
		r, err := read(p.file())
		if err != nil {
			return false, err
		}
		printUnread(w, p.repository, sampleOf(r.Entries, projectSample))
	}
	r, err := read(rivalsFile)
	if err != nil {
		return false, err
	}
	if len(o.only) == 0 {
		printUnread(w, "", sampleOf(r.Entries, rivalSample))
	}
	return true, nil
}

func printUnread(w io.Writer, repository string, entries []record.Entry) {
	for _, e := range entries {
		if e.Verdict == record.Unread {
			fmt.Fprintf(w, "%s\t%s:%d\t%s\t%s\n", repository, e.File, e.Line, e.Rule, e.Message)
		}
	}
}

func defaultCheckouts() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "leakvet-precision")
}
