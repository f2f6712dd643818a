// Command recall runs leakvet, or other linters, at the parents of commits that
// mended a leak, and at these commits: a tool should report the leak at the parent,
// within the lines that the mend is about, and be silent about them at the fix.
//
// Usage, from the tools module:
//
//	go run ./recall [-checkouts directory] [-cache directory] [-tools default,audit] [-update] [kind or repository...]
//	go run ./recall -fixes file [-checkouts directory] [-cache directory] [-tools default,audit] [kind or repository...]
//	go run ./recall -tables
//
// The fixes are in recall/development.txt, on which the rules are tried while they are
// written, and recall/elsewhere.txt; what was found is in recall/found.txt. The first
// form prints what differs from the record and exits with 1 if anything does; with
// -update it rewrites the record instead. It clones what -checkouts lacks, and checks
// out other commits there as it goes: give it clones of its own. The second form
// tries the fixes in another file, such as recall/further.txt, and prints what is found of
// each, and a table; the third writes the tables of docs/precision.md from the record.
//
// Tools are default and audit, leakvet's tiers, and rivals, the linters of the module
// rivals. Nothing is compiled: each package that the leak's package depends on is
// given to the tool as the go command would, from its source; what it wrote is kept in
// -cache, by tool and source.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	developmentFile = "recall/development.txt"
	elsewhereFile   = "recall/elsewhere.txt"
	recordFile      = "recall/found.txt"
	furtherFile     = "recall/further.txt"
	document        = "../docs/precision.md"
)

func main() {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "leakvet-recall")
	var o options
	flag.StringVar(&o.checkouts, "checkouts", filepath.Join(cache, "src"), "the `directory` of clones, which are changed")
	flag.StringVar(&o.cache, "cache", filepath.Join(cache, "units"), "the `directory` of what tools wrote")
	only := flag.String("tools", strings.Join(toolNames(), ","), "comma-separated `names` of tools")
	flag.BoolVar(&o.update, "update", false, "rewrite the record")
	flag.StringVar(&o.fixes, "fixes", "", "try the fixes in this `file`, such as "+furtherFile+", of which there is no record")
	tables := flag.Bool("tables", false, "rewrite the tables of docs/precision.md, run nothing")
	flag.Parse()
	o.tools, o.only = strings.Split(*only, ","), flag.Args()

	same := true
	switch {
	case *tables:
		err = writeTables()
	case o.fixes != "":
		err = attempt(os.Stdout, o)
	default:
		same, err = compare(os.Stdout, o)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "recall:", err)
		os.Exit(2)
	case !same:
		os.Exit(1)
	}
}

// options are what the user asked for.
type options struct {
	checkouts, cache string
	tools            []string
	update           bool
	fixes            string   // the file of those to try; "" means those on record
	only             []string // kinds and repositories; none means all
}

// wants reports whether a fix is asked for.
func (o options) wants(f fix) bool {
	return len(o.only) == 0 || slices.Contains(o.only, f.kind) || slices.Contains(o.only, f.repository)
}

// compare runs the tools over the fixes and reports whether the verdicts are those on
// record, or have been recorded.
func compare(w io.Writer, o options) (same bool, err error) {
	development, elsewhere, err := readAll()
	if err != nil {
		return false, err
	}
	all := slices.Concat(development, elsewhere)
	old, err := readRecord(recordFile)
	if err != nil {
		return false, err
	}
	now := old.clone()
	if err := tryAll(all, o, now); err != nil {
		return false, err
	}
	if o.update {
		return true, os.WriteFile(recordFile, now.format(all), 0o666)
	}
	return old.diff(w, now, all), nil
}

// attempt tries the fixes of a file and prints the verdicts, and how many are found by kind.
func attempt(w io.Writer, o options) error {
	fixes, err := readFixes(o.fixes)
	if err != nil {
		return err
	}
	now := verdicts{}
	if err := tryAll(fixes, o, now); err != nil {
		return err
	}
	tried := slices.DeleteFunc(fixes, func(f fix) bool { return !o.wants(f) })
	for _, f := range tried {
		for _, name := range columnNames() {
			if v := now.of(f.name(), name); v != unknown {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", v, name, f.kind, f.name())
			}
		}
	}
	_, err = io.WriteString(w, kindTable(tried, now))
	return err
}

// tryAll runs the tools over the fixes that are asked for, and sets the verdicts.
func tryAll(fixes []fix, o options, now verdicts) error {
	tmp, err := os.MkdirTemp("", "leakvet-recall-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	tools, err := buildTools(tmp, o)
	if err != nil {
		return err
	}
	for _, f := range fixes {
		if !o.wants(f) {
			continue
		}
		for _, t := range tools {
			verdicts := f.try(t, o.checkouts)
			for _, c := range t.columns {
				now.set(f.name(), c.name, verdicts[c.name].String())
				fmt.Fprintf(os.Stderr, "recall: %s: %s: %s\n", f.name(), c.name, verdicts[c.name])
			}
		}
	}
	return nil
}
