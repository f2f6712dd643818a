package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/tools/internal/record"
)

// TestRecordIsCurrent compares with the record what fits into a test: the standard
// library and what all modules require but integration, whose libraries take long.
// make golden compares the rest.
func TestRecordIsCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the standard library")
	}
	t.Chdir("..")
	projects, err := modulesBelow("..")
	if err != nil {
		t.Fatal(err)
	}
	projects = slices.DeleteFunc(projects, func(p project) bool {
		return strings.HasPrefix(filepath.ToSlash(p.dir), "../integration")
	})
	result, paths, err := collect(projects)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Failures {
		t.Errorf("%s failed on %s: %v", f.Analyzer, f.Package, f.Value)
	}
	old, err := readRecord()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if !record.Diff(&b, within(old.Entries, paths), within(entries(result.Findings), paths)) {
		t.Errorf("%s is not what is found:\n%s", goldenFile, b.String())
	}
}

func TestEveryFindingIsRead(t *testing.T) {
	t.Chdir("..")
	r, err := readRecord()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Entries {
		if e.Verdict == record.Unread {
			t.Errorf("unread: %s", e)
		}
	}
}
