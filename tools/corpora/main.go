// Command corpora runs leakvet over the test data of other linters and compares it,
// line by line, with what their authors expect.
//
// Usage, from the tools module:
//
//	go run ./corpora [-checkouts directory] [-update]
//	go run ./corpora -tables
//
// Where the data is had is in corpora/corpora.txt, how it is run and what counts in
// corpora.go; who stands alone where, and why, is in corpora/found.txt. The first form
// prints what differs from the record and exits with 1 if anything does; with -update
// it rewrites the record instead: new lines have no reason yet, the others keep theirs.
// It clones what -checkouts lacks, and checks out the commits there: give it clones of
// its own. The second form writes the table of docs/precision.md from the record.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/leakvet/leakvet/tools/internal/gocmd"
)

const (
	dataFile   = "corpora/corpora.txt"
	recordFile = "corpora/found.txt"
	document   = "../docs/precision.md"
)

func main() {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	checkouts := flag.String("checkouts", filepath.Join(cache, "leakvet-corpora"), "the `directory` of clones, which are changed")
	update := flag.Bool("update", false, "rewrite the record")
	tables := flag.Bool("tables", false, "rewrite the table of docs/precision.md, run nothing")
	flag.Parse()

	same := true
	if *tables {
		err = writeTables()
	} else {
		same, err = compare(os.Stdout, *checkouts, *update)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "corpora:", err)
		os.Exit(2)
	case !same:
		os.Exit(1)
	}
}

// compare runs leakvet over the data and reports whether it agrees with their authors
// where the record says so, or has recorded where it does.
func compare(w io.Writer, checkouts string, update bool) (same bool, err error) {
	sources, err := readSources(dataFile)
	if err != nil {
		return false, err
	}
	old, err := readRecord(recordFile)
	if err != nil {
		return false, err
	}
	tmp, err := os.MkdirTemp("", "leakvet-corpora-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(tmp)
	// The go command names files where they really are.
	if tmp, err = filepath.EvalSymlinks(tmp); err != nil {
		return false, err
	}
	leakvet := filepath.Join(tmp, "leakvet")
	if _, err := gocmd.Run("..", "build", "-buildvcs=false", "-o", leakvet, "./cmd/leakvet"); err != nil {
		return false, err
	}
	now := newRecord()
	for i, c := range corpora {
		src, ok := sources[c.data]
		if !ok {
			return false, fmt.Errorf("%s does not say where the data of %s is", dataFile, c.data)
		}
		fmt.Fprintf(os.Stderr, "corpora: %s\n", c.name)
		dir, err := src.fetch(checkouts)
		if err == nil {
			err = c.run(leakvet, dir, filepath.Join(tmp, fmt.Sprint(i)), now)
		}
		if err != nil {
			return false, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	now.sort()
	now.keep(old)
	if update {
		return true, os.WriteFile(recordFile, now.format(), 0o666)
	}
	return old.diff(w, now), nil
}
