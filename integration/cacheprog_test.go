package integration

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSharedCache analyses a module on two machines that share a build cache and
// nothing else: the second, whose checkout, module cache and Go lie where the
// first's do, makes nothing itself and has the same findings.
func TestSharedCache(t *testing.T) {
	work := t.TempDir()
	prog := filepath.Join(work, "cacheprog")
	if err := build(".", prog, "./cacheprog"); err != nil {
		t.Fatal(err)
	}
	dir := corpus(t, "timerleak", false)
	shared := filepath.Join(work, "shared")
	if err := os.Mkdir(shared, 0o777); err != nil {
		t.Fatal(err)
	}
	// on runs go vet on a machine that has a disk of its own.
	on := func(machine string) (text string, hits int) {
		t.Helper()
		local, log := filepath.Join(work, machine), filepath.Join(work, machine+".log")
		for _, d := range []string{local, local + "-gocache"} {
			if err := os.MkdirAll(d, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		t.Setenv("GOCACHEPROG", fmt.Sprintf("%s %s %s %s", prog, shared, local, log))
		t.Setenv("GOCACHE", local+"-gocache")
		text = output(t, dir, []int{1}, "go", "vet", "-x", "-vettool="+leakvet, "./...")
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return text, strings.Count(string(data), "hit\n")
	}
	first, _ := on("first")
	if toolRuns(first, leakvet) == 0 || !strings.Contains(first, "/compile ") {
		t.Fatalf("the first machine does nothing:\n%s", first)
	}
	second, hits := on("second")
	if a, b := findings(first), findings(second); len(a) == 0 || !slices.Equal(a, b) {
		t.Errorf("the first machine finds\n%sthe second\n%s", list(a), list(b))
	}
	// Beside these, the go command keeps an index of a module's files there, which
	// has no use on another machine.
	if toolRuns(second, leakvet) > 0 || strings.Contains(second, "/compile ") || hits == 0 {
		t.Errorf("the second machine gets %d objects, and does this itself:\n%s", hits, second)
	}
}
