package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// chain is a module whose packages import one another: app, mid, lib.
const chain = `
-- lib/lib.go --
package lib

type LeakConn struct{}

func (LeakConn) LeakMore() int { return 0 }

func Leak() int { return 1 }

func Tight() int { return 1 }
-- mid/mid.go --
package mid

import "example.com/m/lib"

func Wrap() int { return lib.Leak() }

func Conn() lib.LeakConn { return lib.LeakConn{} }

func use() {
	lib.Leak()
	lib.Tight()
}
-- mid/mid_test.go --
package mid

import "example.com/m/lib"

func useTest() { lib.Leak() }
-- mid/x_test.go --
package mid_test

import "example.com/m/mid"

func useX() { mid.Wrap() }
-- app/app.go --
package app

import "example.com/m/mid"

func use() {
	mid.Wrap()
	c := mid.Conn()
	c.LeakMore()
}

var conn = mid.Conn()
`

const (
	midFinding = "mid/mid.go:10:2: Leak leaks at depth 0"
	appFinding = "app/app.go:6:2: Wrap leaks at depth 1"
	appMethod  = "app/app.go:8:2: LeakMore leaks at depth 0"
	appType    = "app/app.go:11:5: variable of leaking type LeakConn"
)

func TestVetText(t *testing.T) {
	w := newWorld(t, chain)
	w.vet("./...").exits(1).warns(midFinding, appFinding, appMethod, appType, "mid/x_test.go:5:15: Wrap leaks at depth 1")
	w.vet("./lib").exits(0)
	w.vet("-c=0", "./app").exits(1).warns("6\t\tmid.Wrap()")
}

func TestVetEnableFlags(t *testing.T) {
	w := newWorld(t, chain)
	w.vet("-leaktest=false", "./...").exits(0)
	w.vet("-leaktest", "./...").exits(1)
	w.vet("-leakconfig", "./...").exits(1)
	w.vet("-leakconfig=false", "./...").exits(1)
	w.vet("-leakconfig.tier=audit", "./...").exits(1)
	w.vet("-leakconfig.tier=bold", "./...").exits(1).warns("unknown tier")
}

func TestDependencyFirst(t *testing.T) {
	w := newWorld(t, chain)
	w.short("./app").exits(1).says(appFinding, appMethod, appType).hides("mid/mid.go:10:2: Leak")
	w.short("./mid").exits(1).says(midFinding).hides("app/app.go")
	w.short("./...").exits(1).says(appFinding, midFinding)
	w.short("./lib").exits(0)

	w = newWorld(t, chain)
	w.vet("./app").exits(1).warns(appFinding)
	w.vet("./mid").exits(1).warns(midFinding)
}

func TestFindingsAreShownOnce(t *testing.T) {
	w := newWorld(t, chain)
	o := w.short("./...").exits(1)
	if n := strings.Count(o.stdout, midFinding); n != 1 {
		t.Errorf("%d times %s%s", n, midFinding, o.dump())
	}
}

func TestSecondRunIsCached(t *testing.T) {
	w := newWorld(t, chain)
	log := filepath.Join(t.TempDir(), "log")
	w.setenv(logVar + "=" + log)
	units := func() int {
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(data), "\n")
	}
	first := w.vet("-json", "./...").exits(0)
	before := units()
	second := w.vet("-json", "./...").exits(0)
	if before == 0 || units() != before {
		t.Errorf("%d units, then %d more", before, units()-before)
	}
	sameObjects(t, first, second)

	one := w.leakvet("-json", "./...").exits(1)
	before = units()
	two := w.leakvet("-json", "./...").exits(1)
	if units() != before || one.stdout != two.stdout {
		t.Errorf("the second run is not answered from the cache%s%s", one.dump(), two.dump())
	}
}

// sameObjects checks that two runs print the same units, byte for byte; the
// go command prints them as they are done.
func sameObjects(t *testing.T, a, b *outcome) {
	t.Helper()
	x, y := objects(t, a.stdout), objects(t, b.stdout)
	if !slices.Equal(x, y) {
		t.Errorf("outputs differ%s%s", a.dump(), b.dump())
	}
}

// objects returns the JSON objects in text, sorted.
func objects(t *testing.T, text string) []string {
	t.Helper()
	var list []string
	dec := json.NewDecoder(strings.NewReader(text))
	for {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		list = append(list, string(raw))
	}
	slices.Sort(list)
	return list
}

func TestTwoWorktrees(t *testing.T) {
	w := newWorld(t, chain)
	w.setenv("GOFLAGS=-mod=mod -trimpath")
	first := w.dir
	w.leakvet("-json", "./...").exits(1).says("mid/mid.go")

	w.dir = t.TempDir()
	w.unpack(w.dir, chain)
	log := filepath.Join(t.TempDir(), "log")
	w.setenv(logVar + "=" + log)
	w.leakvet("-json", "./...").exits(1).says(`"file": "mid/mid.go"`, `"file": "lib/lib.go"`).hides(first, w.dir)
	w.leakvet("./...").exits(1).says("\nmid/mid.go\n  10:2  Leak leaks", "| lib.Leak()\n", "lib/lib.go:7 declared here\n").hides(first, w.dir)
	if _, err := os.Stat(log); err == nil {
		t.Errorf("the second checkout is not answered from the cache")
	}
}

func TestPositionsForVet(t *testing.T) {
	w := newWorld(t, chain)
	want := filepath.Join(w.dir, "app", "app.go") + ":6:2"
	w.vet("-json", "./app").exits(0).says(fmt.Sprintf("%q", want))
}

func TestSameAsUnitchecker(t *testing.T) {
	ours := newWorld(t, chain)
	theirs := newWorld(t, "")
	theirs.dir = ours.dir
	theirs.setenv(modeVar + "=unitchecker")
	a, b := diagnostics(t, ours.vet("-json", "./...")), diagnostics(t, theirs.vet("-json", "./..."))
	if len(a) < 5 || !slices.Equal(a, b) {
		t.Errorf("findings differ:\n%s\nunitchecker's:\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

// diagnostics returns the diagnostics that go vet -json printed, as JSON,
// sorted, each once.
func diagnostics(t *testing.T, o *outcome) []string {
	t.Helper()
	o.exits(0)
	set := make(map[string]bool)
	for _, text := range objects(t, o.stdout) {
		var tree map[string]map[string][]json.RawMessage
		if err := json.Unmarshal([]byte(text), &tree); err != nil {
			t.Fatal(err)
		}
		for pkg, byRule := range tree {
			for rule, list := range byRule {
				for _, d := range list {
					set[pkg+" "+rule+" "+string(d)] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func TestFix(t *testing.T) {
	w := newWorld(t, chain)
	w.exec("go", "fix", "-fixtool="+w.self, "-diff", "./mid").exits(1).says("+\t_ = lib.Leak()")
	w.exec("go", "fix", "-fixtool="+w.self, "./mid").exits(0)
	if got := w.read("mid/mid.go"); !strings.Contains(got, "\t_ = lib.Leak()\n\tlib.Tight()") {
		t.Errorf("not fixed:\n%s", got)
	}
	w.short("./mid").hides("mid/mid.go:")
}

func TestForeignPackages(t *testing.T) {
	w := newWorld(t, `
-- go.mod --
module example.com/m

go 1.26

require example.com/dep v1.0.0

replace example.com/dep => ./cache/dep@v1.0.0
-- cache/dep@v1.0.0/go.mod --
module example.com/dep

go 1.26
-- cache/dep@v1.0.0/dep.go --
package dep

import "example.com/dep/other"

func Leak() int { return 1 }

func Wrap() int { return Leak() }

func use() { Leak() }

func pruned() {
	x := other.Value()
	_ = x
}
-- cache/dep@v1.0.0/other/other.go --
package other

func Value() int { return 0 }
-- p/p.go --
package p

import (
	"example.com/dep"
	"example.com/dep/other"
)

func use() {
	dep.Wrap()
	other.Value()
}
`)
	w.short("./...").exits(1).says("p/p.go:9:2: Wrap leaks at depth 1").hides("dep.go:9")
	for _, engine := range []string{"-engine=vet", "-engine=inproc"} {
		w.short(engine, "example.com/dep/...").exits(2).warns("packages of the standard library and of other modules are not analysed")
	}
	w.short("-engine=inproc", "./...").exits(1).says("p/p.go:9:2: Wrap leaks at depth 1").hides("dep.go:9")
	w.vet("./...").exits(1).warns("p/p.go:9:2: Wrap")
}
